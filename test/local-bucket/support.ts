import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { BucketAccess } from '../../src/bucket/objects.ts';
import { encodeRfc3986, signRequest } from '../../src/bucket/presigned-url.ts';
import {
  type LocalBucket,
  type LocalBucketOptions,
  startLocalBucket,
} from '../../src/local-bucket/index.ts';
import { createPresignedPost, type PresignedPostOptions } from '../../src/policy/index.ts';
import { ALGORITHM, credentialScope, formatAmzDate } from '../../src/policy/signature.ts';
import { type FormEntry, postForm } from '../../src/testing/submit-form.ts';

export type { FormEntry } from '../../src/testing/submit-form.ts';

/** Content whose MD5 was recorded from S3. */
export const CONTENT = 'abcdef';
export const ETAG = '"e80b5017098950fc58aad83c8c14978e"';

/** A bucket in a directory of its own, that ends with the test. */
export interface TestBucket extends LocalBucket {
  /** The URL that forms post to. */
  readonly address: string;
  readonly access: BucketAccess;
  readonly directory: string;
  /** All that is in the bucket's directory, and around it. */
  files(): string[];
}

export async function startTestBucket(
  options: Partial<LocalBucketOptions> = {},
): Promise<TestBucket> {
  const root = temporaryDirectory();
  const directory = join(root, 'up', 'store');
  const bucket = await startLocalBucket({ directory, ...options });
  // A test may have closed it already.
  onTestFinished(() => bucket.close().catch(() => {}));
  const address = `${bucket.url}/${bucket.bucket}/`;
  return {
    ...bucket,
    address,
    access: { url: address, region: bucket.region, credentials: bucket.credentials },
    directory,
    files: () => (readdirSync(root, { recursive: true }) as string[]).sort(),
  };
}

/** A directory that is removed after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'local-bucket-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  mkdirSync(join(directory, 'up'));
  return directory;
}

export function textFile(content: string | Buffer<ArrayBuffer> = CONTENT, name = 'a.txt'): File {
  return new File([content], name, { type: 'text/plain' });
}

/** The entries of a form that the bucket takes, for the key `a.txt` unless told otherwise. */
export function signedForm(
  { bucket, region, credentials, url: endpoint }: LocalBucket,
  options: Partial<PresignedPostOptions> = {},
  file = textFile(),
): FormEntry[] {
  const post = createPresignedPost({
    ...{ bucket, region, credentials, endpoint, key: 'a.txt' },
    ...options,
  });
  return [...Object.entries(post.fields), ['file', file]];
}

/** A form with another value in one field. */
export function changed(form: FormEntry[], field: string, value: string): FormEntry[] {
  return form.map((entry) => (entry[0] === field ? [field, value] : entry));
}

/** A form without the entries of one name. */
export function without(form: FormEntry[], field: string): FormEntry[] {
  return form.filter(([name]) => name !== field);
}

export function post(bucket: TestBucket, entries: FormEntry[]): Promise<Response> {
  return postForm({ action: bucket.address, entries });
}

/** A form for any key: S3 compares the key with a prefix, and the prefix is empty. */
export function formForKey(bucket: TestBucket, key: string, file = textFile()): FormEntry[] {
  return changed(
    signedForm(bucket, { conditions: [['starts-with', '$key', '']] }, file),
    'key',
    key,
  );
}

/** Stores an object, come what may. */
export async function store(
  bucket: TestBucket,
  options: Partial<PresignedPostOptions> = {},
  content: string | Buffer<ArrayBuffer> = CONTENT,
): Promise<void> {
  const response = await post(bucket, signedForm(bucket, options, textFile(content)));
  if (!response.ok) throw new Error(await response.text());
}

/** The fields of a form as the parts of a body, each up to its value. */
export function fieldParts(form: FormEntry[]): string[] {
  return without(form, 'file').map(([name, value]) => `form-data; name="${name}"\r\n\r\n${value}`);
}

export const FILE_PART = `form-data; name="file"; filename="a.txt"\r\n\r\n${CONTENT}`;

/** A body that is written by hand, its boundary being `b`. */
export function multipart(parts: readonly string[]): string {
  return `${parts.map((part) => `--b\r\nContent-Disposition: ${part}\r\n`).join('')}--b--\r\n`;
}

export function postBody(
  { address }: TestBucket,
  body: string,
  type = 'multipart/form-data; boundary=b',
): Promise<Response> {
  return fetch(address, { method: 'POST', body, headers: { 'Content-Type': type } });
}

/** Reads an object by a signed URL whose path nobody makes shorter on the way. */
export async function readKey(bucket: TestBucket, key: string) {
  const { host } = new URL(bucket.url);
  const path = `/${bucket.bucket}/${key.split('/').map(encodeRfc3986).join('/')}`;
  const amzDate = formatAmzDate(new Date());
  const scope = credentialScope(amzDate.slice(0, 8), bucket.region);
  const parameters: [string, string][] = [
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${bucket.credentials.accessKeyId}/${scope}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', '60'],
    ['X-Amz-SignedHeaders', 'host'],
  ];
  const { sessionToken } = bucket.credentials;
  if (sessionToken !== undefined) parameters.push(['X-Amz-Security-Token', sessionToken]);
  const request = { method: 'GET', host, path, parameters, amzDate };
  const signature = signRequest(request, bucket.region, bucket.credentials.secretAccessKey);
  const query = new URLSearchParams([...parameters, ['X-Amz-Signature', signature]]);
  return readPath(bucket, `${path}?${query}`);
}

/** A GET of exactly this path. */
export async function readPath(bucket: TestBucket, path: string) {
  const { hostname, port } = new URL(bucket.url);
  const request = get({ hostname, port, path, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, etag: response.headers.etag, body: await text(response) };
}

/** An answer's status, and the `Code` of its XML where it has any. */
export async function statusAndCode(response: Response): Promise<[number, string | undefined]> {
  return [response.status, /<Code>(.*)<\/Code>/.exec(await response.text())?.[1]];
}
