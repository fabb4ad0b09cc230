import { createHash, createHmac } from 'node:crypto';
import { ALGORITHM, credentialScope, formatAmzDate } from '../../../src/policy/signature.ts';
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from '../../policy/signed-form.ts';

/** What both servers are set up with, so that one and the same form is for either. */
export const SETUP = {
  bucket: 'uploads',
  region: 'us-east-1',
  credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
} as const;

/** One instant for all forms: none differs from another for having been written later. */
const NOW = new Date();
export const TODAY: string = formatAmzDate(NOW).slice(0, 8);
export const AMZ_DATE: string = formatAmzDate(NOW);
export const CREDENTIAL = `${ACCESS_KEY_ID}/${credentialScope(TODAY, SETUP.region)}`;
export const CONTENT = 'content';

/** An instant so many seconds from now, as policies write it. */
export function inSeconds(seconds: number): string {
  return new Date(NOW.getTime() + seconds * 1000).toISOString();
}

/** A form of the corpus: one name, one line on what it exercises, and how it is made. */
export type CorpusForm = readonly [id: string, exercises: string, change: Change];

/** A part as it is sent: its headers, then its content. */
export interface Part {
  readonly head: string;
  readonly content: string | Buffer;
}

/** A value, or what becomes of the value that the well-formed form has. */
type FieldValue = string | undefined | ((sent: string) => string);

/** How a form differs from one that every server takes: a photo in `user/`, signed for an hour. */
export interface Change {
  /** Any JSON value. */
  readonly expiration?: unknown;
  /** Conditions after those on the bucket, the key and the signature's fields. */
  readonly conditions?: readonly unknown[];
  /** Which of those conditions are left out, by their field. */
  readonly without?: readonly string[];
  /** The policy's text, made of what it would have been, or of nothing. */
  readonly policy?: (text: string) => string | Buffer;
  /** The signed text of the field `Policy`, made of the policy's base64. */
  readonly encoded?: (base64: string) => string;
  /** @default the right one */
  readonly secret?: string;
  /** Fields with exactly this value, each with its condition. */
  readonly exact?: Readonly<Record<string, string>>;
  /** Fields changed, added or (`undefined`) removed, of which the policy knows nothing. */
  readonly fields?: Readonly<Record<string, FieldValue>>;
  /** Fields after all others, which may repeat a name. */
  readonly repeated?: readonly (readonly [name: string, value: string])[];
  readonly filename?: string | undefined;
  readonly content?: string | Buffer;
  /** The parts in the order in which they are sent, the file last. */
  readonly parts?: (parts: readonly Part[]) => readonly Part[];
  /** The whole body, made of what it would have been. */
  readonly body?: (body: string) => string;
  readonly contentType?: string;
  /** @default the bucket's */
  readonly path?: string;
  /** The bucket in the name of the host, below localhost. */
  readonly subdomain?: string;
  /** Of the request, beside those that it must have. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is sent, whichever server it is for. */
export interface WrittenForm {
  readonly path: string;
  readonly subdomain: string | undefined;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer;
  /** All of it but for a signature that is right: equal where two forms are one and the same. */
  readonly canonical: string;
}

export const BOUNDARY = 'boundary';

export function writeForm(change: Change): WrittenForm {
  const policyText = change.policy?.(policyOf(change)) ?? policyOf(change);
  const base64 = Buffer.from(policyText as string).toString('base64');
  const policy = change.encoded?.(base64) ?? base64;
  const credential = change.exact?.['x-amz-credential'] ?? CREDENTIAL;
  const signature = sign(policy, credential, change.secret ?? SECRET_ACCESS_KEY);

  const wellFormed = {
    key: 'user/photo.jpg',
    'X-Amz-Credential': CREDENTIAL,
    'X-Amz-Algorithm': ALGORITHM,
    'X-Amz-Date': AMZ_DATE,
    Policy: policy,
    'X-Amz-Signature': signature,
  };
  const fields = changed(changed(Object.entries(wellFormed), change.exact), change.fields);
  const parts = [...fields, ...(change.repeated ?? [])].map(([name, value]) => field(name, value));
  const sent = [...parts, file(change)];
  const wellCut = write(change.parts?.(sent) ?? sent);
  const body = change.body ? Buffer.from(change.body(wellCut.toString())) : wellCut;

  const { path = `/${SETUP.bucket}`, subdomain } = change;
  const contentType = change.contentType ?? `multipart/form-data; boundary=${BOUNDARY}`;
  const unsigned = body
    .toString('latin1')
    .replaceAll(sign(policy, credential, SECRET_ACCESS_KEY), 'SIGNATURE');
  // In chunks there is no length.
  const length = change.headers?.['Transfer-Encoding'] ? {} : { 'Content-Length': body.length };
  const headers = { 'Content-Type': contentType, ...length, ...change.headers };
  const canonical = [subdomain, path, JSON.stringify(headers), unsigned].join('\n');
  return { path, subdomain, headers, body, canonical };
}

function policyOf({ expiration = inSeconds(3600), without, exact, conditions }: Change): string {
  const needed: Record<string, unknown> = {
    bucket: { bucket: SETUP.bucket },
    key: ['starts-with', '$key', 'user/'],
    'x-amz-credential': { 'x-amz-credential': CREDENTIAL },
    'x-amz-algorithm': { 'x-amz-algorithm': ALGORITHM },
    'x-amz-date': { 'x-amz-date': AMZ_DATE },
  };
  for (const name of [...(without ?? []), ...Object.keys(exact ?? {})]) delete needed[name];
  const ofExact = Object.entries(exact ?? {}).map(([name, value]) => ({ [name]: value }));
  return JSON.stringify({
    expiration,
    conditions: [...Object.values(needed), ...ofExact, ...(conditions ?? [])],
  });
}

/** Signs for whatever scope the credential names, so that a wrong one is all that is wrong. */
function sign(policy: string, credential: string, secret: string): string {
  const hmac = (key: string | Buffer, text: string) =>
    createHmac('sha256', key).update(text).digest();
  const key = credential.split('/').slice(-4).reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, policy).toString('hex');
}

