import { describe, expect, it } from 'vitest';
import { S3FormError } from '../../src/policy/errors.ts';
import {
  checksumFields,
  httpDate,
  md5Digest,
  metadataFields,
  objectKey,
  oneOf,
  redirectUrl,
  serverSideEncryptionFields,
  successStatus,
  taggingXml,
  text,
  websiteLocation,
} from '../../src/policy/field-values.ts';
import { catchError } from './catch-error.ts';

type Write = (value: never, option: string) => unknown;

const write = (toValue: Write, value: unknown) => toValue(value as never, 'theOption');

/** The value is refused, and the message says of which option and what to do. */
function expectRefused(toValue: Write, value: unknown, fix: RegExp, setting = ''): void {
  const option = `theOption${setting}`;
  const error = catchError(() => write(toValue, value));
  expect(error).toBeInstanceOf(S3FormError);
  expect(error).toMatchObject({ code: 'invalid_option', option });
  expect(error.message).toContain(`Option \`${option}\``);
  expect(error.message).toMatch(fix);
}

/** The value is of a wrong kind, and the message says of which option and what it must be. */
function expectTypeError(toValue: Write, value: unknown, setting = ''): void {
  const error = catchError(() => write(toValue, value));
  expect(error).toBeInstanceOf(TypeError);
  expect(error.message).toContain(`Option \`theOption${setting}\` must be `);
}

const NO_STRINGS = [5, null, true, ['a'], { a: 'a' }, new URL('https://example.com')];
const NO_OBJECTS = ['a', 5, null, [['a', 'b']]];

describe('text', () => {
  it.each(['', 'a\tb', 'é 漢字 👑', '"#$%&\\', '${name}', '$$'])('takes %j as it is', (value) => {
    expect(write(text, value)).toBe(value);
  });

  it.each([
    'a\nb',
    'a\r',
    '\0',
    'a\x1fb',
    'a\x7f',
  ])('refuses the control character in %j', (value) =>
    expectRefused(text, value, /control character.*Remove it/));

  it.each(NO_STRINGS)('throws a TypeError for %o', (value) => expectTypeError(text, value));
});

describe('oneOf', () => {
  const fruit = oneOf(['apple', 'pear']);

  it('takes a listed value', () => {
    expect(fruit('pear', 'theOption')).toBe('pear');
  });

  it.each(['', 'Apple', 'apple ', 'plum'])('refuses %j and lists the others', (value) =>
    expectRefused(fruit, value, /Use apple, pear\.$/));

  it.each(NO_STRINGS)('throws a TypeError for %o', (value) => expectTypeError(fruit, value));
});

describe('objectKey', () => {
  it.each([
    ['1 byte', 'a'],
    ['1,024 bytes', 'a'.repeat(1024)],
    ['1,024 bytes of two-byte characters', 'é'.repeat(512)],
    ['1,024 bytes of four-byte characters', '👑'.repeat(256)],
    ['1,024 bytes beside the variable', `${'a'.repeat(1024)}\${filename}`],
    ['the variable alone', '${filename}'],
    ['the variable twice', 'a/${filename}/${filename}'],
    ['single $ and braces', 'a$b/{name}/$'],
    ['dots within segments', '.a/b.c/..d/e../...'],
    ['empty segments', '/a//b/'],
    ['blanks and signs', 'a b+c%2F?d=e&f#g'],
  ])('takes %s', (_, key) => {
    expect(write(objectKey, key)).toBe(key);
  });

  it.each([
    ['1,025 bytes', 'a'.repeat(1025), /1025 bytes.*1024.*Shorten/],
    ['1,026 bytes of two-byte characters', 'é'.repeat(513), /1026 bytes.*Shorten/],
    ['1,025 bytes beside the variable', `${'a'.repeat(1025)}\${filename}`, /1025 bytes.*Shorten/],
    ['a line break', 'a\nb', /line break.*Remove it/],
    ['NUL', 'a\0', /control character.*Remove it/],
    ['DEL', '\x7fa', /control character.*Remove it/],
    ['a segment "."', 'a/./b', /"\." or "\.\.".*Remove it/],
    ['"." alone', '.', /"\." or "\.\.".*Remove it/],
    ['a segment ".." first', '../a', /"\." or "\.\.".*Remove it/],
    ['a segment ".." last', 'a/..', /"\." or "\.\.".*Remove it/],
    ['".." before the variable', '../${filename}', /"\." or "\.\.".*Remove it/],
    ['another variable', 'a/${name}', /The only variable is "\$\{filename\}"/],
    ['the variable in other letters', 'a/${Filename}', /The only variable/],
    ['a variable that is not closed', 'a/${filename', /The only variable/],
    ['another variable beside', '${filename}-${date}', /The only variable/],
    ['a variable within the variable', '${file${filename}name}', /The only variable/],
    ['$$', '/2025/0267$$Copy.csv', /"\$\$"/],
    ['$$ before the variable', 'a$${filename}', /"\$\$"/],
    ['$$ after the variable', '${filename}$$', /"\$\$"/],
  ])('refuses %s', (_, key, fix) => expectRefused(objectKey, key, fix));

  it.each(['', undefined])('misses it in %o', (key) => {
    const error = catchError(() => write(objectKey, key));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'missing_option', option: 'theOption' });
  });

  it.each(NO_STRINGS)('throws a TypeError for %o', (key) => expectTypeError(objectKey, key));
});

