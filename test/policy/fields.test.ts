import { describe, expect, it } from 'vitest';
import { checkPost } from '../../src/policy/check-post.ts';
import { S3FormError } from '../../src/policy/errors.ts';
import {
  CANNED_ACLS,
  type FieldDefinition,
  type FieldOption,
  FORM_BYTES_AT_MOST,
  FORM_FIELDS,
  isExemptFromCoverage,
  isIgnored,
  SIGNATURE_FIELDS,
  STORAGE_CLASSES,
} from '../../src/policy/fields.ts';
import { createPresignedPost, type PresignedPost } from '../../src/policy/presigned-post.ts';
import { catchError } from './catch-error.ts';
import { ACCESS_KEY_ID, BUCKET, NOW, REGION, SECRET_ACCESS_KEY } from './signed-form.ts';

function create(options: object = {}): PresignedPost {
  return createPresignedPost({
    bucket: BUCKET,
    region: REGION,
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
    key: 'a',
    now: NOW,
    ...options,
  });
}

function answerTo({ fields }: PresignedPost, bytesBeforeFile?: number) {
  return checkPost({
    fields: Object.entries(fields),
    files: [{ filename: 'photo.jpg', size: 3 }],
    ...(bytesBeforeFile !== undefined && { bytesBeforeFile }),
    bucket: BUCKET,
    region: REGION,
    now: NOW,
    secretAccessKeyFor: (id) => (id === ACCESS_KEY_ID ? SECRET_ACCESS_KEY : undefined),
  });
}

const SSE = 'x-amz-server-side-encryption';
const SHA_256 = 'aTL9MeXa9HObn6eP93eygxsJlcwdCwCTysgGAZAgE7w=';
const CUSTOMER_KEY = 'pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=';

/** Every option with values of its, and the fields that they give. */
const EXAMPLES: Readonly<
  Record<FieldOption, readonly [value: unknown, fields: Readonly<Record<string, string>>][]>
