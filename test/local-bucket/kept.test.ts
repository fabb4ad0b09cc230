import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { objectUrl, signedObjectUrl } from '../../src/bucket/objects.ts';
import { presignUrl } from '../../src/bucket/presigned-url.ts';
import type { PresignedPostOptions } from '../../src/policy/index.ts';
import {
  ETAG,
  FILE_PART,
  fieldParts,
  multipart,
  post,
  readKey,
  signedForm,
  startTestBucket,
  statusAndCode,
  store,
  type TestBucket,
} from './support.ts';

/** Headers of the answer to an upload, and of a HEAD that follows. */
async function headersOf(bucket: TestBucket, options: Partial<PresignedPostOptions>) {
  const response = await post(bucket, signedForm(bucket, options));
  expect(response.status).toBe(204);
  const url = presignUrl({
    ...bucket.access,
    method: 'HEAD',
    url: objectUrl(bucket.address, 'a.txt'),
  });
  const head = await fetch(url, { method: 'HEAD', headers: { 'x-amz-checksum-mode': 'ENABLED' } });
  expect(head.status).toBe(200);
  return { upload: Object.fromEntries(response.headers), head: Object.fromEntries(head.headers) };
}

describe('an upload is answered with what S3 made of it', () => {
  // By S3, sha256sum and sha1sum.
  test.each<[string, Partial<PresignedPostOptions>, string, string]>([
    ['the checksum that S3 makes by itself', {}, 'crc64nvme', 'Pact6XRTYyA='],
    [
      'the SHA256 that the form gave',
      { checksum: { algorithm: 'SHA256', value: 'vvV+x/U6bUC+tkCngKY5yDvCmsipgW8fxsXG3Nk8RyE=' } },
      'sha256',
      'vvV+x/U6bUC+tkCngKY5yDvCmsipgW8fxsXG3Nk8RyE=',
    ],
    [
      'the SHA1 that the form gave',
      { checksum: { algorithm: 'SHA1', value: 'H4rBDyPFtbwRZ72oS4M+XAV6d9I=' } },
      'sha1',
      'H4rBDyPFtbwRZ72oS4M+XAV6d9I=',
    ],
    [
      'the CRC64NVME that the form gave',
      { fields: { 'x-amz-checksum-crc64nvme': 'Pact6XRTYyA=' } },
      'crc64nvme',
      'Pact6XRTYyA=',
    ],
  ])('%s', async (_, options, name, value) => {
    const bucket = await startTestBucket();
    const { upload, head } = await headersOf(bucket, options);
    for (const headers of [upload, head]) {
      expect(headers).toMatchObject({
        [`x-amz-checksum-${name}`]: value,
        'x-amz-checksum-type': 'FULL_OBJECT',
        etag: ETAG,
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('x-amz-checksum'))).toHaveLength(
        2,
      );
    }
  });

  test('a checksum is told with the object to who asks for it alone', async () => {
    const bucket = await startTestBucket();
    await store(bucket);
    const { headers } = await fetch(signedObjectUrl(bucket.access, 'a.txt'));
    expect(headers.get('x-amz-checksum-crc64nvme')).toBeNull();
  });

  test.each<[string, Partial<PresignedPostOptions>]>([
    ['BadDigest', { checksum: { algorithm: 'CRC32C', value: 'AAAAAA==' } }],
    ['BadDigest', { fields: { 'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=' } }],
    ['BadDigest', { contentMd5: '1B2M2Y8AsgTpgAmY7PhCfg==' }],
  ])('%s for %j, with nothing left of it', async (code, options) => {
    const bucket = await startTestBucket();
    const before = bucket.files();
    expect(await statusAndCode(await post(bucket, signedForm(bucket, options)))).toEqual([
      400,
      code,
    ]);
    expect(bucket.files()).toEqual(before);
  });

  test('no length and no type, where there is no content', async () => {
    const bucket = await startTestBucket();
    const { upload } = await headersOf(bucket, {});
    for (const name of ['content-type', 'content-length', 'transfer-encoding']) {
      expect(upload).not.toHaveProperty(name);
    }
    const asked = await post(bucket, signedForm(bucket, { successActionStatus: 200 }));
    expect(asked.headers.get('content-length')).toBe('0');
  });

  test('two names, another pair for each answer', async () => {
    const bucket = await startTestBucket();
    const ids = async () => {
      const { headers } = await fetch(bucket.address);
      return [headers.get('x-amz-request-id'), headers.get('x-amz-id-2')] as const;
    };
    const [first, second] = [await ids(), await ids()];
    expect(first[0]).toMatch(/^[0-9A-F]{16}$/);
    expect(first[1]).toMatch(/^[A-Za-z0-9+/]{75}=$/);
    expect(second).not.toEqual(first);
  });
});

