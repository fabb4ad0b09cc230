import { blockedByPolicy } from './content-security-policy.ts';
import { Failure } from './failure.ts';
import type { SentenceKey } from './messages.ts';
import { limit } from './waiting.ts';

/** What the app is asked for. */
export interface Question {
  /** Told where it does not answer. */
  readonly failed: SentenceKey;
  /** Told, with the app's own words, where it says no. */
  readonly refused: SentenceKey;
  /** Milliseconds. */
  readonly answersWithin: number;
}

/** What the app answered. */
export interface SiteAnswer {
  readonly status: number;
  /** JSON; undefined where it was anything else, such as a page to sign in. */
  readonly body: Record<string, unknown> | undefined;
}

/** Codes of the app's for faults that stay: no retry changes a file's name, type or size. */
const OF_THE_FILE = /^(file|type|size)/;

/**
 * Asks the app for JSON, on the page's own host: a site may have several, of which a script can
 * only read that one's answers.
 *
 * @throws {Failure} where it does not answer or says no, or the page's policy forbids to ask
 */
export async function askSite(
  address: string,
  query: Readonly<Record<string, string | undefined>>,
  { failed, refused, answersWithin }: Question,
  signal: AbortSignal,
): Promise<SiteAnswer> {
  const url = new URL(new URL(address, location.href).pathname, location.href);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const began = performance.now();
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    credentials: 'same-origin',
    cache: 'no-store',
    // To a page to sign in, which is elsewhere.
    redirect: 'manual',
    signal: limit(signal, answersWithin),
  }).catch(async () => {
    throw (await blockedByPolicy(url, began))
      ? new Failure('blockedCsp')
      : new Failure(failed, { retryAfter: 0 });
  });
  const { status } = response;
  const body = await response.json().catch(() => undefined);
  const reason = typeof body?.error === 'string' ? body.error : undefined;
  const details = { status, reason, code: body?.code, detail: body?.message };
  // An app that can say what broke has done its work, or a part, and is not to do it again.
  if (status === 429 || status === 503 || (status >= 500 && !(reason && details.code))) {
    // What tells more; but what has arrived was not refused.
    const why = reason ? refused : status === 429 ? 'tooOften' : failed;
    // A date is for caches that wait for hours.
    const retryAfter = Number(response.headers.get('Retry-After')) * 1000 || 0;
    throw new Failure(failed === 'unconfirmed' ? failed : why, { ...details, retryAfter });
  }
  if (reason) throw new Failure(refused, { ...details, canRetry: !OF_THE_FILE.test(details.code) });
  return { status, body };
}
