import { inspect } from 'node:util';
import { fromEnv } from '@aws-sdk/credential-providers';
import express, { type ErrorRequestHandler, type Request } from 'express';
import fc from 'fast-check';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import {
  type CredentialsProvider,
  configFromEnv,
  createPresignedPost,
  type ExpiringCredentials,
  S3FormError,
  type S3FormOptions,
  s3Form,
} from '../../src/index.ts';
import { checkPost } from '../../src/policy/index.ts';
import { fillForm, submitForm } from '../../src/testing/submit-form.ts';
import { catchError } from '../policy/catch-error.ts';
import { locationOf, pageAt, startUploadApp, type UploadApp } from '../support/upload-app.ts';
import { warningsOf } from '../support/warnings.ts';

/** Of Amazon's documentation; the slashes and capitals make its encodings differ. */
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET };
const START = new Date('2026-03-01T12:00:00.250Z');

const file = { name: 'holiday.png', type: 'image/png', content: 'not really a picture' };

const running: UploadApp[] = [];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(START);
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  for (const app of running.splice(0)) await app.close();
});

/** Lets so many seconds pass. */
function pass(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1000);
}

function inSeconds(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}

function options(more: object = {}): S3FormOptions {
  const given = {
    bucket: 'photos',
    region: 'eu-west-3',
    credentials: KEYS,
    baseUrl: 'https://app.example/upload',
    secret: 'of this app alone, and long enough',
    ...more,
  };
  return given as S3FormOptions;
}

/** Until when a form may be posted, by its policy and by its receipt. */
async function endOf(uploads: ReturnType<typeof s3Form>): Promise<{ policy: Date; receipt: Date }> {
  const { fields, done } = await uploads.form({} as Request);
  const policy = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString());
  const [payload = ''] = done.slice(done.lastIndexOf('/') + 1).split('.');
  const receipt = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return { policy: new Date(policy.expiration), receipt: new Date(receipt.expires * 1000) };
}

interface StartedApp {
  app: UploadApp;
  readonly provider: Mock<CredentialsProvider>;
  /** Whether the provider fails. */
  broken: boolean;
}

/**
 * An app whose credentials come from a function: the bucket's own, which live so many seconds, or
 * an error while `broken` is set.
 */
async function startWithProvider(seconds: number) {
  const started: StartedApp = { app: undefined as never, provider: vi.fn(give), broken: false };
  async function give(): Promise<ExpiringCredentials> {
    if (started.broken) throw new Error('no route to the metadata service');
    return { ...started.app.bucket.credentials, expiration: inSeconds(seconds) };
  }
  const form = { credentials: started.provider, secret: 'of this app alone, and long enough' };
  started.app = await startUploadApp({ form });
  running.push(started.app);
  return started;
}

