import { create } from './dom.ts';

/** At most one message in so many milliseconds, or screen readers drop some. */
const PAUSE = 1000;

/** Tells screen readers what has happened, in their own time. */
export class Announcer {
  readonly element: HTMLElement = create('p', 'vh', { role: 'status' });
  readonly #waiting = new Set<string>();
  #isPausing = false;

  say(message: string): void {
    this.#waiting.add(message);
    if (!this.#isPausing) this.#speak();
  }

  #speak(): void {
    this.#isPausing = this.#waiting.size > 0;
    // What was said is not there to be read again.
    this.element.textContent = [...this.#waiting].join(' ');
    this.#waiting.clear();
    if (this.#isPausing) setTimeout(() => this.#speak(), PAUSE);
  }
}
