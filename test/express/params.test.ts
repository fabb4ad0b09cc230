import express from 'express';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { type PresignedUpload, S3FormError, s3Form } from '../../src/index.ts';
import { postFile } from '../support/post-file.ts';
import { startUploadApp, type UploadApp, type UploadAppOptions } from '../support/upload-app.ts';

const running: UploadApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

async function start(options?: UploadAppOptions): Promise<UploadApp> {
  const app = await startUploadApp(options);
  running.push(app);
  return app;
}

const content = 'not really a picture';
const png = { filename: 'holiday photo.png', type: 'image/png', size: String(content.length) };
const ask = (app: UploadApp, query: Record<string, string> = png) =>
  fetch(`${app.base}/s3/params?${new URLSearchParams(query)}`);
const paramsOf = async (app: UploadApp, query?: Record<string, string>) =>
  (await (await ask(app, query)).json()) as PresignedUpload;

/** Posts a file as the script does. */
const post = (params: PresignedUpload): Promise<Response> =>
  postFile(params, new File([content], png.filename, { type: 'text/html' }));

const etag = '5ffc0cc0bbb9bfbfaacf0680e9f525ff';
const reportOf = (app: UploadApp, { done, fields }: PresignedUpload) =>
  fetch(
    `${done}?${new URLSearchParams({ bucket: app.bucket.bucket, key: fields['key'] ?? '', etag: `"${etag}"` })}`,
    {
      headers: { accept: 'application/json' },
    },
  );

