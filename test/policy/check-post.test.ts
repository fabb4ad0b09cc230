import { describe, expect, it } from 'vitest';
import { type CheckPostOptions, checkPost } from '../../src/policy/check-post.ts';
import {
  AMZ_DATE,
  answerTo,
  CREDENTIAL,
  EXPIRATION,
  type FormPlan,
  refusal,
  signedForm,
} from './signed-form.ts';
import { AWS_POST_EXAMPLE, BOTOCORE, SCALEWAY, type SignatureVector } from './vectors.ts';

const EXPIRED = refusal(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');

describe('forms that others published', () => {
  /** The form of a vector; S3's own spelling of the fields, or botocore's in lower case. */
  function published(
    vector: SignatureVector,
    bucket: string,
    fields: Record<string, string>,
  ): Omit<CheckPostOptions, 'now'> {
    return {
      fields: Object.entries({
        ...fields,
        'X-Amz-Credential': `${vector.accessKeyId}/${vector.date}/${vector.region}/s3/aws4_request`,
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Date': vector.amzDate,
        Policy: vector.policyBase64,
        'X-Amz-Signature': vector.signature,
      }),
      files: [{ filename: 'photo.jpg', size: 1234 }],
      bucket,
      region: vector.region,
      secretAccessKeyFor: (id) => (id === vector.accessKeyId ? vector.secretAccessKey : undefined),
    };
  }
  const aws = published(AWS_POST_EXAMPLE, 'sigv4examplebucket', {
    key: 'user/user1/${filename}',
    acl: 'public-read',
    success_action_redirect: 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html',
    'Content-Type': 'image/jpeg',
    'x-amz-meta-uuid': '14365123651274',
    'x-amz-server-side-encryption': 'AES256',
    'x-amz-meta-tag': '',
  });

  it.each([
    '2015-12-29T00:00:00Z',
    '2015-12-30T11:59:59.999Z',
  ])("takes AWS's example at %s", (now) => {
    expect(checkPost({ ...aws, now: new Date(now) })).toMatchObject({
      ok: true,
      status: 303,
      key: 'user/user1/photo.jpg',
      redirect: 'http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html',
    });
  });

  it.each([
    '2015-12-30T12:00:00.001Z',
    '2026-03-01T12:00:00Z',
  ])("AWS's example is expired at %s", (now) => {
    expect(checkPost({ ...aws, now: new Date(now) })).toEqual(EXPIRED);
  });

  it("is expired today, by the computer's clock", () => {
    expect(checkPost(aws)).toEqual(EXPIRED);
  });

  it("takes botocore's, whose policy has no milliseconds", () => {
    const form = published(BOTOCORE, 'sigv4examplebucket', { key: 'user/user1/photo.jpg' });
    const lower = form.fields.map(([name, value]) => [name.toLowerCase(), value] as const);
    const now = new Date('2015-12-29T00:30:00Z');
    expect(checkPost({ ...form, fields: lower, now })).toMatchObject({ ok: true, status: 204 });
  });

  it("takes Scaleway's, whose credential is of the day before its date", () => {
    const form = published(SCALEWAY, 'mybucket', {
      key: 'photo.jpg',
      acl: 'public-read',
      success_action_status: '204',
    });
    const now = new Date('2019-09-19T01:00:00Z');
    expect(checkPost({ ...form, now })).toMatchObject({ ok: true, status: 204, key: 'photo.jpg' });
  });
});

describe('the order of the checks', () => {
  // One fault for each step of S3, in its order, each with a word by which its answer is known.
  const faults: readonly (readonly [answer: string, fault: FormPlan])[] = [
    ['MaxPostPreDataLengthExceeded', { repeated: [['x-ignore-long', 'a'.repeat(20_480)]] }],
    ['exactly one file', { files: [] }],
    ["named 'key'", { fields: { key: undefined } }],
    ["named 'X-Amz-Signature'", { fields: { 'X-Amz-Signature': undefined } }],
    ['Only AWS4-HMAC-SHA256', { fields: { 'X-Amz-Algorithm': 'other' } }],
    ['ISO8601 Long format', { fields: { 'X-Amz-Date': 'today' } }],
    ['the region', { fields: { 'X-Amz-Credential': CREDENTIAL.replace('eu-west-3', 'a') } }],
    ['InvalidAccessKeyId', { fields: { 'X-Amz-Credential': CREDENTIAL.replace('AKIA', 'AKIB') } }],
    ['SignatureDoesNotMatch', { fields: { 'X-Amz-Signature': 'wrong' } }],
    ['InvalidPolicyDocument', { policyField: '***' }],
    ['Policy expired', { expiration: '2026-03-01T11:00:00Z' }],
    ['Condition failed', { conditions: [['starts-with', '$key', 'other/']] }],
    ['Extra input fields', { repeated: [['uncovered', 'a']] }],
    ['EntityTooLarge', { conditions: [['content-length-range', 0, 2]] }],
    ['InvalidArgument', { exact: { acl: 'nobody' } }],
  ];

  const merge = (one: FormPlan, other: FormPlan): FormPlan => ({
    ...other,
    ...one,
    conditions: [...(one.conditions ?? []), ...(other.conditions ?? [])],
    repeated: [...(one.repeated ?? []), ...(other.repeated ?? [])],
    fields: { ...other.fields, ...one.fields },
  });

  const pairs = faults.flatMap(([earlier, one], index) =>
    faults.slice(index + 1).map(([later, other]) => [earlier, later, one, other] as const),
  );

  it.each(pairs)('%s before %s', (earlier, _, one, other) => {
    const { s3Code, message } = answerTo(merge(one, other)) as { s3Code: string; message: string };
    expect(`${s3Code}: ${message}`).toContain(earlier);
  });
});

describe('what S3 takes', () => {
  it('gives the key and the fields by their names in lower case', () => {
    const form = {
      conditions: [{ 'x-amz-meta-tag': 'Ninja,of photo.jpg' }],
      fields: { key: 'user/${filename}', 'X-Amz-Meta-Tag': 'Ninja' },
      repeated: [['x-amz-meta-tag', 'of ${filename}']] as const,
    };
    const taken = answerTo(form);
    expect(taken).toMatchObject({ ok: true, key: 'user/photo.jpg' });
    expect(taken.ok && [...taken.values]).toEqual(
      expect.arrayContaining([
        ['key', 'user/photo.jpg'],
        ['x-amz-date', AMZ_DATE],
        ['x-amz-meta-tag', 'Ninja,of photo.jpg'],
      ]),
    );
  });

  it('says which sizes all ranges allow', () => {
    const conditions = [
      ['content-length-range', 0, 20],
      ['content-length-range', '5', '30'],
    ];
    expect(answerTo({ conditions, size: 7 })).toMatchObject({ sizeRange: { min: 5, max: 20 } });
  });

  it('judges a form without its size while the file is still coming', () => {
    const form = signedForm({ conditions: [['content-length-range', 5, 10]] });
    expect(checkPost({ ...form, files: [{ filename: 'photo.jpg' }] })).toMatchObject({
      ok: true,
      sizeRange: { min: 5, max: 10 },
    });
  });

  it('compares those digests that it is told', () => {
    const exact = { 'Content-MD5': '1B2M2Y8AsgTpgAmY7PhCfg==' };
    expect(answerTo({ exact })).toMatchObject({ ok: true });
    const digests = { SHA1: 'x' };
    expect(answerTo({ exact, digests })).toMatchObject({ ok: true });
    expect(answerTo({ exact, digests: { MD5: 'x' } })).toMatchObject({ s3Code: 'BadDigest' });
  });
});

describe('how much is known of an answer', () => {
  it.each([
    [20_480, true, undefined],
    [20_481, false, false],
  ])('with %i bytes before the file, of which S3 may not count all', (bytes, ok, certain) => {
    const verdict = checkPost({ ...signedForm(), bytesBeforeFile: bytes });
    expect(verdict.ok).toBe(ok);
    if (!verdict.ok) expect(verdict).toMatchObject({ certain, status: 400 });
  });

  const FIVE_GIB = 5 * 1024 ** 3;
  it('a form stores 5 GiB at the most, as far as anybody knows', () => {
    expect(answerTo({ size: FIVE_GIB })).toMatchObject({ ok: true, sizeRange: { max: FIVE_GIB } });
    expect(answerTo({ size: FIVE_GIB + 1 })).toMatchObject({
      s3Code: 'EntityTooLarge',
      details: [
        ['ProposedSize', '5368709121'],
        ['MaxSizeAllowed', '5368709120'],
      ],
      certain: false,
    });
  });

  it.each([
    [FIVE_GIB, false],
    [FIVE_GIB - 1, true],
  ])('what is larger than %i bytes, which a range allows: certain is %s', (max, certain) => {
    const conditions = [['content-length-range', 0, max]];
    expect(answerTo({ conditions, size: FIVE_GIB + 1 })).toMatchObject({
      s3Code: 'EntityTooLarge',
      certain,
    });
  });

  it('a range that no file meets is told before there is a size', () => {
    const form = signedForm({ conditions: [['content-length-range', 10, 5]] });
    expect(checkPost({ ...form, files: [{ filename: 'photo.jpg' }] })).toMatchObject({
      ok: true,
      warnings: [expect.stringContaining('No file has the size')],
    });
  });

  it('the fields count, though the caller says less', () => {
    const fields = { 'x-ignore-a': 'a'.repeat(20_480) };
    expect(checkPost({ ...signedForm({ fields }), bytesBeforeFile: 0 })).toMatchObject({
      s3Code: 'MaxPostPreDataLengthExceeded',
      certain: true,
    });
  });

  it('a credential of another day than the date is taken with a warning', () => {
    const form = signedForm({
      exact: { 'X-Amz-Date': '20260302T000000Z' },
      uncovered: ['x-amz-date'],
    });
    expect(checkPost(form)).toMatchObject({
      ok: true,
      certain: false,
      warnings: [expect.stringContaining('X-Amz-Credential')],
    });
  });
});

describe('what to change is said with the option that does it', () => {
  const NOT_SIGNED = {
    'X-Amz-Signature': undefined,
    'X-Amz-Algorithm': undefined,
    'X-Amz-Credential': undefined,
    'X-Amz-Date': undefined,
  };
  const conditions = [['content-length-range', 5, 10]];
  it.each<[FormPlan, string]>([
    [{ exact: { acl: 'private' }, fields: { acl: 'public-read' } }, '`acl`'],
    [{ conditions: [{ 'Content-Type': 'a/b' }] }, '`contentType`'],
    [{ conditions: [{ 'x-amz-meta-a': 'b' }] }, '`metadata`'],
    [{ bucket: 'other-bucket' }, '`bucket`'],
    [{ fields: { key: 'other' } }, '`key`'],
    [{ fields: { 'Content-Type': 'a/b', extra: 'c' } }, 'content-type, extra'],
    [{ fields: { 'Content-Type': 'a/b', extra: 'c' } }, '`contentType`, `fields`'],
    [{ now: new Date('2030-01-01') }, '`expiresIn`'],
    [{ conditions, size: 12 }, '`maxFileSize`'],
    [{ conditions, size: 1 }, '`minFileSize`'],
    [{ fields: { 'X-Amz-Credential': CREDENTIAL.replace('eu-west-3', 'a') } }, '`region`'],
    [{ exact: { 'x-amz-storage-class': 'COLD' } }, '`storageClass`'],
    [{ exact: { tagging: 'a' } }, '`tags`'],
    [{ fields: { ...NOT_SIGNED, signature: 'a' } }, 'sign it with createPresignedPost'],
    [{ fields: { ...NOT_SIGNED, AWSAccessKeyId: 'a' } }, 'sign it with createPresignedPost'],
  ])('%j: %s', (plan, words) => {
    expect(answerTo(plan)).toMatchObject({ ok: false, hint: expect.stringContaining(words) });
  });
});

describe('odd forms are answered, never thrown at', () => {
  const expiration = `"expiration": "${EXPIRATION}"`;
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  const refused = { ok: false, status: 400, s3Code: 'InvalidPolicyDocument' };

  it.each([
    ['lists in lists', deep(7000)],
    ['lists without an end', '['.repeat(14_000)],
    ['lists in lists as the expiration', `{"expiration": ${deep(7000)}, "conditions": []}`],
    ['lists in lists as a condition', `{${expiration}, "conditions": ${deep(6900)}}`],
    [
      "lists in lists as a condition's value",
      `{${expiration}, "conditions": [["eq", "$key", ${deep(6900)}]]}`,
    ],
    ['an expiration that can not be a text', '{"expiration": {"toString": 1}, "conditions": []}'],
    ['an expiration that is null', '{"expiration": null, "conditions": []}'],
    ['a number as a policy', '5'],
    ['a text as a policy', '"policy"'],
    ['null as a policy', 'null'],
    ['a list as a policy', '[]'],
    ['a policy in __proto__', `{"__proto__": {${expiration}, "conditions": []}}`],
    ['__proto__ beside the members', `{${expiration}, "conditions": [], "__proto__": {}}`],
    ['a number beyond all', `{${expiration}, "conditions": [["content-length-range", 0, 1e400]]}`],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x7b])],
    ['a NUL', '\0'],
  ])('a policy of %s', (_, policy) => {
    expect(answerTo({ policy })).toMatchObject(refused);
  });

  it.each<[string, FormPlan, object]>([
    [
      'a condition on __proto__',
      { conditions: [JSON.parse('{"__proto__": "a"}')] },
      { status: 403 },
    ],
    ['a condition on no name', { conditions: [['eq', '$', 'a']] }, { status: 403 }],
    ['the field __proto__', { repeated: [['__proto__', 'a']] }, { status: 403 }],
    ['the field constructor', { fields: { constructor: 'a' } }, { status: 403 }],
    ['a field without a name', { fields: { '': 'a' } }, { status: 403 }],
    [
      'a size of hundreds of digits',
      { conditions: [['content-length-range', '9'.repeat(400), '9'.repeat(400)]] },
      { status: 400, s3Code: 'EntityTooSmall' },
    ],
    [
      'bounds the wrong way round',
      { conditions: [['content-length-range', 10, 5]], size: 7 },
      { status: 400 },
    ],
    ['half of a surrogate pair', { fields: { key: 'user/\ud83d' } }, {}],
    ['a signature of other letters', { fields: { 'X-Amz-Signature': '\0👑' } }, { status: 403 }],
    [
      'a credential of slashes',
      { fields: { 'X-Amz-Credential': '/'.repeat(100) } },
      { status: 400 },
    ],
  ])('%s', (_, plan, answer) => {
    expect(answerTo(plan)).toMatchObject(answer);
  });
});

