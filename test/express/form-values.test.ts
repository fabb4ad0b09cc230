import express, { type ErrorRequestHandler, type Request } from 'express';
import request from 'supertest';
import { describe, expect, it, vi } from 'vitest';
import { FORM_VALUE_OPTIONS } from '../../src/express/form-values.ts';
import { type FormContext, type S3FormOptions, s3Form } from '../../src/index.ts';
import { checkPost } from '../../src/policy/index.ts';
import { fillForm } from '../../src/testing/submit-form.ts';

const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };

function uploadsWith(more: object = {}) {
  const options = {
    bucket: 'photos',
    region: 'eu-west-3',
    credentials: KEYS,
    baseUrl: 'https://app.example/upload',
    // With it a customer's own key may be used.
    confirm: 'none',
  };
  return s3Form({ ...options, ...more } as S3FormOptions);
}

interface ReadForm {
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly conditions: readonly unknown[];
}

async function formOf(uploads: ReturnType<typeof s3Form>, req = {} as Request): Promise<ReadForm> {
  const { id, fields } = await uploads.form(req);
  const { conditions } = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString());
  return { id, fields, conditions };
}

const SSE = 'x-amz-server-side-encryption';

interface Row {
  readonly option: string;
  readonly value: unknown;
  /** The fields that come of it, each with its own exact condition. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The conditions that come of it otherwise; `ID` stands for the form's id. */
  readonly conditions?: readonly unknown[];
  /** What there is in its place where there is nothing. */
  readonly without?: { readonly fields?: readonly string[]; readonly conditions?: unknown[] };
}

const ROWS: readonly Row[] = [
  { option: 'acl', value: 'public-read', fields: { acl: 'public-read' } },
  { option: 'cacheControl', value: 'max-age=60', fields: { 'Cache-Control': 'max-age=60' } },
  {
    option: 'contentDisposition',
    value: 'attachment; filename="a.png"',
    fields: { 'Content-Disposition': 'attachment; filename="a.png"' },
  },
  { option: 'contentEncoding', value: 'gzip', fields: { 'Content-Encoding': 'gzip' } },
  { option: 'contentType', value: 'image/png', fields: { 'Content-Type': 'image/png' } },
  {
    option: 'expires',
    value: new Date('2030-01-02T03:04:05Z'),
    fields: { Expires: 'Wed, 02 Jan 2030 03:04:05 GMT' },
  },
  {
    option: 'tags',
    value: { team: 'red & blue' },
    fields: {
      tagging:
        '<Tagging><TagSet><Tag><Key>team</Key><Value>red &amp; blue</Value></Tag></TagSet></Tagging>',
    },
  },
  { option: 'storageClass', value: 'GLACIER', fields: { 'x-amz-storage-class': 'GLACIER' } },
  {
    option: 'websiteRedirectLocation',
    value: '/elsewhere',
    fields: { 'x-amz-website-redirect-location': '/elsewhere' },
  },
  { option: 'serverSideEncryption', value: 'AES256', fields: { [SSE]: 'AES256' } },
  {
    option: 'serverSideEncryption',
    value: { algorithm: 'aws:kms', keyId: 'mine', bucketKeyEnabled: true },
    fields: {
      [SSE]: 'aws:kms',
      [`${SSE}-aws-kms-key-id`]: 'mine',
      [`${SSE}-bucket-key-enabled`]: 'true',
    },
  },
  {
    // The key and its MD5 are those of https://github.com/ceph/s3-tests.
    option: 'serverSideEncryption',
    value: { customerKey: Buffer.from('pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=', 'base64') },
    fields: {
      [`${SSE}-customer-algorithm`]: 'AES256',
      [`${SSE}-customer-key`]: 'pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=',
      [`${SSE}-customer-key-MD5`]: 'DWygnHRtgiJ77HCm+1rvHw==',
    },
  },
  {
    option: 'checksum',
    value: { algorithm: 'SHA256', value: 'aTL9MeXa9HObn6eP93eygxsJlcwdCwCTysgGAZAgE7w=' },
    fields: {
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': 'aTL9MeXa9HObn6eP93eygxsJlcwdCwCTysgGAZAgE7w=',
    },
  },
  {
    option: 'contentMd5',
    value: '1B2M2Y8AsgTpgAmY7PhCfg==',
    fields: { 'Content-MD5': '1B2M2Y8AsgTpgAmY7PhCfg==' },
  },
  {
    option: 'metadata',
    value: { uploader: 'ada', Album: 'Été' },
    fields: { 'x-amz-meta-uploader': 'ada', 'x-amz-meta-album': 'Été' },
  },
  {
    option: 'keyPrefix',
    value: 'users/ada/',
    conditions: [['starts-with', '$key', 'users/ada/ID/']],
    without: { fields: ['key'], conditions: [['starts-with', '$key', 'uploads/ID/']] },
  },
  {
    option: 'key',
    value: 'avatars/ada.png',
    fields: { key: 'avatars/ada.png' },
    without: { fields: ['key'], conditions: [['starts-with', '$key', 'uploads/ID/']] },
  },
  {
    option: 'maxFileSize',
    value: '2 kB',
    conditions: [['content-length-range', 1, 2000]],
    without: { conditions: [['content-length-range', 1, 10_000_000]] },
  },
  {
    option: 'minFileSize',
    value: 5,
    conditions: [['content-length-range', 5, 10_000_000]],
    without: { conditions: [['content-length-range', 1, 10_000_000]] },
  },
];