describe('credentials from a provider', () => {
  it('are asked for at the first form, once for 50 concurrent ones', async () => {
    const { app, provider } = await startWithProvider(3600);
    expect(provider).not.toHaveBeenCalled();
    const pages = await Promise.all(Array.from({ length: 50 }, () => pageAt(app.base)));
    expect(provider).toHaveBeenCalledTimes(1);
    expect(
      new Set(pages.map((page) => String(new Map(fillForm(page, {}).entries).get('key')))).size,
    ).toBe(50);
    const answers = await Promise.all(pages.map((page) => submitForm(page, { file })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    await Promise.all(answers.map((answer) => fetch(locationOf(answer))));
    expect(app.reported).toHaveLength(50);
    await app.uploads.signedUrl('a');
    expect(provider, 'returns and links use the same ones').toHaveBeenCalledTimes(1);
  });

  it('are renewed a minute before they expire, once for 50 concurrent forms', async () => {
    const { app, provider } = await startWithProvider(3600);
    await pageAt(app.base);
    pass(3600 - 60 - 0.001);
    await pageAt(app.base);
    expect(provider).toHaveBeenCalledTimes(1);
    pass(0.001);
    const pages = await Promise.all(Array.from({ length: 50 }, () => pageAt(app.base)));
    expect(provider).toHaveBeenCalledTimes(2);
    expect((await submitForm(pages[49] ?? '', { file })).status).toBe(303);
  });

  it('may change between the form and the return', async () => {
    let n = 0;
    const uploads = s3Form(
      options({
        confirm: 'none',
        credentials: async () => ({
          ...KEYS,
          accessKeyId: `ASIA${++n}`,
          expiration: inSeconds(90),
        }),
      }),
    );
    const app = express().use('/upload', uploads);
    const { done, id, fields } = await uploads.form({} as Request);
    pass(60);
    const later = await uploads.form({} as Request);
    expect([fields, later.fields].map((of) => of['X-Amz-Credential']?.split('/')[0])).toEqual([
      'ASIA1',
      'ASIA2',
    ]);
    const query = { bucket: 'photos', key: `uploads/${id}/a.png`, etag: '"0"' };
    const answer = await request(app).get(new URL(done).pathname).query(query);
    expect(answer.status).toBe(200);
  });
});

describe('a provider that fails', () => {
  it.each([
    ['the page', (app: UploadApp) => Promise.resolve(app.base)],
    [
      'the return',
      async (app: UploadApp) => {
        const stored = await submitForm(await pageAt(app.base), { file });
        pass(3600);
        return locationOf(stored);
      },
    ],
  ])('answers 503 to %s, and the next request recovers', async (_, addressOf) => {
    const started = await startWithProvider(3600);
    const { app } = started;
    const address = await addressOf(app);
    started.broken = true;

    const page = await fetch(address);
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toBe('5');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const html = await page.text();
    expect(html).toContain('credentials_unavailable');
    expect(html).toContain('Uploads are not possible just now');
    expect(html).not.toContain('metadata service');

    const json = await fetch(address, { headers: { accept: 'application/json' } });
    expect(json.status).toBe(503);
    expect(json.headers.get('retry-after')).toBe('5');
    const body = await json.json();
    expect(body).toEqual({
      code: 'credentials_unavailable',
      error: expect.stringContaining('Uploads are not possible just now'),
      message: expect.stringContaining('There are no credentials now'),
    });
    expect(JSON.stringify(body)).not.toContain('metadata service');
    expect(app.reported).toEqual([]);

    started.broken = false;
    expect((await fetch(address)).status).toBe(200);
  });

  it('fails for all 50 that wait for it, and not for the next', async () => {
    const started = await startWithProvider(3600);
    started.broken = true;
    const get = () => fetch(started.app.base);
    const answers = await Promise.all(Array.from({ length: 50 }, get));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
    started.broken = false;
    expect((await get()).status).toBe(200);
  });

  it('leaves the old credentials in use while they live', async () => {
    const started = await startWithProvider(600);
    const { app, provider } = started;
    await pageAt(app.base);
    started.broken = true;
    pass(590);
    expect((await submitForm(await pageAt(app.base), { file })).status).toBe(303);
    expect(provider).toHaveBeenCalledTimes(2);
    pass(10);
    expect((await fetch(app.base)).status).toBe(503);
    started.broken = false;
    expect((await submitForm(await pageAt(app.base), { file })).status).toBe(303);
  });

  it.each([
    ['form()', (uploads: ReturnType<typeof s3Form>) => uploads.form({} as Request)],
    ['signedUrl()', (uploads: ReturnType<typeof s3Form>) => uploads.signedUrl('a')],
  ])('rejects %s with its error as the cause', async (_, call) => {
    const cause = new Error('no route to the metadata service');
    const uploads = s3Form(options({ credentials: () => Promise.reject(cause) }));
    const error = await call(uploads).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({
      code: 'credentials_unavailable',
      status: 503,
      option: 'credentials',
      cause,
    });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no secret', { accessKeyId: 'AKIA' }],
    ['an expiration that is a text', { ...KEYS, expiration: '2030-01-01T00:00:00Z' }],
    ['an expiration that is no real date', { ...KEYS, expiration: new Date('soon') }],
    ['what has expired', { ...KEYS, expiration: new Date(START.getTime() - 1) }],
    ['what expires this moment', { ...KEYS, expiration: START }],
  ])('is one that gives %s', async (_, given) => {
    const answers = [given, KEYS];
    const credentials = async () => answers.shift() as ExpiringCredentials;
    const app = express().use('/upload', s3Form(options({ credentials })));
    const failed = await request(app).get('/upload').accept('json');
    expect(failed.status).toBe(503);
    expect(failed.body).toMatchObject({ code: 'credentials_unavailable' });
    expect((await request(app).get('/upload')).status).toBe(200);
  });
});

describe('a form never outlives its credentials', () => {
  it.each([
    [3600, 90],
    [3600, 90.5],
    [3600, 3599.999],
    [3600, 3600],
    [3600, 7200],
    [604_800, 3600],
    [30, 61],
    [1, 61],
  ])('for %i seconds, signed with some of %f', async (formExpiresIn, lived) => {
    const expiration = inSeconds(lived);
    const credentials = async () => ({ ...KEYS, expiration });
    const { policy, receipt } = await endOf(s3Form(options({ formExpiresIn, credentials })));
    expect(policy.getTime()).toBeLessThanOrEqual(expiration.getTime());
    expect(receipt.getTime()).toBeLessThanOrEqual(expiration.getTime());
    const seconds = Math.min(formExpiresIn, Math.floor(lived));
    expect((policy.getTime() - Date.now()) / 1000, 'no shorter than it must be').toBe(seconds);
  });

  it('whatever the moment', async () => {
    const moment = fc.record({
      now: fc.integer({ min: 0, max: 7 * 24 * 3_600_000 }),
      lived: fc.integer({ min: 1000, max: 14 * 24 * 3_600_000 }),
      formExpiresIn: fc.integer({ min: 1, max: 604_800 }),
      isFixed: fc.boolean(),
    });
    const property = fc.asyncProperty(moment, async ({ now, lived, formExpiresIn, isFixed }) => {
      vi.setSystemTime(START.getTime() + now);
      const given = { ...KEYS, expiration: new Date(Date.now() + lived) };
      const credentials = isFixed ? given : async () => given;
      const { policy, receipt } = await endOf(s3Form(options({ formExpiresIn, credentials })));
      expect(policy.getTime()).toBeLessThanOrEqual(given.expiration.getTime());
      expect(receipt.getTime()).toBeLessThanOrEqual(given.expiration.getTime());
      expect(policy.getTime()).toBeGreaterThan(Date.now());
    });
    await fc.assert(property, { numRuns: 300 });
  });

  /** A form that does not outlive the credentials, or none at all. */
  async function expectWithin(uploads: ReturnType<typeof s3Form>, expiration: Date): Promise<void> {
    const end = await endOf(uploads).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'credentials_unavailable' });
    });
    if (!end) return;
    expect(end.policy.getTime()).toBeLessThanOrEqual(expiration.getTime());
    expect(end.receipt.getTime()).toBeLessThanOrEqual(expiration.getTime());
  }

  it('signed by fixed ones in their last second', async () => {
    const expiration = inSeconds(60);
    const uploads = s3Form(options({ credentials: { ...KEYS, expiration } }));
    pass(59.6);
    await expectWithin(uploads, expiration);
  });

  it('signed by old ones in their last second, when the renewal fails', async () => {
    const expiration = inSeconds(600);
    const answers = [{ ...KEYS, expiration }];
    const credentials = async () => answers.shift() as ExpiringCredentials;
    const uploads = s3Form(options({ credentials }));
    await uploads.form({} as Request);
    pass(599.6);
    await expectWithin(uploads, expiration);
  });

  it('where another option took so long that the credentials are gone', async () => {
    const expiration = inSeconds(90);
    const contentType = async () => {
      // When the credentials have long been given.
      await new Promise((resolve) => setImmediate(resolve));
      pass(91);
      return 'image/png';
    };
    const credentials = async () => ({ ...KEYS, expiration });
    await expectWithin(s3Form(options({ credentials, contentType })), expiration);
  });

  it('lives as long as it may with credentials that do not expire', async () => {
    const { policy } = await endOf(s3Form(options({ formExpiresIn: 604_800 })));
    expect(policy).toEqual(inSeconds(604_800));
  });
});

