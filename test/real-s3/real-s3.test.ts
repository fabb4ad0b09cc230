import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { headObject, signedObjectUrl } from '../../src/bucket/objects.ts';
import type { PresignedPost, PresignedPostOptions } from '../../src/index.ts';
import { fillForm, submitForm } from '../../src/testing/submit-form.ts';
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

describe.skipIf(!requirement('radosgw').available)('a real S3 server (needs radosgw)', () => {
  let s3: RealS3;
  const running: UploadApp[] = [];

  beforeAll(async () => {
    s3 = await realS3();
  });
  afterAll(() => s3?.stop());
  afterEach(async () => {
    for (const app of running.splice(0)) await app.close();
  });

  const start = async (form: SomeFormOptions = {}): Promise<UploadApp> => {
    const app = await startUploadApp({ bucket: { ...s3, url: s3.endpoint }, form });
    running.push(app);
    return app;
  };

  it('takes the served form, and confirms the return', async () => {
    const app = await start({ metadata: { uploader: 'ada', album: 'Été 👑' }, acl: 'public-read' });
    const file = { name: 'holiday.png', content: 'a picture, so to say' };
    const stored = await submitForm(await pageAt(app.base), { file });
    expect(stored.status).toBe(303);
    expect((await fetch(locationOf(stored))).status).toBe(200);
    const [upload] = app.reported;
    expect(upload).toMatchObject({
      confirmed: true,
      bucket: s3.bucket,
      key: `uploads/${upload?.id}/holiday.png`,
      size: file.content.length,
      metadata: { uploader: 'ada', album: 'Été 👑' },
    });
    const link = await app.uploads.signedUrl(upload?.key ?? '');
    expect(await (await fetch(link)).text()).toBe(file.content);
    expect((await fetch(link.split('?', 1)[0] ?? '')).status).toBe(200);
  });

  it("keeps the form's id in the metadata of an object at the app's own key", async () => {
    const app = await start({ key: `avatars/${randomUUID()}.png` });
    const file = { name: 'me.png', content: 'me' };
    const older = new URL(locationOf(await submitForm(await pageAt(app.base), { file })));
    expect((await fetch(older)).status).toBe(200);
    const entries = new Map(fillForm(await pageAt(app.base), { file }).entries);
    const claim = await fetch(String(entries.get('success_action_redirect')) + older.search);
    expect(claim.status).toBe(403);
    expect(app.reported).toHaveLength(1);
  });

  it('says that a form was never uploaded', async () => {
    const app = await start();
    const fields = new Map(fillForm(await pageAt(app.base), {}).entries);
    const key = String(fields.get('key')).replace('${filename}', 'never.png');
    const query = new URLSearchParams({ bucket: s3.bucket, key, etag: '"0"' });
    const done = await fetch(`${fields.get('success_action_redirect')}?${query}`);
    expect(done.status).toBe(404);
    expect(app.reported).toEqual([]);
  });

  it.each<[string, Partial<PresignedPostOptions>, number]>([
    ['nothing but what is needed', {}, 204],
    ['an ACL', { acl: 'public-read' }, 204],
    ['a type', { contentType: 'text/plain' }, 204],
    ['Cache-Control', { cacheControl: 'max-age=60' }, 204],
    ['Content-Disposition', { contentDisposition: 'attachment; filename="a.txt"' }, 204],
    ['metadata', { metadata: { a: 'b', 'c-d': '"#$%&\'' } }, 204],
    ['metadata in Unicode', { metadata: { a: 'ÄMÄZÕÑ S3 👑' } }, 204],
    ['a range', { contentLengthRange: [7, 7] }, 204],
    ['a status 200', { successActionStatus: 200 }, 200],
    ['a status 201', { successActionStatus: 201 }, 201],
    ['a redirect', { successActionRedirect: 'http://localhost/done' }, 303],
    ['raw fields', { fields: { 'x-amz-storage-class': 'STANDARD', 'x-ignore-a': 'b' } }, 204],
    [
      'every form of a condition',
      {
        acl: 'private',
        contentType: 'text/plain',
        metadata: { a: 'anything', b: 'exact' },
        conditions: [
          ['eq', '$acl', 'private'],
          ['starts-with', '$Content-Type', 'text/'],
          ['starts-with', '$x-amz-meta-a', ''],
          { 'x-amz-meta-b': 'exact' },
          ['content-length-range', 1, 100],
        ],
      },
      204,
    ],
  ])('takes a form with %s', async (_, options, status) => {
    const minted = mintFor(s3, options);
    const response = await post(minted);
    expect(response.status, await response.text()).toBe(status);
    const key = String(minted.fields['key']);
    const stored = await headObject(accessTo(s3), key);
    expect(stored.size).toBe(7);
    expect(stored.metadata).toEqual(options.metadata ?? {});
    if (options.contentType) expect(stored.type).toBe(options.contentType);
    expect(await (await fetch(signedObjectUrl(accessTo(s3), key))).text()).toBe('content');
  });

  it.each<[string, (minted: PresignedPost) => Record<string, string>]>([
    [
      'a changed policy',
      (minted) => ({ Policy: minted.fields['Policy']?.replace('e', 'f') ?? '' }),
    ],
    ['a changed key', () => ({ key: 'elsewhere' })],
    ['a changed ACL', () => ({ acl: 'public-read' })],
    ['changed metadata', () => ({ 'x-amz-meta-a': 'other' })],
    ['an extra field', () => ({ 'x-amz-meta-extra': 'x' })],
  ])('refuses %s and stores nothing', async (_, change) => {
    const minted = mintFor(s3, { acl: 'private', metadata: { a: 'b' } });
    const fields = { ...minted.fields, ...change(minted) };
    expect((await post({ ...minted, fields })).status).toBe(403);
    for (const key of [minted.fields['key'] ?? '', 'elsewhere']) {
      await expect(headObject(accessTo(s3), key)).rejects.toMatchObject({
        code: 'object_not_found',
      });
    }
  });

  it.each([
    ['too large', [1, 6], 'EntityTooLarge'],
    ['too small', [8, 9], 'EntityTooSmall'],
  ] as const)('refuses a file that is %s', async (_, contentLengthRange, code) => {
    const response = await post(mintFor(s3, { contentLengthRange }));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`<Code>${code}</Code>`);
  });

  it('refuses an expired form', async () => {
    const response = await post(mintFor(s3, { now: new Date(Date.now() - 7200_000) }));
    expect(response.status).toBe(403);
  });
});
