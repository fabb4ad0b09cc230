import { Failure } from './failure.ts';
import { askSite } from './site.ts';
import type { StoredObject } from './store.ts';

/** What the app made of a file that has arrived. */
export interface Confirmation {
  /** As `onUploaded` was given it. */
  readonly upload: Readonly<Record<string, unknown>>;
  /** Where the person shall go; absolute. */
  readonly redirect: string | undefined;
}

/** What the app does with a file, such as scanning it, may take long; asked again, it would do it twice. */
const ANSWERS_WITHIN = 300_000;

/**
 * Tells the app that a file has arrived, as the browser does without script.
 *
 * @throws {Failure}
 */
export async function confirmUpload(
  done: string,
  { bucket, key, etag }: StoredObject,
  signal: AbortSignal,
): Promise<Confirmation> {
  const url = new URL(done, location.href);
  for (const [name, value] of Object.entries({ bucket, key, etag })) {
    url.searchParams.set(name, value);
  }
  const { status, body, error } = await askSite(url, signal, 'unconfirmed', ANSWERS_WITHIN);
  if (body?.['upload']) {
    const { upload, redirect } = body as unknown as Confirmation;
    return { upload, redirect: redirect && new URL(redirect, url).href };
  }
  if (!error) throw new Failure('unconfirmed', { status });
  const { error: reason, code, message: detail } = error;
  throw new Failure('notAccepted', { reason, code, status, detail });
}