describe('fixed credentials with an expiration', () => {
  it('answer 503 after it', async () => {
    const app = express().use(
      '/upload',
      s3Form(options({ credentials: { ...KEYS, expiration: inSeconds(90) } })),
    );
    pass(89);
    expect((await request(app).get('/upload')).status).toBe(200);
    pass(1);
    const answer = await request(app).get('/upload').accept('json');
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).toMatchObject({ code: 'credentials_unavailable' });
  });

  it.each([
    ['2026-03-01T13:00:00Z'],
    [1_772_370_000_000],
    [null],
    [new Date('soon')],
  ])('that is %s stop the app at its start', (expiration) => {
    const credentials = { ...KEYS, expiration } as unknown as ExpiringCredentials;
    const error = catchError(() => s3Form(options({ credentials })));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain('`credentials.expiration`');
  });
});

describe('a session token', () => {
  const token = 'IQoJb3JpZ2luX2VjEDoaCWV1LXdlc3QtMyJ/+=';

  it.each<[string, () => object]>([
    ['fixed', () => ({ credentials: { ...KEYS, sessionToken: token } })],
    ['from a provider', () => ({ credentials: async () => ({ ...KEYS, sessionToken: token }) })],
    [
      'from the environment',
      () => {
        vi.stubEnv('AWS_ACCESS_KEY_ID', KEYS.accessKeyId);
        vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
        vi.stubEnv('AWS_SESSION_TOKEN', token);
        return { credentials: undefined };
      },
    ],
    [
      'from fromEnv()',
      () => {
        vi.stubEnv('AWS_ACCESS_KEY_ID', KEYS.accessKeyId);
        vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
        vi.stubEnv('AWS_SESSION_TOKEN', token);
        return { credentials: fromEnv() };
      },
    ],
  ])('%s is in the form, its policy and in links', async (_, given) => {
    const uploads = s3Form(options(given()));
    const { fields } = await uploads.form({} as Request);
    expect(fields['X-Amz-Security-Token']).toBe(token);
    const { conditions } = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString());
    expect(conditions).toContainEqual({ 'x-amz-security-token': token });
    expect(verdictOn(fields)).toMatchObject({ ok: true });
    const link = new URL(await uploads.signedUrl('a'));
    expect(link.searchParams.get('X-Amz-Security-Token')).toBe(token);
  });

  it('is nowhere, if there is none', async () => {
    const uploads = s3Form(options());
    const { fields } = await uploads.form({} as Request);
    expect(Object.keys(fields).join()).not.toMatch(/token/i);
    expect(Buffer.from(fields['Policy'] ?? '', 'base64').toString()).not.toMatch(/token/i);
    expect(await uploads.signedUrl('a')).not.toMatch(/token/i);
  });
});

