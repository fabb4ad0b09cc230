import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readOptions } from '../../src/express/options.ts';
import { S3FormError, type S3FormOptions, s3Form } from '../../src/index.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const good: S3FormOptions = {
  bucket: 'photos',
  region: 'eu-west-3',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET },
};

function errorOf(options: object): Error & { code?: string; option?: string } {
  try {
    s3Form({ ...good, ...options } as S3FormOptions);
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was refused.');
}

afterEach(() => {
  vi.unstubAllEnvs();
});

it('the least that is needed is enough', () => {
  expect(() => s3Form(good)).not.toThrow();
});

describe('a mistake stops the app at its start, naming the option and the fix', () => {
  it.each<[object, string, string, RegExp]>([
    [{ bucket: undefined }, 'missing_option', 'bucket', /required/],
    [{ bucket: 'my_Bucket' }, 'invalid_option', 'bucket', /lower-case/],
    [{ bucket: 's3://photos' }, 'invalid_option', 'bucket', /without a URL/],
    [{ region: '' }, 'missing_option', 'region', /required/],
    [{ region: 'eu west' }, 'invalid_option', 'region', /such as/],
    [{ endpoint: 's3.fr-par.scw.cloud' }, 'invalid_option', 'endpoint', /https:\/\//],
    [{ endpoint: 'https://a:b@c' }, 'invalid_option', 'endpoint', /`credentials`/],
    [{ addressing: 'vhost' }, 'invalid_option', 'addressing', /"virtual-hosted" or "path"/],
    [
      { addressing: 'virtual-hosted', endpoint: 'http://127.0.0.1:9000' },
      'invalid_option',
      'addressing',
      /Use "path"/,
    ],
    [{ baseUrl: 'upload' }, 'invalid_option', 'baseUrl', /"\/upload"/],
    [{ baseUrl: '//evil.example' }, 'invalid_option', 'baseUrl', /absolute/],
    [{ baseUrl: '/upload/:tenant' }, 'invalid_option', 'baseUrl', /Leave the option out/],
    [{ baseUrl: '/upload?x' }, 'invalid_option', 'baseUrl', /without query/],
    [{ key: '' }, 'missing_option', 'key', /required/],
    [{ key: 'k'.repeat(1025) }, 'invalid_option', 'key', /1024/],
    [{ keyPrefix: 'é'.repeat(600) }, 'invalid_option', 'key', /1024/],
    [{ key: 'a\nb' }, 'invalid_option', 'key', /line break/],
    [{ accept: ['pdf'] }, 'invalid_option', 'accept', /"\.pdf"/],
    [{ maxFileSize: '10 XB' }, 'invalid_option', 'maxFileSize', /"10 MB"/],
    [
      { maxFileSize: '6 GB' },
      'invalid_option',
      'maxFileSize',
      /"6 GB".*5 GiB \(5368709120 bytes\)/,
    ],
    [{ maxFileSize: 5_368_709_121 }, 'invalid_option', 'maxFileSize', /5 GiB/],
    [
      { maxFiles: 2, key: 'a/b.png' },
      'invalid_option',
      'key',
      /2 files.*`keyPrefix`.*\$\{filename\}/,
    ],
    [{ minFileSize: '11 MB' }, 'invalid_option', 'minFileSize', /Swap/],
    [{ acl: 'publicread' }, 'invalid_option', 'acl', /public-read/],
    [{ contentType: 'a\r\nb' }, 'invalid_option', 'contentType', /line break/],
    [{ metadata: { 'a b': '1' } }, 'invalid_option', 'metadata.a b', /letters/],
    [{ metadata: { 'x-amz-meta-a': '1' } }, 'invalid_option', 'metadata.x-amz-meta-a', /leave out/],
    [{ metadata: { 'Upload-Id': '1' } }, 'invalid_option', 'metadata.Upload-Id', /Rename/],
    [
      { fields: { 'X-Amz-Meta-Upload-Id': '1' } },
      'invalid_option',
      'fields.X-Amz-Meta-Upload-Id',
      /Rename/,
    ],
    [
      {
        inputs: [
          { name: 'key', label: 'Key' },
          { name: 'x-amz-meta-upload-id', label: 'Id' },
        ],
      },
      'invalid_option',
      'inputs[1].name',
      /Rename/,
    ],
    [{ inputs: [{ name: 'acl', label: 'ACL' }] }, 'invalid_option', 'inputs[0].name', /"key"/],
    [
      { inputs: [{ name: 'key', label: 'Key', startsWith: 'docs/' }] },
      'conflicting_conditions',
      'conditions',
      /docs\//,
    ],
    [
      { conditions: [['starts-with', '$key', ''], { 'x-amz-meta-upload-id': '1' }] },
      'invalid_option',
      'conditions[1]',
      /Rename/,
    ],
    [
      { conditions: [{ 'x-amz-meta-absent': 'a' }] },
      'conflicting_conditions',
      'conditions',
      /Add the field to `fields`/,
    ],
    [{ baseUrl: 'https://a:b@c.example/up' }, 'invalid_option', 'baseUrl', /password/],
    [
      { inputs: [{ name: 'x-amz-meta-a b', label: 'A' }] },
      'invalid_option',
      'inputs[0].name',
      /header/,
    ],
    [
      { inputs: [{ name: 'key', lable: 'A' }] },
      'unknown_option',
      'inputs[0].lable',
      /`inputs\[0\].lable`.*`label`/,
    ],
    [{ fields: { 'x-amz-meta-ü': 'x' } }, 'invalid_option', 'fields.x-amz-meta-ü', /header/],
    [{ fields: { policy: 'x' } }, 'invalid_option', 'fields.policy', /Remove/],
    [{ fields: { acl: 'private' }, acl: 'private' }, 'invalid_option', 'fields.acl', /once/],
    [{ conditions: [['eq', 'acl', 'x']] }, 'invalid_option', 'conditions[0]', /"\$key"/],
    [{ conditions: [null] }, 'invalid_option', 'conditions[0]', /null/],
    [{ formExpiresIn: 0 }, 'invalid_option', 'formExpiresIn', /seconds/],
    [{ formExpiresIn: 604_801 }, 'invalid_option', 'formExpiresIn', /604800/],
    [{ confirm: 'get' }, 'invalid_option', 'confirm', /"head" or "none"/],
    [{ views: '/nowhere/at/all' }, 'invalid_option', 'views', /no directory/],
    [{ lang: 'en_US' }, 'invalid_option', 'lang', /"fr-CA"/],
    [{ messages: { pagetitle: 'x' } }, 'unknown_option', 'messages.pagetitle', /`pageTitle`/],
    [{ messages: { limits: '{maximum}' } }, 'invalid_option', 'messages.limits', /\{max\}/],
    [{ secret: '' }, 'missing_option', 'secret', /required/],
    [{ secret: [] }, 'missing_option', 'secret', /required/],
    [{ secret: 'abc' }, 'invalid_option', 'secret', /3 characters.*32.*`openssl rand -hex 32`/],
    [{ secret: 'x'.repeat(31) }, 'invalid_option', 'secret', /`openssl rand -hex 32`/],
    [{ secret: ['x'.repeat(32), 'old'] }, 'invalid_option', 'secret', /`openssl rand -hex 32`/],
    [{ region: 'fr-par' }, 'invalid_option', 'region', /forget `provider: 'scaleway'`/],
    [
      { provider: 'scaleway', region: 'fr-par', endpoint: 'https://s3.nl-ams.scw.cloud' },
      'invalid_option',
      'endpoint',
      /"nl-ams", but `region` is "fr-par"/,
    ],
    [
      { endpoint: 'https://s3.example/photos' },
      'invalid_option',
      'endpoint',
      /Use "https:\/\/s3\.example"/,
    ],
    [
      { credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' } },
      'missing_option',
      'secret',
      /session token/,
    ],
    [{ credentials: { accessKeyId: 'a' } }, 'missing_option', 'credentials.secretAccessKey', /req/],
    [
      // Beside 9 and 36 bytes for the form's own id.
      { fields: { 'x-amz-meta-long': 'x'.repeat(2000) } },
      'invalid_option',
      'metadata',
      /2049 bytes/,
    ],
    [{ fields: { 'x-long': 'x'.repeat(9000) } }, 'form_too_large', '', /20480/],
    [{ metadata: { cut: 'x\ud83d' } }, 'invalid_option', 'metadata.cut', /half a character/],
    [{ key: 'a\tb' }, 'invalid_option', 'key', /control character/],
    [
      { conditions: [['content-length-range', 2e7, 3e7]] },
      'conflicting_conditions',
      'conditions',
      /`maxFileSize`/,
    ],
    [
      { endpoint: 'https://acc.r2.cloudflarestorage.com' },
      'unsupported_by_provider',
      'endpoint',
      /no POST Object/,
    ],
    [
      { endpoint: 'https://s3.us-west-004.backblazeb2.com' },
      'unsupported_by_provider',
      'endpoint',
      /no POST Object/,
    ],
    [{ bukket: 'photos' }, 'unknown_option', 'bukket', /Did you mean `bucket`/],
    [{ maxfilesize: 1 }, 'unknown_option', 'maxfilesize', /Did you mean `maxFileSize`/],
    [{ maxSize: 1 }, 'unknown_option', 'maxSize', /Did you mean `maxFileSize`/],
    [{ prefix: 'a/' }, 'unknown_option', 'prefix', /Did you mean `keyPrefix`/],
    [{ expiresIn: 60 }, 'unknown_option', 'expiresIn', /Did you mean `formExpiresIn`/],
    [{ forcePathStyle: true }, 'unknown_option', 'forcePathStyle', /`addressing: 'path'`/],
    [{ accessKeyId: 'a' }, 'unknown_option', 'accessKeyId', /`credentials: \{/],
    [{ completelyElse: 1 }, 'unknown_option', 'completelyElse', /The options are bucket/],
  ])('%j', (options, code, option, fix) => {
    const error = errorOf(options);
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(fix) });
    if (option) expect(error.option).toBe(option);
  });

  it.each<[object, RegExp]>([
    [{ bucket: 5 }, /`bucket` must be a string, not number/],
    [{ endpoint: new URL('https://a.example') }, /`endpoint` must be a string, not an object/],
    [{ accept: 'image/*' }, /`accept` must be an array/],
    [{ maxFileSize: true }, /`maxFileSize` must be bytes or a text/],
    [{ metadata: ['a'] }, /`metadata` must be an object, not an array/],
    [{ metadata: { a: 1 } }, /`metadata.a` must be a string, not number/],
    [{ keyPrefix: 7 }, /`keyPrefix` must be a string/],
    [{ formExpiresIn: '60' }, /`formExpiresIn` must be a number/],
    [{ onUploaded: 'no' }, /`onUploaded` must be a function/],
    [{ credentials: 'key:secret' }, /`credentials` must be an object/],
    [{ lang: 5 }, /`lang` must be a string, not number/],
    [{ messages: 'fr' }, /`messages` must be an object, not string/],
    [{ messages: new Map([['pageTitle', 'x']]) }, /`messages` must be a plain object, not a Map/],
    [{ conditions: {} }, /`conditions` must be an array/],
    [{ fields: { a: 1 } }, /`fields.a` must be a string/],
    [{ serverSideEncryption: null }, /`serverSideEncryption` must be an object, not null/],
    [{ secret: 12 }, /`secret` must be a string/],
    [{ inputs: [{ name: 'key', label: 'K', required: 'no' }] }, /`inputs\[0\].required`/],
    [{ inputs: [{ name: 'key', label: 'K', startsWith: 5 }] }, /`inputs\[0\].startsWith`/],
    [{ bindTo: 'id' }, /`bindTo` must be a function/],
    [{ script: 'yes' }, /`script` must be true or false/],
    [{ maxFiles: '5' }, /`maxFiles` must be a number/],
    [{ scriptExpiresIn: '300' }, /`scriptExpiresIn` must be a number/],
  ])('%j is a TypeError', (options, message) => {
    const error = errorOf(options);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(message);
  });

  it.each<[string, object]>([
    ['sizes', { minFileSize: '20 MB', maxFileSize: () => '50 MB' }],
    [
      'sizes and a range',
      { maxFileSize: () => 1, conditions: [['content-length-range', 2e7, 5e7]] },
    ],
    ['a key', { key: () => 'users/1', conditions: [['starts-with', '$key', 'users/']] }],
    [
      'a key prefix',
      { keyPrefix: () => 'users/', conditions: [['starts-with', '$key', 'users/']] },
    ],
    [
      'a key that is typed',
      { key: () => 'users/1', inputs: [{ name: 'key', label: 'K', startsWith: 'users/' }] },
    ],
  ])('%s that a function gives may agree with the rest', (_, options) => {
    expect(() => s3Form({ ...good, ...options } as S3FormOptions)).not.toThrow();
  });

  it.each([
    { maxFiles: 5 },
    { maxFiles: 5, key: 'a/${filename}' },
    { maxFiles: 5, key: () => 'a' },
    { maxFiles: 5, key: 'a/', inputs: [{ name: 'key', label: 'Key' }] },
    { maxFiles: 1, key: 'a' },
    { maxFileSize: '5 GiB' },
    { maxFileSize: 5_368_709_120 },
    { secret: 'x'.repeat(32) },
    { secret: ['x'.repeat(32), 'y'.repeat(64)] },
    // A store's own key may be as short as it likes: its signature is in every form anyway.
    { credentials: { accessKeyId: 'minioadmin', secretAccessKey: 'minioadmin' } },
  ])('%j is taken', (options) => {
    expect(() => s3Form({ ...good, ...options } as S3FormOptions)).not.toThrow();
  });

  it('no error shows a secret', () => {
    expect(errorOf({ secret: 'of 21 characters only' }).message).not.toContain('characters only');
    for (const options of [
      { acl: 'x' },
      { credentials: { ...good.credentials, accessKeyId: '' } },
    ]) {
      const error = errorOf(options);
      expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toContain(SECRET);
    }
  });
});

describe('credentials from the environment', () => {
  const { credentials: _, ...rest } = good;

  it('are used where none are given', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', SECRET);
    expect(await s3Form(rest).signedUrl('a')).toContain('AKIAIOSFODNN7EXAMPLE');
  });

  it('are asked for by name where there are none', () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
    expect(() => s3Form(rest)).toThrow(/AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/);
  });
});

describe('the settings', () => {
  const secret = 'signs what goes through browsers';

  it('are those that their type names, with nothing of the options left over', () => {
    const settings = readOptions({ ...good, secret, views: 'views', acl: 'private', lang: 'fr' });
    expect(Object.keys(settings).sort()).toEqual([
      ...['accept', 'baseUrl', 'bucket', 'conditions', 'confirm', 'contexts', 'credentials'],
      ...['fields', 'fixedValues', 'formExpiresIn', 'hasFunctions', 'inputs', 'languageFor'],
      ...['maxFiles', 'onUploaded', 'receipts', 'region', 'script', 'scriptExpiresIn', 'store'],
      ...['userOf', 'valuesFor', 'views'],
    ]);
  });

  it('show no secret', () => {
    const settings = readOptions({ ...good, secret });
    const shown = inspect(settings, { depth: Number.POSITIVE_INFINITY, showHidden: true });
    expect(shown).toContain('photos');
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(SECRET);
  });
});

it('does not change the options that it was given', () => {
  const freeze = <T extends object>(value: T): T => {
    for (const one of Object.values(value)) if (one && typeof one === 'object') freeze(one);
    return Object.freeze(value);
  };
  const options = freeze({
    ...good,
    accept: ['.pdf'],
    metadata: { a: 'b' },
    fields: { 'x-ignore-a': '1' },
    conditions: [['starts-with', '$key', 'uploads/'] as const],
    inputs: [{ name: 'x-amz-meta-t', label: 'T' }],
  });
  expect(() => s3Form(options)).not.toThrow();
});
