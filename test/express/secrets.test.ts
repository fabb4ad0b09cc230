import { createHmac, hkdfSync } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import type { ErrorRequestHandler, Request } from 'express';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { configFromEnv, type S3FormOptions, s3Form } from '../../src/index.ts';
import { checkPost, createPresignedPost } from '../../src/policy/index.ts';
import { fillForm, submitForm } from '../../src/testing/submit-form.ts';
import { listen } from '../support/listen.ts';
import { leaksIn, tracesOf } from '../support/traces.ts';
import { locationOf, pageAt, startUploadApp, type UploadApp } from '../support/upload-app.ts';

const SECRET_ACCESS_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY?';
const FORM_SECRET = 'a form secret of 32 bytes or more &';
const REGION = 'local';
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET_ACCESS_KEY };

const hmac = (key: string | Buffer, text: string) =>
  createHmac('sha256', key).update(text).digest();

/** The secrets, and every key that is derived from them on some day of these tests. */
function secretsOf(days: readonly string[]): Record<string, string | Buffer> {
  const token = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', FORM_SECRET, '', `express-s3-form ${purpose}`, 32));
  const derived = days.flatMap((day) => {
    const date = hmac(`AWS4${SECRET_ACCESS_KEY}`, day);
    const region = hmac(date, REGION);
    const service = hmac(region, 's3');
    return Object.entries({ date, region, service, signing: hmac(service, 'aws4_request') }).map(
      ([name, key]) => [`${name} key of ${day}`, key],
    );
  });
  return {
    'secret access key': SECRET_ACCESS_KEY,
    'form secret': FORM_SECRET,
    'receipt key': token('receipt'),
    'context key': token('context'),
    ...Object.fromEntries(derived),
  };
}

const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10).replaceAll('-', '');
const startedAt = Date.now();
/** The tests may run at midnight. */
const secrets = () => secretsOf([dayOf(startedAt), dayOf(Date.now())]);

/** Everything that was emitted, by where. */
const emitted: [where: string, text: string][] = [];
const keep = (where: string, ...things: unknown[]) => {
  for (const thing of things) {
    const text =
      typeof thing === 'string' ? thing : inspect(thing, { depth: 12, showHidden: true });
    emitted.push([where, text]);
    if (thing instanceof Error) {
      emitted.push([where, `${thing.stack} ${JSON.stringify({ ...thing, thing })}`]);
      if (thing.cause) keep(where, thing.cause);
    }
  }
};
/** `console.dir` asks no thing how it wants to be shown. */
const asConsoleDir = (thing: unknown) => inspect(thing, { depth: 12, customInspect: false });
const leaks = () =>
  emitted.flatMap(([where, text]) => leaksIn(text, secrets()).map((name) => `${name} in ${where}`));

const running: { close(): unknown }[] = [];
const onWarning = (warning: Error) => keep('a process warning', warning);
beforeAll(() => {
  process.on('warning', onWarning);
  for (const method of ['log', 'warn', 'error'] as const) {
    vi.spyOn(console, method).mockImplementation((...things) =>
      keep(`console.${method}`, ...things),
    );
  }
});
afterAll(() => {
  process.off('warning', onWarning);
  vi.restoreAllMocks();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.close();
});

async function start(form: object = {}, store?: RequestListener): Promise<UploadApp> {
  const fake = store && (await listen(store));
  if (fake) running.push(fake);
  const app = await startUploadApp({
    local: { credentials },
    ...(fake && { bucket: { url: fake.url, bucket: 'uploads', region: REGION, credentials } }),
    form: { baseUrl: '/upload', secret: FORM_SECRET, bindTo: () => 'ann', ...form },
    routes: (express, uploads) => {
      express.get(
        '/embedded',
        async (req, res) => void res.json(await uploads.form(req, { context: { a: 1 } })),
      );
      express.get('/link', async (_req, res) => void res.send(await uploads.signedUrl('a b')));
      express.get(
        '/verify',
        async (req, res) => void res.json(await uploads.verify(req, String(req.query['r']))),
      );
      express.get(
        '/policy',
        (_req, res) =>
          void res.json([uploads.cspDirectives(), uploads.corsRules(['https://a.example'])]),
      );
      keep('the router', uploads, JSON.stringify(uploads));
    },
  });
  running.push(app);
  app.app.use(((error, req, _res, next) => {
    keep(`the app's error handler at ${req.path}`, error);
    next(error);
  }) satisfies ErrorRequestHandler);
  keep('the local bucket', app.bucket, JSON.stringify(app.bucket), asConsoleDir(app.bucket));
  return app;
}

