import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type BucketAccess,
  headObject,
  objectUrl,
  signedObjectUrl,
  unquote,
} from '../../src/bucket/objects.ts';
import { CONTENT, formForKey, post, startTestBucket, store } from '../local-bucket/support.ts';
import { freePort } from '../support/ports.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** A store that gives every request the same answer. */
async function startStore(answer: RequestListener): Promise<BucketAccess> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return accessAt((server.address() as AddressInfo).port);
}

function accessAt(port: number): BucketAccess {
  return {
    url: `http://127.0.0.1:${port}/uploads/`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET },
  };
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it should have failed'),
    (error: unknown) => error,
  );
}

/** Everything that a log could show of an error. */
function allOf(error: unknown): string {
  const { message, stack, cause } = error as Error;
  const inspected = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  return [message, stack, inspect(cause), inspected, JSON.stringify(error)].join('\n');
}

test.each([
  ['a/b.txt', 'http://s/uploads/a/b.txt'],
  ['/a//b/', 'http://s/uploads//a//b/'],
  ['a b+c%?#&', 'http://s/uploads/a%20b%2Bc%25%3F%23%26'],
  ['é🎉', 'http://s/uploads/%C3%A9%F0%9F%8E%89'],
])('the URL of %j', (key, url) => {
  expect(objectUrl('http://s/uploads/', key)).toBe(url);
});

test('an ETag without its quotes', () => {
  expect(['"abc"', 'abc', ''].map(unquote)).toEqual(['abc', 'abc', '']);
});

test('a link reads a private object', async () => {
  const { access, ...bucket } = await startTestBucket();
  await store({ ...bucket, access }, { key: 'é #1/%20?.txt' });
  const link = signedObjectUrl(access, 'é #1/%20?.txt', { expiresIn: 60 });
  expect(new URL(link).searchParams.get('X-Amz-Expires')).toBe('60');
  expect(await (await fetch(link)).text()).toBe(CONTENT);
});

describe('no key leads to another object', () => {
  test.each(['x/../b', './b', 'x/./../b', '../uploads/b', 'b/.'])('%s', async (key) => {
    const bucket = await startTestBucket();
    await store(bucket, { key: 'b' });
    await expect(headObject(bucket.access, key)).rejects.toThrow();
    expect(await linked(() => signedObjectUrl(bucket.access, key))).not.toBe(CONTENT);
  });

  /** What a link leads to; to refuse it is right as well. */
  async function linked(makeLink: () => string): Promise<string> {
    try {
      return await (await fetch(makeLink())).text();
    } catch {
      return '';
    }
  }
});

test('the facts of an object', async () => {
  const bucket = await startTestBucket();
  const metadata = { 'upload-id': '1', name: 'ÄMÄZÕÑ S3' };
  await store(bucket, { contentType: 'text/plain', metadata });
  expect(await headObject(bucket.access, 'a.txt')).toEqual({
    size: 6,
    type: 'text/plain',
    etag: 'e80b5017098950fc58aad83c8c14978e',
    metadata,
  });
});

test('the facts of an empty object', async () => {
  const bucket = await startTestBucket();
  await post(bucket, formForKey(bucket, 'a.txt', new File([], '')));
  expect(await headObject(bucket.access, 'a.txt')).toEqual({
    size: 0,
    type: 'binary/octet-stream',
    etag: 'd41d8cd98f00b204e9800998ecf8427e',
    metadata: {},
  });
});

test('an object that is not there', async () => {
  const bucket = await startTestBucket();
  await expect(headObject(bucket.access, 'a.txt')).rejects.toMatchObject({
    name: 'S3FormError',
    code: 'object_not_found',
    status: 404,
  });
});

test('an object that the app may not see', async () => {
  const { access, credentials } = await startTestBucket();
  const wrong = { ...access, credentials: { ...credentials, secretAccessKey: SECRET } };
  const error = await errorOf(headObject(wrong, 'a.txt'));
  expect(error).toMatchObject({ code: 'confirm_forbidden', status: 502 });
  expect(allOf(error)).not.toContain(SECRET);
});

test.each<[number, string, number]>([
  [301, 'confirm_failed', 502],
  [307, 'confirm_failed', 502],
  [400, 'confirm_failed', 502],
  [403, 'confirm_forbidden', 502],
  [404, 'object_not_found', 404],
  [405, 'confirm_failed', 502],
  [429, 'confirm_unavailable', 503],
  [500, 'confirm_unavailable', 503],
  [503, 'confirm_unavailable', 503],
])('a store that answers %i', async (answer, code, status) => {
  const access = await startStore((request, response) => {
    response.writeHead(answer, { Location: `http://${request.headers.host}/elsewhere` }).end();
  });
  const error = await errorOf(headObject(access, 'private/a.txt'));
  expect(error).toMatchObject({ name: 'S3FormError', code, status });
  expect(allOf(error)).not.toMatch(/X-Amz|Signature=|private\/a\.txt/);
  expect(allOf(error)).not.toContain(SECRET);
});

test('a store that closes the connection', async () => {
  const access = await startStore((request) => request.socket.destroy());
  await expectUnavailable(access);
});

test('a store that speaks no HTTP', async () => {
  const access = await startStore((request) => request.socket.end('nonsense\r\n\r\n'));
  await expectUnavailable(access);
});

test('a store that does not listen', async () => {
  expect(await expectUnavailable(accessAt(await freePort()))).toContain('ECONNREFUSED');
});

async function expectUnavailable(access: BucketAccess): Promise<string> {
  const error = await errorOf(headObject(access, 'private/a.txt'));
  expect(error).toMatchObject({ name: 'S3FormError', code: 'confirm_unavailable', status: 503 });
  const all = allOf(error);
  expect(all).toContain(new URL(access.url).origin);
  expect(all).not.toMatch(/X-Amz|Signature=|private\/a\.txt/);
  expect(all).not.toContain(SECRET);
  return all;
}

test('metadata of any name is told', async () => {
  const access = await startStore((_, response) => {
    response.setHeader('x-amz-meta-__proto__', 'a').setHeader('X-Amz-Meta-B', 'c');
    response.setHeader('content-length', 1).setHeader('etag', '"a"').end();
  });
  const { metadata } = await headObject(access, 'a.txt');
  expect(Object.entries(metadata).sort()).toEqual([
    ['__proto__', 'a'],
    ['b', 'c'],
  ]);
});

test.each([
  ['"abc"', 'abc'],
  ['abc', 'abc'],
  // A proxy that compresses makes it weak.
  ['W/"abc"', 'abc'],
])('the ETag %s is told as %s', async (sent, etag) => {
  const access = await startStore((_, response) => {
    response.setHeader('content-length', 1).setHeader('etag', sent).end();
  });
  expect(await headObject(access, 'a.txt')).toMatchObject({ etag });
});

test.each([
  ['size', { etag: '"a"' }],
  ['ETag', { 'content-length': '1' }],
])('a store that tells no %s has confirmed nothing', async (_, headers) => {
  const access = await startStore((request, response) => {
    expect(request.headers['accept-encoding']).toBe('identity');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end();
  });
  await expect(headObject(access, 'a.txt')).rejects.toMatchObject({ code: 'confirm_failed' });
});