const withId = (conditions: readonly unknown[], id: string): unknown[] =>
  JSON.parse(JSON.stringify(conditions).replaceAll('ID', id));

function expectRow({ fields = {}, conditions = [] }: Row, form: ReadForm): void {
  expect(form.fields).toMatchObject(fields);
  for (const [name, value] of Object.entries(fields)) {
    expect(form.conditions).toContainEqual({ [name]: value });
  }
  expect(form.conditions).toEqual(expect.arrayContaining(withId(conditions, form.id)));
  expect(verdictOn(form)).toMatchObject({ ok: true });
}

function expectNothing({ fields = {}, without = {} }: Row, form: ReadForm): void {
  for (const name of Object.keys(fields)) {
    if (!without.fields?.includes(name)) expect(form.fields).not.toHaveProperty([name]);
  }
  const conditions = withId(without.conditions ?? [], form.id);
  expect(form.conditions).toEqual(expect.arrayContaining(conditions));
  // Not where base64 may spell anything.
  const { Policy, success_action_redirect, ...plain } = form.fields;
  expect(Object.values(plain).join('\n')).not.toMatch(/undefined|null|NaN/);
  expect(verdictOn(form)).toMatchObject({ ok: true });
}

/** What the store answers to the form with a small file: signature and fields fit each other. */
function verdictOn({ fields }: ReadForm) {
  return checkPost({
    fields: Object.entries(fields),
    files: [{ filename: 'a.png', size: 1000 }],
    bucket: 'photos',
    region: 'eu-west-3',
    secretAccessKeyFor: (id) => (id === KEYS.accessKeyId ? KEYS.secretAccessKey : undefined),
  });
}

it('the rows below are of all options that may depend on the request', () => {
  expect([...new Set(ROWS.map(({ option }) => option))].sort()).toEqual(
    [...FORM_VALUE_OPTIONS].sort(),
  );
});

describe.each(ROWS)('$option: $value', (row) => {
  const { option, value } = row;

  it('as a value', async () => {
    expectRow(row, await formOf(uploadsWith({ [option]: value })));
  });

  it.each([
    ['a function', () => value],
    ['an async function', async () => value],
    ['a function of later', () => new Promise((resolve) => setImmediate(resolve, value))],
  ])('as %s, which is told the request and the id', async (_, give) => {
    const asked = vi.fn(give);
    const uploads = uploadsWith({ [option]: asked });
    expect(asked, 'not at the start').not.toHaveBeenCalled();
    const req = { headers: { 'x-user': 'ada' } } as unknown as Request;
    const form = await formOf(uploads, req);
    expectRow(row, form);
    expect(asked.mock.calls).toEqual([[req, { id: form.id }]]);
    const second = await formOf(uploads, req);
    expect(asked).toHaveBeenCalledTimes(2);
    expect(asked).toHaveBeenLastCalledWith(req, { id: second.id });
    expect(second.id).not.toBe(form.id);
  });

  it.each([
    ['undefined', undefined],
    ['a function that gives undefined', () => undefined],
    ['an async function that gives undefined', async () => undefined],
  ])('as %s sends nothing', async (_, nothing) => {
    expectNothing(row, await formOf(uploadsWith({ [option]: nothing })));
  });
});

