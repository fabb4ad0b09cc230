import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import express from 'express';
import { parse } from 'parse5';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmbeddedForm, S3FormError, s3Form } from '../../src/index.ts';
import {
  attributes,
  elements,
  fillForm,
  postForm,
  submitForm,
} from '../../src/testing/submit-form.ts';
import { ROOT } from '../support/program.ts';
import {
  locationOf,
  pageAt,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
  type UploadAppOptions,
} from '../support/upload-app.ts';

const running: UploadApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

async function start(options?: UploadAppOptions): Promise<UploadApp> {
  const app = await startUploadApp(options);
  running.push(app);
  return app;
}

const bucket = {
  bucket: 'photos',
  region: 'fr-par',
  endpoint: 'https://s3.fr-par.scw.cloud',
  credentials: { accessKeyId: 'SCWXXXXXXXXXXXXXXXXX', secretAccessKey: 'a-secret-access-key' },
};
const mounted = (options = {}, path = '/upload') =>
  express().use(path, s3Form({ ...bucket, ...options }));

const file = { name: 'holiday photo.png', type: 'image/png', content: 'not really a picture' };
/** Of the content above, by md5sum. */
const etag = '5ffc0cc0bbb9bfbfaacf0680e9f525ff';

describe('a round trip', () => {
  it('goes from the page over the bucket to onUploaded', async () => {
    const app = await start({
      form: { metadata: { uploader: (req) => req.get('host') ?? '', album: 'Été' } },
    });
    const stored = await submitForm(await pageAt(app.base), { file });
    expect(stored.status).toBe(303);

    const done = await fetch(locationOf(stored));
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('Your file has arrived');

    const [upload] = app.reported;
    expect(upload).toEqual({
      confirmed: true,
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      bucket: 'uploads',
      key: `uploads/${upload?.id}/holiday photo.png`,
      etag,
      size: file.content.length,
      type: 'binary/octet-stream',
      metadata: { uploader: new URL(app.origin).host, album: 'Été' },
    });
    const content = await fetch(await app.uploads.signedUrl(upload?.key ?? ''));
    expect(await content.text()).toBe(file.content);
  });

  it('posts to another origin than that of the page', async () => {
    const app = await start();
    const { action } = fillForm(await pageAt(app.base), { file });
    expect(new URL(action).origin).not.toBe(app.origin);
    expect(new URL(action).origin).toBe(app.bucket.url);
  });

  it('runs the hook again on a reload, with the same id', async () => {
    const app = await start();
    const location = locationOf(await submitForm(await pageAt(app.base), { file }));
    await fetch(location);
    await fetch(location);
    expect(app.reported).toHaveLength(2);
    expect(app.reported[0]).toEqual(app.reported[1]);
  });

  it('answers a program with JSON', async () => {
    const app = await start();
    const location = locationOf(await submitForm(await pageAt(app.base), { file }));
    const done = await fetch(location, { headers: { accept: 'application/json' } });
    expect(await done.json()).toEqual({ upload: app.reported[0] });
    expect(done.headers.get('vary')).toMatch(/accept/i);
  });

  it('goes where the hook says', async () => {
    const app = await start({ form: { onUploaded: ({ id }) => ({ redirect: `/photos/${id}` }) } });
    const location = locationOf(await submitForm(await pageAt(app.base), { file }));
    const done = await fetch(location, { redirect: 'manual' });
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toMatch(/^\/photos\/[0-9a-f-]{36}$/);
    const json = await fetch(location, { headers: { accept: 'application/json' } });
    expect(await json.json()).toMatchObject({ redirect: expect.stringMatching(/^\/photos\//) });
  });

  it.each([
    7,
    'text',
    null,
    { id: 1, upload: 'mine', passwordHash: 'secret' },
    { redirect: 5 },
  ])('shows its page, and nothing of it, where the hook gives %j', async (answer) => {
    const app = await start({ form: { onUploaded: async () => answer } });
    const location = locationOf(await submitForm(await pageAt(app.base), { file }));
    expect(await pageAt(location)).toContain('Your file has arrived');
    const json = await fetch(location, { headers: { accept: 'application/json' } });
    expect(Object.keys((await json.json()) as object)).toEqual(['upload']);
  });

  it('goes on to another origin by a page, because form-action forbids a redirect', async () => {
    const elsewhere = 'https://elsewhere.example/?a=1&b="><i>';
    const app = await start({ form: { onUploaded: () => ({ redirect: elsewhere }) } });
    const location = locationOf(await submitForm(await pageAt(app.base), { file }));
    const page = elements(parse(await pageAt(location)));
    const refresh = page.find((one) => attributes(one)['http-equiv'] === 'refresh');
    expect(refresh && attributes(refresh)['content']).toBe(`0;url=${elsewhere}`);
    const link = page.find(({ tagName }) => tagName === 'a');
    expect(link && attributes(link)['href']).toBe(elsewhere);
  });

  it('works with exactly the type that is accepted, which the store then enforces', async () => {
    const app = await start({ form: { accept: ['application/pdf'] } });
    const form = fillForm(await pageAt(app.base), { file: { ...file, name: 'a.pdf' } });
    expect(form.entries).toContainEqual(['Content-Type', 'application/pdf']);
    await fetch(locationOf(await postForm(form)));
    expect(app.reported[0]?.type).toBe('application/pdf');
  });

  it('works with a key that the person types', async () => {
    const app = await start({
      form: {
        keyPrefix: 'docs/',
        inputs: [
          { name: 'key', label: 'Where to' },
          { name: 'x-amz-meta-title', label: 'Title', startsWith: 'Re: ' },
        ],
      },
    });
    const page = await pageAt(app.base);
    const { entries } = fillForm(page, { file });
    const proposed = String(new Map(entries).get('key'));
    expect(proposed).toMatch(/^docs\/[0-9a-f-]{36}\/\$\{filename\}$/);
    const key = proposed.replace('${filename}', 'mine.png');
    const values = { key, 'x-amz-meta-title': 'Re: you' };
    await fetch(locationOf(await submitForm(page, { file, values })));
    expect(app.reported[0]).toMatchObject({ key, metadata: { title: 'Re: you' } });

    const refused = await submitForm(page, { file, values: { ...values, key: 'docs/other.png' } });
    expect(refused.status).toBe(403);
    const wrongTitle = { ...values, 'x-amz-meta-title': 'you' };
    expect((await submitForm(page, { file, values: wrongTitle })).status).toBe(403);
  });

  it("works with the app's own key, which has no room for the form's id", async () => {
    const app = await start({ form: { key: 'avatars/me.png', metadata: { a: 'b' } } });
    const stored = await submitForm(await pageAt(app.base), { file });
    await fetch(locationOf(stored));
    expect(app.reported[0]).toMatchObject({ key: 'avatars/me.png', metadata: { a: 'b' } });
    expect(app.reported[0]?.metadata).toEqual({ a: 'b' });
  });

  it('reports a claim and asks nobody with confirm: none', async () => {
    const app = await start({ form: { confirm: 'none' } });
    const { done, id } = await formIn(app);
    const key = `uploads/${id}/never.png`;
    const query = new URLSearchParams({ bucket: 'uploads', key, etag: '"0"' });
    expect((await fetch(`${done}?${query}`)).status).toBe(200);
    expect(app.reported).toEqual([{ confirmed: false, id, bucket: 'uploads', key, etag: '0' }]);
  });

  it.each(['/', '/deep/er', '/tenants/:tenant/upload'])('works mounted at %s', async (mount) => {
    const app = await start({ mount });
    const base = app.base.replace(':tenant', 'ücme');
    const page = await pageAt(base || app.origin);
    expect((await fetch(locationOf(await submitForm(page, { file })))).status).toBe(200);
    expect(app.reported).toHaveLength(1);
    const style = elements(parse(page)).find(({ tagName }) => tagName === 'link');
    const href = style && attributes(style)['href'];
    expect((await fetch(new URL(href ?? '', base || app.origin))).status).toBe(200);
  });
});

/** A form as the app's own page would embed it. */
async function formIn(app: UploadApp): Promise<{ done: string; id: string; page: string }> {
  const page = await pageAt(app.base);
  const done = String(new Map(fillForm(page, {}).entries).get('success_action_redirect'));
  const [, payload = ''] = /\/done\/([^.]+)/.exec(done) ?? [];
  const { id } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return { done, id, page };
}

describe('the return is refused, and the hook not called, for', () => {
  type Case = (app: UploadApp) => Promise<string>;
  const returned = async (app: UploadApp) =>
    new URL(locationOf(await submitForm(await pageAt(app.base), { file })));
  const withQuery =
    (change: Record<string, string>): Case =>
    async (app) => {
      const url = await returned(app);
      for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
      return url.href;
    };
  const cases: [string, number, string, Case][] = [
    [
      'a changed receipt',
      403,
      'receipt_invalid',
      async (app) => {
        const url = await returned(app);
        return url.href.replace(/done\/(.)/, (_, first) => `done/${first === 'e' ? 'f' : 'e'}`);
      },
    ],
    [
      'a receipt that never was one',
      403,
      'receipt_invalid',
      async (app) => `${app.base}/done/x?bucket=a&key=b&etag=c`,
    ],
    ['another key', 403, 'return_mismatch', withQuery({ key: 'uploads/other/photo.png' })],
    ['another bucket', 403, 'return_mismatch', withQuery({ bucket: 'others' })],
    [
      'another ETag',
      403,
      'object_mismatch',
      withQuery({ etag: '"d41d8cd98f00b204e9800998ecf8427e"' }),
    ],
    ['a return without a key', 400, 'return_incomplete', withQuery({ key: '' })],
    ['a return without an ETag', 400, 'return_incomplete', withQuery({ etag: '' })],
    [
      'a form that was never uploaded',
      404,
      'object_not_found',
      async (app) => {
        const { done, id } = await formIn(app);
        return `${done}?${new URLSearchParams({ bucket: 'uploads', key: `uploads/${id}/a.png`, etag: '"a"' })}`;
      },
    ],
    [
      'an object that another form stored',
      403,
      'return_mismatch',
      async (app) => {
        const { done } = await formIn(app);
        return `${done}${(await returned(app)).search}`;
      },
    ],
    [
      'a receipt of another mount',
      403,
      'receipt_invalid',
      async (app) => (await returned(app)).href.replace('/upload/', '/other/'),
    ],
  ];

  it.each(cases)('%s: %i %s', async (_, status, code, url) => {
    const app = await start({ routes: (express, uploads) => void express.use('/other', uploads) });
    const address = await url(app);
    const response = await fetch(address, { headers: { accept: 'application/json' } });
    expect(await response.json()).toMatchObject({ code, error: expect.any(String) });
    expect(response.status).toBe(status);
    const page = await fetch(address);
    expect(page.status).toBe(status);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toContain(code);
    expect(app.reported).toEqual([]);
  });

  it('an older object at the very key of the app', async () => {
    const app = await start({ form: { key: 'avatars/me.png' } });
    const older = new URL(locationOf(await submitForm(await pageAt(app.base), { file })));
    const { done } = await formIn(app);
    const response = await fetch(done + older.search, { headers: { accept: 'application/json' } });
    expect(await response.json()).toMatchObject({ code: 'object_mismatch' });
    expect(response.status).toBe(403);
    expect(app.reported).toEqual([]);
  });

  it('a file of another type than is accepted', async () => {
    const app = await start({ form: { accept: ['image/*', '.pdf'] } });
    const stored = await submitForm(await pageAt(app.base), {
      file: { ...file, name: 'virus.exe' },
    });
    const response = await fetch(locationOf(stored));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('Files of this type are not accepted');
    expect(app.reported).toEqual([]);
  });

  it.each<[string, SomeFormOptions, number]>([
    ['ends in something of its own', { key: 'a/${filename}-orig', accept: ['.pdf'] }, 200],
    ['is all its own', { key: (_req, { id }) => `a/${id}`, accept: ['image/*'] }, 200],
    ['is typed', { inputs: [{ name: 'key', label: 'Key' }], accept: ['image/*'] }, 422],
  ])('is held against accept only where the key can tell: a key that %s', async (_, form, status) => {
    const app = await start({ form });
    const stored = await submitForm(await pageAt(app.base), { file: { ...file, name: 'a.exe' } });
    expect((await fetch(locationOf(stored))).status).toBe(status);
  });

  it("a metadata function that names the form's own id", async () => {
    const app = express().use(
      '/upload',
      s3Form({ ...bucket, metadata: () => ({ 'Upload-Id': 'x' }) }),
    );
    app.use(((error, _req, res, _next) => {
      res.status(500).send(error.message);
    }) satisfies express.ErrorRequestHandler);
    expect((await request(app).get('/upload')).text).toContain('x-amz-meta-upload-id is kept');
  });

  it('a store that does not answer', async () => {
    const app = await start({
      bucket: {
        url: 'http://127.0.0.1:1',
        bucket: 'uploads',
        region: 'local',
        credentials: bucket.credentials,
      },
    });
    const { done, id } = await formIn(app);
    const query = new URLSearchParams({ bucket: 'uploads', key: `uploads/${id}/a`, etag: 'a' });
    const response = await fetch(`${done}?${query}`, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ code: 'confirm_unavailable' });
    expect(app.reported).toEqual([]);
  });
});

describe('the routes', () => {
  it.each([
    ['get', '/upload', 200],
    ['head', '/upload/', 200],
    ['post', '/upload', 405],
    ['delete', '/upload', 405],
    ['head', '/upload/done/x', 405],
    ['post', '/upload/done/x', 405],
    ['get', '/upload/nowhere', 404],
    ['get', '/upload/done', 404],
    ['get', '/upload/done/x/y', 404],
    ['get', '/upload/done/x', 403],
    ['get', '/upload/Done/x/', 403],
    ['get', '/upload/done/%zz', 403],
    ['get', '/upload/assets/nowhere.css', 404],
    ['post', '/upload/assets/nowhere.css', 405],
  ] as const)('%s %s answers %i', async (method, path, status) => {
    const response = await request(mounted())[method](path);
    expect(response.status).toBe(status);
    expect(response.headers['allow']).toBe(
      status !== 405 ? undefined : path.includes('/done/') ? 'GET' : 'GET, HEAD',
    );
  });

  it('answer an address that can not be decoded as any other that was not given out', async () => {
    const { text, headers } = await request(mounted()).get('/upload/done/%zz');
    expect(text).toContain('receipt_invalid');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('leave what is not theirs to the app', async () => {
    const app = mounted({}, '/').get('/elsewhere', (_req, res) => void res.send('the app'));
    expect((await request(app).get('/elsewhere')).text).toBe('the app');
  });

  it('give the style sheet under a versioned name, cached for good', async () => {
    const { text } = await request(mounted()).get('/upload');
    const [href = ''] = /\/upload\/assets\/upload-form-[0-9a-f]{12}\.css/.exec(text) ?? [];
    const style = await request(mounted()).get(href);
    expect(style.status).toBe(200);
    expect(style.headers['content-type']).toBe('text/css; charset=utf-8');
    expect(style.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each([
    ['gzip', 'gzip'],
    ['br, gzip;q=0.5', 'gzip'],
    ['gzip;q=0', undefined],
    ['identity', undefined],
  ])('compress the script for who takes %s', async (accepted, encoding) => {
    const { text } = await request(mounted()).get('/upload');
    const [href = ''] = /\/upload\/assets\/upload-form-[0-9a-f]{12}\.js/.exec(text) ?? [];
    const script = await request(mounted()).get(href).set('Accept-Encoding', accepted);
    expect(script.headers['content-encoding']).toBe(encoding);
    expect(script.headers['vary']).toBe('Accept-Encoding');
    const built = readFileSync(join(ROOT, 'dist/browser/upload-form.js'), 'utf8');
    expect(script.text).toBe(`${built}//# sourceMappingURL=${basename(href)}.map\n`);
    if (encoding) expect(Number(script.headers['content-length'])).toBeLessThan(8_500);
  });
});

describe('the headers', () => {
  it.each([
    '/upload',
    '/upload/done/x',
  ])('of %s are those of a page with a secret on it', async (path) => {
    const { headers } = await request(mounted()).get(path);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    const policy = headers['content-security-policy']?.split(';');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain("form-action 'self' https://s3.fr-par.scw.cloud");
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  });

  it('let the form come back to an absolute baseUrl', async () => {
    const app = mounted({ baseUrl: 'https://app.example/upload' });
    const { headers, text } = await request(app).get('/upload');
    expect(headers['content-security-policy']).toContain(
      "form-action 'self' https://app.example https://s3.fr-par.scw.cloud",
    );
    expect(text).toContain('value="https://app.example/upload/done/');
  });

  it("do not touch the app's own pages, but for no-store where a form is on one", async () => {
    const uploads = s3Form({ ...bucket, baseUrl: '/upload' });
    const app = express()
      .use('/upload', uploads)
      .get('/plain', (_req, res) => void res.send('plain'))
      .get('/profile', async (req, res) => void res.send((await uploads.form(req)).html));
    const plain = await request(app).get('/plain');
    expect(plain.headers).not.toHaveProperty('content-security-policy');
    expect(plain.headers).not.toHaveProperty('cache-control');
    const profile = await request(app).get('/profile');
    expect(profile.headers['cache-control']).toBe('no-store');
    expect(profile.headers).not.toHaveProperty('content-security-policy');
  });
});

describe('form(req)', () => {
  it('embeds a form into any page, whose upload comes back to the mount', async () => {
    const app = await start({
      form: { baseUrl: '/upload' },
      routes: (express, uploads) =>
        void express.get('/profile', async (req, res) => {
          const form = await uploads.form(req);
          res.json(form);
        }),
    });
    const form = (await (await fetch(`${app.origin}/profile`)).json()) as EmbeddedForm;
    expect(Object.keys(form).sort()).toEqual(['done', 'fields', 'head', 'html', 'id', 'url']);
    expect(form.url).toBe(`${app.bucket.url}/uploads/`);
    expect(form.fields['success_action_redirect']).toBe(form.done);
    expect(form.done).toMatch(new RegExp(`^${app.base}/done/`));
    expect(form.head).toMatch(
      /^<link rel="stylesheet" href="\/upload\/assets\/[^"]+\.css">\s*<script type="module" src="\/upload\/assets\/[^"]+\.js"><\/script>\s*$/,
    );
    const { entries } = fillForm(form.html, { file });
    expect(entries.slice(0, -1)).toEqual(Object.entries(form.fields));
    expect(entries.at(-1)?.[0]).toBe('file');
    await fetch(locationOf(await submitForm(form.html, { file })));
    expect(app.reported).toMatchObject([{ id: form.id }]);
  });

  it('needs baseUrl outside of the mount, and says so', async () => {
    const uploads = s3Form(bucket);
    const failed = await new Promise((resolve) => {
      const app = express()
        .use('/upload', uploads)
        .get('/profile', (req, _res, next) => void uploads.form(req).catch(next));
      app.use(((error, _req, res, _next) => {
        resolve(error);
        res.end();
      }) satisfies express.ErrorRequestHandler);
      request(app)
        .get('/profile')
        .end(() => {});
    });
    expect(failed).toBeInstanceOf(S3FormError);
    expect(failed).toMatchObject({ code: 'base_url_required', option: 'baseUrl' });
  });
});

describe('what a method is given', () => {
  const uploads = s3Form({ ...bucket, baseUrl: 'https://app.example/upload' });
  const req = {} as express.Request;
  type Method = (...given: unknown[]) => Promise<unknown>;
  const { form, presign, signedUrl } = uploads as unknown as Record<string, Method>;

  it.each<[string, () => Promise<unknown> | undefined, string, RegExp]>([
    ['form', () => form?.(req, { ctx: { a: 1 } }), 'form.ctx', /are context\.$/],
    ['form', () => form?.(req, { contxt: { a: 1 } }), 'form.contxt', /`context`/],
    ['presign', () => presign?.(req, { name: 'a.png' }), 'presign.name', /are filename, type/],
    [
      'presign',
      () => presign?.(req, { filename: 'a.png', Type: 'image/png' }),
      'presign.Type',
      /`type`/,
    ],
    ['signedUrl', () => signedUrl?.('a', { expires: 60 }), 'signedUrl.expires', /`expiresIn`/],
    ['signedUrl', () => signedUrl?.('a', { query: {} }), 'signedUrl.query', /are expiresIn\.$/],
  ])('%s() refuses an option that it does not have', async (_, call, option, hint) => {
    await expect(call()).rejects.toMatchObject({
      code: 'unknown_option',
      option,
      message: expect.stringMatching(hint),
    });
  });

  it.each<[string, () => Promise<unknown> | undefined]>([
    ['form', () => form?.(req, 'avatar')],
    ['form', () => form?.(req, null)],
    ['presign', () => presign?.(req, 'a.png')],
    ['presign', () => presign?.(req)],
    ['signedUrl', () => signedUrl?.('a', 60)],
  ])('%s() refuses what are no options', async (method, call) => {
    await expect(call()).rejects.toThrow(TypeError);
    await expect(call()).rejects.toThrow(`options of ${method}()`);
  });

  it('signedUrl() takes what it has', async () => {
    const link = new URL(await uploads.signedUrl('a', { expiresIn: 60 }));
    expect(link.searchParams.get('X-Amz-Expires')).toBe('60');
  });
});

it('several ranges become one, because MinIO looks at the last alone', async () => {
  const conditions = [['content-length-range', 5, 1e9] as const];
  const { text } = await request(mounted({ maxFileSize: 100, conditions })).get('/upload');
  const policy = String(new Map(fillForm(text, {}).entries).get('Policy'));
  const signed = JSON.stringify(JSON.parse(Buffer.from(policy, 'base64').toString()));
  expect(signed.match(/\["content-length-range".*?\]/g)).toEqual([
    '["content-length-range",5,100]',
  ]);
});

describe('values that depend on the request', () => {
  it('are worked out for each form, with its id', async () => {
    const app = await start({
      form: {
        keyPrefix: async (req) => `users/${req.get('x-user')}/`,
        acl: () => 'public-read',
        contentType: () => 'text/plain',
        cacheControl: () => 'max-age=60',
        contentDisposition: () => undefined,
        maxFileSize: () => '1 kB',
        metadata: (req, { id }) => ({ user: req.get('x-user') ?? '', form: id }),
      },
    });
    const page = await (await fetch(app.base, { headers: { 'x-user': 'ada' } })).text();
    const fields = new Map(fillForm(page, {}).entries);
    expect(fields.get('key')).toMatch(/^users\/ada\//);
    expect(fields.get('Cache-Control')).toBe('max-age=60');
    expect(fields.has('Content-Disposition')).toBe(false);
    expect(page).toContain('Up to 1 kB.');
    await fetch(locationOf(await submitForm(page, { file })));
    const [upload] = app.reported;
    expect(upload).toMatchObject({
      type: 'text/plain',
      metadata: { user: 'ada', form: upload?.id },
    });
    expect((await fetch(`${app.bucket.url}/uploads/${upload?.key}`)).status).toBe(200);
    const tooLarge = await submitForm(page, { file: { ...file, content: 'x'.repeat(1001) } });
    expect(await tooLarge.text()).toContain('<Code>EntityTooLarge</Code>');
  });

  it("that can't work are the app's error, which no visitor gets to read", async () => {
    const errors: unknown[] = [];
    const app = express().use('/upload', s3Form({ ...bucket, acl: () => 'open' as 'private' }));
    app.use(((error, _req, res, _next) => {
      errors.push(error);
      res.status(500).send('the app says sorry');
    }) satisfies express.ErrorRequestHandler);
    const response = await request(app).get('/upload');
    expect(response.text).toBe('the app says sorry');
    expect(errors).toEqual([expect.objectContaining({ code: 'invalid_option', option: 'acl' })]);
  });
});