/** What the store answers to a form with these fields and a small file. */
function verdictOn(fields: Readonly<Record<string, string>>) {
  return checkPost({
    fields: Object.entries(fields),
    files: [{ filename: 'a.png', size: 3 }],
    bucket: 'photos',
    region: 'eu-west-3',
    now: new Date(),
    secretAccessKeyFor: (id) => (id === KEYS.accessKeyId ? SECRET : undefined),
  });
}

describe('`secret`', () => {
  const token = { ...KEYS, sessionToken: 'token' };

  it.each<[string, object]>([
    ['a session token', { credentials: token }],
    ['a provider', { credentials: async () => KEYS }],
    ['a provider of the AWS SDK', { credentials: fromEnv() }],
  ])('is required with %s', (_, given) => {
    const error = catchError(() => s3Form(options({ ...given, secret: undefined })));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'missing_option', option: 'secret' });
    expect(error.message).toMatch(/`secret` is required with a session token or a provider/);
    expect(() => s3Form(options(given))).not.toThrow();
  });

  it('is required with a session token in the environment', () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', KEYS.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
    const given = options({ credentials: undefined, secret: undefined });
    expect(catchError(() => s3Form(given))).toMatchObject({ option: 'secret' });
    vi.stubEnv('AWS_SESSION_TOKEN', '');
    expect(() => s3Form(given)).not.toThrow();
  });

  it('is not required with a lasting key', () => {
    expect(() => s3Form(options({ secret: undefined }))).not.toThrow();
  });
});

