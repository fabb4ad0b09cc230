import { once } from 'node:events';
import express, { type Request } from 'express';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3FormError, type S3FormOptions, s3Form } from '../../src/index.ts';
import type { LocalBucket } from '../../src/local-bucket/index.ts';
import { fillForm, postForm, submitForm } from '../../src/testing/submit-form.ts';
import { catchError } from '../policy/catch-error.ts';
import {
  locationOf,
  pageAt,
  startUploadApp,
  type UploadApp,
  type UploadAppOptions,
} from '../support/upload-app.ts';

const file = { name: 'holiday.png', type: 'image/png', content: 'not really a picture' };
/** Nothing listens on port 1. */
const NOWHERE = 'http://localhost:1';

const running: UploadApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

async function start(options: UploadAppOptions): Promise<UploadApp> {
  const app = await startUploadApp(options);
  running.push(app);
  return app;
}

/** The bucket's address under another name of this machine, which is another origin to browsers. */
const renamed = (url: string) => url.replace('127.0.0.1', 'localhost');

/** What a page of the app allows, by directive. */
async function policyOf(url: string): Promise<Record<string, string[]>> {
  const header = (await fetch(url)).headers.get('content-security-policy') ?? '';
  return Object.fromEntries(
    header.split(';').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );
}

describe('a bucket that browsers and the app reach by different names', () => {
  let bucket: LocalBucket;
  let app: UploadApp;

  beforeEach(async () => {
    // Its `url` is what the app is given as its endpoint.
    const first = await start({});
    bucket = first.bucket;
    app = await start({ bucket, form: { publicEndpoint: renamed(bucket.url) } });
    expect(renamed(bucket.url)).not.toBe(bucket.url);
  });

  it('gets the form by the public name, and the look at the object by the own', async () => {
    const form = fillForm(await pageAt(app.base), { file });
    expect(form.action).toBe(`${renamed(bucket.url)}/uploads/`);
    const stored = await postForm(form);
    expect(stored.status).toBe(303);
    expect((await fetch(locationOf(stored))).status).toBe(200);
    expect(app.reported).toMatchObject([{ confirmed: true, size: file.content.length }]);
  });

  it('is allowed by its public name alone on the pages', async () => {
    const origin = renamed(bucket.url);
    for (const page of [app.base, `${app.base}/done/x`]) {
      const policy = await policyOf(page);
      expect(policy['form-action']).toEqual(["'self'", origin]);
      expect(policy['img-src']).toEqual(["'self'", origin]);
      expect(Object.values(policy).flat()).not.toContain(bucket.url);
    }
    expect(app.uploads.cspDirectives()).toEqual({
      'form-action': ["'self'", origin],
      'img-src': ["'self'", origin],
      'style-src': ["'self'"],
      'script-src': ["'self'"],
      'connect-src': ["'self'", origin],
      'upgrade-insecure-requests': null,
    });
  });

  it('is told to programs by its public name', async () => {
    expect(app.uploads.url).toBe(`${renamed(bucket.url)}/uploads/`);
  });

  it('has links to objects by the public name, signed for that name', async () => {
    await fetch(locationOf(await submitForm(await pageAt(app.base), { file })));
    const link = await app.uploads.signedUrl(app.reported[0]?.key ?? '');
    expect(link.startsWith(`${renamed(bucket.url)}/uploads/uploads/`)).toBe(true);
    expect(await (await fetch(link)).text()).toBe(file.content);
    const byOtherName = await fetch(link.replace('localhost', '127.0.0.1'));
    expect(byOtherName.status, 'the host is part of the signature').toBe(403);
  });
});

describe('a public endpoint that the app can not reach', () => {
  it('is where the form goes; the app looks at the object by its own endpoint', async () => {
    const app = await start({ form: { publicEndpoint: NOWHERE } });
    const form = fillForm(await pageAt(app.base), { file });
    expect(form.action).toBe(`${NOWHERE}/uploads/`);
    expect((await app.uploads.signedUrl('a')).startsWith(`${NOWHERE}/uploads/a?`)).toBe(true);
    expect((await policyOf(app.base))['form-action']).toEqual(["'self'", NOWHERE]);

    // The browser, which is elsewhere, reaches the bucket there.
    const stored = await postForm({ ...form, action: `${app.bucket.url}/uploads/` });
    expect((await fetch(locationOf(stored))).status).toBe(200);
    expect(app.reported).toMatchObject([{ confirmed: true, size: file.content.length }]);
  });

  it('needs no network of the app at all, with confirm: none', async () => {
    const app = await start({
      form: { endpoint: NOWHERE, publicEndpoint: 'http://localhost:2', confirm: 'none' },
    });
    const form = fillForm(await pageAt(app.base), { file });
    expect(form.action).toBe('http://localhost:2/uploads/');
    const stored = await postForm({ ...form, action: `${app.bucket.url}/uploads/` });
    expect((await fetch(locationOf(stored))).status).toBe(200);
    expect(app.reported).toMatchObject([{ confirmed: false }]);
  });
});

