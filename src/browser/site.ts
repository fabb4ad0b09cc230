import { TemporaryFailure } from './failure.ts';
import type { SentenceKey } from './messages.ts';
import { limit } from './waiting.ts';

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

/**
 * Asks the app for JSON.
 *
 * @param failed told where it does not answer
 * @param answersWithin milliseconds
 * @throws {TemporaryFailure} where it does not answer, or only that it can't just now
 */
export async function askSite(
  url: URL,
  signal: AbortSignal,
  failed: SentenceKey,
  answersWithin: number,
): Promise<SiteAnswer> {
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    credentials: 'same-origin',
    cache: 'no-store',
    // To a page to sign in, which is elsewhere.
    redirect: 'manual',
    signal: limit(signal, answersWithin),
  }).catch(() => {
    throw new TemporaryFailure(failed, { status: 0 });
  });
  const { status } = response;
  const body = await response.json().catch(() => undefined);
  const error = typeof body?.error === 'string' ? (body as SiteError) : undefined;
  if (status === 429 || status >= 500) {
    const retryAfter = Number(response.headers.get('Retry-After')) * 1000 || 0;
    const { error: reason, code, message: detail } = error ?? {};
    // The app's own words tell more; but what has arrived was not refused.
    const key = reason && failed === 'siteUnavailable' ? 'siteRefused' : failed;
    throw new TemporaryFailure(key, { status, code, detail, reason }, retryAfter);
  }
  return { status, body, error };
}
