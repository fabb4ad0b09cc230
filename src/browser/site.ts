import { blockedByPolicy } from './content-security-policy.ts';
import { Failure, TemporaryFailure } from './failure.ts';
import type { SentenceKey } from './messages.ts';

/** An error as the app tells it. */
interface SiteError {
  /** For people, in the form's language. */
  readonly error: string;
  readonly code: string;
  /** For who runs the site. */
  readonly message: string;
}

/** What the app answered. */
export interface SiteAnswer {
  readonly status: number;
  /** JSON; undefined where it was anything else, such as a page to sign in. */
  readonly body: Record<string, unknown> | undefined;
  readonly error: SiteError | undefined;
}

const ANSWERS_WITHIN = 60_000;

/**
 * Asks the app for JSON.
 *
 * @param failed told where it does not answer
 * @throws {TemporaryFailure} where it does not answer, or only that it can't just now
 * @throws {Failure} where the page's own policy forbids to ask
 */
export async function askSite(
  url: URL,
  signal: AbortSignal,
  failed: SentenceKey,
): Promise<SiteAnswer> {
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWERS_WITHIN)]),
  }).catch(async () => {
    signal.throwIfAborted();
    if (await blockedByPolicy(url)) throw new Failure('blockedCsp', { status: 0 });
    throw new TemporaryFailure(failed, { status: 0 });
  });
  const { status } = response;
  const body = await response.json().catch(() => undefined);
  const error = typeof body?.error === 'string' ? (body as SiteError) : undefined;
  if (status === 429 || status >= 500) {
    const retryAfter = Number(response.headers.get('Retry-After')) * 1000 || 0;
    const { code, message: detail } = error ?? {};
    throw new TemporaryFailure(failed, { status, code, detail }, retryAfter);
  }
  return { status, body, error };
}