describe('metadata', () => {
  it('may have a function for each value', async () => {
    const uploads = uploadsWith({
      metadata: {
        plain: 'a',
        sync: (_req: Request, { id }: FormContext) => `b ${id}`,
        later: async (req: Request) => `c ${req.get('x-user')}`,
      },
    });
    const get = (name: string) => (name === 'x-user' ? 'ada' : undefined);
    const { id, fields } = await formOf(uploads, { get } as unknown as Request);
    expect(fields).toMatchObject({
      'x-amz-meta-plain': 'a',
      'x-amz-meta-sync': `b ${id}`,
      'x-amz-meta-later': 'c ada',
    });
  });

  it('may be a function that gives functions', async () => {
    const uploads = uploadsWith({ metadata: () => ({ user: async () => 'ada' }) });
    expect((await formOf(uploads)).fields).toMatchObject({ 'x-amz-meta-user': 'ada' });
  });
});

describe('what the person fills in', () => {
  const inputs = [{ name: 'x-amz-meta-title', label: 'Title', startsWith: 'Vol. ' }];
  const field = 'x-amz-meta-title';

  it.each<[object, string]>([
    [{}, 'Vol. '],
    [{ metadata: { Title: 'Vol. 1' } }, 'Vol. 1'],
    [{ metadata: () => ({ title: 'Vol. 2' }) }, 'Vol. 2'],
    [{ fields: { [field]: 'Vol. 3' } }, 'Vol. 3'],
  ])('begins with what the app gives it, if anything: %j', async (more, value) => {
    const { fields, conditions } = await formOf(uploadsWith({ inputs, ...more }));
    expect(fields[field]).toBe(value);
    expect(conditions).toContainEqual(['starts-with', `$${field}`, 'Vol. ']);
    expect(conditions).not.toContainEqual({ [field]: value });
  });
});

describe('a type that `accept` fixes', () => {
  const accept = ['application/pdf'];

  it('is sent where no other is given', async () => {
    for (const contentType of [undefined, () => undefined]) {
      const { fields } = await formOf(uploadsWith({ accept, contentType }));
      expect(fields['Content-Type']).toBe('application/pdf');
    }
  });

  it('gives way to one that is', async () => {
    for (const contentType of ['text/plain', () => 'text/plain']) {
      const { fields } = await formOf(uploadsWith({ accept, contentType }));
      expect(fields['Content-Type']).toBe('text/plain');
    }
  });
});

describe('a function that gives what can not work', () => {
  it.each<[string, unknown]>([
    ['acl', 'open'],
    ['acl', null],
    ['cacheControl', 5],
    ['contentDisposition', 'a\nb'],
    ['contentEncoding', ['gzip']],
    ['contentType', ''.padEnd(1, '\u0000')],
    ['expires', 'soon'],
    ['expires', new Date('soon')],
    ['tags', 'team=red'],
    ['tags', Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`${n}`, 'a']))],
    ['storageClass', 'COLD'],
    ['websiteRedirectLocation', 'elsewhere'],
    ['serverSideEncryption', 'aes'],
    ['serverSideEncryption', { customerKey: new Uint8Array(5) }],
    ['checksum', { algorithm: 'MD5', value: '' }],
    ['contentMd5', 'none'],
    ['metadata', ['a']],
    ['metadata', { 'a b': '1' }],
    ['metadata', { a: 1 }],
    ['metadata', { 'Upload-Id': '1' }],
    ['keyPrefix', 7],
    ['keyPrefix', '../'],
    ['key', ''],
    ['key', 'a/./b'],
    ['maxFileSize', '1 XB'],
    ['maxFileSize', '6 GB'],
    ['minFileSize', '11 MB'],
  ])('`%s`: %j goes to the error handler of the app, named', async (option, value) => {
    const errors: (Error & { option?: string })[] = [];
    const take: ErrorRequestHandler = (error, _req, res, _next) => {
      errors.push(error);
      res.status(500).send('the app says sorry');
    };
    const uploads = uploadsWith({ [option]: async () => value });
    const answer = await request(express().use('/upload', uploads).use(take)).get('/upload');
    expect(answer.text).toBe('the app says sorry');
    expect(errors).toHaveLength(1);
    const [error] = errors;
    // The prefix ends up in the key.
    const names = option === 'keyPrefix' ? /`key(Prefix)?\b/ : new RegExp(`\`${option}\\b`);
    expect(error?.message).toMatch(names);
    if (!(error instanceof TypeError)) expect(`\`${error?.option}`).toMatch(names);
  });

  it('may fail itself: its own error goes to the handler, and the next form is not harmed', async () => {
    const errors: unknown[] = [];
    const take: ErrorRequestHandler = (error, _req, res, _next) => {
      errors.push(error);
      res.sendStatus(500);
    };
    const cause = new Error('the database is away');
    const answers = [() => Promise.reject(cause), () => 'text/plain'];
    const uploads = uploadsWith({ contentType: async () => answers.shift()?.() });
    const app = express().use('/upload', uploads).use(take);
    expect((await request(app).get('/upload')).status).toBe(500);
    expect(errors).toEqual([cause]);
    expect((await request(app).get('/upload')).text).toContain('value="text/plain"');
  });
});

