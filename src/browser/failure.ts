import type { Config } from './config.ts';
import type { SentenceKey, Speech } from './messages.ts';
import { pathOf } from './paths.ts';

export interface FailureDetails {
  /** For programs: S3's code, or the app's. */
  readonly code?: string | undefined;
  /** HTTP status, 0 where there was no answer. */
  readonly status?: number;
  /** What the store or the app said, for who mends it. */
  readonly detail?: string | undefined;
  /** The app's own sentence for the person. */
  readonly reason?: string | undefined;
  /**
   * Whether the same file may do better another time.
   *
   * @default true
   */
  readonly canRetry?: boolean;
  /** Of a fault that may be gone in a moment: milliseconds that the server asks to wait. */
  readonly retryAfter?: number;
}

/** Why a file did not get through; the key is of the sentence that tells the person. */
export class Failure extends Error {
  readonly key: SentenceKey;
  readonly details: FailureDetails & { readonly status: number };

  constructor(key: SentenceKey, details: FailureDetails = {}) {
    super(details.detail ?? key);
    this.key = key;
    this.details = { status: 0, ...details };
  }
}

/** Tells a failure in the person's language. */
export function tellFailure(
  { key, details }: Failure,
  file: File,
  { config, speech }: { readonly config: Config; readonly speech: Speech },
): string {
  const size = speech.size(file.size);
  const max = speech.size(config.maxFileSize);
  const min = speech.size(config.minFileSize);
  return speech.say(key, {
    name: pathOf(file),
    // Nobody would see why 10 MB are more than 10 MB.
    size: size === max || size === min ? speech.size(file.size, 6) : size,
    max,
    min,
    types: config.types,
    code: details.code ?? String(details.status),
    reason: details.reason ?? '',
  });
}