describe('GET /s3/params', () => {
  it('gives a policy with which one file arrives and is reported', async () => {
    const app = await start();
    const params = await paramsOf(app);
    expect(params).toEqual({
      method: 'POST',
      url: `${app.bucket.url}/uploads/`,
      headers: {},
      expires: 300,
      fields: expect.objectContaining({
        key: expect.stringMatching(/^uploads\/[0-9a-f-]{36}\/holiday photo\.png$/),
        'Content-Type': 'image/png',
        success_action_status: '201',
      }),
      done: expect.stringMatching(`^${app.base}/done/`),
    });
    expect(Object.keys(params.fields)).not.toContain('success_action_redirect');
    const stored = await post(params);
    expect(stored.status).toBe(201);
    expect(await stored.text()).toContain(`<Key>${params.fields['key']}</Key>`);

    const done = await reportOf(app, params);
    expect(await done.json()).toEqual({ upload: app.reported[0] });
    expect(app.reported).toEqual([
      {
        confirmed: true,
        id: params.fields['key']?.split('/')[1],
        bucket: 'uploads',
        key: params.fields['key'],
        etag,
        size: content.length,
        // That of the policy, and not that of the file's own part.
        type: 'image/png',
        metadata: {},
      },
    ]);
  });

  it('signs the exact key and type, so that another of either is refused', async () => {
    const app = await start();
    const params = await paramsOf(app);
    for (const change of [
      { 'Content-Type': 'text/html' },
      { key: `${params.fields['key']}.html` },
    ]) {
      const refused = await post({ ...params, fields: { ...params.fields, ...change } });
      expect(refused.status).toBe(403);
      expect(await refused.text()).toContain('Policy Condition failed: ["eq", ');
    }
    expect(app.files()).toEqual([]);
  });

  it('lives as long as scriptExpiresIn says', async () => {
    const app = await start({ form: { scriptExpiresIn: 77 } });
    const before = Math.floor(Date.now() / 1000);
    const { expires, fields } = await paramsOf(app);
    expect(expires).toBe(77);
    const policy = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString());
    const expiration = Date.parse(policy.expiration) / 1000;
    expect(expiration).toBeGreaterThanOrEqual(before + 77);
    expect(expiration).toBeLessThanOrEqual(Date.now() / 1000 + 77);
  });

  it('is a permission: nobody may keep it', async () => {
    const app = await start();
    expect((await ask(app)).headers.get('cache-control')).toBe('no-store');
  });

  it('takes what is typed for the policy of the form: its field may start with anything', async () => {
    const app = await start({ form: { inputs: [{ name: 'x-amz-meta-title', label: 'Title' }] } });
    const params = await paramsOf(app);
    expect(params.fields['x-amz-meta-title']).toBe('');
    await post({ ...params, fields: { ...params.fields, 'x-amz-meta-title': 'Typed' } });
    await reportOf(app, params);
    expect(app.reported[0]?.metadata).toEqual({ title: 'Typed' });
  });

  it('takes a typed key below its prefix, and puts the file name into the key to begin with', async () => {
    const app = await start({
      form: { inputs: [{ name: 'key', label: 'Path' }], keyPrefix: 'typed/' },
    });
    const params = await paramsOf(app);
    expect(params.fields['key']).toMatch(/^typed\/[0-9a-f-]{36}\/holiday photo\.png$/);
    const key = params.fields['key']?.replace('holiday', 'my/own');
    const typed = { ...params, fields: { ...params.fields, key: key ?? '' } };
    expect((await post(typed)).status).toBe(201);
    expect((await reportOf(app, typed)).status).toBe(200);
    expect(app.reported[0]?.key).toBe(key);
    expect(
      (await post({ ...params, fields: { ...params.fields, key: 'other/a.png' } })).status,
    ).toBe(403);
  });

  it('a key of the app without room for the id has it in the signed metadata', async () => {
    const app = await start({ form: { key: 'fixed.png' } });
    const params = await paramsOf(app);
    expect(params.fields).toMatchObject({
      key: 'fixed.png',
      'x-amz-meta-upload-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    await post(params);
    await reportOf(app, params);
    expect(app.reported).toMatchObject([{ key: 'fixed.png', metadata: {} }]);
  });

  it('tells the option functions of the file', async () => {
    const app = await start({
      form: {
        key: (_req, { id, file }) => `${file?.type.split('/')[0] ?? 'any'}/${id}/\${filename}`,
        maxFileSize: (_req, { file }) => (file?.filename.endsWith('.png') ? 100 : 1),
        metadata: { size: (_req, { file }) => String(file?.size) },
      },
    });
    const { fields } = await paramsOf(app);
    expect(fields).toMatchObject({
      key: expect.stringMatching(/^image\/[0-9a-f-]{36}\/holiday photo\.png$/),
      'x-amz-meta-size': '20',
    });
    expect((await ask(app, { ...png, size: '101' })).status).toBe(413);
  });

  it('does not put what a client adds into the form', async () => {
    const app = await start();
    const { fields } = await paramsOf(app, {
      ...png,
      'metadata[name]': 'x',
      key: 'y',
      acl: 'public-read',
    });
    expect(Object.keys(fields).join()).not.toMatch(/name|acl/i);
    expect(fields['key']).not.toBe('y');
  });

  it.each<[Record<string, string>, number, string]>([
    [{}, 400, 'filename_invalid'],
    [{ filename: '..' }, 400, 'filename_invalid'],
    [{ filename: `${'é'.repeat(600)}.png` }, 400, 'filename_invalid'],
    [{ ...png, type: 'no type' }, 400, 'type_invalid'],
    [{ ...png, size: '1e3' }, 400, 'size_invalid'],
    [{ ...png, size: '-1' }, 400, 'size_invalid'],
    [{ ...png, size: '9'.repeat(30) }, 400, 'size_invalid'],
    [{ ...png, size: '1001' }, 413, 'file_too_large'],
    [{ ...png, size: '0' }, 422, 'file_too_small'],
    [{ filename: 'a.html', type: 'text/html' }, 422, 'type_not_allowed'],
    [{ filename: 'a.png', type: 'text/html' }, 422, 'type_not_allowed'],
    [{ ...png, context: 'a.b' }, 403, 'context_invalid'],
  ])('answers %j with %d %s, as JSON whatever is asked for', async (query, status, code) => {
    const app = await start({ form: { accept: ['image/*'], maxFileSize: 1000 } });
    const answer = await ask(app, query);
    expect(answer.status).toBe(status);
    const body = (await answer.json()) as Record<string, string>;
    expect(body).toEqual({
      code,
      error: expect.stringMatching(/^[A-Z].*\.$/),
      message: expect.any(String),
    });
  });

  it.each([
    ['a.zip', 'application/x-zip-compressed', 'application/zip'],
    ['a.csv', 'application/vnd.ms-excel', 'text/csv'],
    ['a.mp3', 'audio/mp3', 'audio/mpeg'],
    // Of somebody who wants a page of their own on the bucket's host.
    ['a.zip', 'text/html', 'application/zip'],
    ['a.xml', 'application/xhtml+xml', 'text/xml'],
    ['a.csv', 'image/svg+xml;charset=utf-8', 'text/csv'],
  ])('signs for %s of the type %s one that is accepted: %s', async (filename, type, signed) => {
    const accept = ['application/zip', 'text/csv', 'audio/mpeg', 'text/xml'];
    const app = await start({ form: { accept } });
    const params = await paramsOf(app, { filename, type, size: '20' });
    expect(params.fields['Content-Type']).toBe(signed);
    const other = { ...params, fields: { ...params.fields, 'Content-Type': type } };
    expect((await post(other)).status).toBe(403);
    expect((await post(params)).status).toBe(201);
    expect((await reportOf(app, params)).status).toBe(200);
    expect(app.reported).toMatchObject([{ type: signed }]);
  });

  it('holds the size against the narrowest range, as the store does', async () => {
    const conditions = [
      ['content-length-range', 3, 200],
      ['content-length-range', 0, '100'],
      ['content-length-range', 5, 1e30],
    ] as never;
    const app = await start({ form: { conditions, maxFileSize: 150, minFileSize: 2 } });
    const sizes = ['4', '5', '100', '101'];
    const answers = await Promise.all(sizes.map((size) => ask(app, { ...png, size })));
    expect(answers.map(({ status }) => status)).toEqual([422, 200, 200, 413]);
    const page = await (await fetch(app.base)).text();
    expect(page).toContain('<p>Up to 100 bytes.</p>');
    expect(page).toContain('&quot;minFileSize&quot;:5,&quot;maxFileSize&quot;:100,');
  });

  it('answers other methods with 405, as JSON', async () => {
    const app = await start();
    for (const method of ['POST', 'HEAD', 'DELETE']) {
      const answer = await fetch(`${app.base}/s3/params`, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET');
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    }
  });

  it.each([
    ['simple'],
    ['extended'],
    [false],
  ])('does not need the query parser %j', async (parser) => {
    const bucket = {
      ...{ bucket: 'photos', region: 'fr-par', provider: 'scaleway' as const },
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    };
    const app = express().set('query parser', parser).use('/upload', s3Form(bucket));
    const { body } = await request(app).get('/upload/s3/params').query(png).expect(200);
    expect(body.fields.key).toMatch(/photo\.png$/);
  });
});

describe('presign()', () => {
  it('gives what the JSON route gives, from any route of the app', async () => {
    const app = await start({
      form: { baseUrl: '/upload' },
      routes: (app, uploads) =>
        app.get('/mine', async (req, res) => {
          res.json(await uploads.presign(req, { ...png, size: 20, context: { album: 7 } }));
        }),
    });
    const answer = await fetch(`${app.origin}/mine`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const params = (await answer.json()) as PresignedUpload;
    expect((await post(params)).status).toBe(201);
    expect((await reportOf(app, params)).status).toBe(200);
    expect(app.reported).toMatchObject([{ key: params.fields['key'], context: { album: 7 } }]);
  });

  it.each<[object, string]>([
    [{ filename: '' }, 'filename_invalid'],
    [{ filename: 'a.html' }, 'type_not_allowed'],
    [{ ...png, size: 11_000_000 }, 'file_too_large'],
    [{ ...png, size: '9' }, 'size_invalid'],
  ])('%j rejects with %s', async (file, code) => {
    const app = await start({ form: { baseUrl: '/upload', accept: ['image/*'] } });
    let error: unknown;
    app.app.get('/mine', async (req, res) => {
      error = await app.uploads.presign(req, file as never).catch((error) => error);
      res.end();
    });
    await fetch(`${app.origin}/mine`);
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code });
  });
});
