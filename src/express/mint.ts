import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { type KeyRule, signReceipt } from '../form/receipt.ts';
import type { MatchCondition } from '../policy/conditions.ts';
import { FILENAME_VARIABLE } from '../policy/fields.ts';
import { createPresignedPost, type PresignedPost } from '../policy/presigned-post.ts';
import { type FormValues, type Settings, UPLOAD_ID } from './options.ts';

/** A signed form, before it is drawn. */
export interface MintedForm {
  /** A UUID. */
  readonly id: string;
  readonly post: PresignedPost;
  /** The return address. */
  readonly done: string;
  /** Bytes. */
  readonly maxFileSize: number;
}

/** Signs the form of one request. */
export async function mintForm(
  settings: Settings,
  req: Request,
  baseUrl: string,
): Promise<MintedForm> {
  const id = randomUUID();
  return compose(settings, await settings.valuesFor(req, { id }), id, baseUrl);
}

/** Signs a form that nobody gets, so that a mistake in the options shows at the start. */
export function mintProbe(settings: Settings): void {
  const baseUrl = settings.baseUrl?.startsWith('http') ? settings.baseUrl : 'http://localhost';
  compose(settings, settings.fixedValues, randomUUID(), baseUrl);
}

function compose(settings: Settings, values: FormValues, id: string, baseUrl: string): MintedForm {
  const { bucket, region, endpoint, addressing, credentials, inputs, formExpiresIn } = settings;
  const { keyPrefix, minFileSize, maxFileSize, metadata, ...headers } = values;
  const key = values.key ?? `${keyPrefix}${id}/${FILENAME_VARIABLE}`;
  const rule = keyRule(settings, key);
  const now = new Date();
  const receipt = signReceipt(
    {
      id,
      baseUrl,
      bucket,
      key: rule,
      expires: Math.floor(now.getTime() / 1000) + formExpiresIn,
    },
    settings.receiptKeys[0],
  );
  const done = `${baseUrl}/done/${receipt}`;
  const typed = inputs.filter(({ name }) => name !== 'key');
  const given = new Set(Object.keys(metadata).map((name) => `x-amz-meta-${name.toLowerCase()}`));
  const post = createPresignedPost({
    ...headers,
    bucket,
    region,
    endpoint,
    addressing,
    credentials,
    key,
    now,
    expiresIn: formExpiresIn,
    contentLengthRange: [minFileSize, maxFileSize],
    metadata: holdsId(rule, id) ? metadata : { ...metadata, [UPLOAD_ID]: id },
    successActionRedirect: done,
    fields: {
      ...settings.fields,
      ...Object.fromEntries(
        typed
          .filter(({ name }) => !given.has(name))
          .map(({ name, startsWith = '' }) => [name, startsWith]),
      ),
    },
    conditions: [
      ...typed.map(({ name, startsWith = '' }) => startsWithCondition(name, startsWith)),
      ...(inputs.length > typed.length ? [startsWithCondition('key', rule.prefix ?? '')] : []),
      ...(settings.conditions ?? []),
    ],
  });
  return { id, post, done, maxFileSize };
}

/** What the person, or the store with the file's name, may make of the key. */
function keyRule({ inputs }: Settings, key: string): KeyRule {
  const input = inputs.find(({ name }) => name === 'key');
  const variable = key.indexOf(FILENAME_VARIABLE);
  if (input) {
    return { prefix: input.startsWith ?? (variable === -1 ? key : key.slice(0, variable)) };
  }
  return variable === -1 ? { exact: key } : { prefix: key.slice(0, variable) };
}

/** Whether the form's id is in the part of the key that nobody else can change. */
export function holdsId(rule: KeyRule, id: string): boolean {
  return (rule.exact ?? rule.prefix).includes(id);
}

function startsWithCondition(name: string, prefix: string): MatchCondition {
  return ['starts-with', `$${name}`, prefix];
}
