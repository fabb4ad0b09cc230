import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { headObject } from '../../src/bucket/objects.ts';
import { submitForm } from '../../src/testing/submit-form.ts';
import { type RealS3, realS3 } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import {
  locationOf,
  pageAt,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts';
import { accessTo, mintFor, post } from './bucket-client.ts';

describe.skipIf(!requirement('radosgw').available)('keys of all kinds (needs radosgw)', () => {
  let s3: RealS3;
  const running: UploadApp[] = [];

  beforeAll(async () => {
    s3 = await realS3();
  });
  afterAll(() => s3?.stop());
  afterEach(async () => {
    for (const app of running.splice(0)) await app.close();
  });

  /** Uploads with the served form, returns from the store, and reads the file with a signed link. */
  const roundTrip = async (form: SomeFormOptions, name: string) => {
    const app = await startUploadApp({ bucket: { ...s3, url: s3.endpoint }, form });
    running.push(app);
    const content = randomUUID();
    const stored = await submitForm(await pageAt(app.base), { file: { name, content } });
    const location = new URL(locationOf(stored));
    const done = await fetch(location);
    expect(done.status, await done.text()).toBe(200);
    const [upload] = app.reported;
    expect(upload).toMatchObject({ confirmed: true, size: content.length });
    expect(location.searchParams.get('key')).toBe(upload?.key);
    const link = await app.uploads.signedUrl(String(upload?.key));
    expect(await (await fetch(link)).text()).toBe(content);
    return upload;
  };

  it.each([
    'été 👑.png',
    'e\u0301te\u0301, decomposed.png',
    'שלום.txt',
    '日本語.txt',
    '👩‍👩‍👧‍👦.jpg',
    'a b+c%20d&e=f#g?.txt',
    '  blanks  around  ',
    "it's (1) [2] {3}.md",
    '100%.txt',
    '50%25.txt',
    'a,b:c|d<e>f*g~h`i^j.txt',
    '$HOME $1 $& $$.txt',
    '..txt',
    '...',
    '.hidden',
    'no extension',
    'a\u00a0b\u2028c\u202ed.txt',
    `${'long'.repeat(63)}.png`,
  ])('returns the file name %j unharmed', async (name) => {
    const upload = await roundTrip({}, name);
    expect(upload?.key).toBe(`uploads/${upload?.id}/${name}`);
  });

  it('returns a quotation mark in a file name as browsers write it', async () => {
    const upload = await roundTrip({}, 'a "b".txt');
    expect(upload?.key).toBe(`uploads/${upload?.id}/a %22b%22.txt`);
  });

  it.each([
    ['blanks, plus and percent', 'a b+c%20d%2Fe%'],
    ['empty segments', 'a//b///c'],
    ['a final slash', 'a/'],
    ['two final slashes', 'a//'],
    ['what ends a path', 'what?#now'],
    ['what divides a query', 'a&b=c;d'],
    ['quotes', 'quotes\'"`()'],
    ['backslashes', 'a\\b\\\\c'],
    ['what policies have a meaning for', '$key {"a":["b",]} $ {filename}'],
    ['what HTML has a meaning for', '<b>&amp;</b><!-- -->'],
    ['what URLs may not have', '[]{}|^~*!@:,'],
    ['segments of dots', '.../..a/a../.a'],
    ['Unicode', 'ünï/👑/e\u0301/日本語'],
    ['many characters', 'x'.repeat(900)],
  ])('finds a key with %s again', async (_, name) => {
    const key = `tests/${randomUUID()}/${name}`;
    expect((await post(mintFor(s3, { key }))).status).toBe(204);
    expect((await headObject(accessTo(s3), key)).size).toBe(7);
    const upload = await roundTrip({ key }, 'a.txt');
    expect(upload?.key).toBe(key);
  });

  it.each([
    ['a slash', '/a'],
    ['two slashes', '//a'],
    ['an underscore', '_a'],
    ['two underscores', '__a'],
    ['a question mark', '?a'],
    ['a dot', '.a'],
  ])('finds a key again that begins with %s', async (_, beginning) => {
    const key = `${beginning}${randomUUID()}`;
    expect((await roundTrip({ key }, 'a.txt'))?.key).toBe(key);
    const upload = await roundTrip({ keyPrefix: `${key}/` }, 'a.txt');
    expect(upload?.key).toBe(`${key}/${upload?.id}/a.txt`);
  });

  it('finds the longest key again', async () => {
    const key = fitted(`tests/${randomUUID()}/`, 1024);
    expect(Buffer.byteLength(key)).toBe(1024);
    expect((await roundTrip({ key }, 'a.txt'))?.key).toBe(key);
  });

  it('keeps apart what looks alike', async () => {
    const key = `tests/${randomUUID()}/é`;
    await post(mintFor(s3, { key }));
    const missing = headObject(accessTo(s3), key.normalize('NFD'));
    await expect(missing).rejects.toMatchObject({ code: 'object_not_found' });
  });
});

/** The text, made longer to exactly so many bytes of UTF-8. */
function fitted(text: string, bytes: number): string {
  const left = bytes - Buffer.byteLength(text);
  return text + '👑'.repeat(Math.floor(left / 4)) + 'x'.repeat(left % 4);
}