/** Every spelling of a secret in which it could be read from a log. */
function spellingsOf(secret: string): Record<string, string> {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const pairs = hex.match(/../g) ?? [];
  // Base64 looks different at each of three offsets; the middle is the secret's own.
  const inBase64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return text.slice(offset === 0 ? 0 : 4, Math.floor((offset + bytes.length) / 3) * 4);
  });
  return {
    plain: secret,
    reversed: [...secret].reverse().join(''),
    hex,
    'upper-case hex': hex.toUpperCase(),
    "a Buffer's hex": pairs.join(' '),
    'a list of bytes': [...bytes].join(', '),
    'a compact list of bytes': [...bytes].join(','),
    'URL-encoded': encodeURIComponent(secret),
    'URL-encoded in lower case': encodeURIComponent(secret).replaceAll(/%../g, (code) =>
      code.toLowerCase(),
    ),
    ...Object.fromEntries(inBase64.map((text, offset) => [`base64 at offset ${offset}`, text])),
    ...Object.fromEntries(
      inBase64.map((text, offset) => [
        `base64url at offset ${offset}`,
        text.replaceAll('+', '-').replaceAll('/', '_'),
      ]),
    ),
  };
}

/** In which spellings a text has the secret in it, lines and string breaks put together. */
function leaksIn(text: string, secret: string): string[] {
  const texts = [text, text.replaceAll(/'\s*\+\s*'/g, ''), text.replaceAll(/\s+/g, ' ')];
  return Object.entries(spellingsOf(secret))
    .filter(([, spelling]) => texts.some((one) => one.includes(spelling)))
    .map(([name]) => name);
}

/** All that a log could show of a value, its causes included. */
function shownOf(value: unknown): string {
  const all = { depth: null, maxArrayLength: null, maxStringLength: null } as const;
  const shown = [
    inspect(value, all),
    inspect(value, { ...all, showHidden: true }),
    inspect(value, { ...all, getters: true, breakLength: Number.POSITIVE_INFINITY }),
    inspect({ nested: [value] }, all),
    JSON.stringify(value) ?? '',
    JSON.stringify({ nested: [value] }),
    String(value),
  ];
  for (let error = value; error instanceof Error; error = error.cause) {
    shown.push(`${error.stack}${error.message}`, JSON.stringify({ ...error }), inspect(error, all));
  }
  return shown.join('\n');
}

function expectNoLeak(value: unknown, secret: string = SECRET): void {
  expect(leaksIn(shownOf(value), secret)).toEqual([]);
}

describe('the look for a leak', () => {
  it.each(Object.entries(spellingsOf(SECRET)))('sees it %s', (name, spelling) => {
    expect(spelling.length).toBeGreaterThan(SECRET.length / 2);
    expect(leaksIn(`before ${spelling} after`, SECRET)).toContain(name);
  });

  it.each<[string, () => unknown]>([
    ['plain in an object', () => ({ deep: { er: [{ credentials: KEYS }] } })],
    ['in a copy of what is concealed', () => ({ ...configFromEnv(environment()).credentials })],
    ['in a hidden property', () => Object.defineProperty({}, 'secret', { value: SECRET })],
    [
      'in a getter',
      () => ({
        get secret() {
          return SECRET;
        },
      }),
    ],
    ['in a message', () => new Error(`${SECRET} is wrong`)],
    [
      'in a cause of a cause',
      () => new Error('a', { cause: new Error('b', { cause: { SECRET } }) }),
    ],
    ['in a property of an error', () => Object.assign(new Error('a'), { credentials: KEYS })],
    ['in a property of a function', () => Object.assign(() => {}, { credentials: KEYS })],
    ['in a buffer', () => ({ key: Buffer.from(SECRET) })],
    ['in an array of bytes', () => ({ key: new TextEncoder().encode(SECRET) })],
    ['in a map', () => new Map([['key', SECRET]])],
    ['in a URL', () => new URL(`https://key:${encodeURIComponent(SECRET)}@files.example`)],
    ['in base64 of more', () => Buffer.from(`Basic key:${SECRET}`).toString('base64')],
    ['in a long text', () => ({ text: `${'a line\n'.repeat(9)}${SECRET}` })],
  ])('sees it %s', (_, leak) => {
    expect(leaksIn(shownOf(leak()), SECRET)).not.toEqual([]);
  });

  it('does not see what is not there', () => {
    expect(leaksIn(shownOf({ ...KEYS, secretAccessKey: '[hidden]' }), SECRET)).toEqual([]);
  });
});