/** Fields with others in their place, whose names may be written in another case. */
function changed(
  fields: readonly [string, string][],
  changes: Readonly<Record<string, FieldValue>> = {},
): [string, string][] {
  const entries = Object.entries(changes);
  const isNamed = (name: string) => (pair: readonly [string, unknown]) =>
    pair[0].toLowerCase() === name.toLowerCase();
  const kept = fields.flatMap(([name, value]): [string, string][] => {
    const [spelled, change] = entries.find(isNamed(name)) ?? [name, value];
    const next = typeof change === 'function' ? change(value) : change;
    return next === undefined ? [] : [[spelled, next]];
  });
  const added = entries.filter(
    (pair): pair is [string, string] =>
      typeof pair[1] === 'string' && !fields.some(isNamed(pair[0])),
  );
  return [...kept, ...added];
}

export function field(name: string, value: string): Part {
  return { head: `Content-Disposition: form-data; name="${name}"`, content: value };
}

function file(change: Change): Part {
  const filename = 'filename' in change ? change.filename : 'photo.jpg';
  const parameter = filename === undefined ? '' : `; filename="${filename}"`;
  return {
    head: `Content-Disposition: form-data; name="file"${parameter}\r\nContent-Type: text/plain`,
    content: change.content ?? CONTENT,
  };
}

function write(parts: readonly Part[]): Buffer {
  return Buffer.concat([...parts.map(writePart), Buffer.from(`--${BOUNDARY}--\r\n`)]);
}

export function writePart({ head, content }: Part): Buffer {
  const pieces = [`--${BOUNDARY}\r\n${head}\r\n\r\n`, content, '\r\n'];
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as string)));
}

export function digest(algorithm: 'md5' | 'sha1' | 'sha256', content: string | Buffer): string {
  return createHash(algorithm).update(content).digest('base64');
}
