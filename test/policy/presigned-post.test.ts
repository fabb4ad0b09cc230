import { describe, expect, it } from 'vitest';
import { type CheckPostOptions, checkPost } from '../../src/policy/check-post.ts';
import type { Condition } from '../../src/policy/conditions.ts';
import { S3FormError } from '../../src/policy/errors.ts';
import { createPresignedPost, type PresignedPostOptions } from '../../src/policy/presigned-post.ts';
import { catchError } from './catch-error.ts';
import { randomForm } from './random-form.ts';
import { AWS_POST_EXAMPLE_COMPACT } from './vectors.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

const OPTIONS: PresignedPostOptions = deepFreeze({
  bucket: 'my-bucket',
  region: 'eu-west-3',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET },
  key: 'a',
  now: new Date('2026-03-01T12:00:00Z'),
});

const SIGNATURE_CONDITIONS = [
  { 'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20260301/eu-west-3/s3/aws4_request' },
  { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
  { 'x-amz-date': '20260301T120000Z' },
];

const MANY_CONDITIONS = Array.from({ length: 700 }, () => ['starts-with', '$key', '']);

const SIGNATURE_FIELDS = [
  ...['X-Amz-Credential', 'X-Amz-Algorithm', 'X-Amz-Date', 'Policy', 'X-Amz-Signature'],
];

function create(options: object = {}) {
  return createPresignedPost(deepFreeze({ ...OPTIONS, ...options }));
}

/** The policy that a form carries. */
function policyOf(options: object): { expiration: string; conditions: Condition[] } {
  const { Policy = '' } = create(options).fields;
  return JSON.parse(Buffer.from(Policy, 'base64').toString());
}

/** The policy's conditions but for the signature's, which are always there and last. */
function conditionsOf(options: object): Condition[] {
  const { conditions } = policyOf(options);
  expect(conditions.slice(-3)).toEqual(SIGNATURE_CONDITIONS);
  return conditions.slice(0, -3);
}

describe("AWS's example", () => {
  const { conditions } = JSON.parse(AWS_POST_EXAMPLE_COMPACT.policyText) as {
    conditions: Condition[];
  };
  const example = {
    ...OPTIONS,
    bucket: 'sigv4examplebucket',
    region: 'us-east-1',
    key: 'user/user1/${filename}',
    now: new Date('2015-12-29T00:00:00Z'),
    expiresIn: 129_600,
  };

  it.each([
    ['without', conditions.slice(0, -3)],
    ['with', conditions],
  ])("is signed as published from its own conditions, %s the signature's", (_, raw) => {
    expect(createPresignedPost({ ...example, conditions: raw }).fields).toMatchObject({
      Policy: AWS_POST_EXAMPLE_COMPACT.policyBase64,
      'X-Amz-Signature': AWS_POST_EXAMPLE_COMPACT.signature,
    });
  });
});

describe('every option gives its field and its condition once', () => {
  it.each<[object, string, Condition]>([
    [{ acl: 'public-read' }, 'public-read', { acl: 'public-read' }],
    [{ contentType: 'image/png' }, 'image/png', { 'Content-Type': 'image/png' }],
    [{ cacheControl: 'no-cache' }, 'no-cache', { 'Cache-Control': 'no-cache' }],
    [{ contentDisposition: 'inline' }, 'inline', { 'Content-Disposition': 'inline' }],
    [{ successActionStatus: 201 }, '201', { success_action_status: '201' }],
    [
      { successActionRedirect: 'https://a.example' },
      'https://a.example',
      { success_action_redirect: 'https://a.example' },
    ],
    [{ metadata: { Tag: 'Ninja' } }, 'Ninja', { 'x-amz-meta-tag': 'Ninja' }],
    [{ metadata: { tag: '' } }, '', { 'x-amz-meta-tag': '' }],
    [{ fields: { 'X-Custom': 'b' } }, 'b', { 'X-Custom': 'b' }],
  ])('%j', (options, value, condition) => {
    const name = Object.keys(condition)[0] ?? '';
    expect(Object.entries(create(options).fields)).toContainEqual([name, value]);
    expect(conditionsOf(options)).toEqual([{ bucket: 'my-bucket' }, { key: 'a' }, condition]);
  });

  it('bucket and key too', () => {
    expect(create().fields).toMatchObject({ bucket: 'my-bucket', key: 'a' });
    expect(conditionsOf({})).toEqual([{ bucket: 'my-bucket' }, { key: 'a' }]);
  });

  it('contentLengthRange gives a condition and no field', () => {
    expect(Object.keys(create({ contentLengthRange: [1, 10] }).fields)).toEqual(
      Object.keys(create().fields),
    );
    expect(conditionsOf({ contentLengthRange: [1, 10] })).toContainEqual([
      'content-length-range',
      1,
      10,
    ]);
  });

  it('a session token is sent and signed', () => {
    const options = { credentials: { ...OPTIONS.credentials, sessionToken: 'token' } };
    expect(create(options).fields).toMatchObject({ 'X-Amz-Security-Token': 'token' });
    expect(policyOf(options).conditions.filter((one) => 'x-amz-security-token' in one)).toEqual([
      { 'x-amz-security-token': 'token' },
    ]);
  });

  it('a field named x-ignore-* needs no condition', () => {
    const fields = { 'x-ignore-a': 'b', 'X-Ignore-C': 'd' };
    expect(create({ fields }).fields).toMatchObject(fields);
    expect(conditionsOf({ fields })).toEqual([{ bucket: 'my-bucket' }, { key: 'a' }]);
  });
});

describe('${filename}, known only when the file comes, leaves the beginning to be signed', () => {
  it.each<[object, Condition]>([
    [{ key: 'uploads/${filename}' }, ['starts-with', '$key', 'uploads/']],
    [{ key: '${filename}' }, ['starts-with', '$key', '']],
    [{ key: 'a/${filename}/b/${filename}' }, ['starts-with', '$key', 'a/']],
    [{ metadata: { name: 'of ${filename}' } }, ['starts-with', '$x-amz-meta-name', 'of ']],
    [
      { successActionRedirect: 'https://a.example/?name=${filename}' },
      ['starts-with', '$success_action_redirect', 'https://a.example/?name='],
    ],
    [{ fields: { custom: 'a ${filename}' } }, ['starts-with', '$custom', 'a ']],
  ])('%j', (options, condition) => {
    expect(conditionsOf(options)).toContainEqual(condition);
  });

  it('but another variable is plain text, and in a key refused', () => {
    expect(conditionsOf({ metadata: { name: 'of ${name}' } })).toContainEqual({
      'x-amz-meta-name': 'of ${name}',
    });
    expect(catchError(() => create({ key: 'a/${name}' }))).toMatchObject({
      code: 'invalid_option',
      option: 'key',
      message: expect.stringContaining('The only variable is "${filename}"'),
    });
  });
});

describe('raw fields and conditions', () => {
  it.each<[string, object, Condition[]]>([
    [
      'a field without condition gets an exact one',
      { fields: { tagging: 'a' } },
      [{ bucket: 'my-bucket' }, { key: 'a' }, { tagging: 'a' }],
    ],
    [
      'a field with its condition gets no second',
      { fields: { tagging: 'ab' }, conditions: [['starts-with', '$tagging', 'a']] },
      [{ bucket: 'my-bucket' }, { key: 'a' }, ['starts-with', '$tagging', 'a']],
    ],
    [
      'names are compared in any case',
      { fields: { 'x-Custom': 'ab' }, conditions: [['eq', '$X-CUSTOM', 'ab']] },
      [{ bucket: 'my-bucket' }, { key: 'a' }, ['eq', '$X-CUSTOM', 'ab']],
    ],
    [
      "a condition takes the place of an option's too",
      { contentType: 'image/png', conditions: [['starts-with', '$Content-Type', 'image/']] },
      [{ bucket: 'my-bucket' }, { key: 'a' }, ['starts-with', '$Content-Type', 'image/']],
    ],
    [
      "and the key's and the bucket's",
      { conditions: [['starts-with', '$key', ''], { bucket: 'my-bucket' }] },
      [['starts-with', '$key', ''], { bucket: 'my-bucket' }],
    ],
    [
      'several on one field',
      { conditions: [['starts-with', '$key', ''], { key: 'a' }] },
      [{ bucket: 'my-bucket' }, ['starts-with', '$key', ''], { key: 'a' }],
    ],
    [
      'one on a field that a person fills in',
      { conditions: [['starts-with', '$x-amz-meta-title', '']] },
      [{ bucket: 'my-bucket' }, { key: 'a' }, ['starts-with', '$x-amz-meta-title', '']],
    ],
    [
      'sizes',
      { conditions: [['content-length-range', 0, 10]] },
      [{ bucket: 'my-bucket' }, { key: 'a' }, ['content-length-range', 0, 10]],
    ],
  ])('%s', (_, options, conditions) => {
    expect(conditionsOf(options)).toEqual(conditions);
  });

  it.each<[string, object]>([
    ['another value', { acl: 'private', conditions: [{ acl: 'public-read' }] }],
    ['another prefix', { conditions: [['starts-with', '$key', 'uploads/']] }],
    ['another bucket', { conditions: [{ bucket: 'other-bucket' }] }],
    ['another algorithm', { conditions: [['eq', '$x-amz-algorithm', 'AWS4-ECDSA']] }],
    [
      'another prefix before ${filename}',
      { key: 'a/${filename}', conditions: [['starts-with', '$key', 'uploads/']] },
    ],
    [
      'exactly what is only the beginning before ${filename}',
      { key: 'a/b-${filename}', conditions: [{ key: 'a/' }] },
    ],
  ])('a condition that the form itself breaks is refused: %s', (_, options) => {
    expect(catchError(() => create(options))).toMatchObject({
      code: 'conflicting_conditions',
      option: 'conditions',
      message: expect.stringMatching(/Change one of the two/),
    });
  });
});

it.each<[string, object]>([
  ['the same prefix', { conditions: [['starts-with', '$key', 'a/']] }],
  ['a shorter prefix', { conditions: [['starts-with', '$key', '']] }],
  ['what the file name may make of it', { conditions: [['eq', '$key', 'a/photo.jpg']] }],
])('a condition that the form with ${filename} can meet is taken: %s', (_, options) => {
  expect(() => create({ key: 'a/${filename}', ...options })).not.toThrow();
});

describe('the result', () => {
  it('is a form: method, URL, fields, expiration and conditions', () => {
    const post = create();
    const { conditions } = policyOf({});
    expect(post).toMatchObject({
      method: 'POST',
      url: 'https://my-bucket.s3.eu-west-3.amazonaws.com/',
      expiration: new Date('2026-03-01T13:00:00Z'),
      conditions,
    });
    expect(Object.keys(post)).toHaveLength(5);
  });

  it.each<[object, string]>([
    [
      { region: 'fr-par', endpoint: 'https://s3.fr-par.scw.cloud' },
      'https://s3.fr-par.scw.cloud/my-bucket/',
    ],
    [
      {
        region: 'fr-par',
        endpoint: 'https://s3.fr-par.scw.cloud',
        addressing: 'virtual-hosted',
      },
      'https://my-bucket.s3.fr-par.scw.cloud/',
    ],
    [{ addressing: 'path' }, 'https://s3.eu-west-3.amazonaws.com/my-bucket/'],
  ])('has the URL of the store: %j', (options, url) => {
    expect(create(options).url).toBe(url);
  });

  it.each([
    [undefined, '2026-03-01T13:00:00.000Z'],
    [1, '2026-03-01T12:00:01.000Z'],
    [604_800, '2026-03-08T12:00:00.000Z'],
  ])('expires after %s seconds at %s', (expiresIn, expiration) => {
    expect(policyOf({ expiresIn }).expiration).toBe(expiration);
    expect(create({ expiresIn }).expiration).toEqual(new Date(expiration));
  });

  it('expires an hour from now without options of time', () => {
    const before = Date.now();
    const { expiration } = createPresignedPost({ ...OPTIONS, now: undefined });
    expect(expiration.getTime()).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(expiration.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
  });

  it('has the fields in an order that S3 takes, the signature last', () => {
    const options = {
      fields: { tagging: '' },
      metadata: { a: '' },
      acl: 'private',
      credentials: { ...OPTIONS.credentials, sessionToken: 'token' },
    };
    expect(Object.keys(create(options).fields)).toEqual([
      ...['bucket', 'key', 'acl', 'x-amz-meta-a', 'tagging'],
      ...['X-Amz-Credential', 'X-Amz-Algorithm', 'X-Amz-Date', 'X-Amz-Security-Token'],
      ...['Policy', 'X-Amz-Signature'],
    ]);
    expect(Object.keys(create().fields)).toEqual(['bucket', 'key', ...SIGNATURE_FIELDS]);
  });

  it('is new each time', () => {
    const options = { conditions: [{ key: 'a' }], fields: { b: 'c' }, metadata: { d: 'e' } };
    const [first, second] = [create(options), create(options)];
    expect(second).toEqual(first);
    for (const part of ['fields', 'conditions', 'expiration'] as const) {
      expect(second[part]).not.toBe(first[part]);
    }
    expect(first.conditions).not.toBe(options.conditions);
    expect(first.fields).not.toBe(options.fields);
  });

  it('never holds the secret', () => {
    const { fields, ...others } = create();
    const policy = Buffer.from(fields['Policy'] ?? '', 'base64').toString();
    expect(JSON.stringify({ fields, others, policy })).not.toContain(SECRET);
  });
});

describe('options that could not work', () => {
  function refused(options: object) {
    const error = catchError(() => createPresignedPost({ ...OPTIONS, ...options }));
    expect(error.message + JSON.stringify(error) + error.stack).not.toContain(SECRET);
    return error;
  }

  it.each<[string, object, string, RegExp]>([
    ['bucket', { bucket: undefined }, 'missing_option', /required/],
    ['bucket', { bucket: 'My Bucket' }, 'invalid_option', /letters, digits/],
    ['region', { region: '' }, 'missing_option', /required/],
    ['region', { region: 'eu/west' }, 'invalid_option', /such as "eu-west-3"/],
    ['endpoint', { endpoint: 'localhost' }, 'invalid_option', /Write it like/],
    ['addressing', { addressing: 'subdomain' }, 'invalid_option', /"virtual-hosted" or "path"/],
    ['key', { key: undefined }, 'missing_option', /required/],
    ['acl', { acl: 'public' }, 'invalid_option', /Use private/],
    ['credentials', { credentials: undefined }, 'missing_option', /required/],
    ['expiresIn', { expiresIn: 0 }, 'invalid_option', /from 1 to 604800/],
    ['expiresIn', { expiresIn: 604_801 }, 'invalid_option', /seconds from 1 to 604800/],
    ['expiresIn', { expiresIn: 0.5 }, 'invalid_option', /whole number of seconds/],
    ['expiresIn', { expiresIn: Number.NaN }, 'invalid_option', /whole number of seconds/],
    ['contentLengthRange', { contentLengthRange: [10, 5] }, 'invalid_option', /Swap/],
    ['contentLengthRange[0]', { contentLengthRange: [-1, 5] }, 'invalid_option', /number of bytes/],
    ['contentLengthRange[1]', { contentLengthRange: [0, 1.5] }, 'invalid_option', /whole number/],
    [
      'contentLengthRange[1]',
      { contentLengthRange: [0, Number.POSITIVE_INFINITY] },
      'invalid_option',
      /whole number/,
    ],
    ['conditions[0]', { conditions: [{}] }, 'invalid_option', /exactly one property/],
    ['conditions[0]', { conditions: [{ a: '', b: '' }] }, 'invalid_option', /exactly one/],
    ['conditions[0]', { conditions: [{ a: 5 }] }, 'invalid_option', /must be a string/],
    ['conditions[0]', { conditions: ['acl'] }, 'invalid_option', /List or Object/],
    ['conditions[0]', { conditions: [[]] }, 'invalid_option', /missing operation/],
    ['conditions[0]', { conditions: [['is', '$key', 'a']] }, 'invalid_option', /operation 'is'/],
    ['conditions[0]', { conditions: [['eq', '$key']] }, 'invalid_option', /number of arguments/],
    ['conditions[0]', { conditions: [['eq', 'key', 'a']] }, 'invalid_option', /starts with "\$"/],
    [
      'conditions[0]',
      { conditions: [['content-length-range', 'a', 'b']] },
      'invalid_option',
      /whole numbers of bytes/,
    ],
    ['conditions[1]', { conditions: [{ key: 'a' }, []] }, 'invalid_option', /missing operation/],
  ])('`%s` in %j', (option, options, code, fix) => {
    const error = refused(options);
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code, option, message: expect.stringContaining(option) });
    expect(error.message).toMatch(fix);
  });

  it.each<[string, object]>([
    ['bucket', { bucket: 5 }],
    ['region', { region: null }],
    ['endpoint', { endpoint: 9000 }],
    ['addressing', { addressing: 5 }],
    ['credentials', { credentials: async () => OPTIONS.credentials }],
    ['credentials.secretAccessKey', { credentials: { accessKeyId: 'a', secretAccessKey: 5 } }],
    ['expiresIn', { expiresIn: '3600' }],
    ['expiresIn', { expiresIn: null }],
    ['now', { now: '2026-03-01' }],
    ['now', { now: 0 }],
    ['now', { now: new Date('never') }],
    ['contentLengthRange', { contentLengthRange: 10 }],
    ['contentLengthRange', { contentLengthRange: [1] }],
    ['contentLengthRange', { contentLengthRange: null }],
    ['contentLengthRange[0]', { contentLengthRange: ['0', 5] }],
    ['conditions', { conditions: { key: 'a' } }],
    ['conditions', { conditions: null }],
    ['conditions[0]', { conditions: [['content-length-range', 0n, 5n]] }],
  ])('a TypeError for `%s` of another kind in %o', (option, options) => {
    const error = refused(options);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`\`${option}\``);
    expect(error.message).toMatch(/must be /);
  });

  it.each([
    undefined,
    null,
    'my-bucket',
  ])('a TypeError for %j in place of the options', (options) => {
    const call = createPresignedPost as (options: unknown) => unknown;
    expect(catchError(() => call(options))).toBeInstanceOf(TypeError);
  });

  it.each([
    ['Bucket', 'bucket'],
    ['contentLenghtRange', 'contentLengthRange'],
    ['meta_data', 'metadata'],
    ['expiresin', 'expiresIn'],
    ['KEY', 'key'],
    ['contentencoding', 'contentEncoding'],
    ['Expires', 'expires'],
    ['tag', 'tags'],
    ['storage_class', 'storageClass'],
    ['serverSideEncyption', 'serverSideEncryption'],
    ['websiteRedirectionLocation', 'websiteRedirectLocation'],
    ['check-sum', 'checksum'],
    ['contentMD5', 'contentMd5'],
    ['redirects', 'redirect'],
    ['success_action_redirect', 'successActionRedirect'],
  ])('`%s` is unknown, `%s` is likely', (option, likely) => {
    expect(refused({ [option]: 'a' })).toMatchObject({
      code: 'unknown_option',
      option,
      message: expect.stringContaining(`Did you mean \`${likely}\`?`),
    });
  });

  it('an unknown one like no other is answered with all', () => {
    expect(refused({ somethingElse: 'a' })).toMatchObject({
      code: 'unknown_option',
      option: 'somethingElse',
      message: expect.stringMatching(/The options are bucket, .*, conditions\.$/),
    });
  });

  it.each([
    'provider',
    'publicEndpoint',
    'maxFileSize',
  ])('`%s` is an option of the router only', (option) => {
    expect(refused({ [option]: 'a' })).toMatchObject({ code: 'unknown_option', option });
  });

  it.each<[string, object]>([
    ['an option', { contentDisposition: 'a'.repeat(11_000) }],
    ['conditions', { conditions: MANY_CONDITIONS }],
    ['fields', { fields: { 'x-ignore-a': 'é'.repeat(10_000) } }],
    [
      'many fields',
      { fields: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x-ignore-${i}`, ''])) },
    ],
  ])('a form of more than 20,480 bytes: %s', (_, options) => {
    const error = refused(options);
    expect(error).toMatchObject({ code: 'form_too_large' });
    expect(error.message).toMatch(/20480.*Shorten/);
  });

  it('a form of 15,000 bytes is taken', () => {
    expect(() => create({ fields: { 'x-ignore-a': 'a'.repeat(15_000) } })).not.toThrow();
  });
});

describe('every form', () => {
  const forms = Array.from({ length: 300 }, (_, seed) => randomForm(seed));

  it('is accepted, and answered as its options say', () => {
    for (const { seed, options, posted } of forms) {
      const name = posted.files[0]?.filename?.split(/[/\\]/).pop() ?? '${filename}';
      const redirect = options.successActionRedirect ?? options.redirect;
      expect(checkPost(posted), `seed ${seed}`).toMatchObject({
        ok: true,
        status: redirect ? 303 : (options.successActionStatus ?? 204),
        key: options.key.split('${filename}').join(name),
        redirect: redirect?.split('${filename}').join(name),
      });
    }
  });

  /** Changes a field's value, or adds the field where the form has none. */
  function change(
    posted: CheckPostOptions,
    name: RegExp,
    to: (value: string) => string,
    added = '',
  ) {
    const at = posted.fields.findIndex(([field]) => name.test(field));
    const [field = added, value = ''] = posted.fields[at] ?? [];
    const changed = [field, to(value)] as const;
    const fields = at === -1 ? [...posted.fields, changed] : posted.fields.with(at, changed);
    return { ...posted, fields };
  }
  const flip = (text: string, at: number) =>
    `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;

  it.each<[string, (posted: CheckPostOptions, seed: number) => CheckPostOptions, string, RegExp]>([
    [
      'another policy',
      (posted, seed) => change(posted, /^Policy$/, (value) => flip(value, seed)),
      'SignatureDoesNotMatch',
      /signature/,
    ],
    [
      'another signature',
      (posted, seed) => change(posted, /^X-Amz-Signature$/, (value) => flip(value, seed % 64)),
      'SignatureDoesNotMatch',
      /signature/,
    ],
    [
      'another date',
      (posted) => change(posted, /^X-Amz-Date$/, () => '20200101T000000Z'),
      'AccessDenied',
      /Condition failed: \["eq", "\$x-amz-date"/,
    ],
    [
      'another key',
      (posted) => change(posted, /^key$/, (value) => `elsewhere/${value}`),
      'AccessDenied',
      /Condition failed: \["(eq|starts-with)", "\$key"/,
    ],
    [
      'another ACL',
      (posted) =>
        change(
          posted,
          /^acl$/,
          (value) => (value === 'private' ? 'public-read' : 'private'),
          'acl',
        ),
      'AccessDenied',
      /Condition failed: \["eq", "\$acl"|Extra input fields: acl$/,
    ],
    [
      'other metadata',
      (posted) => change(posted, /^x-amz-meta-/, (value) => `!${value}`, 'x-amz-meta-added'),
      'AccessDenied',
      /Condition failed: .*"\$x-amz-meta-|Extra input fields: x-amz-meta-added$/,
    ],
    [
      'another field',
      (posted) => change(posted, /^Content-Language$/, () => 'en', 'Content-Language'),
      'AccessDenied',
      /Extra input fields: content-language$/,
    ],
    ['another bucket', (posted) => ({ ...posted, bucket: 'other' }), 'AccessDenied', /"\$bucket"/],
    [
      'a later day',
      (posted) => ({ ...posted, now: new Date((posted.now?.getTime() ?? 0) + 7 * 864e5) }),
      'AccessDenied',
      /Policy expired\.$/,
    ],
  ])('is refused with %s', (_, tamper, s3Code, message) => {
    for (const { seed, posted } of forms) {
      expect(checkPost(tamper(posted, seed)), `seed ${seed}`).toMatchObject({
        ok: false,
        status: 403,
        s3Code,
        message: expect.stringMatching(message),
      });
    }
  });

  it('is refused with a file beyond its sizes', () => {
    for (const { seed, options, posted } of forms) {
      if (options.contentLengthRange === undefined) continue;
      const [min, max] = options.contentLengthRange;
      const answer = (size: number) => checkPost({ ...posted, files: [{ size }] });
      expect(answer(max + 1), `seed ${seed}`).toMatchObject({ s3Code: 'EntityTooLarge' });
      if (min > 0)
        expect(answer(min - 1), `seed ${seed}`).toMatchObject({ s3Code: 'EntityTooSmall' });
    }
  });
});

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
