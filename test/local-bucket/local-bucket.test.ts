import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { headObject, signedObjectUrl } from '../../src/bucket/objects.ts';
import { type LocalBucketOptions, startLocalBucket } from '../../src/local-bucket/index.ts';
import { freePort } from '../support/ports.ts';
import {
  CONTENT,
  changed,
  post,
  readKey,
  readPath,
  signedForm,
  startTestBucket,
  statusAndCode,
  store,
  type TestBucket,
  temporaryDirectory,
  without,
} from './support.ts';

test('a bucket tells what one needs to know of it', async () => {
  const bucket = await startTestBucket();
  expect(bucket).toMatchObject({ bucket: 'uploads', region: 'local' });
  expect(bucket.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await startTestBucket()).credentials).not.toEqual(bucket.credentials);
});

test('port, bucket, region and credentials can be chosen', async () => {
  const port = await freePort();
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
  const chosen = { bucket: 'My_Photos', region: 'fr-par', credentials };
  const bucket = await startTestBucket({ ...chosen, port });
  expect(bucket).toMatchObject({ ...chosen, url: `http://127.0.0.1:${port}` });
  await store(bucket);
  expect(await readKey(bucket, 'a.txt')).toMatchObject({ status: 200, body: CONTENT });
});

test('a bucket started anew in the same directory has its objects', async () => {
  const first = await startTestBucket();
  const metadata = { name: 'ÄMÄZÕÑ' };
  await store(first, { contentType: 'text/plain', metadata });
  await store(first, { key: 'public', acl: 'public-read' });
  await first.close();
  const { directory, credentials } = first;
  // What is younger may be the upload of another bucket at work there.
  const leftOver = join(directory, 'staging', 'left-over');
  writeFileSync(leftOver, 'half a file');
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
  utimesSync(leftOver, twoDaysAgo, twoDaysAgo);
  writeFileSync(join(directory, 'staging', 'at-work'), 'half a file');

  const again = await startTestBucket({ directory, credentials });
  expect(existsSync(leftOver)).toBe(false);
  expect(existsSync(join(directory, 'staging', 'at-work'))).toBe(true);
  expect(await readKey(again, 'a.txt')).toMatchObject({ status: 200, body: CONTENT });
  expect(await headObject(again.access, 'a.txt')).toMatchObject({ type: 'text/plain', metadata });
  expect((await fetch(`${again.address}public`)).status).toBe(200);
});

test('two buckets in one directory have objects of their own', async () => {
  const first = await startTestBucket({ bucket: 'one' });
  const second = await startTestBucket({ bucket: 'two', directory: first.directory });
  await store(first, {}, 'of one');
  expect(await readKey(second, 'a.txt')).toMatchObject({ status: 404 });
  await store(second, {}, 'of two');
  expect(await readKey(first, 'a.txt')).toMatchObject({ status: 200, body: 'of one' });
  expect(await readKey(second, 'a.txt')).toMatchObject({ status: 200, body: 'of two' });
});

describe('a bucket that can not start says why, and nothing listens', () => {
  const fails: [what: string, options: object, error: object][] = [
    [
      'an unknown option',
      { directori: 'x' },
      { code: 'unknown_option', message: expect.stringContaining('Did you mean `directory`?') },
    ],
    ['no directory', { directory: undefined }, { code: 'missing_option', option: 'directory' }],
    ['an empty directory', { directory: '' }, { code: 'missing_option', option: 'directory' }],
    ['a directory that is none', { directory: 7 }, { name: 'TypeError' }],
    [
      "a bucket's name that is none",
      { bucket: 'a/b' },
      { code: 'invalid_option', option: 'bucket' },
    ],
    ['a region that is none', { region: 'a b' }, { code: 'invalid_option', option: 'region' }],
  ];

  test.each(fails)('%s', async (_, options, error) => {
    const port = await freePort();
    const directory = temporaryDirectory();
    const started = startLocalBucket({ directory, port, ...options } as LocalBucketOptions);
    await expect(started).rejects.toMatchObject(error);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow('fetch failed');
  });

  test('a directory that is a file', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    await expect(startLocalBucket({ directory: file })).rejects.toThrow(/EEXIST|ENOTDIR/);
  });

  test('a port that is taken', async () => {
    const port = await freePort();
    const first = await startTestBucket({ port });
    const second = startLocalBucket({ directory: temporaryDirectory(), port });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await store(first);
    await first.close();
    await expect(fetch(first.url)).rejects.toThrow('fetch failed');
  });

  test('a port that is taken by a bucket in the same directory, whose files stay', async () => {
    const port = await freePort();
    const first = await startTestBucket({ port });
    writeFileSync(join(first.directory, 'staging', 'upload'), 'under way');
    await expect(startLocalBucket({ directory: first.directory, port })).rejects.toThrow();
    expect(existsSync(join(first.directory, 'staging', 'upload'))).toBe(true);
  });
});