describe('200 interleaved requests', () => {
  const REQUESTS = 200;

  /** Holds all that come until all are there, and lets them go on in another order, one by one. */
  function gate(count: number) {
    const waiting: (() => void)[] = [];
    return async () => {
      const passed = new Promise<void>((resolve) => void waiting.push(resolve));
      if (waiting.length === count) {
        // 89 is prime to the count, so each has its turn, far from its neighbours.
        const order = waiting.map((_, n) => waiting[(n * 89) % count]);
        for (const letGo of order) {
          await new Promise((resolve) => setImmediate(resolve));
          letGo?.();
        }
      }
      return passed;
    };
  }

  it('each get the form of their own user alone', async () => {
    const userOf = (req: Request) => Number(req.get('x-user'));
    const gated = <Value>(value: (user: number) => Value) => {
      const pass = gate(REQUESTS);
      return async (req: Request) => {
        await pass();
        return value(userOf(req));
      };
    };

    const ids = new Map<number, string>();
    const later = gated((user) => `later ${user}`);
    const uploads = uploadsWith({
      keyPrefix: gated((user) => `users/${user}/`),
      cacheControl: gated((user) => `max-age=${user}`),
      contentDisposition: gated((user) =>
        user % 2 ? `attachment; filename="${user}"` : undefined,
      ),
      contentType: (req: Request) => `image/x-${userOf(req)}`,
      expires: gated((user) => new Date(Date.UTC(2030, 0, 1 + user))),
      tags: gated((user) => ({ user: `${user}` })),
      websiteRedirectLocation: gated((user) => `/${user}`),
      contentMd5: gated(createToken),
      maxFileSize: gated((user) => 1000 + user),
      minFileSize: gated((user) => user),
      metadata: (req: Request, { id }: FormContext) => {
        ids.set(userOf(req), id);
        return { now: `now ${userOf(req)}`, later };
      },
    });
    const app = express().use('/upload', uploads);
    const server = app.listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const pages = await Promise.all(
        Array.from({ length: REQUESTS }, async (_, user) => {
          const headers = { 'x-user': String(user) };
          return (await fetch(`http://127.0.0.1:${port}/upload`, { headers })).text();
        }),
      );
      for (const [user, page] of pages.entries()) {
        const entries = fillForm(page, {}).entries.filter(([name]) => name !== 'file');
        const fields = Object.fromEntries(entries) as Record<string, string>;
        const policy = JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString());
        const id = ids.get(user) ?? '';
        const own = {
          'Cache-Control': `max-age=${user}`,
          ...(user % 2 && { 'Content-Disposition': `attachment; filename="${user}"` }),
          'Content-Type': `image/x-${user}`,
          Expires: new Date(Date.UTC(2030, 0, 1 + user)).toUTCString(),
          tagging: `<Tagging><TagSet><Tag><Key>user</Key><Value>${user}</Value></Tag></TagSet></Tagging>`,
          'x-amz-website-redirect-location': `/${user}`,
          'Content-MD5': createToken(user),
          'x-amz-meta-now': `now ${user}`,
          'x-amz-meta-later': `later ${user}`,
          'x-amz-meta-upload-id': id,
        };
        const signature = ['bucket', 'key', 'success_action_redirect', 'X-Amz-Credential'];
        signature.push('X-Amz-Algorithm', 'X-Amz-Date', 'Policy', 'X-Amz-Signature');
        expect(Object.keys(fields).sort()).toEqual([...Object.keys(own), ...signature].sort());
        expect(fields).toMatchObject({ ...own, key: `users/${user}/${id}/\${filename}` });
        const exact = Object.entries(own).map(([name, value]) => ({ [name]: value }));
        expect(policy.conditions).toEqual(
          expect.arrayContaining([
            ...exact,
            ['starts-with', '$key', `users/${user}/${id}/`],
            ['content-length-range', user, 1000 + user],
          ]),
        );
        expect(verdictOn({ id, fields, conditions: policy.conditions })).toMatchObject({
          ok: true,
        });
      }
      expect(new Set(ids.values()).size).toBe(REQUESTS);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** Sixteen bytes in base64 that are a user's own. */
  function createToken(user: number): string {
    return Buffer.from(String(user).padStart(16, '0')).toString('base64');
  }
});
