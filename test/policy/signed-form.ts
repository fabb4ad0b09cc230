import { expect } from 'vitest';
import { type CheckPostOptions, checkPost, type PostVerdict } from '../../src/policy/check-post.ts';
import type { PostedDigests } from '../../src/policy/field-values.ts';
import type { RefusedPost } from '../../src/policy/refusal.ts';
import { deriveSigningKey, sign } from '../../src/policy/signature.ts';

export const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
export const SECRET_ACCESS_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
export const BUCKET = 'my-bucket';
export const REGION = 'eu-west-3';
export const NOW = new Date('2026-03-01T12:00:00Z');
export const EXPIRATION = '2026-03-01T13:00:00.000Z';
export const CREDENTIAL = `${ACCESS_KEY_ID}/20260301/${REGION}/s3/aws4_request`;
export const AMZ_DATE = '20260301T120000Z';

type Pair = readonly [name: string, value: string];

/** How a form differs from one that S3 takes: a photo in `user/`, signed and not yet expired. */
export interface FormPlan {
  readonly expiration?: string;
  /** Conditions beside those on bucket, key and the signature's fields. */
  readonly conditions?: readonly unknown[];
  /** Fields whose condition the policy lacks. */
  readonly uncovered?: readonly string[];
  /** The policy's JSON, in place of all the above. */
  readonly policy?: string | Buffer;
  /** The signed text of the field `Policy`, in place of all the above. */
  readonly policyField?: string;
  /** Fields that are changed, added or (`undefined`) removed, without signing anew. */
  readonly fields?: Readonly<Record<string, string | undefined>>;
  /** Fields with exactly this value, each with its condition. */
  readonly exact?: Readonly<Record<string, string>>;
  /** Further fields, which may repeat a name. */
  readonly repeated?: readonly Pair[];
  readonly files?: CheckPostOptions['files'];
  /** Of the only file. */
  readonly filename?: string | undefined;
  /** Of the only file. */
  readonly size?: number;
  /** Of the only file: those of S3's digests that a check shall compare. */
  readonly digests?: PostedDigests;
  /** Headers of the request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the credentials. */
  readonly sessionToken?: string;
  readonly bucket?: string;
  readonly now?: Date;
}

/** What the store answers to the form. */
export function answerTo(plan: FormPlan = {}): PostVerdict {
  return checkPost(signedForm(plan));
}

/** The verdict that a test expects, in the columns of the reference's error table. */
export function refusal(
  status: number,
  s3Code: string,
  message: string,
  details: readonly Pair[] = [],
  { certain = true, ...others }: Partial<RefusedPost> = {},
): RefusedPost {
  const hint = expect.stringMatching(/^[A-Z].*\.$/s);
  return { ok: false, status, s3Code, message, details, hint, certain, ...others };
}

export function signedForm(plan: FormPlan = {}): CheckPostOptions {
  const policyField = plan.policyField ?? toBase64(plan.policy ?? policyText(plan));
  const key = deriveSigningKey({
    secretAccessKey: SECRET_ACCESS_KEY,
    date: '20260301',
    region: REGION,
  });
  const fields: Record<string, string | undefined> = {
    key: 'user/photo.jpg',
    'X-Amz-Credential': CREDENTIAL,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': AMZ_DATE,
    Policy: policyField,
    'X-Amz-Signature': sign(policyField, key),
    ...plan.exact,
    ...plan.fields,
  };
  const sent = Object.entries(fields).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const file = {
    filename: 'filename' in plan ? plan.filename : 'photo.jpg',
    size: plan.size ?? 3,
    digests: plan.digests,
  };
  const credentials = { secretAccessKey: SECRET_ACCESS_KEY, ...token(plan) };
  return {
    fields: [...sent, ...(plan.repeated ?? [])],
    files: plan.files ?? [file],
    bucket: plan.bucket ?? BUCKET,
    region: REGION,
    now: plan.now ?? NOW,
    headers: plan.headers ?? {},
    secretAccessKeyFor: (id) => (id === ACCESS_KEY_ID ? credentials : undefined),
  };
}

/** The session token of a plan's credentials, where they have one. */
export function token({ sessionToken }: FormPlan): { sessionToken?: string } {
  return sessionToken === undefined ? {} : { sessionToken };
}

function policyText({ expiration = EXPIRATION, exact, conditions, uncovered }: FormPlan): string {
  const base: Record<string, unknown> = {
    bucket: { bucket: BUCKET },
    key: ['starts-with', '$key', 'user/'],
    'x-amz-credential': { 'x-amz-credential': CREDENTIAL },
    'x-amz-algorithm': { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
    'x-amz-date': { 'x-amz-date': AMZ_DATE },
  };
  return JSON.stringify({
    expiration,
    conditions: [
      ...Object.entries(base).flatMap(([name, rule]) => (uncovered?.includes(name) ? [] : [rule])),
      ...Object.entries(exact ?? {}).map(([name, value]) => ({ [name]: value })),
      ...(conditions ?? []),
    ],
  });
}

function toBase64(text: string | Buffer): string {
  return Buffer.from(text as string).toString('base64');
}