describe('httpDate', () => {
  it.each([
    ['a Date', new Date('2026-10-21T07:28:00Z'), 'Wed, 21 Oct 2026 07:28:00 GMT'],
    ['a Date with milliseconds', new Date(999), 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['a text', 'Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT'],
  ])('gives %s as HTTP writes it', (_, date, written) => {
    expect(write(httpDate, date)).toBe(written);
  });

  it.each([
    ['ISO 8601', '2026-10-21T07:28:00Z'],
    ['another time zone', 'Wed, 21 Oct 2026 07:28:00 +0200'],
    ['the wrong day of the week', 'Thu, 21 Oct 2026 07:28:00 GMT'],
    ['a day that is not', 'Mon, 30 Feb 2026 07:28:00 GMT'],
    ['seconds as in Cache-Control', '3600'],
    ['nothing', ''],
    ['what a Date without time prints', String(new Date(Number.NaN))],
  ])('refuses %s', (_, date) =>
    expectRefused(httpDate, date, /"Wed, 21 Oct 2026 07:28:00 GMT"\. Give a Date\.$/));

  it('throws a TypeError for a Date without time', () => {
    expectTypeError(httpDate, new Date(Number.NaN));
  });

  it.each(NO_STRINGS)('throws a TypeError for %o', (date) => expectTypeError(httpDate, date));
});

describe('redirectUrl', () => {
  it.each([
    'https://example.com',
    'http://localhost:3000/done?a=b#c',
    'HTTPS://example.com/',
    'https://example.com/?name=${filename}',
  ])('takes %s as it is', (url) => {
    expect(write(redirectUrl, url)).toBe(url);
  });

  it.each([
    ...['', '/done', 'done', '//example.com/done', 'example.com', 'https:example.com'],
    ...['ftp://example.com', 'javascript:alert(1)', 'https://', 'https://a b/'],
  ])('refuses %j', (url) => expectRefused(redirectUrl, url, /not an absolute http or https URL/));

  it('refuses a line break', () => expectRefused(redirectUrl, 'https://a.example/\n', /Remove it/));

  it.each(NO_STRINGS)('throws a TypeError for %o', (url) => expectTypeError(redirectUrl, url));
});

describe('successStatus', () => {
  it.each([
    [200, '200'],
    [201, '201'],
    [204, '204'],
  ])('gives %d as text', (status, written) => {
    expect(write(successStatus, status)).toBe(written);
  });

  it.each([0, 202, 303, 404, 201.5, Number.NaN])('refuses %d', (status) =>
    expectRefused(successStatus, status, /Use 200, 201 or 204\.$/));

  it.each(['201', null, 201n, [201]])('throws a TypeError for %o', (status) =>
    expectTypeError(successStatus, status));
});

describe('taggingXml', () => {
  const tagging = (tags: string) => `<Tagging><TagSet>${tags}</TagSet></Tagging>`;
  const tagsOf = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`tag${at}`, '']));

  it.each<[string, object, string]>([
    ['one tag', { a: 'b' }, '<Tag><Key>a</Key><Value>b</Value></Tag>'],
    [
      'several, in their order',
      { b: '2', a: '1' },
      '<Tag><Key>b</Key><Value>2</Value></Tag><Tag><Key>a</Key><Value>1</Value></Tag>',
    ],
    ['an empty value', { a: '' }, '<Tag><Key>a</Key><Value></Value></Tag>'],
    [
      'what XML escapes',
      { '<a>&': '&amp; <b>' },
      '<Tag><Key>&lt;a&gt;&amp;</Key><Value>&amp;amp; &lt;b&gt;</Value></Tag>',
    ],
    ['Unicode', { größe: '漢👑' }, '<Tag><Key>größe</Key><Value>漢👑</Value></Tag>'],
    ['none', {}, ''],
  ])('writes %s', (_, tags, written) => {
    expect(write(taggingXml, tags)).toBe(tagging(written));
  });

  it('takes 10 tags and not 11', () => {
    expect(write(taggingXml, tagsOf(10))).toContain('<Key>tag9</Key>');
    expectRefused(taggingXml, tagsOf(11), /11 tags; S3 takes 10/);
  });

  it.each([
    ['a key of 1', 'a', ''],
    ['a key of 128', 'é'.repeat(128), ''],
    ['a value of 256', 'a', 'é'.repeat(256)],
  ])('takes %s characters', (_, key, value) => {
    expect(write(taggingXml, { [key]: value })).toBe(
      tagging(`<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`),
    );
  });

  it.each([
    ['an empty key', '', ''],
    ['a key of 129 characters', 'a'.repeat(129), ''],
    ['a value of 257 characters', 'a', 'b'.repeat(257)],
  ])('refuses %s', (_, key, value) =>
    expectRefused(
      taggingXml,
      { [key]: value },
      /key of 1 to 128 and a value of up to 256/,
      `.${key}`,
    ));

  it.each([
    ['a\nb', ''],
    ['a', 'b\0'],
  ])('refuses the control character in %j: %j', (key, value) =>
    expectRefused(taggingXml, { [key]: value }, /control character.*Remove it/s, `.${key}`));

  it.each(NO_OBJECTS)('throws a TypeError for %o', (tags) => expectTypeError(taggingXml, tags));

  it('throws a TypeError for a Map, whose tags would be lost', () => {
    expectTypeError(taggingXml, new Map([['a', 'b']]));
  });

  it.each([5, null, undefined, ['b']])('throws a TypeError for the value %o', (value) =>
    expectTypeError(taggingXml, { a: value }, '.a'));
});

