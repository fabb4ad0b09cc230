import { describe, expect, test } from 'vitest';
import { headObject, objectUrl, signedObjectUrl } from '../../src/bucket/objects.ts';
import { type PresignedUrlOptions, presignUrl } from '../../src/bucket/presigned-url.ts';
import {
  CONTENT,
  ETAG,
  startTestBucket,
  statusAndCode,
  store,
  type TestBucket,
} from './support.ts';

async function bucketWithObjects(): Promise<TestBucket> {
  const bucket = await startTestBucket();
  await store(bucket, { key: 'private.txt' });
  await store(bucket, { key: 'other.txt' }, 'other');
  await store(bucket, { key: 'public.txt', acl: 'public-read' });
  return bucket;
}

type Method = 'GET' | 'HEAD';
type MakeUrl = (bucket: TestBucket, method: Method) => string;

const unsigned =
  (key: string): MakeUrl =>
  ({ address }) =>
    objectUrl(address, key);

const signed =
  (key: string, options: Partial<PresignedUrlOptions> = {}): MakeUrl =>
  ({ access, address }, method) =>
    presignUrl({ ...access, method, url: objectUrl(address, key), ...options });

const altered =
  (make: MakeUrl, alter: (url: string) => string): MakeUrl =>
  (bucket, method) =>
    alter(make(bucket, method));

const CASES: [what: string, url: MakeUrl, status: number, code?: string][] = [
  ['a signed URL', signed('private.txt'), 200],
  ['a public object', unsigned('public.txt'), 200],
  ['a signed URL of a public object', signed('public.txt'), 200],
  ['no signature', unsigned('private.txt'), 403, 'AccessDenied'],
  [
    'a changed signature',
    altered(signed('private.txt'), (url) =>
      url.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
    ),
    403,
    'SignatureDoesNotMatch',
  ],
  [
    'a signature cut short',
    altered(signed('private.txt'), (url) => url.slice(0, -1)),
    403,
    'SignatureDoesNotMatch',
  ],
  [
    'an empty signature, even of a public object',
    altered(signed('public.txt'), (url) => url.replace(/[0-9a-f]+$/, '')),
    403,
    'SignatureDoesNotMatch',
  ],
  [
    'the signature of another key',
    altered(signed('other.txt'), (url) => url.replace('other.txt', 'private.txt')),
    403,
    'SignatureDoesNotMatch',
  ],
  [
    'a signature for another method',
    signed('private.txt', { method: 'PUT' }),
    403,
    'SignatureDoesNotMatch',
  ],
  [
    'a longer life than was signed',
    altered(signed('private.txt'), (url) => url.replace('Expires=300', 'Expires=301')),
    403,
    'SignatureDoesNotMatch',
  ],
  [
    'a parameter that was not signed',
    altered(signed('private.txt'), (url) => `${url}&response-content-type=text/html`),
    403,
    'SignatureDoesNotMatch',
  ],
  [
    'another secret',
    (bucket, method) =>
      signed('private.txt', {
        credentials: { ...bucket.credentials, secretAccessKey: 'other' },
      })(bucket, method),
    403,
    'SignatureDoesNotMatch',
  ],
  [
    'an unknown access key',
    signed('private.txt', { credentials: { accessKeyId: 'OTHER', secretAccessKey: 'other' } }),
    403,
    'InvalidAccessKeyId',
  ],
  [
    'another region',
    signed('private.txt', { region: 'elsewhere' }),
    400,
    'AuthorizationQueryParametersError',
  ],
  [
    'an expired URL',
    signed('private.txt', { now: new Date('2020-01-01T00:00:00Z') }),
    403,
    'AccessDenied',
  ],
  ['a signed URL of nothing', signed('missing.txt'), 404, 'NoSuchKey'],
  ['an unsigned URL of nothing', unsigned('missing.txt'), 403, 'AccessDenied'],
];

describe.each<Method>(['GET', 'HEAD'])('%s', (method) => {
  test.each(CASES)(`${method} by %s`, async (_, makeUrl, status, code) => {
    const bucket = await bucketWithObjects();
    const response = await fetch(makeUrl(bucket, method), { method });
    if (status === 200) {
      expect(await response.clone().text()).toBe(method === 'GET' ? CONTENT : '');
      expect(response.headers.get('content-length')).toBe('6');
      expect(response.headers.get('etag')).toBe(ETAG);
    }
    expect(await statusAndCode(response)).toEqual([status, method === 'GET' ? code : undefined]);
  });
});

test('an object comes with what was stored beside it', async () => {
  const bucket = await startTestBucket();
  await store(bucket, {
    contentType: 'text/plain; charset=utf-8',
    cacheControl: 'max-age=60',
    contentDisposition: 'attachment; filename="é—x.txt"',
    metadata: { plain: 'a\t"#$%&\\ z', Encoded: 'ÄMÄZÕÑ S3', word: '=?UTF-8?Q?=C3=84?=' },
  });
  const { headers } = await fetch(signedObjectUrl(bucket.access, 'a.txt'));
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'max-age=60',
    // As recorded from S3: what Latin-1 has is kept, for anything else there is a blank.
    'content-disposition': 'attachment; filename="é x.txt"',
    'x-amz-meta-plain': 'a\t"#$%&\\ z',
    'x-amz-meta-encoded': '=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=',
    'x-amz-meta-word': '=?UTF-8?Q?=C3=84?=',
  });
  expect(Date.parse(headers.get('last-modified') ?? '')).not.toBeNaN();
});

test.each(['Content-Encoding', 'Expires'])('%s is stored and returned', async (name) => {
  const bucket = await startTestBucket();
  const value = name === 'Expires' ? 'Wed, 21 Oct 2026 07:28:00 GMT' : 'x-none';
  await store(bucket, { fields: { [name]: value } });
  const { headers } = await fetch(signedObjectUrl(bucket.access, 'a.txt'));
  expect(headers.get(name)).toBe(value);
});

test('Unicode metadata is read as it was written', async () => {
  const bucket = await startTestBucket();
  const metadata = { name: 'ÄMÄZÕÑ S3', crown: '👑 = _?', right: 'שלום', long: 'ü'.repeat(300) };
  await store(bucket, { metadata });
  expect(await headObject(bucket.access, 'a.txt')).toEqual({
    size: 6,
    type: 'binary/octet-stream',
    etag: 'e80b5017098950fc58aad83c8c14978e',
    metadata,
  });
});

test.each([
  ['content-type', 'application/pdf'],
  ['content-disposition', 'attachment; filename="x.pdf"'],
  ['cache-control', 'no-store'],
])('a signed URL overrides %s, an unsigned one does not', async (name, value) => {
  const bucket = await startTestBucket();
  const stored = { contentType: 'a/b', contentDisposition: 'inline', cacheControl: 'max-age=1' };
  await store(bucket, { ...stored, acl: 'public-read' });
  const query = { [`response-${name}`]: value };
  const signedUrl = signedObjectUrl(bucket.access, 'a.txt', { query });
  const publicUrl = `${bucket.address}a.txt?${new URLSearchParams(query)}`;
  expect((await fetch(signedUrl)).headers.get(name)).toBe(value);
  expect((await fetch(publicUrl)).headers.get(name)).not.toBe(value);
});

test('an uploaded page runs no script', async () => {
  const bucket = await startTestBucket();
  await store(bucket, { contentType: 'text/html' }, '<script>alert(1)</script>');
  const { headers } = await fetch(signedObjectUrl(bucket.access, 'a.txt'));
  expect(headers.get('content-security-policy')).toBe('sandbox');
});
