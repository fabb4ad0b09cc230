import { expect } from 'vitest';

/** What `run` throws, for tests that look at more than the message. */
export function catchError(run: () => unknown): Error & { code?: string; option?: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Nothing was thrown.');
}

/** The error that a policy is refused with, to be thrown. */
export function invalidPolicy(message: string): Error {
  return expect.objectContaining({ name: 'InvalidPolicyError', message });
}
