import type { Config } from './config.ts';
import { Failure } from './failure.ts';
import { fieldsFor, type Policy, requestPolicy } from './policy.ts';
import { type Pause, persist } from './retries.ts';
import { type StoredObject, sendFile } from './store.ts';

export interface TransferOptions {
  readonly signal: AbortSignal;
  readonly onPrepare: () => void;
  readonly onProgress: (share: number) => void;
  readonly onPause: (why: Pause) => void;
}

export interface Transferred {
  readonly stored: StoredObject;
  /** Where the app is told. */
  readonly done: string;
}

/**
 * Brings a file into the bucket. All attempts go under one policy, and so to one key, as long as
 * it is valid; what arrived without its answer getting through is overwritten, not doubled.
 *
 * @throws {Failure}
 */
export async function transfer(
  file: File,
  { form, config }: { readonly form: HTMLFormElement; readonly config: Config },
  { signal, onPrepare, onProgress, onPause }: TransferOptions,
): Promise<Transferred> {
  let policy: Policy | undefined;

  const attempt = async (): Promise<Transferred> => {
    onPrepare();
    if (policy === undefined || performance.now() >= policy.validUntil) {
      policy = await requestPolicy(config, file, signal);
    }
    onProgress(0);
    const { done } = policy;
    const stored = await sendFile(policy, fieldsFor(policy, form), file, { signal, onProgress });
    return { stored, done };
  };

  try {
    return await persist(attempt, signal, onPause);
  } catch (error) {
    if (!(error instanceof Failure) || error.key !== 'expired') throw error;
    // The store's clock decides. A new policy is one chance more, not a chance for ever.
    policy = undefined;
    return persist(attempt, signal, onPause);
  }
}
