import type { S3FormError, S3FormErrorCode } from '../policy/errors.ts';

const ONCE_IN = 60_000;

/** Tells who runs the app of what a visitor can't mend. */
export class Warnings {
  readonly #reportedAt = new Map<S3FormErrorCode, number>();
  readonly #said = new Set<string>();

  /**
   * Of a fault that a visitor is only told to wait for. Each kind once a minute, because while a
   * store is down every request meets the same.
   */
  report({ message, code, cause }: S3FormError): void {
    if (Date.now() - (this.#reportedAt.get(code) ?? Number.NEGATIVE_INFINITY) < ONCE_IN) return;
    this.#reportedAt.set(code, Date.now());
    process.emitWarning(message, {
      type: 'S3FormWarning',
      code: `S3FORM_${code.toUpperCase()}`,
      ...(cause instanceof Error && { detail: cause.message }),
    });
  }

  /** Of how the app is set up, which stays as it is: once for good. */
  once(code: `S3FORM_${string}`, message: string): void {
    if (this.#said.has(code)) return;
    this.#said.add(code);
    process.emitWarning(message, { type: 'S3FormWarning', code });
  }
}
