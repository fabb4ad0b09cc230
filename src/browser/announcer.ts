import { create } from './dom.ts';

/** At most one message in so many milliseconds, or screen readers drop some. */
const PAUSE = 1000;

/** Tells screen readers what has happened, in their own time. */
export class Announcer {
  readonly element: HTMLElement = create('p', 'vh', { role: 'status' });
  #waiting: string[] = [];
  #isPausing = false;

  say(message: string): void {
    this.#waiting.push(message);
    if (!this.#isPausing) this.#speak();
  }

  #speak(): void {
    this.#isPausing = this.#waiting.length > 0;
    if (!this.#isPausing) return;
    this.element.textContent = this.#waiting.join(' ');
    this.#waiting = [];
    setTimeout(() => this.#speak(), PAUSE);
  }
}