test('after close nobody answers', async () => {
  const bucket = await startTestBucket({ port: await freePort() });
  await store(bucket);
  await bucket.close();
  await expect(fetch(bucket.address)).rejects.toThrow('fetch failed');
});

describe('pages of other origins may post and read', () => {
  const origin = { Origin: 'http://app.example' };
  const preflight = (bucket: TestBucket, headers: Record<string, string>) =>
    fetch(bucket.address, { method: 'OPTIONS', headers });

  test('as their browser asks beforehand', async () => {
    const bucket = await startTestBucket();
    const { status, headers } = await preflight(bucket, {
      ...origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'X-One, x-two',
    });
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, POST',
      'access-control-allow-headers': 'x-one, x-two',
      'access-control-max-age': '3000',
      vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
      'content-length': '0',
    });
  });

  test.each<[number, string, Record<string, string>]>([
    [400, 'BadRequest', {}],
    [400, 'BadRequest', origin],
    [403, 'AccessForbidden', { ...origin, 'Access-Control-Request-Method': 'PUT' }],
  ])('%i %s to a wrong question', async (status, code, asked) => {
    const bucket = await startTestBucket();
    const response = await preflight(bucket, asked);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await statusAndCode(response)).toEqual([status, code]);
  });

  test.each([
    'OPTIONS',
    'POST',
    'GET',
  ])('but not of a bucket that is not there: %s', async (method) => {
    const bucket = await startTestBucket();
    const headers = { ...origin, 'Access-Control-Request-Method': 'POST' };
    for (const path of ['another/', 'another/a.txt']) {
      const response = await fetch(`${bucket.url}/${path}`, { method, headers });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(await statusAndCode(response)).toEqual([404, 'NoSuchBucket']);
    }
  });

  test('with every answer, but to who names an origin alone', async () => {
    const bucket = await startTestBucket();
    await store(bucket);
    const ask = (headers: Record<string, string>) =>
      Promise.all([
        fetch(bucket.address, { method: 'POST', body: 'x', headers }),
        fetch(signedObjectUrl(bucket.access, 'a.txt'), { headers }),
        fetch(`${bucket.address}missing`, { headers }),
      ]);
    const answers = await ask(origin);
    expect(answers.map(({ status }) => status)).toEqual([412, 200, 403]);
    for (const { headers } of answers) {
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-expose-headers')).toContain('ETag, Location');
    }
    for (const { headers } of await ask({})) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

test.each([
  ['PUT', 'uploads/a.txt', 405],
  ['DELETE', 'uploads/a.txt', 405],
  ['POST', 'uploads/a.txt', 405],
  ['PUT', 'uploads', 405],
  ['POST', '', 405],
  ['POST', 'another', 404],
  ['GET', 'another/a.txt', 404],
  ['GET', 'uploads/%zz', 400],
])('%s /%s is refused', async (method, path, status) => {
  const bucket = await startTestBucket();
  await store(bucket);
  const before = bucket.files();
  expect((await fetch(`${bucket.url}/${path}`, { method })).status).toBe(status);
  expect(bucket.files()).toEqual(before);
});

test.each([
  '/../x',
  '//x',
  '/uploads/../../x',
  '/uploads/..%2f..%2fx',
  '*',
  '/%00',
])('the path %s leads to no file', async (path) => {
  const bucket = await startTestBucket();
  writeFileSync(join(bucket.directory, 'x'), 'not an object');
  const { status, body } = await readPath(bucket, path);
  expect([403, 404, 405]).toContain(status);
  expect(body).not.toContain('not an object');
});

test('the secret is in no answer', async () => {
  const bucket = await startTestBucket();
  const { secretAccessKey } = bucket.credentials;
  const form = signedForm(bucket, { successActionStatus: 201 });
  const answers = [
    await post(bucket, form),
    await post(bucket, changed(form, 'X-Amz-Signature', '0')),
    await post(bucket, changed(form, 'X-Amz-Credential', 'x/20200101/local/s3/aws4_request')),
    await post(bucket, without(form, 'Policy')),
    await fetch(signedObjectUrl(bucket.access, 'a.txt')),
    await fetch(signedObjectUrl(bucket.access, 'missing')),
    await fetch(`${signedObjectUrl(bucket.access, 'a.txt')}0`),
    await fetch(bucket.address, { method: 'DELETE' }),
  ];
  for (const path of bucket.files().filter((path) => path.endsWith('.json'))) {
    writeFileSync(join(bucket.directory, '..', '..', path), 'no JSON');
  }
  answers.push(await fetch(signedObjectUrl(bucket.access, 'a.txt')));
  expect(answers.map(({ status }) => status)).toEqual([
    ...[201, 403, 403, 400],
    ...[200, 404, 403, 405],
    500,
  ]);
  for (const answer of answers) {
    const all = JSON.stringify([...answer.headers]) + (await answer.text());
    expect(all).not.toContain(secretAccessKey);
  }
});