function environment(more: Record<string, string> = {}): Record<string, string> {
  return {
    S3_BUCKET: 'photos',
    S3_REGION: 'eu-west-3',
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: SECRET,
    ...more,
  };
}

describe('no secret access key is shown', () => {
  it.each<[string, Record<string, string>]>([
    ['a lasting key', {}],
    ['a session token', { AWS_SESSION_TOKEN: 'token', S3_FORM_SECRET: 'of this app' }],
  ])('by configFromEnv(), with %s', (_, more) => {
    const config = configFromEnv(environment(more));
    expectNoLeak(config);
    expectNoLeak({ ...config });
    expectNoLeak(config.credentials);
    expect(shownOf(config)).toContain(KEYS.accessKeyId);
    expect(config.credentials.secretAccessKey, 'it is still there').toBe(SECRET);
  });

  it('by the local bucket, with its own key or a given one', async () => {
    const { app } = await startWithProvider(3600);
    const { bucket } = app;
    const own = bucket.credentials.secretAccessKey;
    expect(own.length).toBeGreaterThan(20);
    expectNoLeak(bucket, own);
    expectNoLeak({ ...bucket }, own);
    expectNoLeak(bucket.credentials, own);
  });

  it.each<[string, object]>([
    ['fixed credentials', {}],
    ['credentials that sign the return address too', { secret: undefined }],
    ['an expiration', { credentials: { ...KEYS, expiration: new Date('2030-01-01') } }],
    ['a provider', { credentials: async () => KEYS }],
    ['configFromEnv()', configFromEnv(environment())],
  ])('by the router, with %s', async (_, given) => {
    const uploads = s3Form(options(given));
    const form = await uploads.form({} as Request);
    const app = express().use('/upload', uploads);
    expectNoLeak(uploads);
    expectNoLeak(form);
    expectNoLeak(app);
    expectNoLeak(uploads.cspDirectives());
    expectNoLeak(await uploads.signedUrl('a'));
    const page = await request(app).get('/upload');
    expectNoLeak({ headers: page.headers, text: page.text });
    // Who has it could make up returns.
    const { secret } = options(given);
    if (secret !== undefined) expectNoLeak([uploads, form, app, page.text], String(secret));
  });

  it('by a presigned post, its policy decoded', () => {
    for (const sessionToken of [undefined, 'token']) {
      const post = createPresignedPost({
        ...{ bucket: 'photos', region: 'eu-west-3', key: 'a' },
        credentials: { ...KEYS, sessionToken },
      });
      expectNoLeak(post);
      expectNoLeak(Buffer.from(post.fields['Policy'] ?? '', 'base64').toString());
    }
  });
});