async function collect(url: string, init: RequestInit = {}): Promise<string> {
  let text = '';
  for (const accept of ['text/html', 'application/json']) {
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { accept } });
    text = await response.text();
    keep(`an answer of ${new URL(url).pathname}`, [...response.headers].join('\n'), text);
  }
  return text;
}

/** Asks every route for everything it has, and for what it does not have. */
async function visit(app: UploadApp): Promise<void> {
  const { base, origin } = app;
  for (const path of [
    '/',
    '/s3/params?filename=a.png',
    '/s3/params',
    '/s3/params?filename=a&context=a.b',
  ]) {
    await collect(base + path);
  }
  for (const path of ['/done/x', '/done/x.y?bucket=a&key=b&etag=c', '/assets/none', '/nowhere'])
    await collect(base + path);
  for (const path of ['/embedded', '/link', '/verify?r=x', '/policy']) await collect(origin + path);
  for (const path of ['/', '/done/x', '/s3/params']) await collect(base + path, { method: 'POST' });
}

const file = { name: 'photo.png', content: 'not really a picture' };

describe('no secret is ever emitted', () => {
  it('on any route, nor by the store', async () => {
    const app = await start();
    await visit(app);
    const page = await pageAt(app.base);
    const stored = await submitForm(page, { file });
    await collect(locationOf(stored));
    await collect(`${app.origin}/verify?r=${encodeURIComponent(locationOf(stored))}`);
    const form = fillForm(page, { file });
    for (const change of ['Policy', 'X-Amz-Signature', 'X-Amz-Credential', 'key']) {
      const body = new FormData();
      for (const [name, value] of form.entries)
        body.append(name, name === change ? 'forged' : value);
      await collect(form.action, { method: 'POST', body });
    }
    expect(leaks()).toEqual([]);
  });

  it.each<[string, object, RequestListener | undefined]>([
    ['a store that is forbidden', {}, (_req, res) => void res.writeHead(403).end()],
    ['a store that is broken', {}, (_req, res) => void res.writeHead(500).end()],
    ['a store that breaks off', {}, (req) => void req.socket.destroy()],
    [
      'a store that redirects',
      {},
      (req, res) => void res.writeHead(307, { location: `http://localhost:1${req.url}` }).end(),
    ],
    ['a store that knows no such object', {}, (_req, res) => void res.writeHead(404).end()],
    [
      'a hook that throws',
      {
        onUploaded: () => {
          throw new Error('the hook');
        },
      },
      undefined,
    ],
    [
      'an option that throws',
      {
        keyPrefix: () => {
          throw new Error('the option');
        },
      },
      undefined,
    ],
    ['an option that gives nonsense', { metadata: () => 5 }, undefined],
    ['a user who is none', { bindTo: () => undefined }, undefined],
  ])('with %s', async (_, form, store) => {
    const app = await start(form, store);
    await visit(app);
    const page = await (await fetch(app.base)).text();
    // Where the options are at fault there is no form.
    if (!store && page.includes('<form'))
      await collect(locationOf(await submitForm(page, { file })));
    const asked = await fetch(`${app.base}/s3/params?filename=a.png`);
    const { done } = (await asked.json().catch(() => ({}))) as { done?: string };
    if (done) await collect(done);
    expect(leaks()).toEqual([]);
  });

  it('with a provider of credentials that fails', async () => {
    const app = await start({
      credentials: async () => {
        throw new Error('no instance metadata');
      },
    });
    await visit(app);
    expect(leaks()).toEqual([]);
  });

  it('by mistakes in the options', () => {
    const good = {
      bucket: 'photos',
      region: REGION,
      endpoint: 'https://s3.example',
      credentials,
      secret: FORM_SECRET,
    };
    for (const wrong of [
      { credentials: { ...credentials, accessKeyId: '' } },
      { credentials: { ...credentials, secretAccessKey: `${SECRET_ACCESS_KEY}\n` } },
      { credentials: { ...credentials, expiration: 'soon' } },
      { credentials: [credentials] },
      { secret: [FORM_SECRET, 5] },
      { secrets: FORM_SECRET },
      { secret: { key: FORM_SECRET } },
      { bucket: 'No' },
      { fields: { policy: 'x' } },
      { conditions: [['eq', 'x']] },
    ]) {
      try {
        s3Form({ ...good, ...wrong } as unknown as S3FormOptions);
        keep('nothing', 'thrown');
      } catch (error) {
        keep(`the error for ${Object.keys(wrong)}`, error);
      }
    }
    expect(emitted.filter(([, text]) => text === 'thrown')).toEqual([]);
    expect(leaks()).toEqual([]);
  });

  it('by the settings, the core and its verdicts', () => {
    const config = configFromEnv({
      S3_BUCKET: 'photos',
      S3_REGION: REGION,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
      S3_FORM_SECRET: FORM_SECRET,
    });
    const signed = createPresignedPost({
      ...{ bucket: 'photos', region: REGION, credentials, key: 'a' },
      endpoint: 'https://s3.example',
    });
    const judged = (secret: string) =>
      checkPost({
        ...{ bucket: 'photos', region: REGION, fields: Object.entries(signed.fields) },
        files: [{ filename: 'a', size: 1 }],
        secretAccessKeyFor: () => secret,
      });
    expect(judged(SECRET_ACCESS_KEY).ok).toBe(true);
    expect(judged('another').ok).toBe(false);
    for (const thing of [config, signed, judged(SECRET_ACCESS_KEY), judged('another')]) {
      keep('the core', thing, JSON.stringify(thing), asConsoleDir(thing));
    }
    expect(leaks()).toEqual([]);
  });
});

