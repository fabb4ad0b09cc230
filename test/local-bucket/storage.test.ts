import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { signedObjectUrl } from '../../src/bucket/objects.ts';
import {
  formForKey,
  post,
  readKey,
  signedForm,
  startTestBucket,
  statusAndCode,
  store,
  type TestBucket,
  textFile,
} from './support.ts';

const EMPTY = ['up', 'up/store', 'up/store/objects', 'up/store/staging'];

/** What lies neither in the bucket nor belongs to it when it is empty. */
function outside(bucket: TestBucket): string[] {
  return bucket.files().filter((path) => !/^up\/store\/objects\/[^/]+$/.test(path));
}

test('keys lead nowhere and are all different objects', async () => {
  const bucket = await startTestBucket();
  const keys = [
    '../../etc/x',
    '../x',
    '..',
    '.',
    './a',
    'a/../../b',
    'a/./b',
    'a/..',
    '..\\..\\x',
    '/abs',
    '/',
    '//',
    join(bucket.directory, 'absolute'),
    'a',
    'a/',
    'a/b',
    'a//b',
    'a/b/',
    'A',
    'nul\u0000byte',
    '\u0001\u001f\u007f',
    'a b',
    'a+b',
    'a%20b',
    '%2e%2e%2fx',
    '%',
    'a?b=c',
    'a#b',
    'a&b;c=d:e,f@g$h',
    '~!*\'()"<>|',
    '[a]^`{}',
    '🎉',
    'e\u0301',
    '\u00e9',
    'שלום עולם',
    '\u202eright',
    'con',
    '__proto__',
    'k'.repeat(1024),
    '🎉'.repeat(256),
  ];
  for (const key of keys) {
    expect([
      key,
      (await post(bucket, formForKey(bucket, key, textFile(`at ${key}`)))).status,
    ]).toEqual([key, 204]);
  }
  for (const key of keys) {
    expect([key, await readKey(bucket, key)]).toMatchObject([
      key,
      { status: 200, body: `at ${key}` },
    ]);
  }
  expect(outside(bucket)).toEqual(EMPTY);
  expect(readdirSync(join(bucket.directory, 'objects'))).toHaveLength(2 * keys.length);
});

test('a key of 1,025 bytes is refused', async () => {
  const bucket = await startTestBucket();
  const form = formForKey(bucket, `${'🎉'.repeat(256)}k`);
  expect(await statusAndCode(await post(bucket, form))).toEqual([400, 'KeyTooLongError']);
  expect(bucket.files()).toEqual(EMPTY);
});

test('a new object takes the place of the old, of which nothing stays', async () => {
  const bucket = await startTestBucket();
  await store(bucket, { acl: 'public-read', metadata: { old: '1' } }, 'old');
  const before = bucket.files();
  await store(bucket, {}, 'new');
  expect(await readKey(bucket, 'a.txt')).toMatchObject({ status: 200, body: 'new' });
  expect((await fetch(`${bucket.address}a.txt`)).status).toBe(403);
  const after = bucket.files();
  expect(after).toHaveLength(before.length);
  expect(after).not.toEqual(before);
});

test('who reads an object meanwhile reads all of the old one', async () => {
  const bucket = await startTestBucket();
  const old = randomBytes(8_000_000);
  await store(bucket, {}, old);
  const [response] = (await once(
    get(signedObjectUrl(bucket.access, 'a.txt'), { agent: false }),
    'response',
  )) as [IncomingMessage];
  await store(bucket, {}, 'new');
  expect((await buffer(response)).equals(old)).toBe(true);
  expect(await readKey(bucket, 'a.txt')).toMatchObject({ body: 'new' });
});

test('readers see one version or the other, never a mixture', async () => {
  const bucket = await startTestBucket();
  const version = (letter: string) => letter.repeat(200_000);
  const md5 = (body: string) => `"${createHash('md5').update(body).digest('hex')}"`;
  await store(bucket, {}, version('a'));
  const writes = Array.from('bcdefghijk', (letter) => store(bucket, {}, version(letter)));
  const reads = Array.from({ length: 40 }, () => readKey(bucket, 'a.txt'));
  for (const { status, etag, body } of await Promise.all(reads)) {
    expect([status, etag]).toEqual([200, md5(body)]);
    expect(body === version(body.charAt(0))).toBe(true);
  }
  await Promise.all(writes);
});

test('many uploads at once, each to a key of its own', async () => {
  const bucket = await startTestBucket();
  const contents = Array.from({ length: 60 }, (_, i) => `${i} `.repeat(i * 500));
  await Promise.all(contents.map((content, i) => store(bucket, { key: `k/${i}` }, content)));
  const read = await Promise.all(contents.map((_, i) => readKey(bucket, `k/${i}`)));
  expect(read.map(({ body }) => body)).toEqual(contents);
  expect(outside(bucket)).toEqual(EMPTY);
});

test('many uploads at once to one key', async () => {
  const bucket = await startTestBucket();
  const contents = Array.from({ length: 60 }, (_, i) => `${i} `.repeat(i * 500));
  await Promise.all(contents.map((content) => store(bucket, {}, content)));
  const { body, etag } = await readKey(bucket, 'a.txt');
  expect(contents).toContain(body);
  expect(etag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
  expect(outside(bucket)).toEqual(EMPTY);
  expect(bucket.files()).toHaveLength(EMPTY.length + 2);
});

test('a large file arrives whole', async () => {
  const bucket = await startTestBucket();
  const content = Buffer.alloc(50_000_000, randomBytes(1_000_003));
  const response = await post(bucket, signedForm(bucket, {}, textFile(content)));
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const md5 = createHash('md5').update(content).digest('hex');
  expect(response.headers.get('etag')).toBe(`"${md5}"`);
  const read = await fetch(signedObjectUrl(bucket.access, 'a.txt'));
  expect(sha256(new Uint8Array(await read.arrayBuffer()))).toBe(sha256(content));
}, 60_000);
