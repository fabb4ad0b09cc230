import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { type S3Form, type S3FormOptions, s3Form } from '../../src/index.ts';
import { warningsOf } from '../support/warnings.ts';

const good = {
  ...{ bucket: 'photos', region: 'fr-par', provider: 'scaleway' as const },
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};

const codesOf = async (run: () => unknown) => (await warningsOf(run)).map(({ code }) => code);

describe('a proxy that Express does not trust', () => {
  interface Asked {
    readonly form?: Partial<S3FormOptions>;
    readonly trustProxy?: boolean | string;
    readonly headers?: Record<string, string>;
  }
  const ask = async ({ form = {}, trustProxy = false, headers = {} }: Asked, times = 1) => {
    const uploads = s3Form({ ...good, ...form } as S3FormOptions);
    const app = express().set('trust proxy', trustProxy).use('/upload', uploads);
    for (let time = 0; time < times; time++) {
      await request(app)
        .get('/upload')
        .set({ host: 'www.example.com', ...headers });
    }
  };
  const tls = { 'x-forwarded-proto': 'https' };

  it.each<[string, Asked]>([
    ['ends TLS', { headers: tls }],
    ['is one of two', { headers: { 'x-forwarded-proto': 'https, http' } }],
    ['has another name', { headers: { 'x-forwarded-host': 'uploads.example' } }],
    ['is not the one that is trusted', { headers: tls, trustProxy: '10.0.0.5' }],
    ['ends TLS for a path', { headers: tls, form: { baseUrl: '/upload' } }],
  ])('and %s is warned of once, with the cures', async (_, asked) => {
    const warnings = await warningsOf(() => ask(asked, 3));
    expect(warnings).toMatchObject([{ code: 'S3FORM_UNTRUSTED_PROXY' }]);
    for (const word of ['X-Forwarded-', '`trust proxy`', '`baseUrl`', 'absolute', 'visitor']) {
      expect(warnings[0]?.message).toContain(word);
    }
  });

  it.each<[string, Asked]>([
    ['there is none', {}],
    [
      'it is trusted',
      { headers: { ...tls, 'x-forwarded-host': 'uploads.example' }, trustProxy: true },
    ],
    ['baseUrl is absolute', { headers: tls, form: { baseUrl: 'https://a.example/upload' } }],
    ['it says the same', { headers: { 'x-forwarded-proto': 'http' } }],
    ['it names the port that is meant', { headers: { 'x-forwarded-host': 'www.example.com:80' } }],
    ['it names no address', { headers: { 'x-forwarded-host': 'a b"><script>' } }],
  ])('is not warned of where %s', async (_, asked) => {
    expect(await codesOf(() => ask(asked))).toEqual([]);
  });

  it("is warned of by a form on the app's own page too", async () => {
    const uploads = s3Form({ ...good, baseUrl: '/upload' });
    const app = express().get('/', async (req, res) => void res.json(await uploads.form(req)));
    expect(await codesOf(() => request(app).get('/').set(tls))).toEqual(['S3FORM_UNTRUSTED_PROXY']);
  });

  it('is told of without a word of what the headers say', async () => {
    const headers = { 'x-forwarded-host': 'planted.example' };
    const [warning] = await warningsOf(() => ask({ headers }));
    expect(warning?.message).not.toContain('planted');
  });
});

describe('a baseUrl that is not the mount', () => {
  const ask = async (
    baseUrl: string,
    mount: string,
    asked: { path?: string; headers?: Record<string, string> } = {},
  ) => {
    const uploads: S3Form = s3Form({ ...good, baseUrl });
    const app = express().use(mount, uploads);
    for (let time = 0; time < 3; time++) {
      await request(app)
        .get(asked.path ?? mount)
        .set({ host: 'a.example', ...asked.headers });
    }
  };
  const proxied = { 'x-forwarded-for': '10.0.0.9' };

  it.each<[string, string, Record<string, string>?]>([
    ['/upload', '/api/upload'],
    ['https://a.example/upload', '/api/upload'],
    ['/uploads', '/upload'],
    ['/load', '/upload'],
    ['/', '/upload'],
    ['/files', '/upload', proxied],
  ])('(%s for %s) is warned of once, naming both', async (baseUrl, mount, headers = {}) => {
    const warnings = await warningsOf(() => ask(baseUrl, mount, { headers }));
    expect(warnings).toMatchObject([{ code: 'S3FORM_OTHER_MOUNT' }]);
    const { pathname } = new URL(baseUrl, 'http://a.example');
    expect(warnings[0]?.message).toContain(`to "${pathname}"`);
    expect(warnings[0]?.message).toContain(`at "${mount}"`);
  });

  it.each<[string, string, Parameters<typeof ask>[2]?]>([
    ['/upload', '/upload'],
    ['/upload/', '/upload'],
    ['/', '/'],
    ['/upload', '/upload', { path: '/UPLOAD/' }],
    ['/ücme', '/:tenant', { path: '/%C3%BCcme' }],
    ['https://a.example/upload', '/upload'],
    // A proxy that strips a part.
    ['/files/upload', '/upload'],
    ['https://a.example/files/upload', '/upload'],
    ['/upload', '/'],
    // One that adds a part.
    ['/upload', '/api/upload', { headers: proxied }],
  ])('(%s for %s) is not warned of where it may well be', async (baseUrl, mount, asked) => {
    expect(await codesOf(() => ask(baseUrl, mount, asked))).toEqual([]);
  });
});

describe('a bucket with an IPv6 address', () => {
  const start = (endpoints: object) => () => s3Form({ ...good, provider: 's3', ...endpoints });

  it.each([
    { endpoint: 'http://[::1]:9000' },
    { endpoint: 'http://minio:9000', publicEndpoint: 'http://[::1]:9000' },
  ])('%j is warned of at the start, because no policy of a page can name it', async (endpoints) => {
    const warnings = await warningsOf(start(endpoints));
    expect(warnings).toMatchObject([{ code: 'S3FORM_IPV6_ENDPOINT' }]);
    expect(warnings[0]?.message).toMatch(/Content-Security-Policy.*`publicEndpoint`/);
  });

  it.each([
    { endpoint: 'http://127.0.0.1:9000' },
    { endpoint: 'http://[::1]:9000', publicEndpoint: 'http://localhost:9000' },
  ])('%j is not', async (endpoints) => {
    expect(await codesOf(start(endpoints))).toEqual([]);
  });
});