describe('an endpoint that only browsers can reach', () => {
  it('takes the upload, but can not confirm it, and tells who runs the app of which address', async () => {
    const app = await start({});
    const { url } = app.bucket;
    const other = await start({
      bucket: app.bucket,
      form: { endpoint: NOWHERE, publicEndpoint: url },
    });
    const stored = await submitForm(await pageAt(other.base), { file });
    expect(stored.status).toBe(303);
    const warned = once(process, 'warning');
    const json = await fetch(locationOf(stored), { headers: { accept: 'application/json' } });
    expect(json.status).toBe(503);
    const text = await json.text();
    expect(JSON.parse(text).code).toBe('confirm_unavailable');
    expect(text, 'the way into the house is for nobody else').not.toContain(new URL(NOWHERE).host);
    const [warning] = await warned;
    expect(warning).toMatchObject({ code: 'S3FORM_CONFIRM_UNAVAILABLE' });
    expect(warning.detail).toContain(NOWHERE);
    expect(warning.detail).not.toContain(url);
    expect(warning.detail).not.toContain('X-Amz-Signature');
    expect(other.reported).toEqual([]);
  });
});

function formWith(more: object) {
  const options = {
    bucket: 'photos',
    region: 'fr-par',
    endpoint: 'http://minio:9000',
    publicEndpoint: 'https://files.example',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    baseUrl: 'https://app.example/upload',
  };
  return s3Form({ ...options, ...more } as S3FormOptions);
}

describe('the form for browsers', () => {
  it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['path style', {}, 'https://files.example/photos/'],
    ['virtual-hosted', { addressing: 'virtual-hosted' }, 'https://photos.files.example/'],
    [
      'virtual-hosted on this machine',
      { addressing: 'virtual-hosted', publicEndpoint: 'http://localhost:9000' },
      'http://photos.localhost:9000/',
    ],
    [
      'virtual-hosted, one endpoint',
      { addressing: 'virtual-hosted', publicEndpoint: undefined },
      'http://photos.minio:9000/',
    ],
    ['a bucket with a dot', { bucket: 'my.photos' }, 'https://files.example/my.photos/'],
    [
      "the provider's own endpoint for the app",
      { provider: 'scaleway', endpoint: undefined },
      'https://photos.files.example/',
    ],
    [
      'the same address from anywhere',
      { provider: 'scaleway', endpoint: undefined, publicEndpoint: undefined },
      'https://photos.s3.fr-par.scw.cloud/',
    ],
  ])('%s', async (_, more, url) => {
    const uploads = formWith(more);
    const form = await uploads.form({} as Request);
    expect(form.url).toBe(url);
    expect(fillForm(form.html, {}).action).toBe(url);
    expect(uploads.url).toBe(url);
    expect((await uploads.signedUrl('a/b.png')).startsWith(`${url}a/b.png?`)).toBe(true);
    const origin = new URL(url).origin;
    const directives = uploads.cspDirectives();
    expect(directives['form-action']).toEqual(["'self'", 'https://app.example', origin]);
    expect(directives['connect-src']).toEqual(["'self'", origin]);
    // Else it is for the page's own policy to decide, or for helmet's.
    expect('upgrade-insecure-requests' in directives).toBe(url.startsWith('http:'));
    const page = await request(express().use('/upload', uploads)).get('/upload');
    expect(page.headers['content-security-policy']).toContain(
      `form-action 'self' https://app.example ${origin};`,
    );
    expect(page.text).toContain(`action="${url}"`);
    if (url.includes('minio')) return;
    expect(page.text + page.headers['content-security-policy']).not.toContain('minio');
  });
});

describe('a mistake is named by the option that holds it', () => {
  it.each([
    ['endpoint', 'invalid_option', { endpoint: 'minio:9000' }],
    ['publicEndpoint', 'invalid_option', { publicEndpoint: 'files.example' }],
    ['publicEndpoint', 'invalid_option', { publicEndpoint: '//files.example' }],
    ['publicEndpoint', 'invalid_option', { publicEndpoint: 'https://files.example?a' }],
    ['publicEndpoint', 'invalid_option', { publicEndpoint: 'https://a:b@files.example' }],
    [
      'publicEndpoint',
      'invalid_option',
      {
        provider: 'aws',
        region: 'eu-west-3',
        endpoint: undefined,
        publicEndpoint: 'files.example',
      },
    ],
    [
      'addressing',
      'invalid_option',
      { addressing: 'virtual-hosted', publicEndpoint: 'http://127.0.0.1:9000' },
    ],
  ])('%s: %s for %j', (option, code, more) => {
    const error = catchError(() => formWith(more));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code, option });
    expect(error.message).toContain(`\`${option}\``);
  });

  it('an own key may only go to a public endpoint over https', () => {
    const serverSideEncryption = { customerKey: new Uint8Array(32) };
    const given = { serverSideEncryption, confirm: 'none' };
    expect(() => formWith(given)).not.toThrow();
    const error = catchError(() => formWith({ ...given, publicEndpoint: 'http://files.example' }));
    expect(error).toMatchObject({ code: 'invalid_option', option: 'serverSideEncryption' });
  });
});
