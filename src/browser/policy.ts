import type { Config } from './config.ts';
import { blockedByPolicy } from './content-security-policy.ts';
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

const ANSWERS_WITHIN = 60_000;

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
  const { status, body, error } = await askSite(
    url,
    signal,
    'siteUnavailable',
    ANSWERS_WITHIN,
  ).catch(async (error: Failure) => {
    if (error.details.status === 0 && (await blockedByPolicy(url, askedAt))) {
      throw new Failure('blockedCsp', { status: 0 });
    }
    throw error;
  });
  if (error) {
    const { error: reason, code, message: detail } = error;
    const canRetry = !FAULTS_OF_THE_FILE.includes(code);
    throw new Failure('siteRefused', { reason, code, status, detail, canRetry });
  }
  if (!body?.['fields']) throw new Failure('signedOut', { status });
  const { expires, ...rest } = body as unknown as Omit<Policy, 'validUntil'> & { expires: number };
  return { ...rest, validUntil: askedAt + expires * 1000 };
}

/** Carries the id of a form, which the app's keys hold as well. */
const ID = 'x-amz-meta-upload-id';

/** The policy's fields, with what the person typed into those that the form shows. */
export function fieldsFor({ fields }: Policy, form: HTMLFormElement): [string, string][] {
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[name]:not([type=file])')];
  const shown = inputs.filter(({ type }) => type !== 'hidden');
  const typed = new Map(shown.map(({ name, value }) => [name, value]));
  // A key that begins with the id of the form on the page has to begin with the policy's own.
  const pageId = inputs.find(({ name }) => name === ID)?.value;
  const policyId = fields[ID];
  return Object.entries(fields).map(([name, value]) => {
    const text = typed.get(name) ?? value;
    return [name, pageId && policyId ? text.replace(pageId, policyId) : text];
  });
}