describe('websiteLocation', () => {
  it.each([
    '/',
    '/other.html',
    'http://example.com',
    'https://a.example',
    `/${'a'.repeat(2047)}`,
  ])('takes %.40s', (location) => {
    expect(write(websiteLocation, location)).toBe(location);
  });

  it.each([
    '',
    'other.html',
    'ftp://example.com',
    'www.example.com',
    `/${'a'.repeat(2048)}`,
  ])('refuses %.40s', (location) =>
    expectRefused(websiteLocation, location, /"\/", "http:\/\/" or "https:\/\/".*2 KB/));

  it('counts 2 KB in bytes', () => {
    expect(write(websiteLocation, `/a${'é'.repeat(1023)}`)).toBeTypeOf('string');
    expectRefused(websiteLocation, `/${'é'.repeat(1024)}`, /2 KB/);
  });

  it.each(NO_STRINGS)('throws a TypeError for %o', (value) =>
    expectTypeError(websiteLocation, value));
});

describe('metadataFields', () => {
  it.each<[object, object]>([
    [{ a: 'b' }, { 'x-amz-meta-a': 'b' }],
    [{ Uploader: 'Me' }, { 'x-amz-meta-uploader': 'Me' }],
    [{ title: 'ÄMÄZÕÑ 漢字 👑' }, { 'x-amz-meta-title': 'ÄMÄZÕÑ 漢字 👑' }],
    [
      { b: '', a: '' },
      { 'x-amz-meta-b': '', 'x-amz-meta-a': '' },
    ],
    [{ "!#$%&'*+.^_`|~-9": '' }, { "x-amz-meta-!#$%&'*+.^_`|~-9": '' }],
    [{ constructor: 'a' }, { 'x-amz-meta-constructor': 'a' }],
    [JSON.parse('{"__proto__": "a"}'), { 'x-amz-meta-__proto__': 'a' }],
    [{}, {}],
  ])('writes %j as %j', (metadata, fields) => {
    expect(Object.entries(write(metadataFields, metadata) as object)).toEqual(
      Object.entries(fields),
    );
  });

  it.each([
    ['one value', { a: 'b'.repeat(2047) }, { a: 'b'.repeat(2048) }],
    ['names and values', { ab: 'c'.repeat(1000), de: 'f'.repeat(1044) }, { a: 'b'.repeat(2048) }],
    ['bytes, not characters', { a: `${'é'.repeat(1023)}b` }, { a: 'é'.repeat(1024) }],
    ['a long name', { ['n'.repeat(2048)]: '' }, { ['n'.repeat(2049)]: '' }],
    [
      'many values',
      Object.fromEntries(Array.from({ length: 64 }, (_, at) => [`n${10 + at}`, 'v'.repeat(29)])),
      Object.fromEntries(
        Array.from({ length: 64 }, (_, at) => [`n${10 + at}`, 'v'.repeat(at ? 29 : 30)]),
      ),
    ],
  ])('takes 2,048 bytes and not 2,049: %s', (_, fitting, tooLong) => {
    expect(write(metadataFields, fitting)).toBeTypeOf('object');
    expectRefused(metadataFields, tooLong, /2049 bytes; S3 takes 2048\. Shorten/);
  });

  it.each([
    '',
    'a b',
    'né',
    'a:b',
    'a/b',
    'a"',
    'a(b)',
    'a\n',
    'a=',
    '漢',
  ])('refuses the name %j, which no header can have', (name) =>
    expectRefused(metadataFields, { [name]: '' }, /Use letters, digits/, `.${name}`));

  it.each(['x-amz-meta-a', 'X-AMZ-META-a'])('refuses the prefix in %s', (name) =>
    expectRefused(metadataFields, { [name]: '' }, /leave out the prefix/, `.${name}`));

  it('refuses a name in two cases', () => {
    expectRefused(metadataFields, { tag: '', TAG: '' }, /twice, in different cases/, '.TAG');
  });

  it('refuses a control character', () => {
    expectRefused(metadataFields, { a: 'b\nc' }, /Remove it/, '.a');
  });

  it.each(NO_OBJECTS)('throws a TypeError for %o', (metadata) =>
    expectTypeError(metadataFields, metadata));

  it('throws a TypeError for a Map, whose values would be lost', () => {
    expectTypeError(metadataFields, new Map([['a', 'b']]));
  });

  it.each([5, null, undefined, true, new Date(0)])('throws a TypeError for the value %o', (value) =>
    expectTypeError(metadataFields, { a: value }, '.a'));
});

