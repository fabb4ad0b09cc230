import { type Credentials, checkCredentials } from '../policy/credentials.ts';
import { S3FormError } from '../policy/errors.ts';
import { assertDate } from '../policy/options.ts';

/** Credentials that may end at some time. */
export interface ExpiringCredentials extends Credentials {
  readonly expiration?: Date | undefined;
}

/** Gives credentials when they are needed. Those of `@aws-sdk/credential-providers` fit as they are. */
export type CredentialsProvider = () => Promise<ExpiringCredentials>;

/** Credentials are asked for anew when they have less than this left, in milliseconds. */
const RENEWED_BEFORE_END = 60_000;

/** How long a provider may take, in milliseconds. */
const ANSWERS_WITHIN = 10_000;

/**
 * The credentials of the moment. What a provider gives is kept until a minute before it expires,
 * and concurrent requests wait for one and the same call of the provider.
 *
 * @throws {TypeError} where fixed credentials are of the wrong kind
 * @throws {S3FormError} `missing_option`, `invalid_option` for fixed ones; the function it gives
 *   rejects with `credentials_unavailable`
 */
export function currentCredentials(
  given: ExpiringCredentials | CredentialsProvider,
): CredentialsProvider {
  if (typeof given !== 'function') {
    const fixed = check(given);
    const unexpired = () => {
      if (millisecondsLeft(fixed) > 0) return fixed;
      throw unavailable('They have expired. Pass a function that renews them.');
    };
    unexpired();
    return async () => unexpired();
  }
  let kept: ExpiringCredentials | undefined;
  let renewal: Promise<ExpiringCredentials> | undefined;
  const renew = async (): Promise<ExpiringCredentials> => {
    try {
      const fresh = check(await withinTime(given));
      if (millisecondsLeft(fresh) <= 0) throw new Error('The provider gave expired credentials.');
      kept = fresh;
      return fresh;
    } catch (cause) {
      // Until the very end the old ones still work.
      if (kept && millisecondsLeft(kept) > 0) return kept;
      throw unavailable('Their provider failed.', cause);
    }
  };
  return async () => {
    if (kept && millisecondsLeft(kept) > RENEWED_BEFORE_END) return kept;
    renewal ??= renew().finally(() => {
      renewal = undefined;
    });
    return renewal;
  };
}

/** A provider that never answers must not keep every later request waiting. */
async function withinTime(provider: CredentialsProvider): Promise<ExpiringCredentials> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const error = new Error(`The provider has not answered in ${ANSWERS_WITHIN / 1000} seconds.`);
    timer = setTimeout(() => reject(error), ANSWERS_WITHIN);
  });
  try {
    return await Promise.race([provider(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function check(given: ExpiringCredentials): ExpiringCredentials {
  const credentials = checkCredentials(given);
  const { expiration } = given;
  if (expiration !== undefined) assertDate('credentials.expiration', expiration);
  return { ...credentials, expiration };
}

function millisecondsLeft({ expiration }: ExpiringCredentials): number {
  return expiration ? expiration.getTime() - Date.now() : Number.POSITIVE_INFINITY;
}

function unavailable(reason: string, cause?: unknown): S3FormError {
  return new S3FormError('credentials_unavailable', `There are no credentials now. ${reason}`, {
    option: 'credentials',
    ...(cause !== undefined && { cause }),
  });
}
