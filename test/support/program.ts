import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The project's own directory. */
export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

/** A program of the project, run as its user would, with no settings but those given. */
export class Program {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  stdout = '';
  stderr = '';

  constructor(file: string, env: Record<string, string> = {}) {
    this.#child = spawn(process.execPath, [`${ROOT}/${file}`], {
      // Where no .env of the developer's lies.
      cwd: tmpdir(),
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk) => (this.stdout += chunk));
    this.#child.stderr?.on('data', (chunk) => (this.stderr += chunk));
    this.#ended = once(this.#child, 'close');
  }

  /** Waits for a text on standard output. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    while (true) {
      const found = pattern.exec(this.stdout);
      if (found) return found;
      if (this.#child.exitCode !== null) throw new Error(`It ended: ${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Waits for its end and gives the exit code. */
  async exitCode(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }
}
