import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { checkPost } from '../../src/policy/check-post.ts';
import type { Condition } from '../../src/policy/conditions.ts';
import { createPresignedPost } from '../../src/policy/presigned-post.ts';
import { FILE_SIZE, type RandomPost, randomPosts, VARIABLE } from './random-post.ts';

/** What a signed form says, however it is written: names in lower case, conditions in one shape. */
export interface Form {
  readonly url: string;
  readonly expiration: string;
  /** But for policy and signature. */
  readonly fields: Readonly<Record<string, string>>;
  readonly conditions: readonly string[];
  /** What becomes of the form: the key of the stored object, or the error's code. */
  readonly answer: string;
  readonly signatureVerifies: boolean;
}

/** What every signer gives. */
export interface SignedPost {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Tests of a peer: it makes our form but for its deviations, each of which really exists. */
export function itAgrees(
  deviations: readonly Deviation[],
  askPeer: (posts: readonly RandomPost[]) => Promise<readonly SignedPost[]>,
): void {
  const posts = randomPosts(300);
  let theirs: readonly SignedPost[];
  beforeAll(async () => {
    theirs = await askPeer(posts);
  });

  it('makes the same form, but for its known deviations', () => {
    expect(theirs).toHaveLength(posts.length);
    for (const [index, post] of posts.entries()) {
      const input = JSON.stringify(post);
      const ours = readForm(createPresignedPost(post.options), post);
      expect(ours, input).toMatchObject({
        answer: expect.stringMatching(/^stored as /),
        signatureVerifies: true,
      });
      const { form } = deviate(ours, post, deviations);
      expect(readForm(theirs[index] as SignedPost, post), input).toEqual(form);
    }
  });

  it.each(deviations)('deviates: %s', (name) => {
    const used = posts.some((post) => {
      const ours = readForm(createPresignedPost(post.options), post);
      return deviate(ours, post, deviations).used.includes(name);
    });
    expect(used).toBe(true);
  });
}

function readForm(post: SignedPost, { options, typed }: RandomPost): Form {
  const { policy = '', 'x-amz-signature': signature, ...fields } = lowerCaseNames(post.fields);
  const { expiration, conditions } = JSON.parse(Buffer.from(policy, 'base64').toString());
  const { accessKeyId, secretAccessKey } = options.credentials;
  const verdict = checkPost({
    fields: Object.entries({ ...post.fields, ...typed }),
    files: [{ filename: 'C:\\photo.png', size: FILE_SIZE }],
    bucket: options.bucket,
    region: options.region,
    now: options.now,
    secretAccessKeyFor: (id) => (id === accessKeyId ? secretAccessKey : undefined),
  });
  return {
    url: post.url,
    expiration: new Date(expiration).toISOString(),
    fields,
    conditions: unique((conditions as Condition[]).map(conditionText)),
    answer: verdict.ok ? `stored as ${verdict.key}` : verdict.s3Code,
    signatureVerifies: signature === sign(policy, fields['x-amz-credential'], secretAccessKey),
  };
}

function lowerCaseNames(fields: SignedPost['fields']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** Signature Version 4 once more, in its own few lines. */
function sign(policy: string, credential = '', secretAccessKey: string): string {
  const hmac = (key: string | Buffer, data: string) =>
    createHmac('sha256', key).update(data).digest();
  const scope = credential.split('/').slice(-4);
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, policy).toString('hex');
}

export function conditionText(condition: Condition): string {
  const [pair] = Object.entries(condition);
  const [operator, name, value] = (
    Array.isArray(condition) ? condition : ['eq', `$${pair?.[0]}`, pair?.[1]]
  ) as [string, string | number, unknown];
  return JSON.stringify([operator, typeof name === 'string' ? name.toLowerCase() : name, value]);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

/**
 * How a peer's form differs from ours: its name, and what it makes of our form, nothing where the
 * input is not concerned. Each works on what those before it made.
 */
export type Deviation = readonly [
  name: string,
  change: (form: Form, post: RandomPost) => Partial<Form> | false,
];

/** Our form with a peer's deviations, and the names of those that changed it. */
function deviate(
  ours: Form,
  post: RandomPost,
  deviations: readonly Deviation[],
): { form: Form; used: string[] } {
  let form = ours;
  const used: string[] = [];
  for (const [name, change] of deviations) {
    const next = { ...form, ...change(form, post) };
    const changed = { ...next, conditions: unique(next.conditions) };
    if (!isDeepStrictEqual(changed, form)) used.push(name);
    form = changed;
  }
  return { form, used };
}

/** Whether the caller wrote a condition on a field. */
export function isWritten(field: string, { conditions }: RandomPost): boolean {
  return conditions.some((one) => conditionText(one).includes(`"$${field.toLowerCase()}"`));
}

/** Where peers say the same, against us. */
export const COMMON_DEVIATIONS: readonly Deviation[] = [
  [
    'a bucket with a dot is in the path, even when asked for in the host',
    ({ url }, { options: { bucket, addressing } }) =>
      bucket.includes('.') &&
      addressing === 'virtual-hosted' && { url: `${url.replace(`${bucket}.`, '')}${bucket}/` },
  ],
  [
    "no slash ends the path, unless it is the endpoint's own and has it",
    ({ url }, { options: { bucket, endpoint } }) =>
      new URL(url).pathname !== '/' &&
      (url.endsWith(`/${bucket}/`) || !endpoint?.endsWith('/')) && { url: url.slice(0, -1) },
  ],
  [
    'the expiration has no milliseconds',
    ({ expiration }) => ({ expiration: expiration.replace(/\d{3}Z$/, '000Z') }),
  ],
  [
    "a condition on the key stands beside the caller's own",
    ({ conditions }, post) =>
      isWritten('key', post) && { conditions: [...conditions, keyCondition(post.options.key)] },
  ],
  [
    '${filename} before the end of the key is taken for text: no upload fits',
    ({ conditions }, post) => {
      const { key } = post.options;
      const ours = exceptFileName('key', key);
      if (conditionText(ours) === keyCondition(key)) return false;
      return {
        conditions: isWritten('key', post)
          ? conditions
          : replace(conditions, ours, keyCondition(key)),
        answer: 'AccessDenied',
      };
    },
  ],
];

/** The condition on a field so far as its value is known before there is a file. */
export function exceptFileName(name: string, value: string): Condition {
  const [start = ''] = value.split(VARIABLE);
  return start === value ? { [name]: value } : ['starts-with', `$${name}`, start];
}

export function replace(texts: readonly string[], old: Condition, by: string): string[] {
  return texts.map((text) => (text === conditionText(old) ? by : text));
}

/** Of peers, which look for the variable at the end alone. */
function keyCondition(key: string): string {
  return conditionText(
    key.endsWith(VARIABLE) ? ['starts-with', '$key', key.slice(0, -VARIABLE.length)] : { key },
  );
}