describe('serverSideEncryptionFields', () => {
  const SSE = 'x-amz-server-side-encryption';

  it.each(['AES256', 'aws:kms', 'aws:kms:dsse'])('%s is one field', (algorithm) => {
    expect(write(serverSideEncryptionFields, algorithm)).toEqual({ [SSE]: algorithm });
  });

  it.each<[string, object, object]>([
    ['nothing else', {}, {}],
    [
      'undefined settings',
      { keyId: undefined, context: undefined, bucketKeyEnabled: undefined },
      {},
    ],
    [
      "a key's id",
      { keyId: 'arn:aws:kms:eu-west-3:1:key/a' },
      { [`${SSE}-aws-kms-key-id`]: 'arn:aws:kms:eu-west-3:1:key/a' },
    ],
    // {"project":"café"}
    [
      'a context, as base64 of JSON in UTF-8',
      { context: { project: 'café' } },
      { [`${SSE}-context`]: 'eyJwcm9qZWN0IjoiY2Fmw6kifQ==' },
    ],
    ['a bucket key', { bucketKeyEnabled: true }, { [`${SSE}-bucket-key-enabled`]: 'true' }],
    ['no bucket key', { bucketKeyEnabled: false }, { [`${SSE}-bucket-key-enabled`]: 'false' }],
    [
      'all of it',
      { keyId: 'alias/a', context: {}, bucketKeyEnabled: true },
      {
        [`${SSE}-aws-kms-key-id`]: 'alias/a',
        [`${SSE}-context`]: 'e30=',
        [`${SSE}-bucket-key-enabled`]: 'true',
      },
    ],
  ])('KMS with %s', (_, settings, fields) => {
    expect(write(serverSideEncryptionFields, { algorithm: 'aws:kms', ...settings })).toEqual({
      [SSE]: 'aws:kms',
      ...fields,
    });
  });

  it('double-layer KMS has settings too', () => {
    const encryption = { algorithm: 'aws:kms:dsse', keyId: 'a' };
    expect(write(serverSideEncryptionFields, encryption)).toEqual({
      [SSE]: 'aws:kms:dsse',
      [`${SSE}-aws-kms-key-id`]: 'a',
    });
  });

  it.each([
    ['a Buffer', (key: Buffer) => key],
    ['a Uint8Array', (key: Buffer) => new Uint8Array(key)],
    ['a view on more bytes', (key: Buffer) => Buffer.concat([key, key]).subarray(32)],
  ])("ceph/s3-tests' own key gives its three fields, from %s", (_, toKey) => {
    const key = Buffer.from('pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=', 'base64');
    expect(write(serverSideEncryptionFields, { customerKey: toKey(key) })).toEqual({
      [`${SSE}-customer-algorithm`]: 'AES256',
      [`${SSE}-customer-key`]: 'pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=',
      [`${SSE}-customer-key-MD5`]: 'DWygnHRtgiJ77HCm+1rvHw==',
    });
  });

  it.each<[string, unknown, RegExp, string?]>([
    ['lower case', 'aes256', /Use AES256, aws:kms, aws:kms:dsse\.$/],
    ['a misspelt algorithm', 'AES-256', /Use AES256, aws:kms, aws:kms:dsse\.$/],
    ['nothing', '', /Use AES256/],
    ['settings without KMS', { algorithm: 'AES256' }, /Use aws:kms, aws:kms:dsse/, '.algorithm'],
    ['an id on two lines', { algorithm: 'aws:kms', keyId: 'a\n' }, /Remove it/, '.keyId'],
    [
      'a context on two lines',
      { algorithm: 'aws:kms', context: { a: 'b\n' } },
      /Remove it/,
      '.context.a',
    ],
    ['a key of 31 bytes', { customerKey: new Uint8Array(31) }, /31 bytes.*32/, '.customerKey'],
    ['a key of 33 bytes', { customerKey: new Uint8Array(33) }, /33 bytes.*32/, '.customerKey'],
    ['an empty key', { customerKey: new Uint8Array() }, /0 bytes.*32/, '.customerKey'],
  ])('refuses %s', (_, encryption, fix, setting) =>
    expectRefused(serverSideEncryptionFields, encryption, fix, setting));

  it('never shows a key in what it says', () => {
    const customerKey = 'pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=';
    for (const key of [customerKey, Buffer.from(customerKey)]) {
      const error = catchError(() => write(serverSideEncryptionFields, { customerKey: key }));
      expect(error.message).not.toContain('pO3u');
    }
  });

  it.each<[unknown, string?]>([
    [null],
    [5],
    [['AES256']],
    [{}, '.algorithm'],
    [{ algorithm: 5 }, '.algorithm'],
    [{ algorithm: 'aws:kms', keyId: 5 }, '.keyId'],
    [{ algorithm: 'aws:kms', keyId: null }, '.keyId'],
    [{ algorithm: 'aws:kms', context: 'a=b' }, '.context'],
    [{ algorithm: 'aws:kms', context: { a: 5 } }, '.context.a'],
    [{ algorithm: 'aws:kms', bucketKeyEnabled: 'true' }, '.bucketKeyEnabled'],
    [{ customerKey: 'a'.repeat(32) }, '.customerKey'],
    [{ customerKey: undefined }, '.customerKey'],
    [{ customerKey: Array(32).fill(0) }, '.customerKey'],
    [{ customerKey: new Uint16Array(16) }, '.customerKey'],
  ])('throws a TypeError for %o', (encryption, setting) =>
    expectTypeError(serverSideEncryptionFields, encryption, setting));

  it.each([
    [{ algorithm: 'aws:kms', keyID: 'alias/a' }, 'keyID', 'keyId'],
    [{ algorithm: 'aws:kms', bucketKeyEnable: true }, 'bucketKeyEnable', 'bucketKeyEnabled'],
  ])('a misspelt setting in %j is not passed over: the key would be another', (encryption, ...names) => {
    const error = catchError(() => write(serverSideEncryptionFields, encryption));
    expect(error).toMatchObject({ code: 'unknown_option' });
    for (const name of names) expect(error.message).toContain(name);
  });
});