describe('the same check fails on a leak that is planted', () => {
  const encodings: [string, (secret: Buffer) => string][] = [
    ['hex', (secret) => secret.toString('hex')],
    ['a Buffer that is inspected', (secret) => inspect({ secret })],
    ['a Buffer in JSON', (secret) => JSON.stringify({ secret })],
    ['bytes that are inspected', (secret) => inspect(new Uint8Array(secret))],
    ['a form', (secret) => String(new URLSearchParams({ secret: secret.toString() }))],
    ['upper-case hex', (secret) => secret.toString('hex').toUpperCase()],
    ['base64', (secret) => secret.toString('base64')],
    ['base64url', (secret) => secret.toString('base64url')],
    [
      'base64 of more',
      (secret) =>
        Buffer.concat([Buffer.from('{"a":"'), secret, Buffer.from('"}')]).toString('base64'),
    ],
    [
      'base64 one further',
      (secret) =>
        Buffer.concat([Buffer.from('{"ab":"'), secret, Buffer.from('"}')]).toString('base64'),
    ],
    [
      'base64 two further',
      (secret) =>
        Buffer.concat([Buffer.from('{"abc":"'), secret, Buffer.from('"}')]).toString('base64'),
    ],
    ['percent-encoding', (secret) => encodeURIComponent(secret.toString())],
    ['as it is', (secret) => secret.toString()],
  ];

  it.each(encodings)('in %s', (_, encode) => {
    for (const [name, secret] of Object.entries(secrets())) {
      // Bytes that are no text can't stand in one as they are.
      if (typeof secret !== 'string' && /percent|as it is|a form/.test(_)) continue;
      expect(leaksIn(`before ${encode(Buffer.from(secret))} behind`, secrets()), name).toContain(
        name,
      );
    }
  });

  it('in a form', async () => {
    const app = await start({
      metadata: (_req: Request) => ({ leak: `${SECRET_ACCESS_KEY.slice(0, -1)}?` }),
    });
    const before = emitted.length;
    await collect(app.base);
    const found = leaks();
    expect(found).toContain('secret access key in an answer of /upload');
    emitted.length = before;
  });

  it('and no trace is so short that chance would bring it about', () => {
    for (const secret of Object.values(secrets())) {
      for (const trace of tracesOf(secret)) expect(trace.length).toBeGreaterThan(30);
    }
  });
});
