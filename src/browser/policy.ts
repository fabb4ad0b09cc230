import type { Config } from './config.ts';
import { Failure } from './failure.ts';
import { askSite } from './site.ts';

/** The permission to upload one file, signed by the app. */
export interface Policy {
  /** Of the bucket. */
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Where the app is told that the file has arrived. */
  readonly done: string;
  /** On the clock of `performance.now()`, which nobody sets. */
  readonly validUntil: number;
}

/** No retry changes a file's type or size. */
const FAULTS_OF_THE_FILE = ['type_not_allowed', 'file_too_large', 'file_too_small'];

/**
 * Asks the app for a file's policy.
 *
 * @throws {Failure}
 */
export async function requestPolicy(
  config: Config,
  file: File,
  signal: AbortSignal,
): Promise<Policy> {
  const url = new URL(config.params, location.href);
  url.searchParams.set('filename', file.name);
  url.searchParams.set('type', file.type);
  url.searchParams.set('size', String(file.size));
  if (config.context !== undefined) url.searchParams.set('context', config.context);
  const askedAt = performance.now();
  const { status, body, error } = await askSite(url, signal, 'siteUnavailable');
  if (error) {
    const { error: reason, code, message: detail } = error;
    const canRetry = !FAULTS_OF_THE_FILE.includes(code);
    throw new Failure('siteRefused', { reason, code, status, detail, canRetry });
  }
  if (!body?.['fields']) throw new Failure('signedOut', { status });
  const { expires, ...rest } = body as unknown as Omit<Policy, 'validUntil'> & { expires: number };
  return { ...rest, validUntil: askedAt + expires * 1000 };
}

/** The policy's fields, with what the person typed into those that the form shows. */
export function fieldsFor({ fields }: Policy, form: HTMLFormElement): [string, string][] {
  const typed = new Map(
    [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden], [type=file])')].map(
      ({ name, value }) => [name, value],
    ),
  );
  return Object.entries(fields).map(([name, value]) => [name, typed.get(name) ?? value]);
}