> = {
  key: [
    ['user/é 漢👑.jpg', { key: 'user/é 漢👑.jpg' }],
    ['user/${filename}', { key: 'user/${filename}' }],
  ],
  acl: CANNED_ACLS.map((acl) => [acl, { acl }]),
  cacheControl: [['max-age=60, public', { 'Cache-Control': 'max-age=60, public' }]],
  contentDisposition: [
    ['attachment; filename="a.txt"', { 'Content-Disposition': 'attachment; filename="a.txt"' }],
  ],
  contentEncoding: [['gzip', { 'Content-Encoding': 'gzip' }]],
  contentType: [['text/plain; charset=utf-8', { 'Content-Type': 'text/plain; charset=utf-8' }]],
  expires: [
    [new Date('2026-10-21T07:28:00.5Z'), { Expires: 'Wed, 21 Oct 2026 07:28:00 GMT' }],
    ['Wed, 21 Oct 2026 07:28:00 GMT', { Expires: 'Wed, 21 Oct 2026 07:28:00 GMT' }],
  ],
  successActionRedirect: [
    ['https://example.com/?a=b', { success_action_redirect: 'https://example.com/?a=b' }],
  ],
  redirect: [['http://localhost:3000/', { redirect: 'http://localhost:3000/' }]],
  successActionStatus: [
    [200, { success_action_status: '200' }],
    [201, { success_action_status: '201' }],
    [204, { success_action_status: '204' }],
  ],
  tags: [
    [
      { project: 'R&D', 'a<b': '' },
      {
        tagging:
          '<Tagging><TagSet><Tag><Key>project</Key><Value>R&amp;D</Value></Tag><Tag><Key>a&lt;b</Key><Value></Value></Tag></TagSet></Tagging>',
      },
    ],
  ],
  storageClass: STORAGE_CLASSES.map((name) => [name, { 'x-amz-storage-class': name }]),
  websiteRedirectLocation: [
    ['/other.html', { 'x-amz-website-redirect-location': '/other.html' }],
    ['https://example.com', { 'x-amz-website-redirect-location': 'https://example.com' }],
  ],
  serverSideEncryption: [
    ['AES256', { [SSE]: 'AES256' }],
    ['aws:kms', { [SSE]: 'aws:kms' }],
    ['aws:kms:dsse', { [SSE]: 'aws:kms:dsse' }],
    [
      {
        algorithm: 'aws:kms',
        keyId: 'alias/a',
        context: { project: 'café' },
        bucketKeyEnabled: false,
      },
      {
        [SSE]: 'aws:kms',
        [`${SSE}-aws-kms-key-id`]: 'alias/a',
        [`${SSE}-context`]: 'eyJwcm9qZWN0IjoiY2Fmw6kifQ==',
        [`${SSE}-bucket-key-enabled`]: 'false',
      },
    ],
    [
      { customerKey: Buffer.from(CUSTOMER_KEY, 'base64') },
      {
        [`${SSE}-customer-algorithm`]: 'AES256',
        [`${SSE}-customer-key`]: CUSTOMER_KEY,
        [`${SSE}-customer-key-MD5`]: 'DWygnHRtgiJ77HCm+1rvHw==',
      },
    ],
  ],
  checksum: [
    ...(['CRC32', 'CRC32C'] as const).map((algorithm): (typeof EXAMPLES)['checksum'][number] => [
      { algorithm, value: 'AAAAAA==' },
      {
        'x-amz-checksum-algorithm': algorithm,
        [`x-amz-checksum-${algorithm.toLowerCase()}`]: 'AAAAAA==',
      },
    ]),
    [
      { algorithm: 'SHA1', value: '2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
      {
        'x-amz-checksum-algorithm': 'SHA1',
        'x-amz-checksum-sha1': '2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
      },
    ],
    [
      { algorithm: 'SHA256', value: SHA_256 },
      { 'x-amz-checksum-algorithm': 'SHA256', 'x-amz-checksum-sha256': SHA_256 },
    ],
  ],
  contentMd5: [['1B2M2Y8AsgTpgAmY7PhCfg==', { 'Content-MD5': '1B2M2Y8AsgTpgAmY7PhCfg==' }]],
  metadata: [
    [
      { Title: 'Ä漢👑\t"#$%&\\', tag: '' },
      { 'x-amz-meta-title': 'Ä漢👑\t"#$%&\\', 'x-amz-meta-tag': '' },
    ],
  ],
};

const OPTIONS = Object.keys(FORM_FIELDS) as FieldOption[];

/** One test for each example. */
const ROWS = OPTIONS.flatMap((option) =>
  EXAMPLES[option].map(([value, fields]) => ({ option, value, fields })),
);

describe('the table', () => {
  it('has every field of a form that no other part of the package sets', () => {
    const listed = OPTIONS.flatMap((option) => FORM_FIELDS[option].fields);
    expect([...listed].sort()).toEqual(
      [
        ...['key', 'acl', 'tagging', 'success_action_redirect', 'success_action_status'],
        ...['Cache-Control', 'Content-Type', 'Content-Disposition', 'Content-Encoding', 'Expires'],
        ...['Content-MD5', 'redirect', 'x-amz-storage-class', 'x-amz-meta-*'],
        ...['x-amz-website-redirect-location', 'x-amz-checksum-algorithm'],
        ...['x-amz-checksum-crc32', 'x-amz-checksum-crc32c'],
        ...['x-amz-checksum-sha1', 'x-amz-checksum-sha256'],
        'x-amz-server-side-encryption',
        'x-amz-server-side-encryption-aws-kms-key-id',
        'x-amz-server-side-encryption-context',
        'x-amz-server-side-encryption-bucket-key-enabled',
        'x-amz-server-side-encryption-customer-algorithm',
        'x-amz-server-side-encryption-customer-key',
        'x-amz-server-side-encryption-customer-key-MD5',
      ].sort(),
    );
  });

  it("has the signature's fields apart", () => {
    expect(Object.values(SIGNATURE_FIELDS)).toEqual([
      ...['Policy', 'X-Amz-Credential', 'X-Amz-Algorithm', 'X-Amz-Date'],
      ...['X-Amz-Security-Token', 'X-Amz-Signature'],
    ]);
  });

  it('has no name twice, whatever its case', () => {
    const names = [
      ...OPTIONS.flatMap((option) => FORM_FIELDS[option].fields),
      ...Object.values(SIGNATURE_FIELDS),
    ].map((name) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(OPTIONS)('`%s` lists the fields that it writes, and no other', (option) => {
    const { fields, write } = FORM_FIELDS[option] as FieldDefinition<unknown>;
    const written = EXAMPLES[option].flatMap(([value]) => Object.keys(write(value, option)));
    const expected = new Set(
      written.map((name) => (name.startsWith('x-amz-meta-') ? 'x-amz-meta-*' : name)),
    );
    expect([...expected].sort()).toEqual([...fields].sort());
  });

  it('has the canned ACLs and the storage classes of S3', () => {
    expect([...CANNED_ACLS].sort()).toEqual([
      ...['authenticated-read', 'aws-exec-read', 'bucket-owner-full-control'],
      ...['bucket-owner-read', 'private', 'public-read', 'public-read-write'],
    ]);
    expect([...STORAGE_CLASSES].sort()).toEqual([
      ...['DEEP_ARCHIVE', 'EXPRESS_ONEZONE', 'GLACIER', 'GLACIER_IR', 'INTELLIGENT_TIERING'],
      ...['ONEZONE_IA', 'REDUCED_REDUNDANCY', 'STANDARD', 'STANDARD_IA'],
    ]);
  });
});

describe('every option', () => {
  it.each(ROWS)('$option: $value gives its fields', ({ option, value, fields }) => {
    const plain = create().fields;
    const own = Object.entries(create({ [option]: value }).fields).filter(
      ([name]) => option === name || !(name in plain),
    );
    expect(own).toEqual(Object.entries(fields));
  });

  it.each(ROWS)('$option: $value gives each field one condition', ({ option, value, fields }) => {
    const { conditions } = create({ [option]: value });
    for (const [name, text] of Object.entries(fields)) {
      const naming = conditions.filter(
        (one) => (Array.isArray(one) ? one[1] : `$${Object.keys(one)[0]}`) === `$${name}`,
      );
      const expected = text.includes('${filename}')
        ? ['starts-with', `$${name}`, text.slice(0, text.indexOf('${filename}'))]
        : { [name]: text };
      expect(naming, name).toEqual([expected]);
    }
    const others = option === 'key' ? 4 : 5;
    expect(conditions).toHaveLength(others + Object.keys(fields).length);
  });

  it.each(ROWS)('$option: $value is accepted', ({ option, value, fields }) => {
    const verdict = answerTo(create({ [option]: value }));
    expect(verdict).toMatchObject({ ok: true });
    for (const [name, text] of Object.entries(fields)) {
      const stored = text.replaceAll('${filename}', 'photo.jpg');
      expect(verdict.ok && verdict.values.get(name.toLowerCase()), name).toBe(stored);
    }
  });

  it('undefined gives no field', () => {
    const nothing = Object.fromEntries(OPTIONS.map((option) => [option, undefined]));
    expect(create({ ...nothing, key: 'a' })).toEqual(create());
  });

  it('all of them together are accepted', () => {
    const all = Object.fromEntries(OPTIONS.map((option) => [option, EXAMPLES[option][0]?.[0]]));
    expect(answerTo(create(all))).toMatchObject({
      ok: true,
      status: 303,
      redirect: 'https://example.com/?a=b',
    });
  });

  it.each(OPTIONS)('`%s` refuses a value of another kind by its name', (option) => {
    const error = catchError(() => create({ [option]: Symbol('other') }));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(new RegExp(`^Option \`${option}\` must be `));
  });

  it.each(OPTIONS)('`%s` is not given again in `fields`', (option) => {
    const [value, fields] = EXAMPLES[option][0] ?? [];
    for (const name of Object.keys(fields ?? {})) {
      const again = { [option]: value, fields: { [name.toUpperCase()]: 'a' } };
      const error = catchError(() => create(again));
      expect(error).toBeInstanceOf(S3FormError);
      expect(error).toMatchObject({
        code: 'invalid_option',
        option: `fields.${name.toUpperCase()}`,
        message: expect.stringContaining('Give it once'),
      });
    }
  });
});

it.each([
  ['redirect', 'https://a.example/', 303],
  ['successActionStatus', 201, 201],
])('%s decides the answer', (option, value, status) => {
  expect(answerTo(create({ [option]: value }))).toMatchObject({ ok: true, status });
});

it('`successActionRedirect` wins over `redirect`', () => {
  const both = { successActionRedirect: 'https://new.example/', redirect: 'https://old.example/' };
  expect(answerTo(create(both))).toMatchObject({ redirect: 'https://new.example/' });
});

describe('a key of your own', () => {
  const serverSideEncryption = { customerKey: Buffer.from(CUSTOMER_KEY, 'base64') };

  it.each([
    { endpoint: undefined },
    { endpoint: 'https://s3.example.com' },
    { endpoint: 'http://localhost:9000' },
    { endpoint: 'http://s3.localhost:9000' },
    { endpoint: 'http://localhost:9000', addressing: 'virtual-hosted' },
    { endpoint: 'http://127.0.0.1:9000' },
    { endpoint: 'http://127.8.9.10' },
    { endpoint: 'http://[::1]:9000' },
  ])('is taken with %j', (options) => {
    expect(() => create({ ...options, serverSideEncryption })).not.toThrow();
  });

  it.each([
    { endpoint: 'http://s3.example.com' },
    { endpoint: 'http://s3.example.com', addressing: 'virtual-hosted' },
    { endpoint: 'HTTP://10.0.0.1:9000' },
    { endpoint: 'http://localhost.example.com' },
    { endpoint: 'http://notlocalhost' },
    { endpoint: 'http://127.example.com' },
    { endpoint: 'http://128.0.0.1' },
    { endpoint: 'http://[::2]' },
  ])('is refused with %j, where others could read it', (options) => {
    const error = catchError(() => create({ ...options, serverSideEncryption }));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'invalid_option', option: 'serverSideEncryption' });
    expect(error.message).toMatch(/over https\. Use an https `endpoint`\.$/);
    expect(error.message).not.toContain('pO3u');
  });

  it("is not needed for the store's own keys", () => {
    const options = { endpoint: 'http://s3.example.com', serverSideEncryption: 'aws:kms' };
    expect(() => create(options)).not.toThrow();
  });
});

describe('20,480 bytes before the file', () => {
  const CRLF = '\r\n';
  /** As browsers send a form, with the longest boundary that MIME allows. */
  function bytesBeforeFile({ fields }: PresignedPost, boundary = '-'.repeat(70)): number {
    const disposition = (name: string) =>
      `--${boundary}${CRLF}Content-Disposition: form-data; name="${name}"`;
    const parts = Object.entries(fields).map(
      ([name, value]) => `${disposition(name)}${CRLF}${CRLF}${value}${CRLF}`,
    );
    const file = `${disposition('file')}; filename="photo.jpg"${CRLF}Content-Type: image/jpeg${CRLF}${CRLF}`;
    return Buffer.byteLength(parts.join('') + file);
  }

  const withBytes = (bytes: number) => ({ fields: { 'x-ignore-a': 'a'.repeat(bytes) } });
  const isTaken = (bytes: number) => {
    try {
      create(withBytes(bytes));
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'form_too_large' });
      return false;
    }
  };
  const largest = () => {
    let [taken, refused] = [0, FORM_BYTES_AT_MOST];
    while (refused - taken > 1) {
      const middle = Math.floor((taken + refused) / 2);
      if (isTaken(middle)) taken = middle;
      else refused = middle;
    }
    return taken;
  };

  it('are not reached by the largest form that is taken, its file part included', () => {
    const post = create(withBytes(largest()));
    const bytes = bytesBeforeFile(post);
    expect(answerTo(post, bytes), `${bytes} bytes`).toMatchObject({ ok: true });
  });

  it('are used but for what a long file name may take', () => {
    expect(bytesBeforeFile(create(withBytes(largest())))).toBeGreaterThan(19_000);
  });

  it('are counted in UTF-8', () => {
    expect(() => create({ fields: { 'x-ignore-a': 'é'.repeat(9000) } })).not.toThrow();
    const error = catchError(() => create({ fields: { 'x-ignore-a': 'é'.repeat(10_000) } }));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'form_too_large' });
    expect(error.message).toMatch(/20480 before the file\. Shorten metadata, fields or conditions/);
  });

  it('are counted with the policy and a session token', () => {
    const sessionToken = 't'.repeat(9000);
    const credentials = {
      accessKeyId: ACCESS_KEY_ID,
      secretAccessKey: SECRET_ACCESS_KEY,
      sessionToken,
    };
    expect(catchError(() => create({ credentials }))).toMatchObject({ code: 'form_too_large' });
  });
});

it.each([
  ['file', true],
  ['File', true],
  ['Policy', true],
  ['X-Amz-Signature', true],
  ['x-ignore-', true],
  ['X-Ignore-Note', true],
  ['key', false],
  ['bucket', false],
  ['x-amz-credential', false],
  ['x-amz-algorithm', false],
  ['x-amz-date', false],
  ['x-amz-security-token', false],
  ['Content-MD5', false],
  ['x-amz-checksum-sha256', false],
  ['AWSAccessKeyId', false],
  ['signature', false],
  ['submit', false],
  ['ax-ignore-a', false],
])('%s is exempt from coverage: %s', (name, exempt) => {
  expect(isExemptFromCoverage(name)).toBe(exempt);
});

it.each([
  ['x-ignore-a', true],
  ['X-IGNORE-', true],
  ['x-ignore', false],
  ['file', false],
])('%s is ignored: %s', (name, ignored) => {
  expect(isIgnored(name)).toBe(ignored);
});
