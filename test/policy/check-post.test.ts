import { describe, expect, it } from 'vitest';
import { type CheckPostOptions, checkPost } from '../../src/policy/check-post.ts';
import {
  AMZ_DATE,
  answerTo,
  BUCKET,
  CREDENTIAL,
  EXPIRATION,
  type FormPlan,
  refusal,
  signedForm,
} from './signed-form.ts';
import { AWS_POST_EXAMPLE, BOTOCORE, SCALEWAY, type SignatureVector } from './vectors.ts';

const ANY = (name: string) => ['starts-with', `$${name}`, ''];

function failed(condition: string) {
  return refusal(
    403,
    'AccessDenied',
    `Invalid according to Policy: Policy Condition failed: ${condition}`,
  );
}

function extraField(name: string) {
  return refusal(403, 'AccessDenied', `Invalid according to Policy: Extra input fields: ${name}`);
}

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
    '2015-12-30T12:00:00Z',
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

describe("S3's refusals", () => {
  const invalidPolicy = (message: string) =>
    refusal(400, 'InvalidPolicyDocument', `Invalid Policy: ${message}`);
  const argument = (message: string, name: string, value: string) =>
    refusal(400, 'InvalidArgument', message, [
      ['ArgumentName', name],
      ['ArgumentValue', value],
    ]);
  const tooLong = refusal(
    400,
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceeding the upload file was too large.',
    [['MaxPostPreDataLengthBytes', '20480']],
  );
  const noKey = argument(
    "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
    'key',
    '',
  );
  const emptyKey = argument('User key must have a length greater than 0.', 'key', '');
  const filesRefused = (count: string) =>
    argument('POST requires exactly one file upload per request.', 'file', count);
  const longKey = (size: string) =>
    refusal(400, 'KeyTooLongError', 'Your key is too long', [
      ['Size', size],
      ['MaxSizeAllowed', '1024'],
    ]);
  const tooLarge = (size: string, max: string) =>
    refusal(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', [
      ['ProposedSize', size],
      ['MaxSizeAllowed', max],
    ]);
  const tooSmall = (size: string, min: string) =>
    refusal(
      400,
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      [
        ['ProposedSize', size],
        ['MinSizeAllowed', min],
      ],
    );
  const policyWith = (members: string) => `{"expiration": "${EXPIRATION}", ${members}}`;

  it.each<[string, FormPlan, unknown]>([
    [
      'more than 20,480 bytes before the file',
      { fields: { 'x-ignore-a': 'a'.repeat(20_480) } },
      tooLong,
    ],
    ['letters count in bytes', { fields: { 'x-ignore-a': 'é'.repeat(10_240) } }, tooLong],
    ['names count too', { fields: { [`x-ignore-${'a'.repeat(20_480)}`]: '' } }, tooLong],
    ['no file', { files: [] }, filesRefused('0')],
    ['two files', { files: [{ size: 1 }, { size: 1 }] }, filesRefused('2')],
    ['no key', { fields: { key: undefined } }, noKey],
    ['an empty key', { fields: { key: '' } }, emptyKey],
    [
      'a key that is empty without a file name',
      { fields: { key: '${filename}' }, filename: '' },
      emptyKey,
    ],
    ['a key of 1,025 bytes', { fields: { key: `user/${'a'.repeat(1020)}` } }, longKey('1025')],
    ['a key counts in bytes', { fields: { key: `user/${'é'.repeat(510)}` } }, longKey('1025')],
    [
      "a key too long with the file's name",
      { fields: { key: 'user/${filename}' }, filename: 'a'.repeat(1020) },
      longKey('1025'),
    ],
    ['a policy that is not JSON', { policy: '{"expiration"' }, invalidPolicy('Invalid JSON.')],
    [
      'a null in a condition',
      { policy: policyWith('"conditions": [{"acl": null}]') },
      invalidPolicy('Invalid JSON.'),
    ],
    [
      'a size with a fraction',
      { policy: policyWith('"conditions": [["content-length-range", 0, 512.0]]') },
      invalidPolicy('Invalid JSON.'),
    ],
    [
      'an expiration with an offset',
      { expiration: '2026-03-01T14:00:00+01:00' },
      invalidPolicy("Invalid 'expiration' value: '2026-03-01T14:00:00+01:00'"),
    ],
    [
      'a condition of two properties',
      { conditions: [{ acl: 'private', bucket: BUCKET }] },
      invalidPolicy(
        'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
      ),
    ],
    [
      'a condition whose value is a number',
      { conditions: [{ acl: 5 }] },
      invalidPolicy('Invalid Simple-Condition: value must be a string.'),
    ],
    [
      'another member, before those that are missing',
      { policy: '{"Statement": []}' },
      invalidPolicy("Unexpected: 'statement'"),
    ],
    [
      'an empty condition',
      { conditions: [[]] },
      invalidPolicy('Invalid Condition: missing operation identifier.'),
    ],
    [
      'no expiration',
      { policy: '{"conditions": []}' },
      invalidPolicy('Policy missing expiration.'),
    ],
    [
      'no conditions',
      { policy: `{"expiration": "${EXPIRATION}"}` },
      invalidPolicy('Policy missing conditions.'),
    ],
    [
      'conditions that are no list',
      { policy: policyWith('"conditions": {}') },
      invalidPolicy("Invalid 'conditions' value: must be a List."),
    ],
    [
      'a condition that is a text',
      { conditions: ['acl'] },
      invalidPolicy('Invalid condition test: must be a List or Object.'),
    ],
    [
      'another operator',
      { conditions: [['matches', '$key', 'a']] },
      invalidPolicy("Invalid Condition: unknown operation 'matches'."),
    ],
    [
      'a condition of two items',
      { conditions: [['eq', '$key']] },
      invalidPolicy('Invalid eq: wrong number of arguments.'),
    ],
    ['a policy not in base64', { policyField: '***' }, invalidPolicy('invalid Base64 encoding.')],
    ['an empty policy', { policyField: '' }, invalidPolicy("Expecting '{' but found End-of-Input")],
    ['the very instant of expiration', { now: new Date(EXPIRATION) }, EXPIRED],
    ['a policy long expired', { now: new Date('2030-01-01') }, EXPIRED],
    [
      'another value',
      { exact: { acl: 'public-read' }, fields: { acl: 'private' } },
      failed('["eq", "$acl", "public-read"]'),
    ],
    ['another prefix', { fields: { key: 'other/a' } }, failed('["starts-with", "$key", "user/"]')],
    [
      'an absent field',
      { conditions: [['eq', '$acl', 'public-read']] },
      failed('["eq", "$acl", "public-read"]'),
    ],
    [
      'an absent field that may have any value',
      { conditions: [['starts-with', '$Content-Type', '']] },
      failed('["starts-with", "$Content-Type", ""]'),
    ],
    [
      'an absent field that has to be empty',
      { conditions: [{ acl: '' }] },
      failed('["eq", "$acl", ""]'),
    ],
    [
      'a condition without the "$", though the field is uncovered too',
      {
        conditions: [['eq', 'success_action_redirect', 'http://localhost.test/random']],
        fields: { success_action_redirect: 'http://localhost.test/random' },
      },
      failed('["eq", "success_action_redirect", "http://localhost.test/random"]'),
    ],
    [
      'a bound that is no number',
      { conditions: [['content-length-range', 'test', '10']] },
      failed('["content-length-range", "test", "10"]'),
    ],
    [
      'one of several conditions on a field',
      { conditions: [['starts-with', '$key', 'user/b']] },
      failed('["starts-with", "$key", "user/b"]'),
    ],
    [
      'the first of two that fail',
      { conditions: [{ acl: 'a' }, { acl: 'b' }], fields: { acl: 'c' } },
      failed('["eq", "$acl", "a"]'),
    ],
    ["another bucket's form", { bucket: 'other-bucket' }, failed('["eq", "$bucket", "my-bucket"]')],
    [
      'a field `bucket` does not count, the URL does',
      { bucket: 'other-bucket', fields: { bucket: BUCKET } },
      failed('["eq", "$bucket", "my-bucket"]'),
    ],
    [
      'a condition on an ignored field',
      { conditions: [ANY('x-ignore-a')], fields: { 'x-ignore-a': 'b' } },
      failed('["starts-with", "$x-ignore-a", ""]'),
    ],
    [
      'a field without condition',
      { fields: { 'Content-Type': 'a/b' } },
      extraField('content-type'),
    ],
    ["Flash's field", { fields: { Filename: 'a' } }, extraField('filename')],
    ['a submit button before the file', { fields: { submit: 'Send' } }, extraField('submit')],
    ['a Content-MD5', { fields: { 'Content-MD5': 'a' } }, extraField('content-md5')],
    [
      'a checksum',
      { fields: { 'x-amz-checksum-sha256': 'a' } },
      extraField('x-amz-checksum-sha256'),
    ],
    [
      'a session token',
      { fields: { 'X-Amz-Security-Token': 'a' } },
      extraField('x-amz-security-token'),
    ],
    ['the first of two uncovered fields', { fields: { b: '1', a: '2' } }, extraField('b')],
    ['no condition on the key', { uncovered: ['key'] }, extraField('key')],
    ['no condition on the bucket', { uncovered: ['bucket'] }, extraField('bucket')],
    ['no condition on the date', { uncovered: ['x-amz-date'] }, extraField('x-amz-date')],
    [
      'no condition on the algorithm',
      { uncovered: ['x-amz-algorithm'] },
      extraField('x-amz-algorithm'),
    ],
    [
      'no condition on the credential',
      { uncovered: ['x-amz-credential'] },
      extraField('x-amz-credential'),
    ],
    [
      'a file too large',
      { conditions: [['content-length-range', 5, 10]], size: 12 },
      tooLarge('12', '10'),
    ],
    [
      'a file too small',
      { conditions: [['content-length-range', 5, 10]], size: 1 },
      tooSmall('1', '5'),
    ],
    [
      'a byte where none is allowed',
      { conditions: [['content-length-range', 0, 0]], size: 1 },
      tooLarge('1', '0'),
    ],
    [
      'a file too large for one of two ranges',
      {
        conditions: [
          ['content-length-range', 0, 10],
          ['content-length-range', 0, 20],
        ],
        size: 12,
      },
      tooLarge('12', '10'),
    ],
  ])('%s', (_, plan, expected) => {
    expect(answerTo(plan)).toEqual(expected);
  });

  it.each(['public', 'PRIVATE', ''])('the ACL "%s"', (acl) => {
    expect(answerTo({ exact: { acl } })).toMatchObject({
      ok: false,
      status: 400,
      s3Code: 'InvalidArgument',
    });
  });

  it.each(['CONDITIONS', 'EXPIRATION'])('the member %s in capitals', (member) => {
    const policy = JSON.stringify({ expiration: EXPIRATION, conditions: [] });
    expect(answerTo({ policy: policy.replace(member.toLowerCase(), member) })).toMatchObject({
      status: 400,
      s3Code: 'InvalidPolicyDocument',
    });
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

  it('conditions are checked as the policy has them, ranges among them', () => {
    const bound = ['content-length-range', 'test', '10'];
    const [before, after] = [
      [bound, { acl: 'private' }],
      [{ acl: 'private' }, bound],
    ];
    expect(answerTo({ conditions: before })).toEqual(
      failed('["content-length-range", "test", "10"]'),
    );
    expect(answerTo({ conditions: after })).toEqual(failed('["eq", "$acl", "private"]'));
  });
});

describe('what S3 takes', () => {
  it('gives the key and the fields by their names in lower case', () => {
    const answer = answerTo({ exact: { 'X-Amz-Meta-Tag': 'Ninja' } });
    expect(answer).toMatchObject({ ok: true, status: 204, key: 'user/photo.jpg' });
    expect(answer.ok && [...answer.values]).toEqual(
      expect.arrayContaining([
        ['key', 'user/photo.jpg'],
        ['x-amz-date', AMZ_DATE],
        ['x-amz-meta-tag', 'Ninja'],
      ]),
    );
  });

  const range = (min: unknown, max: unknown) => ['content-length-range', min, max];
  it.each<[string, FormPlan]>([
    ['the last instant before expiration', { now: new Date('2026-03-01T12:59:59.999Z') }],
    ['a key of 1,024 bytes', { fields: { key: `user/${'a'.repeat(1019)}` } }],
    ['15,000 bytes of fields', { fields: { 'x-ignore-a': 'a'.repeat(15_000) } }],
    ['an empty file', { size: 0 }],
    ['a file of the least size', { conditions: [range(5, 10)], size: 5 }],
    ['a file of the largest size', { conditions: [range(5, 10)], size: 10 }],
    ['bounds as texts', { conditions: [range('5', '10')], size: 10 }],
    ['an ignored field without condition', { fields: { 'x-ignore-a': 'b', 'X-Ignore-B': 'c' } }],
    ['a field of any name that has its condition', { exact: { dzuuid: '1' } }],
    ['a session token that has its condition', { exact: { 'x-amz-security-token': 'token' } }],
    ['no field `bucket`', { fields: { bucket: undefined } }],
    ['a field `bucket`', { fields: { bucket: BUCKET } }],
    ['an empty value where any will do', { conditions: [ANY('a')], fields: { a: '' } }],
    [
      'a list as a condition',
      { conditions: [['eq', '$acl', 'private']], fields: { acl: 'private' } },
    ],
    [
      'several conditions on a field',
      { conditions: [['starts-with', '$key', 'user/p'], { key: 'user/photo.jpg' }] },
    ],
    [
      'a list of types, each of which matches',
      {
        conditions: [['starts-with', '$Content-Type', 'image/']],
        fields: { 'Content-Type': 'image/jpg,image/png,image/gif' },
      },
    ],
    ['a single "$" and quotes', { exact: { 'x-amz-meta-a': '"#$%&\'' } }],
    ['a backslash, not unescaped twice', { exact: { 'x-amz-meta-a': '\\$foo' } }],
    ['every letter', { exact: { 'x-amz-meta-a': 'ÄMÄZÕÑ 👑' } }],
    ['field names in any case', { exact: { 'x-amz-meta-test-2': 'a', ACL: 'private' } }],
    [
      'names of conditions in any case',
      {
        conditions: [ANY('x-amz-META-test'), { ACL: 'private' }],
        fields: { acl: 'private', 'X-AMZ-meta-TEST': '' },
      },
    ],
    ['operators in any case', { conditions: [['StArTs-WiTh', '$key', 'user/']] }],
    ['a file without a name', { filename: undefined }],
  ])('%s', (_, plan) => {
    expect(answerTo(plan)).toMatchObject({ ok: true, status: 204 });
  });

  it.each([
    'private',
    'public-read',
    'public-read-write',
    'aws-exec-read',
    'authenticated-read',
    'bucket-owner-read',
    'bucket-owner-full-control',
  ])('the ACL %s', (acl) => {
    expect(answerTo({ exact: { acl } })).toMatchObject({ ok: true });
  });

  it('but values in their own case only', () => {
    const plan = { exact: { success_action_redirect: 'http://localhost' } };
    const fields = { success_action_redirect: 'HTTP://localhost' };
    expect(answerTo({ ...plan, fields })).toEqual(
      failed('["eq", "$success_action_redirect", "http://localhost"]'),
    );
  });

  it('a list of types with one that does not match is refused', () => {
    const conditions = [['starts-with', '$Content-Type', 'image/']];
    const fields = { 'Content-Type': 'image/jpg,text/plain' };
    expect(answerTo({ conditions, fields })).toEqual(
      failed('["starts-with", "$Content-Type", "image/"]'),
    );
  });

  it('says which sizes all ranges allow', () => {
    const conditions = [range(0, 20), range('5', '30')];
    expect(answerTo({ conditions, size: 7 })).toMatchObject({ sizeRange: { min: 5, max: 20 } });
  });

  it('judges a form without its size while the file is still coming', () => {
    const form = signedForm({ conditions: [range(5, 10)] });
    expect(checkPost({ ...form, files: [{ filename: 'photo.jpg' }] })).toMatchObject({
      ok: true,
      sizeRange: { min: 5, max: 10 },
    });
  });
});

describe('the answer to a stored file', () => {
  const URL = 'https://example.com/done?a=b';
  it.each<[string, Record<string, string>, number, string | undefined]>([
    ['nothing asked', {}, 204, undefined],
    ['200', { success_action_status: '200' }, 200, undefined],
    ['201', { success_action_status: '201' }, 201, undefined],
    ['204', { success_action_status: '204' }, 204, undefined],
    ['404', { success_action_status: '404' }, 204, undefined],
    ['abc', { success_action_status: 'abc' }, 204, undefined],
    ['a redirect', { success_action_redirect: URL }, 303, URL],
    [
      'a redirect and a status',
      { success_action_redirect: URL, success_action_status: '201' },
      303,
      URL,
    ],
    ['a relative redirect', { success_action_redirect: '/done' }, 204, undefined],
    [
      'a relative redirect and a status',
      { success_action_redirect: '/done', success_action_status: '201' },
      201,
      undefined,
    ],
    ['a redirect that is no URL', { success_action_redirect: 'http://' }, 204, undefined],
    ['the old name of the redirect', { redirect: URL }, 303, URL],
    [
      'both names of the redirect',
      { redirect: 'https://example.com/old', success_action_redirect: URL },
      303,
      URL,
    ],
  ])('%s', (_, exact, status, redirect) => {
    expect(answerTo({ exact })).toMatchObject({ ok: true, status, redirect });
  });

  it('a relative redirect has to meet the policy all the same', () => {
    const plan = { exact: { success_action_redirect: '/done' } };
    expect(answerTo({ ...plan, fields: { success_action_redirect: '/other' } })).toEqual(
      failed('["eq", "$success_action_redirect", "/done"]'),
    );
  });
});

describe('${filename}', () => {
  it.each([
    ['photo.jpg', 'user/photo.jpg'],
    ['C:\\Program Files\\directory1\\file.txt', 'user/file.txt'],
    ['/home/me/file.txt', 'user/file.txt'],
    ['one\\two/file.txt', 'user/file.txt'],
    ['one/two\\file.txt', 'user/file.txt'],
    ['', 'user/'],
    ['folder/', 'user/'],
    [undefined, 'user/${filename}'],
    ['$& $1 $$.txt', 'user/$& $1 $$.txt'],
    ['${filename}', 'user/${filename}'],
    ['présidente 👑.jpg', 'user/présidente 👑.jpg'],
  ])('of the file name %j makes the key %s', (filename, key) => {
    expect(answerTo({ fields: { key: 'user/${filename}' }, filename })).toMatchObject({
      ok: true,
      key,
    });
  });

  it('is replaced wherever it stands', () => {
    const fields = { key: 'user/${filename}/${filename}' };
    expect(answerTo({ fields })).toMatchObject({ key: 'user/photo.jpg/photo.jpg' });
  });

  it('is replaced in every field', () => {
    const redirect = 'https://example.com/?file=';
    const answer = answerTo({
      conditions: [['starts-with', '$success_action_redirect', redirect], ANY('x-amz-meta-name')],
      fields: {
        success_action_redirect: `${redirect}\${filename}`,
        'x-amz-meta-name': 'of ${filename}',
      },
    });
    expect(answer).toMatchObject({ status: 303, redirect: `${redirect}photo.jpg` });
    expect(answer.ok && answer.values.get('x-amz-meta-name')).toBe('of photo.jpg');
  });

  it('is replaced before the conditions are checked', () => {
    const fields = { key: 'user/${filename}' };
    expect(answerTo({ fields, conditions: [{ key: 'user/photo.jpg' }] })).toMatchObject({
      ok: true,
    });
    expect(answerTo({ fields, conditions: [{ key: 'user/${filename}' }] })).toEqual(
      failed('["eq", "$key", "user/${filename}"]'),
    );
  });
});

describe('fields given twice', () => {
  it('metadata is joined with a comma', () => {
    const answer = answerTo({
      conditions: [{ 'x-amz-meta-tag': 'Ninja,Stallman' }],
      repeated: [
        ['x-amz-meta-tag', 'Ninja'],
        ['X-Amz-Meta-Tag', 'Stallman'],
      ],
    });
    expect(answer.ok && answer.values.get('x-amz-meta-tag')).toBe('Ninja,Stallman');
  });

  it.each(['key', 'KEY', 'Policy', 'x-amz-date', 'x-ignore-a'])('%s is refused', (name) => {
    const answer = answerTo({ fields: { 'x-ignore-a': 'b' }, repeated: [[name, 'a']] });
    expect(answer).toMatchObject({ ok: false, status: 400, s3Code: 'InvalidArgument' });
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
    ['a clock that has stopped', { now: new Date(Number.NaN) }, { status: 403 }],
  ])('%s', (_, plan, answer) => {
    expect(answerTo(plan)).toMatchObject(answer);
  });
});