describe('no error shows the secret access key', () => {
  const atStart: [string, object][] = [
    ['a missing key id', { credentials: { secretAccessKey: SECRET } }],
    ['an empty key id', { credentials: { ...KEYS, accessKeyId: '' } }],
    ['a key id that is no text', { credentials: { ...KEYS, accessKeyId: 5 } }],
    ['a key id with a line break', { credentials: { ...KEYS, accessKeyId: 'AKIA\n' } }],
    ['a secret with a line break', { credentials: { ...KEYS, secretAccessKey: `${SECRET}\n` } }],
    ['a secret in an array', { credentials: { ...KEYS, secretAccessKey: [SECRET] } }],
    ['a token that is no text', { credentials: { ...KEYS, sessionToken: 5 } }],
    [
      'a token without `secret`',
      { credentials: { ...KEYS, sessionToken: 't' }, secret: undefined },
    ],
    ['an expiration that is no date', { credentials: { ...KEYS, expiration: 'soon' } }],
    ['credentials that are a text', { credentials: `${KEYS.accessKeyId}:${SECRET}` }],
    ['credentials that are an array', { credentials: [KEYS.accessKeyId, SECRET] }],
    ['an endpoint with credentials', { endpoint: `https://a:${encodeURIComponent(SECRET)}@b.eu` }],
    [
      'a public endpoint with credentials',
      { publicEndpoint: `https://a:${encodeURIComponent(SECRET)}@b.eu` },
    ],
    ['an unknown option', { bukket: 'photos' }],
    ['a wrong ACL', { acl: 'open' }],
    ['a wrong provider', { provider: 'r2' }],
    ['a wrong region', { region: 'eu west' }],
    ['a form that is too large', { fields: { 'x-amz-meta-a': 'x'.repeat(9000) } }],
    ['conditions that exclude each other', { conditions: [['eq', '$key', 'a']] }],
    ['an option of the wrong kind', { maxFileSize: true }],
  ];

  it.each(atStart)('at the start, for %s', (_, more) => {
    expectNoLeak(catchError(() => s3Form(options(more))));
  });

  it.each(atStart.slice(0, 8))('of createPresignedPost, for %s', (_, more) => {
    const { credentials } = options(more);
    const post = { bucket: 'photos', region: 'eu west', key: 'a' };
    const fixed = { ...KEYS, ...(credentials as object) };
    expectNoLeak(catchError(() => createPresignedPost({ ...post, credentials: fixed })));
  });

  const given: [string, unknown][] = [
    ['a secret with a line break', { ...KEYS, secretAccessKey: `${SECRET}\n` }],
    ['a secret in an array', { ...KEYS, secretAccessKey: [SECRET] }],
    ['no key id', { secretAccessKey: SECRET }],
    ['a text', `${KEYS.accessKeyId}:${SECRET}`],
    ['an array', [KEYS.accessKeyId, SECRET]],
    ['an expiration that is no date', { ...KEYS, expiration: 'soon' }],
    ['what has expired', { ...KEYS, expiration: new Date(START.getTime() - 1) }],
  ];

  it.each(given)('of a provider that gives %s', async (_, answer) => {
    const credentials = async () => answer as ExpiringCredentials;
    const uploads = s3Form(options({ credentials }));
    for (const call of [uploads.form({} as Request), uploads.signedUrl('a')]) {
      const error = await call.catch((error: unknown) => error);
      expect(error).toMatchObject({ code: 'credentials_unavailable', cause: expect.any(Error) });
      expectNoLeak(error);
    }
    const app = express().use('/upload', uploads);
    const warnings = await warningsOf(async () => {
      for (const type of ['html', 'json']) {
        const answer = await request(app).get('/upload').accept(type);
        expect(answer.status).toBe(503);
        expectNoLeak({ headers: answer.headers, text: answer.text });
      }
    });
    expect(warnings).toHaveLength(1);
    for (const warning of warnings) expectNoLeak(warning);
  });

  it('of a missing setting', () => {
    for (const name of ['S3_BUCKET', 'S3_REGION', 'AWS_ACCESS_KEY_ID']) {
      expectNoLeak(catchError(() => configFromEnv(environment({ [name]: '' }))));
    }
  });

  it('of an option that is worked out for a form', async () => {
    const errors: unknown[] = [];
    const take: ErrorRequestHandler = (error, _req, res, _next) => {
      errors.push(error);
      res.sendStatus(500);
    };
    const wrong: object[] = [
      { acl: () => 'open' },
      { key: () => '' },
      { maxFileSize: () => -1 },
      { metadata: () => ({ 'a b': '1' }) },
      { keyPrefix: () => 5 },
      { contentType: () => Promise.reject(new Error('the database is away')) },
    ];
    for (const more of wrong) {
      const app = express()
        .use('/upload', s3Form(options(more)))
        .use(take);
      await request(app).get('/upload');
    }
    expect(errors).toHaveLength(wrong.length);
    for (const error of errors) expectNoLeak(error);
  });

  it('of a store that does not answer, or answers otherwise', async () => {
    const { app } = await startWithProvider(3600);
    const stored = await submitForm(await pageAt(app.base), { file });
    const own = app.bucket.credentials.secretAccessKey;
    await app.bucket.close();
    const answer = await fetch(locationOf(stored), { headers: { accept: 'application/json' } });
    const body = await answer.json();
    expect(body).toMatchObject({ code: 'confirm_unavailable' });
    expectNoLeak(body, own);
  });
});