describe('wrong arguments', () => {
  it.each<[what: string, change: object, error: object]>([
    [
      'fields in an object',
      { fields: { key: 'a' } },
      { message: expect.stringContaining('`fields`') },
    ],
    ['fields in a Map', { fields: new Map() }, { message: expect.stringContaining('`fields`') }],
    [
      'a number in a field',
      { fields: [['key', 5]] },
      { message: expect.stringContaining('`fields`') },
    ],
    ['names alone', { fields: [['key']] }, { message: expect.stringContaining('`fields`') }],
    ['no files', { files: undefined }, { message: expect.stringContaining('`files`') }],
    ['one file', { files: { size: 1 } }, { message: expect.stringContaining('`files`') }],
    ['a name for a file', { files: ['a'] }, { message: expect.stringContaining('`files[0]`') }],
    ['no bucket', { bucket: undefined }, { message: expect.stringContaining('`bucket`') }],
    ['no region', { region: undefined }, { message: expect.stringContaining('`region`') }],
    [
      'a clock that is a text',
      { now: '2026-03-01T12:00:00Z' },
      { message: expect.stringContaining('`now`') },
    ],
    [
      'a clock that has stopped',
      { now: new Date(Number.NaN) },
      { message: expect.stringContaining('`now`') },
    ],
    [
      'bytes in a text',
      { bytesBeforeFile: '5' },
      { message: expect.stringContaining('`bytesBeforeFile`') },
    ],
    ['headers in a list', { headers: [] }, { message: expect.stringContaining('`headers`') }],
    [
      'a secret alone',
      { secretAccessKeyFor: 'a' },
      { message: expect.stringContaining('`secretAccessKeyFor`') },
    ],
  ])('are a TypeError that names the option: %s', (_, change, error) => {
    const call = () => checkPost({ ...signedForm(), ...change });
    expect(call).toThrow(TypeError);
    expect(call).toThrow(expect.objectContaining(error));
  });

  it('and one that does not exist is told with the likely one', () => {
    const call = () => checkPost({ ...signedForm(), file: { size: 1 } } as CheckPostOptions);
    expect(call).toThrow('There is no option `file`. Did you mean `files`?');
  });
});
