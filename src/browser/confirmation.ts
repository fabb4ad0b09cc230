import { Failure } from './failure.ts';
import { askSite, type Question } from './site.ts';
import type { StoredObject } from './store.ts';

/** What the app made of a file that has arrived. */
export interface Confirmation {
  /** As `onUploaded` was given it. */
  readonly upload: Readonly<Record<string, unknown>>;
  /** Where the person shall go; absolute. */
  readonly redirect: string | undefined;
}

const QUESTION: Question = {
  failed: 'unconfirmed',
  refused: 'notAccepted',
  // What the app does with a file, such as scanning it, may take long; asked again, it would do it
  // twice.
  answersWithin: 300_000,
};

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
  const { status, body } = await askSite(done, { bucket, key, etag }, QUESTION, signal);
  if (!body?.['upload']) throw new Failure('unconfirmed', { status });
  const { upload, redirect } = body as unknown as Confirmation;
  return { upload, redirect: redirect && new URL(redirect, location.href).href };
}
