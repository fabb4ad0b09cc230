import type { Config } from './config.ts';
import { Failure } from './failure.ts';
import { askSite, type Question } from './site.ts';

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

const QUESTION: Question = {
  failed: 'siteUnavailable',
  refused: 'siteRefused',
  answersWithin: 60_000,
};

/**
 * Asks the app for a file's policy.
 *
 * @throws {Failure}
 */
export async function requestPolicy(
  { params, context }: Config,
  { name: filename, type, size }: File,
  signal: AbortSignal,
): Promise<Policy> {
  const askedAt = performance.now();
  const query = { filename, type, size: String(size), context };
  const { status, body } = await askSite(params, query, QUESTION, signal);
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