describe('checksumFields', () => {
  it.each([
    ['CRC32', 'x-amz-checksum-crc32', 'AAAAAA=='],
    ['CRC32C', 'x-amz-checksum-crc32c', '/////w=='],
    ['SHA1', 'x-amz-checksum-sha1', '2jmj7l5rSw0yVb/vlWAYkK/YBwk='],
    // Of 2 MiB of "x".
    ['SHA256', 'x-amz-checksum-sha256', 'aTL9MeXa9HObn6eP93eygxsJlcwdCwCTysgGAZAgE7w='],
  ])('%s gives its name and its value', (algorithm, field, value) => {
    expect(write(checksumFields, { algorithm, value })).toEqual({
      'x-amz-checksum-algorithm': algorithm,
      [field]: value,
    });
  });

  it.each([
    ['an unknown algorithm', { algorithm: 'MD5', value: '' }, /Use CRC32, CRC32C, /, '.algorithm'],
    ['lower case', { algorithm: 'sha256', value: '' }, /Use CRC32, .*SHA256/, '.algorithm'],
    ['too few bytes', { algorithm: 'SHA1', value: 'AAAA' }, /base64 of 20 bytes/, '.value'],
    ['too many bytes', { algorithm: 'CRC32', value: 'AAAAAAA=' }, /base64 of 4 bytes/, '.value'],
    ['no padding', { algorithm: 'CRC32', value: 'AAAAAA' }, /base64 of 4 bytes/, '.value'],
    ['base64url', { algorithm: 'CRC32C', value: '_____w==' }, /base64 of 4 bytes/, '.value'],
    ['hex', { algorithm: 'CRC32', value: '00000000' }, /base64 of 4 bytes/, '.value'],
    ['a line break', { algorithm: 'CRC32', value: 'AAAAAA==\n' }, /base64/, '.value'],
    ['nothing', { algorithm: 'CRC32', value: '' }, /base64 of 4 bytes/, '.value'],
  ])('refuses %s', (_, checksum, fix, setting) =>
    expectRefused(checksumFields, checksum, fix, setting));

  it.each<[unknown, string?]>([
    ['AAAAAA=='],
    [null],
    [['CRC32', 'AAAAAA==']],
    [{ value: 'AAAAAA==' }, '.algorithm'],
    [{ algorithm: 'CRC32' }, '.value'],
    [{ algorithm: 'CRC32', value: 0 }, '.value'],
    [{ algorithm: 'CRC32', value: new Uint8Array(4) }, '.value'],
  ])('throws a TypeError for %o', (checksum, setting) =>
    expectTypeError(checksumFields, checksum, setting));
});

describe('md5Digest', () => {
  // Of the SSE-C key of ceph/s3-tests, and of nothing.
  it.each(['DWygnHRtgiJ77HCm+1rvHw==', '1B2M2Y8AsgTpgAmY7PhCfg=='])('takes %s', (digest) => {
    expect(write(md5Digest, digest)).toBe(digest);
  });

  it.each([
    ...['', 'AAAA', 'd41d8cd98f00b204e9800998ecf8427e', '1B2M2Y8AsgTpgAmY7PhCfg'],
    ...['"1B2M2Y8AsgTpgAmY7PhCfg=="', '1B2M2Y8AsgTpgAmY7PhCfg==\n'],
  ])('refuses %j', (digest) => expectRefused(md5Digest, digest, /base64 of 16 bytes/));

  it.each(NO_STRINGS)('throws a TypeError for %o', (value) => expectTypeError(md5Digest, value));
});