describe('encryption is said to be what was asked for', () => {
  const SSE = 'x-amz-server-side-encryption';
  test('by S3', async () => {
    const { upload, head } = await headersOf(await startTestBucket(), {
      serverSideEncryption: {
        algorithm: 'aws:kms',
        keyId: 'key-1',
        context: { a: 'b' },
        bucketKeyEnabled: true,
      },
    });
    const told = {
      [SSE]: 'aws:kms',
      [`${SSE}-aws-kms-key-id`]: 'key-1',
      [`${SSE}-bucket-key-enabled`]: 'true',
    };
    expect(upload).toMatchObject({ ...told, [`${SSE}-context`]: 'eyJhIjoiYiJ9' });
    expect(head).toMatchObject(told);
    expect(head).not.toHaveProperty(`${SSE}-context`);
  });

  test('with a key that is told nobody', async () => {
    const customerKey = Buffer.alloc(32, 'key');
    const bucket = await startTestBucket();
    const answers = await headersOf(bucket, { serverSideEncryption: { customerKey } });
    for (const headers of Object.values(answers)) {
      expect(headers[`${SSE}-customer-algorithm`]).toBe('AES256');
      expect(headers).toHaveProperty(`${SSE}-customer-key-md5`);
      expect(JSON.stringify(headers)).not.toContain(customerKey.toString('base64'));
    }
  });
});

test.each<[Partial<PresignedPostOptions>, string, string | undefined]>([
  [{ storageClass: 'STANDARD_IA' }, 'x-amz-storage-class', 'STANDARD_IA'],
  [{ storageClass: 'STANDARD' }, 'x-amz-storage-class', undefined],
  [{ websiteRedirectLocation: '/a' }, 'x-amz-website-redirect-location', '/a'],
  [{ fields: { 'Content-Language': 'de' } }, 'content-language', 'de'],
  [{ fields: { 'Content-Type': '' } }, 'content-type', 'binary/octet-stream'],
])('%j comes with the object as %s: %s', async (options, name, value) => {
  const { head } = await headersOf(await startTestBucket(), options);
  expect(head[name]).toBe(value);
});

describe('tags', () => {
  const tags = { project: 'a & b', ключ: '' };
  const tagsUrl = (bucket: TestBucket) =>
    signedObjectUrl(bucket.access, 'a.txt', { query: { tagging: '' } });

  test('are counted with the object and read by who signs', async () => {
    const bucket = await startTestBucket();
    const { head } = await headersOf(bucket, { tags, acl: 'public-read' });
    expect(head['x-amz-tagging-count']).toBe('2');
    const response = await fetch(tagsUrl(bucket));
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>' +
        '<Tag><Key>project</Key><Value>a &amp; b</Value></Tag>' +
        '<Tag><Key>ключ</Key><Value></Value></Tag></TagSet></Tagging>',
    );
    const unsigned = await fetch(`${bucket.address}a.txt?tagging`);
    expect(await statusAndCode(unsigned)).toEqual([403, 'AccessDenied']);
  });

  test('are none where the field has other XML', async () => {
    const bucket = await startTestBucket();
    const fields = { tagging: '<InvalidXmlTagging></InvalidXmlTagging>' };
    const { head } = await headersOf(bucket, { fields });
    expect(head).not.toHaveProperty('x-amz-tagging-count');
    expect(await (await fetch(tagsUrl(bucket))).text()).toContain('<TagSet></TagSet>');
  });
});

describe("a bucket's name may stand before localhost", () => {
  /** A request to a host that no resolver needs to know. */
  async function ask(
    bucket: TestBucket,
    host: string,
    method: string,
    path: string,
    body?: string,
  ) {
    const { port, hostname } = new URL(bucket.url);
    const headers = {
      Host: `${host}:${port}`,
      ...(body !== undefined && { 'Content-Type': 'multipart/form-data; boundary=b' }),
    };
    const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
      request({ hostname, port, method, path, headers }, resolve).on('error', reject).end(body);
    });
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  }

  test('uploads and reads', async () => {
    const bucket = await startTestBucket();
    const body = multipart([...fieldParts(signedForm(bucket, { acl: 'public-read' })), FILE_PART]);
    const { status, headers } = await ask(bucket, 'Uploads.localhost', 'POST', '/', body);
    const { port } = new URL(bucket.url);
    expect(status).toBe(204);
    expect(headers.location).toBe(`http://Uploads.localhost:${port}/a.txt`);
    expect(await readKey(bucket, 'a.txt')).toMatchObject({ status: 200, body: 'abcdef' });
    const read = await ask(bucket, 'uploads.localhost', 'GET', '/a.txt');
    expect(read).toMatchObject({ status: 200, body: 'abcdef' });
  });

  test.each([
    ['another.localhost', 'POST', '/', 404, 'NoSuchBucket'],
    ['uploads.localhost.', 'POST', '/', 412, 'PreconditionFailed'],
    ['uploads.localhost', 'GET', '//', 403, 'AccessDenied'],
    ['uploads.localhost', 'GET', '//a%3Ab', 403, 'AccessDenied'],
    ['uploads.localhost', 'GET', '//[', 403, 'AccessDenied'],
    ['uploads.localhost', 'POST', '/a.txt', 405, 'MethodNotAllowed'],
    ['uploads.localhost', 'GET', '/uploads/a.txt', 403, 'AccessDenied'],
    ['localhost', 'POST', '/', 405, 'MethodNotAllowed'],
    ['localhost', 'POST', '/uploads/', 412, 'PreconditionFailed'],
  ])('%s: %s %s is answered with %i', async (host, method, path, status, code) => {
    const answer = await ask(await startTestBucket(), host, method, path);
    expect([answer.status, /<Code>(.*)<\/Code>/.exec(answer.body)?.[1]]).toEqual([status, code]);
  });
});
