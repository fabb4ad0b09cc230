import type { RefusedPost } from '../../src/policy/refusal.ts';
import {
  ACCESS_KEY_ID,
  AMZ_DATE,
  BUCKET,
  CREDENTIAL,
  EXPIRATION,
  type FormPlan,
  REGION,
  refusal,
  signedForm,
} from './signed-form.ts';

/*
 * What Amazon S3 answers, as data: one list of refusals and one of what it takes. Each row says
 * which rule it is of: numbers of errors are those of the table below, and "recorded" are answers
 * that others have recorded. The same rows are put to checkPost and, over HTTP, to the local bucket.
 */

export type Refused = readonly [rule: string, form: FormPlan, answer: RefusedPost];

/** The errors of S3 that a form can meet, by the numbers that the rows have. */
export const ERRORS = {
  1: 'another type than multipart/form-data',
  2: 'broken multipart',
  3: 'more than 20,480 bytes before the file',
  4: 'no file, or two',
  5: 'no key',
  6: 'an empty key',
  7: 'a long key',
  8: 'a part of the SigV4 fields',
  9: 'a part of the SigV2 fields',
  10: 'no signature',
  11: 'another algorithm',
  12: 'a malformed date',
  13: 'a malformed credential',
  14: 'no access key',
  15: 'a wrong day, service or end of the credential',
  16: 'another region',
  17: 'an unknown access key',
  18: 'a wrong session token',
  19: 'a wrong signature',
  20: 'a policy that is no JSON',
  21: 'an unreadable expiration',
  22: 'a simple condition of several properties',
  23: 'a simple condition with a number',
  24: 'another member',
  25: 'an empty condition',
  27: 'a policy without its parts',
  28: 'an expired policy',
  29: 'a condition that fails',
  30: 'a field without condition',
  31: 'a file too large',
  32: 'a file too small',
  33: 'a storage class that is none',
  34: 'tags that are no XML',
  36: 'an ACL that is none',
  37: 'a wrong Content-MD5',
  38: 'a wrong checksum',
  39: 'a header that contradicts a field',
  40: 'too much metadata',
  43: 'no such bucket',
  45: 'a form posted to a key',
} as const;

/** What depends on settings that a bucket may have, or on a cause that nobody knows. */
export const NOT_ANSWERED = {
  26: 'what S3 takes for an unquoted token is not known',
  35: 'the local bucket allows ACLs, and checkPost is not told',
  41: 'no bucket policy forbids customer keys',
  42: 'the bucket has no object lock: its fields are taken with a warning, and not looked at',
  44: 'the one access key may do everything',
} as const;

const UNCERTAIN = { certain: false };
const ANY = (name: string) => ['starts-with', `$${name}`, ''];
const RANGE = (min: unknown, max: unknown) => ['content-length-range', min, max];
const policyWith = (members: string) => `{"expiration": "${EXPIRATION}", ${members}}`;

function argument(message: string, name: string, value: string, others = {}) {
  const details = [
    ['ArgumentName', name],
    ['ArgumentValue', value],
  ] as const;
  return refusal(400, 'InvalidArgument', message, details, others);
}

const missing = (name: string, others = {}) =>
  argument(
    `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
    name,
    '',
    others,
  );

const filesRefused = (count: string, others = {}) =>
  argument('POST requires exactly one file upload per request.', 'file', count, others);

const longForm = (others = {}) =>
  refusal(
    400,
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceeding the upload file was too large.',
    [['MaxPostPreDataLengthBytes', '20480']],
    others,
  );

const longKey = (size: string) =>
  refusal(400, 'KeyTooLongError', 'Your key is too long', [
    ['Size', size],
    ['MaxSizeAllowed', '1024'],
  ]);

const emptyKey = argument('User key must have a length greater than 0.', 'key', '');

const wrongDate = (date: string, others = {}) =>
  argument('X-Amz-Date must be formated via ISO8601 Long format', 'X-Amz-Date', date, others);

const wrongCredential = (message: string, credential: string, others = {}) =>
  argument(message, 'X-Amz-Credential', credential, others);

const mismatch = (policy: string, signature: string, others = {}) =>
  refusal(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    [
      ['AWSAccessKeyId', ACCESS_KEY_ID],
      ['StringToSign', policy],
      ['SignatureProvided', signature],
      ['StringToSignBytes', (Buffer.from(policy).toString('hex').match(/../g) ?? []).join(' ')],
    ],
    others,
  );

const invalidPolicy = (message: string, others = {}) =>
  refusal(400, 'InvalidPolicyDocument', `Invalid Policy: ${message}`, [], others);

const denied = (fault: string, others = {}) =>
  refusal(403, 'AccessDenied', `Invalid according to Policy: ${fault}`, [], others);

const failed = (condition: string, others = {}) =>
  denied(`Policy Condition failed: ${condition}`, others);

const extraField = (name: string, others: Partial<RefusedPost> = {}) =>
  denied(`Extra input fields: ${name}`, { uncoveredFields: [name], ...others });

const tooLarge = (size: string, max: string, others = {}) =>
  refusal(
    400,
    'EntityTooLarge',
    'Your proposed upload exceeds the maximum allowed size',
    [
      ['ProposedSize', size],
      ['MaxSizeAllowed', max],
    ],
    others,
  );

const tooSmall = (size: string, min: string, others = {}) =>
  refusal(
    400,
    'EntityTooSmall',
    'Your proposed upload is smaller than the minimum allowed size',
    [
      ['ProposedSize', size],
      ['MinSizeAllowed', min],
    ],
    others,
  );

/** The answers to PUT, of which those to forms are likely to be the same. */
const asToPut = (s3Code: string, message: string, details: [string, string][] = []) =>
  refusal(400, s3Code, message, details, UNCERTAIN);

const invalidRequest = (message: string) => asToPut('InvalidRequest', message);

const UNSIGNED = {
  'X-Amz-Signature': undefined,
  'X-Amz-Algorithm': undefined,
  'X-Amz-Credential': undefined,
  'X-Amz-Date': undefined,
};

const { Policy = '', 'X-Amz-Signature': SIGNATURE = '' } = Object.fromEntries(signedForm().fields);

const tag = (key: string, value = '') => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;
const tagging = (tags: string): FormPlan => ({
  exact: { tagging: `<Tagging><TagSet>${tags}</TagSet></Tagging>` },
});

/** The digests of "xxx", which forms carry unless they say otherwise, made with Python. */
const DIGESTS = {
  MD5: '9WGq9u8L8U1CCLtGpMyzrQ==',
  CRC32: 'HJvqCg==',
  SHA1: 'tg0SG0OKOAw0PV7DwgN1ZLgv/vM=',
  SHA256: 'zS6wg3ybTJYsItL/i1RBt7RYBYh/BR05vxM7WDuvaGA=',
};
const WRONG_SHA256 = 'A'.repeat(43).concat('=');

const CUSTOMER_KEY = {
  'x-amz-server-side-encryption-customer-algorithm': 'AES256',
  'x-amz-server-side-encryption-customer-key': 'pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=',
  'x-amz-server-side-encryption-customer-key-MD5': 'DWygnHRtgiJ77HCm+1rvHw==',
};
const SSE = 'x-amz-server-side-encryption';

const FORM_REFUSED: readonly Refused[] = [
  ['error 3', { fields: { 'x-ignore-a': 'a'.repeat(20_480) } }, longForm()],
  [
    'error 3: bytes count, not letters',
    { fields: { 'x-ignore-a': 'é'.repeat(10_240) } },
    longForm(),
  ],
  ['error 3: names count', { fields: { [`x-ignore-${'a'.repeat(20_480)}`]: '' } }, longForm()],
  [
    'error 3: before anything else is looked at',
    { fields: { ...UNSIGNED, key: undefined, 'x-ignore-a': 'a'.repeat(20_480) }, files: [] },
    longForm(),
  ],
  ['error 4: no file', { files: [] }, filesRefused('0')],
  ['error 4: two files', { files: [{ size: 1 }, { size: 1 }] }, filesRefused('2', UNCERTAIN)],
  ['error 5', { fields: { key: undefined } }, missing('key')],
  ['error 6', { fields: { key: '' } }, emptyKey],
  [
    'error 6: nothing was chosen to name the object',
    { fields: { key: '${filename}' }, filename: '' },
    emptyKey,
  ],
  ['error 7', { fields: { key: `user/${'a'.repeat(1020)}` } }, longKey('1025')],
  ['error 7: bytes count', { fields: { key: `user/${'é'.repeat(510)}` } }, longKey('1025')],
  [
    "error 7: with the file's name",
    { fields: { key: 'user/${filename}' }, filename: 'a'.repeat(1020) },
    longKey('1025'),
  ],
  ['fields given twice: key', { repeated: [['KEY', 'a']] }, twice('KEY')],
  ['fields given twice: policy', { repeated: [['policy', 'a']] }, twice('policy')],
  ['fields given twice: date', { repeated: [['x-amz-date', 'a']] }, twice('x-amz-date')],
];

/** Nobody has recorded S3's words. */
function twice(name: string): RefusedPost {
  return argument('A form field was provided more than once.', name, 'a', UNCERTAIN);
}

const MALFORMED =
  'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".';

const credentialRefused = (
  rule: string,
  credential: string,
  message: string,
  others = {},
): Refused => [
  rule,
  { fields: { 'X-Amz-Credential': credential } },
  wrongCredential(message, credential, others),
];

const SIGNATURE_REFUSED: readonly Refused[] = [
  [
    'error 8: no signature (recorded)',
    { fields: { 'X-Amz-Signature': undefined } },
    missing('X-Amz-Signature'),
  ],
  [
    'error 8: no algorithm (recorded)',
    { fields: { 'X-Amz-Algorithm': undefined, 'X-Amz-Credential': undefined } },
    missing('X-Amz-Algorithm'),
  ],
  [
    'error 8: no credential',
    { fields: { 'X-Amz-Credential': undefined } },
    missing('X-Amz-Credential', UNCERTAIN),
  ],
  ['error 8: no date', { fields: { 'X-Amz-Date': undefined } }, missing('X-Amz-Date', UNCERTAIN)],
  [
    'error 8: all but the date',
    { fields: { ...UNSIGNED, 'X-Amz-Date': AMZ_DATE } },
    missing('X-Amz-Signature'),
  ],
  ['error 8: no policy', { fields: { Policy: undefined } }, missing('Policy', UNCERTAIN)],
  [
    'error 8: before the conditions are looked at',
    { fields: { 'X-Amz-Signature': undefined, key: 'other/a' } },
    missing('X-Amz-Signature'),
  ],
  [
    'error 9: no signature (recorded)',
    { fields: { ...UNSIGNED, AWSAccessKeyId: ACCESS_KEY_ID } },
    missing('Signature'),
  ],
  [
    'error 9: no access key (recorded)',
    { fields: { ...UNSIGNED, signature: 'RavWzkygo6QX9caELEqKi9kDbU=' } },
    missing('AWSAccessKeyId'),
  ],
  [
    'Signature Version 2: refused whole, as in newer regions',
    { fields: { ...UNSIGNED, awsaccesskeyid: ACCESS_KEY_ID, signature: 'RavWzkygo6QX9caELE=' } },
    invalidRequest(
      'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    ),
  ],
  ...[
    ['a date of Version 4', { 'X-Amz-Date': AMZ_DATE }],
    ['a credential of Version 4', { 'X-Amz-Credential': CREDENTIAL }],
  ].map(
    ([what, more]): Refused => [
      `Signature Version 2 with ${what}`,
      {
        fields: {
          ...UNSIGNED,
          awsaccesskeyid: ACCESS_KEY_ID,
          signature: 'RavWzkygo6QX9caELE=',
          ...(more as Record<string, string>),
        },
      },
      invalidRequest(
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      ),
    ],
  ),
  [
    'Signature Version 2 without its access key, with a date of Version 4',
    { fields: { ...UNSIGNED, signature: 'a', 'X-Amz-Date': AMZ_DATE } },
    missing('AWSAccessKeyId', UNCERTAIN),
  ],
  [
    'error 8: no date, beside fields of Version 2',
    { fields: { 'X-Amz-Date': undefined, AWSAccessKeyId: ACCESS_KEY_ID } },
    missing('X-Amz-Date', UNCERTAIN),
  ],
  [
    'error 19: a wrong signature, beside fields of Version 2',
    { fields: { 'X-Amz-Signature': 'a', AWSAccessKeyId: ACCESS_KEY_ID } },
    mismatch(Policy, 'a', UNCERTAIN),
  ],
  [
    'error 10: a policy alone is anonymous (recorded)',
    { fields: UNSIGNED },
    refusal(403, 'AccessDenied', 'Access Denied'),
  ],
  [
    'error 10: neither policy nor signature',
    { fields: { ...UNSIGNED, Policy: undefined } },
    refusal(403, 'AccessDenied', 'Access Denied'),
  ],
  [
    'error 11',
    { fields: { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA1' } },
    argument('Only AWS4-HMAC-SHA256 is supported', 'X-Amz-Algorithm', 'AWS4-HMAC-SHA1', UNCERTAIN),
  ],
  ...['2026-03-01T12:00:00Z', '20260301', '20260301T120000', '<&">'].map(
    (date): Refused => [`error 12: "${date}"`, { fields: { 'X-Amz-Date': date } }, wrongDate(date)],
  ),
  ['error 12: an empty one', { fields: { 'X-Amz-Date': '' } }, wrongDate('', UNCERTAIN)],
  [
    'error 12: a thirteenth month',
    { fields: { 'X-Amz-Date': '20261301T120000Z' } },
    wrongDate('20261301T120000Z', UNCERTAIN),
  ],
  credentialRefused('error 13: none', '', MALFORMED, UNCERTAIN),
  credentialRefused('error 13: a key alone', ACCESS_KEY_ID, MALFORMED, UNCERTAIN),
  credentialRefused(
    'error 13: one part too few',
    `${ACCESS_KEY_ID}/20260301/${REGION}/s3`,
    MALFORMED,
    UNCERTAIN,
  ),
  credentialRefused(
    'error 14',
    `/20260301/${REGION}/s3/aws4_request`,
    'a non-empty Access Key (AKID) must be provided in the credential.',
  ),
  credentialRefused(
    'error 15: the day',
    `${ACCESS_KEY_ID}/2026-03-01/${REGION}/s3/aws4_request`,
    'incorrect date format "2026-03-01". This date in the credential must be in the format "yyyyMMdd".',
    UNCERTAIN,
  ),
  credentialRefused(
    'error 15: the service',
    `${ACCESS_KEY_ID}/20260301/${REGION}/ec2/aws4_request`,
    'incorrect service "ec2". This endpoint belongs to "s3".',
    UNCERTAIN,
  ),
  credentialRefused(
    'error 15: the end',
    `${ACCESS_KEY_ID}/20260301/${REGION}/s3/aws3_request`,
    'incorrect terminal "aws3_request". This endpoint uses "aws4_request".',
    UNCERTAIN,
  ),
  [
    'error 16',
    { fields: { 'X-Amz-Credential': `${ACCESS_KEY_ID}/20260301/us-east-1/s3/aws4_request` } },
    refusal(400, 'InvalidArgument', "the region 'us-east-1' is wrong; expecting 'eu-west-3'", [
      ['ArgumentName', 'X-Amz-Credential'],
      ['ArgumentValue', `${ACCESS_KEY_ID}/20260301/us-east-1/s3/aws4_request`],
      ['Region', 'eu-west-3'],
    ]),
  ],
  [
    'error 17',
    { fields: { 'X-Amz-Credential': CREDENTIAL.replace(ACCESS_KEY_ID, 'AKIDUNKNOWN') } },
    refusal(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      [['AWSAccessKeyId', 'AKIDUNKNOWN']],
    ),
  ],
  [
    'error 17: an access key with slashes',
    { fields: { 'X-Amz-Credential': CREDENTIAL.replace(ACCESS_KEY_ID, 'AKID/IN/PARTS') } },
    refusal(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      [['AWSAccessKeyId', 'AKID/IN/PARTS']],
    ),
  ],
  [
    'error 18: another token',
    { sessionToken: 'right', exact: { 'x-amz-security-token': 'wrong' } },
    asToPut('InvalidToken', 'The provided token is malformed or otherwise invalid.', [
      ['Token-0', 'wrong'],
    ]),
  ],
  [
    'error 18: none',
    { sessionToken: 'right' },
    asToPut('InvalidToken', 'The provided token is malformed or otherwise invalid.'),
  ],
  ...['0'.repeat(64), SIGNATURE.slice(1), `${SIGNATURE}0`, SIGNATURE.toUpperCase(), 'é'].map(
    (signature): Refused => [
      `error 19: the signature "${signature}"`,
      { fields: { 'X-Amz-Signature': signature } },
      mismatch(Policy, signature),
    ],
  ),
  ...[
    ['altered (recorded)', Policy.slice(4)],
    ['that is no base64, for it is not decoded before', '***'],
  ].map(
    ([what, policy = '']): Refused => [
      `error 19: a policy ${what}`,
      { fields: { Policy: policy } },
      mismatch(policy, SIGNATURE),
    ],
  ),
  [
    'error 19: an empty signature',
    { fields: { 'X-Amz-Signature': '' } },
    mismatch(Policy, '', UNCERTAIN),
  ],
  ['error 19: an empty policy', { fields: { Policy: '' } }, mismatch('', SIGNATURE, UNCERTAIN)],
];

const policyRefused = (
  rule: string,
  policy: string | Buffer,
  message: string,
  others = {},
): Refused => [rule, { policy }, invalidPolicy(message, others)];

const expirationRefused = (expiration: string, others = {}): Refused => [
  `error 21: "${expiration}"`,
  { expiration },
  invalidPolicy(`Invalid 'expiration' value: '${expiration}'`, others),
];

const POLICY_REFUSED: readonly Refused[] = [
  policyRefused('error 20: cut off', '{"expiration"', 'Invalid JSON.', UNCERTAIN),
  policyRefused('error 20: a text', 'hello', 'Invalid JSON.', UNCERTAIN),
  policyRefused('error 20: a number', '5', 'Invalid JSON.', UNCERTAIN),
  policyRefused('error 20: null', 'null', 'Invalid JSON.', UNCERTAIN),
  policyRefused('error 20: a list', '[]', 'Invalid JSON.', UNCERTAIN),
  policyRefused(
    'error 20: a comma too many',
    policyWith('"conditions": [],'),
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 20: single quotes',
    `{'expiration': '${EXPIRATION}', 'conditions': []}`,
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 20: names without quotes',
    `{expiration: "${EXPIRATION}", conditions: []}`,
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 20: the escape \\$ of the documentation',
    policyWith('"conditions": [["eq", "\\$key", "a"]]'),
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 20: null in a condition',
    policyWith('"conditions": [{"acl": null}]'),
    'Invalid JSON.',
  ),
  policyRefused(
    'error 20: a size with a fraction',
    policyWith('"conditions": [["content-length-range", 0, 512.0]]'),
    'Invalid JSON.',
  ),
  policyRefused(
    'error 20: a size with an exponent',
    policyWith('"conditions": [["content-length-range", 0, 1e3]]'),
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 20: a fraction elsewhere',
    policyWith('"conditions": [["content-length-range", 0, 9], {"acl": 0.5}]'),
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 20: a value that is a number, in a list',
    policyWith('"conditions": [["eq", "$key", 5]]'),
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 20: a name that is a number, in a list',
    policyWith('"conditions": [["eq", 5, "x"]]'),
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused('error 20: no UTF-8', Buffer.from([0xff, 0xfe, 0x7b]), 'Invalid JSON.', UNCERTAIN),
  policyRefused(
    'error 20: a mark of the byte order',
    `\ufeff${policyWith('"conditions": []')}`,
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'members given twice: conditions',
    policyWith('"conditions": [], "conditions": []'),
    'Invalid JSON.',
    UNCERTAIN,
  ),
  policyRefused(
    'members given twice: a name, one of them escaped',
    policyWith('"conditions": [{"acl": "a", "\\u0061cl": "b"}]'),
    'Invalid JSON.',
    UNCERTAIN,
  ),
  ...[
    '2026-03-01T14:00:00+01:00',
    '2026-10-17 03:15:59 UTC',
    '2026-10-17 03:15:59 +0200',
    'Sun Mar 01 13:00:00 UTC 2026',
    '2026-03-01 13:00:00',
    '2026-03-01 13:00:00.123456',
  ].map((expiration) => expirationRefused(expiration)),
  ...[
    '2026-03-01T13:00:00',
    '2026-03-01T13:00:00z',
    '2026-13-01T13:00:00Z',
    '2027-02-29T13:00:00Z',
    '2026-02-30T13:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T14:00:00+01:00 é',
    'tomorrow',
    '',
  ].map((expiration) => expirationRefused(expiration, UNCERTAIN)),
  [
    'error 22: two properties (recorded)',
    { conditions: [{ acl: 'private', bucket: BUCKET }] },
    invalidPolicy(
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
    ),
  ],
  [
    'error 22: none',
    { conditions: [{}] },
    invalidPolicy(
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
      UNCERTAIN,
    ),
  ],
  [
    'error 23',
    { conditions: [{ acl: 5 }] },
    invalidPolicy('Invalid Simple-Condition: value must be a string.'),
  ],
  ...[true, ['private'], { a: 'b' }].map(
    (value): Refused => [
      `error 23: ${JSON.stringify(value)}, which is no number either`,
      { conditions: [{ acl: value }] },
      invalidPolicy('Invalid Simple-Condition: value must be a string.', UNCERTAIN),
    ],
  ),
  policyRefused(
    'error 24: an IAM policy, before what is missing',
    '{"Statement": []}',
    "Unexpected: 'statement'",
  ),
  policyRefused('error 24: CONDITIONS', policyWith('"CONDITIONS": []'), "Unexpected: 'conditions'"),
  policyRefused(
    'error 24: EXPIRATION',
    `{"EXPIRATION": "${EXPIRATION}", "conditions": []}`,
    "Unexpected: 'expiration'",
  ),
  policyRefused(
    'error 24: __proto__',
    policyWith('"conditions": [], "__proto__": {}'),
    "Unexpected: '__proto__'",
  ),
  [
    'error 25',
    { conditions: [[]] },
    invalidPolicy('Invalid Condition: missing operation identifier.', UNCERTAIN),
  ],
  policyRefused(
    'error 27: no expiration',
    '{"conditions": []}',
    'Policy missing expiration.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 27: nothing, of which the expiration is missed first',
    '{}',
    'Policy missing expiration.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 27: no conditions',
    `{"expiration": "${EXPIRATION}"}`,
    'Policy missing conditions.',
    UNCERTAIN,
  ),
  policyRefused(
    'error 27: conditions that are no list',
    policyWith('"conditions": {}'),
    "Invalid 'conditions' value: must be a List.",
    UNCERTAIN,
  ),
  [
    'error 27: a condition that is a text',
    { conditions: ['acl'] },
    invalidPolicy('Invalid condition test: must be a List or Object.', UNCERTAIN),
  ],
  [
    'error 27: another operator',
    { conditions: [['matches', '$key', 'a']] },
    invalidPolicy("Invalid Condition: unknown operation 'matches'.", UNCERTAIN),
  ],
  [
    'error 27: two items',
    { conditions: [['eq', '$key']] },
    invalidPolicy('Invalid eq: wrong number of arguments.', UNCERTAIN),
  ],
  [
    'error 27: one bound',
    { conditions: [['content-length-range', 1]] },
    invalidPolicy('Invalid content-length-range: wrong number of arguments.', UNCERTAIN),
  ],
  [
    'error 27: no base64',
    { policyField: '***' },
    invalidPolicy('invalid Base64 encoding.', UNCERTAIN),
  ],
  [
    'error 27: base64 without its padding',
    { policyField: 'eyJhIjoxfQ' },
    invalidPolicy('invalid Base64 encoding.', UNCERTAIN),
  ],
  [
    'error 27: empty',
    { policyField: '' },
    invalidPolicy("Expecting '{' but found End-of-Input", UNCERTAIN),
  ],
  [
    'error 28: the very instant',
    { now: new Date(EXPIRATION) },
    denied('Policy expired.', UNCERTAIN),
  ],
  ['error 28 (recorded)', { now: new Date('2030-01-01') }, denied('Policy expired.')],
];

const CONDITION_REFUSED: readonly Refused[] = [
  [
    'error 29: another value (recorded)',
    { exact: { acl: 'public-read' }, fields: { acl: 'private' } },
    failed('["eq", "$acl", "public-read"]'),
  ],
  [
    'error 29: another prefix (recorded)',
    { fields: { key: 'other/a' } },
    failed('["starts-with", "$key", "user/"]'),
  ],
  [
    'error 29: an absent field',
    { conditions: [['eq', '$acl', 'public-read']] },
    failed('["eq", "$acl", "public-read"]'),
  ],
  [
    'error 29: an absent field that may have any value',
    { conditions: [ANY('Content-Type')] },
    failed('["starts-with", "$Content-Type", ""]'),
  ],
  [
    'error 29: an absent field that has to be empty',
    { conditions: [{ acl: '' }] },
    failed('["eq", "$acl", ""]', UNCERTAIN),
  ],
  [
    'error 29: no "$", though the field is uncovered too (recorded)',
    {
      conditions: [['eq', 'success_action_redirect', 'http://localhost.test/random']],
      fields: { success_action_redirect: 'http://localhost.test/random' },
    },
    failed('["eq", "success_action_redirect", "http://localhost.test/random"]'),
  ],
  [
    'error 29: no "$", and a text that the name does not begin with',
    { conditions: [['starts-with', 'acl', 'private']] },
    failed('["starts-with", "acl", "private"]'),
  ],
  [
    'error 29: no "$" before the name of the field that has the value',
    { exact: { acl: 'private' }, conditions: [['eq', 'acl', 'private']] },
    failed('["eq", "acl", "private"]'),
  ],
  [
    'error 29: a "$" in an object',
    { conditions: [{ $key: 'user/photo.jpg' }] },
    failed('["eq", "$$key", "user/photo.jpg"]', UNCERTAIN),
  ],
  [
    'error 29: the file is no field',
    { conditions: [ANY('file')] },
    failed('["starts-with", "$file", ""]'),
  ],
  [
    'error 29: an absent session token',
    { conditions: [{ 'x-amz-security-token': 'a' }] },
    failed('["eq", "$x-amz-security-token", "a"]'),
  ],
  [
    "error 29: another date than the policy's",
    { fields: { 'X-Amz-Date': '20260301T130000Z' } },
    failed(`["eq", "$x-amz-date", "${AMZ_DATE}"]`),
  ],
  [
    'error 29: an operator in capitals',
    { conditions: [['Starts-With', '$key', 'other/']] },
    failed('["Starts-With", "$key", "other/"]', UNCERTAIN),
  ],
  [
    'error 29: starts-with where S3 documents eq',
    {
      conditions: [['starts-with', '$x-amz-storage-class', 'GLACIER']],
      fields: { 'x-amz-storage-class': 'STANDARD' },
    },
    failed('["starts-with", "$x-amz-storage-class", "GLACIER"]', UNCERTAIN),
  ],
  ...['a$$b', '$a', '${user}'].map(
    (value): Refused => [
      `error 29: the value "${value}" in the policy`,
      { conditions: [{ 'x-amz-meta-a': value }], fields: { 'x-amz-meta-a': 'b' } },
      failed(`["eq", "$x-amz-meta-a", "${value}"]`, UNCERTAIN),
    ],
  ),
  [
    'error 29: the value "a$$b" in the form',
    { conditions: [{ 'x-amz-meta-a': 'a$b' }], fields: { 'x-amz-meta-a': 'a$$b' } },
    failed('["eq", "$x-amz-meta-a", "a$b"]', UNCERTAIN),
  ],
  [
    'error 29: after a condition that S3 may have refused',
    { conditions: [['EQ', '$key', 'user/photo.jpg'], { acl: 'private' }] },
    failed('["eq", "$acl", "private"]', UNCERTAIN),
  ],
  ...['é', '👑', 'a\tb', 'a\\b', '\u007f'].map(
    (value): Refused => [
      `how conditions are printed: ${JSON.stringify(value)}, not recorded`,
      { conditions: [{ acl: value }] },
      failed(`["eq", "$acl", ${JSON.stringify(value)}]`, UNCERTAIN),
    ],
  ),
  [
    'error 29: a bound that is no number (recorded)',
    { conditions: [RANGE('test', '10')] },
    failed('["content-length-range", "test", "10"]'),
  ],
  [
    'error 29: one of several conditions on a field',
    { conditions: [['starts-with', '$key', 'user/b']] },
    failed('["starts-with", "$key", "user/b"]'),
  ],
  [
    'error 29: the first in the policy, a bound',
    { conditions: [RANGE('test', '10'), { acl: 'private' }] },
    failed('["content-length-range", "test", "10"]'),
  ],
  [
    'error 29: the first in the policy, a field',
    { conditions: [{ acl: 'private' }, RANGE('test', '10')] },
    failed('["eq", "$acl", "private"]'),
  ],
  [
    'values count in their own case: eq (recorded)',
    {
      exact: { success_action_redirect: 'HTTP://localhost.test/random' },
      fields: { success_action_redirect: 'http://localhost.test/random' },
    },
    failed('["eq", "$success_action_redirect", "HTTP://localhost.test/random"]'),
  ],
  [
    'values count in their own case: starts-with (recorded)',
    {
      conditions: [['starts-with', '$success_action_redirect', 'http://localhost']],
      fields: { success_action_redirect: 'HTTP://localhost.test/random' },
    },
    failed('["starts-with", "$success_action_redirect", "http://localhost"]'),
  ],
  [
    'how conditions are printed: quotes, and names as in the policy',
    { conditions: [{ 'Content-Disposition': 'filename="test.png"' }] },
    failed('["eq", "$Content-Disposition", "filename=\\"test.png\\""]'),
  ],
  [
    'how conditions are printed: bounds as they are given',
    { conditions: [RANGE(1, 'x')] },
    failed('["content-length-range", 1, "x"]', UNCERTAIN),
  ],
  ...['-1', '1.5', '', '5 '].map(
    (bound): Refused => [
      `error 29: the bound "${bound}", which is not recorded`,
      { conditions: [RANGE(bound, '10')] },
      failed(`["content-length-range", "${bound}", "10"]`, UNCERTAIN),
    ],
  ),
  [
    'lists of types: one that does not match',
    {
      conditions: [['starts-with', '$Content-Type', 'image/']],
      fields: { 'Content-Type': 'image/jpg,text/plain' },
    },
    failed('["starts-with", "$Content-Type", "image/"]'),
  ],
  [
    'lists of types: a blank behind the comma',
    {
      conditions: [['starts-with', '$Content-Type', 'image/']],
      fields: { 'Content-Type': 'image/jpg, image/png' },
    },
    failed('["starts-with", "$Content-Type", "image/"]', UNCERTAIN),
  ],
  ...['image/jpg,', 'image/jpg,,image/png', ',image/jpg'].map(
    (types): Refused => [
      `lists of types: nothing between the commas of "${types}"`,
      {
        conditions: [['starts-with', '$Content-Type', 'image/']],
        fields: { 'Content-Type': types },
      },
      failed('["starts-with", "$Content-Type", "image/"]', UNCERTAIN),
    ],
  ),
  [
    'lists of types: a comma in the condition',
    {
      conditions: [['starts-with', '$Content-Type', 'a/b,c']],
      fields: { 'Content-Type': 'a/b,c/d' },
    },
    failed('["starts-with", "$Content-Type", "a/b,c"]', UNCERTAIN),
  ],
  [
    'lists of types: no other field knows them',
    { conditions: [['eq', '$Content-Type', 'a/b']], fields: { 'Content-Type': 'a/b,a/b' } },
    failed('["eq", "$Content-Type", "a/b"]'),
  ],
  [
    'the bucket is that of the URL',
    { bucket: 'other-bucket' },
    failed(`["eq", "$bucket", "${BUCKET}"]`),
  ],
  [
    'the bucket is that of the URL, whatever a field says',
    { bucket: 'other-bucket', fields: { bucket: BUCKET } },
    failed(`["eq", "$bucket", "${BUCKET}"]`),
  ],
  [
    'ignored fields are not there for a condition',
    { conditions: [ANY('x-ignore-a')], fields: { 'x-ignore-a': 'b' } },
    failed('["starts-with", "$x-ignore-a", ""]', UNCERTAIN),
  ],
  [
    'a relative redirect has to meet its condition',
    {
      exact: { success_action_redirect: '/done' },
      fields: { success_action_redirect: '/other' },
    },
    failed('["eq", "$success_action_redirect", "/done"]'),
  ],
  [
    '${filename} is replaced before conditions are looked at',
    { fields: { key: 'user/${filename}' }, conditions: [{ key: 'user/${filename}' }] },
    failed('["eq", "$key", "user/${filename}"]'),
  ],
  [
    'error 30: a condition without "$" covers no field',
    { fields: { acl: 'private' }, conditions: [['starts-with', 'acl', '']] },
    extraField('acl', UNCERTAIN),
  ],
  ['error 30: a name outside of ASCII', { fields: { é: 'a' } }, extraField('é', UNCERTAIN)],
  ['error 30', { fields: { 'Content-Type': 'a/b' } }, extraField('content-type')],
  ["error 30: Flash's field", { fields: { Filename: 'a' } }, extraField('filename')],
  ['error 30: a submit button', { fields: { submit: 'Send' } }, extraField('submit')],
  ['error 30: Content-MD5', { fields: { 'Content-MD5': 'a' } }, extraField('content-md5')],
  [
    'error 30: a checksum',
    { fields: { 'x-amz-checksum-sha256': 'a' } },
    extraField('x-amz-checksum-sha256'),
  ],
  [
    'error 30: a session token',
    { sessionToken: 'a', fields: { 'X-Amz-Security-Token': 'a' } },
    extraField('x-amz-security-token'),
  ],
  [
    'error 30: several, of which S3 names one',
    { fields: { b: '1', a: '2', dzuuid: '3' } },
    extraField('b', { uncoveredFields: ['b', 'a', 'dzuuid'], ...UNCERTAIN }),
  ],
  ...['key', 'bucket', 'x-amz-date', 'x-amz-algorithm', 'x-amz-credential'].map(
    (name): Refused => [
      `error 30: no condition on ${name}`,
      { uncovered: [name] },
      extraField(name),
    ],
  ),
  ['error 30: __proto__', { repeated: [['__proto__', 'a']] }, extraField('__proto__')],
  ['error 30: constructor', { fields: { constructor: 'a' } }, extraField('constructor')],
  ['error 31 (recorded)', { conditions: [RANGE(5, 10)], size: 12 }, tooLarge('12', '10')],
  [
    'error 31: texts for bounds',
    { conditions: [RANGE('5', '10')], size: 12 },
    tooLarge('12', '10'),
  ],
  ['error 31: none is allowed', { conditions: [RANGE(0, 0)], size: 1 }, tooLarge('1', '0')],
  [
    'error 31: a much larger one',
    { conditions: [RANGE(0, 100_000)], size: 1_000_000 },
    tooLarge('1000000', '100000'),
  ],
  [
    'error 31: one of two ranges',
    { conditions: [RANGE(0, 10), RANGE(0, 20)], size: 12 },
    tooLarge('12', '10', UNCERTAIN),
  ],
  [
    'error 31: bounds the wrong way round',
    { conditions: [RANGE(10, 5)], size: 7 },
    tooLarge('7', '5', UNCERTAIN),
  ],
  ['error 31: a negative bound', { conditions: [RANGE(-1, 2)] }, tooLarge('3', '2', UNCERTAIN)],
  [
    'error 31: two negative bounds',
    { conditions: [RANGE(-2, -1)], size: 0 },
    tooLarge('0', '-1', UNCERTAIN),
  ],
  [
    'error 31: a size that a person may not ask for, beside what S3 may have refused',
    { conditions: [RANGE(0, 2), ['EQ', '$key', 'user/photo.jpg']] },
    tooLarge('3', '2', UNCERTAIN),
  ],
  ['error 32 (recorded)', { conditions: [RANGE(5, 10)], size: 1 }, tooSmall('1', '5')],
  [
    'error 32: a bound of 400 digits',
    { conditions: [RANGE('9'.repeat(400), '9'.repeat(400))] },
    tooSmall('3', '9007199254740991', UNCERTAIN),
  ],
  [
    'error 32: nothing was chosen',
    { conditions: [RANGE(1, 10)], size: 0, filename: '' },
    tooSmall('0', '1'),
  ],
  [
    'error 31: before what is wrong with the object',
    { conditions: [RANGE(0, 2)], exact: { acl: 'nobody' } },
    tooLarge('3', '2'),
  ],
];

const OBJECT_REFUSED: readonly Refused[] = [
  [
    'error 33 (recorded)',
    { exact: { 'x-amz-storage-class': 'COLD' } },
    refusal(400, 'InvalidStorageClass', 'The storage class you specified is not valid', [
      ['StorageClassRequested', 'COLD'],
    ]),
  ],
  [
    'error 33: beside an ACL, which S3 may have refused before',
    { exact: { 'x-amz-storage-class': 'COLD', acl: 'public-read' } },
    refusal(
      400,
      'InvalidStorageClass',
      'The storage class you specified is not valid',
      [['StorageClassRequested', 'COLD']],
      UNCERTAIN,
    ),
  ],
  ...['not-xml', '<Tagging>', '<Tagging></Tagg>', '<a/><b/>', '<Tagging>&</Tagging>'].map(
    (xml): Refused => [
      `error 34: "${xml}" (the first one recorded)`,
      { exact: { tagging: xml } },
      refusal(
        400,
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
      ),
    ],
  ),
  ...['\n<?xml version="1.0"?><Tagging/>', '<Tagging>]]></Tagging>', '<a>&#1;</a>', '\u0001'].map(
    (xml): Refused => [
      `error 34: no XML, ${JSON.stringify(xml)}`,
      { exact: { tagging: xml } },
      refusal(
        400,
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
        [],
        { certain: !xml.includes('?') },
      ),
    ],
  ),
  ...[
    ['nothing at all', ''],
    ['a tag without value', '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>'],
    ['a document type', '<!DOCTYPE Tagging><Tagging><TagSet></TagSet></Tagging>'],
  ].map(
    ([what, xml = '']): Refused => [
      `error 34: ${what}`,
      { exact: { tagging: xml } },
      asToPut(
        'MalformedXML',
        'The XML you provided was not well-formed or did not validate against our published schema',
      ),
    ],
  ),
  [
    'tags: more than 10',
    tagging(Array.from({ length: 11 }, (_, i) => tag(`k${i}`)).join('')),
    asToPut('BadRequest', 'Object tags cannot be greater than 10'),
  ],
  [
    'tags: the same key twice',
    tagging(tag('a', '1') + tag('a', '2')),
    asToPut('InvalidTag', 'Cannot provide multiple Tags with the same key', [['TagKey', 'a']]),
  ],
  [
    'tags: an empty key',
    tagging(tag('')),
    asToPut('InvalidTag', 'The TagKey you have provided is invalid', [['TagKey', '']]),
  ],
  [
    'tags: a long key',
    tagging(tag('k'.repeat(129))),
    asToPut('InvalidTag', 'The TagKey you have provided is invalid', [['TagKey', 'k'.repeat(129)]]),
  ],
  [
    'tags: a long value',
    tagging(tag('a', 'v'.repeat(257))),
    asToPut('InvalidTag', 'The TagValue you have provided is invalid', [['TagKey', 'a']]),
  ],
  ...['public', 'PRIVATE', ''].map(
    (acl): Refused => [
      `error 36: "${acl}"`,
      { exact: { acl } },
      argument('', 'acl', acl, UNCERTAIN),
    ],
  ),
  ...['5', '', DIGESTS.SHA1, DIGESTS.MD5.replace('==', ''), `${DIGESTS.MD5}\n`].map(
    (digest): Refused => [
      `error 37: ${JSON.stringify(digest)}`,
      { exact: { 'Content-MD5': digest } },
      asToPut('InvalidDigest', 'The Content-MD5 you specified was invalid.'),
    ],
  ),
  [
    'error 37: of another file',
    { exact: { 'Content-MD5': '1B2M2Y8AsgTpgAmY7PhCfg==' }, digests: DIGESTS },
    asToPut('BadDigest', 'The Content-MD5 you specified did not match what we received.'),
  ],
  [
    'error 38: of another file',
    { exact: { 'x-amz-checksum-sha256': WRONG_SHA256 }, digests: DIGESTS },
    asToPut('BadDigest', 'The SHA256 you specified did not match the calculated checksum.'),
  ],
  [
    'error 38: of another file, named',
    {
      exact: { 'x-amz-checksum-algorithm': 'CRC32', 'x-amz-checksum-crc32': 'AAAAAA==' },
      digests: DIGESTS,
    },
    asToPut('BadDigest', 'The CRC32 you specified did not match the calculated checksum.'),
  ],
  [
    'error 38: of another length',
    { exact: { 'x-amz-checksum-sha256': DIGESTS.MD5 } },
    invalidRequest('Value for x-amz-checksum-sha256 header is invalid.'),
  ],
  [
    'error 38: an algorithm without value',
    { exact: { 'x-amz-checksum-algorithm': 'SHA256' } },
    invalidRequest(
      'x-amz-checksum-algorithm specified, but no corresponding x-amz-checksum-* header was found.',
    ),
  ],
  [
    'error 38: the value of another algorithm',
    { exact: { 'x-amz-checksum-algorithm': 'SHA256', 'x-amz-checksum-sha1': DIGESTS.SHA1 } },
    invalidRequest(
      'x-amz-checksum-algorithm specified, but no corresponding x-amz-checksum-* header was found.',
    ),
  ],
  [
    'error 38: no algorithm of S3',
    { exact: { 'x-amz-checksum-algorithm': 'constructor' } },
    invalidRequest(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    ),
  ],
  [
    'error 38: two checksums',
    { exact: { 'x-amz-checksum-sha1': DIGESTS.SHA1, 'x-amz-checksum-crc32': DIGESTS.CRC32 } },
    invalidRequest(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    ),
  ],
  [
    'error 39',
    { exact: { 'x-amz-meta-a': 'b' }, headers: { 'x-amz-meta-a': 'c' } },
    invalidRequest('Conflicting values provided in HTTP headers and POST form fields.'),
  ],
  [
    'error 39: tags in a header, which has another way to write them',
    { ...tagging(tag('a')), headers: { 'x-amz-tagging': 'a=' } },
    invalidRequest('Conflicting values provided in HTTP headers and POST form fields.'),
  ],
  [
    'error 39: another ACL in a header',
    { exact: { acl: 'private' }, headers: { 'x-amz-acl': 'public-read' } },
    invalidRequest('Conflicting values provided in HTTP headers and POST form fields.'),
  ],
  [
    'error 39: another Content-MD5 in a header',
    {
      exact: { 'Content-MD5': DIGESTS.MD5 },
      headers: { 'content-md5': '1B2M2Y8AsgTpgAmY7PhCfg==' },
    },
    invalidRequest('Conflicting values provided in HTTP headers and POST form fields.'),
  ],
  [
    'error 40',
    { exact: { 'x-amz-meta-a': 'v'.repeat(2048) } },
    asToPut('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', [
      ['Size', '2049'],
      ['MaxSizeAllowed', '2048'],
    ]),
  ],
  [
    'redirects of websites: neither URL nor path',
    { exact: { 'x-amz-website-redirect-location': 'elsewhere' } },
    asToPut(
      'InvalidRedirectLocation',
      "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    ),
  ],
  [
    'encryption: another method',
    { exact: { [SSE]: 'AES128' } },
    argument('The encryption method specified is not supported', SSE, 'AES128', UNCERTAIN),
  ],
  [
    'encryption: a KMS key without KMS',
    { exact: { [SSE]: 'AES256', [`${SSE}-aws-kms-key-id`]: 'a' } },
    argument(
      'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms',
      SSE,
      'AES256',
      UNCERTAIN,
    ),
  ],
  [
    'encryption: a context that is none',
    { exact: { [SSE]: 'aws:kms', [`${SSE}-context`]: 'W10=' } },
    argument(
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
      `${SSE}-context`,
      'W10=',
      UNCERTAIN,
    ),
  ],
  [
    'encryption: a context of other things than texts',
    { exact: { [SSE]: 'aws:kms', [`${SSE}-context`]: 'eyJhIjoxfQ==' } },
    argument(
      "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map",
      `${SSE}-context`,
      'eyJhIjoxfQ==',
      UNCERTAIN,
    ),
  ],
  [
    'encryption: a method and a customer key',
    { exact: { [SSE]: 'AES256', ...CUSTOMER_KEY } },
    argument(
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      SSE,
      'AES256',
      UNCERTAIN,
    ),
  ],
  [
    'encryption with a customer key: another algorithm',
    { exact: { ...CUSTOMER_KEY, [`${SSE}-customer-algorithm`]: 'AES128' } },
    asToPut(
      'InvalidEncryptionAlgorithmError',
      'The encryption request that you specified is not valid. The valid value is AES256.',
    ),
  ],
  customerKeyRefused(
    'no algorithm',
    { 'x-amz-server-side-encryption-customer-algorithm': undefined },
    'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
    `${SSE}-customer-algorithm`,
  ),
  customerKeyRefused(
    'the MD5 alone',
    {
      'x-amz-server-side-encryption-customer-algorithm': undefined,
      'x-amz-server-side-encryption-customer-key': undefined,
    },
    'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
    `${SSE}-customer-algorithm`,
  ),
  customerKeyRefused(
    'the key alone',
    {
      'x-amz-server-side-encryption-customer-algorithm': undefined,
      'x-amz-server-side-encryption-customer-key-MD5': undefined,
    },
    'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
    `${SSE}-customer-algorithm`,
  ),
  customerKeyRefused(
    'no key',
    { 'x-amz-server-side-encryption-customer-key': undefined },
    'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
    `${SSE}-customer-key`,
  ),
  customerKeyRefused(
    'no MD5',
    { 'x-amz-server-side-encryption-customer-key-MD5': undefined },
    'Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.',
    `${SSE}-customer-key-md5`,
  ),
  customerKeyRefused(
    'the MD5 of another key',
    { 'x-amz-server-side-encryption-customer-key-MD5': '1B2M2Y8AsgTpgAmY7PhCfg==' },
    'The calculated MD5 hash of the key did not match the hash that was provided.',
    SSE,
  ),
  customerKeyRefused(
    'a short key, and the MD5 of another',
    { 'x-amz-server-side-encryption-customer-key': 'eHh4' },
    'The calculated MD5 hash of the key did not match the hash that was provided.',
    SSE,
  ),
  customerKeyRefused(
    'a short key',
    {
      'x-amz-server-side-encryption-customer-key': 'eHh4',
      'x-amz-server-side-encryption-customer-key-MD5': DIGESTS.MD5,
    },
    'The secret key was invalid for the specified algorithm.',
    SSE,
  ),
];

function customerKeyRefused(
  what: string,
  change: Record<string, string | undefined>,
  message: string,
  name: string,
): Refused {
  const given = Object.entries({ ...CUSTOMER_KEY, ...change });
  const exact = Object.fromEntries(
    given.filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  return [
    `encryption with a customer key: ${what}`,
    { exact },
    argument(message, name, 'null', UNCERTAIN),
  ];
}

export const REFUSED: readonly Refused[] = [
  ...FORM_REFUSED,
  ...SIGNATURE_REFUSED,
  ...POLICY_REFUSED,
  ...CONDITION_REFUSED,
  ...OBJECT_REFUSED,
];

/** What S3 answers to a form that it takes. */
export interface Stored {
  /** @default 204 */
  readonly status?: 200 | 201 | 204 | 303;
  /** @default 'user/photo.jpg' */
  readonly key?: string;
  /** Where the browser is sent, without what S3 adds. */
  readonly redirect?: string;
  /** Of what it is not known that S3 takes it: a word of each sentence. */
  readonly warnings?: readonly string[];
}

type Row = readonly [rule: string, form: FormPlan, answer?: Stored];

const DONE = 'https://example.com/done?a=b';
const redirected = { status: 303, redirect: DONE } as const;

const named = (
  filename: string | undefined,
  key: string,
  warnings: readonly string[] = [],
): Row => [
  `\${filename} of ${JSON.stringify(filename)}`,
  { fields: { key: 'user/${filename}' }, filename },
  { key, warnings },
];

const TAKEN_ROWS: readonly Row[] = [
  ['a plain form (recorded)', {}],
  ['the last instant', { now: new Date('2026-03-01T12:59:59.999Z') }],
  ['an expiration without milliseconds (recorded)', { expiration: '2026-03-01T13:00:00Z' }],
  ['an expiration with tenths of a second', { expiration: '2026-03-01T13:00:00.5Z' }],
  ['a date in the future', { now: new Date('2026-02-28T00:00:00Z') }],
  [
    'a key of 1,024 bytes',
    { fields: { key: `user/${'a'.repeat(1019)}` } },
    { key: `user/${'a'.repeat(1019)}` },
  ],
  ['15,000 bytes of fields', { fields: { 'x-ignore-a': 'a'.repeat(15_000) } }],
  ['an empty file', { size: 0 }],
  ['the least size (recorded)', { conditions: [RANGE(5, 10)], size: 5 }],
  ['the largest size (recorded)', { conditions: [RANGE(5, 10)], size: 10 }],
  ['bounds as texts (recorded)', { conditions: [RANGE('5', '10')], size: 10 }],
  [
    'two ranges',
    { conditions: [RANGE(0, 10), RANGE(2, 20)] },
    { warnings: ['several size ranges'] },
  ],
  [
    'a field given twice that is ignored',
    { fields: { 'x-ignore-a': 'b' }, repeated: [['x-ignore-a', 'c']] },
  ],
  ['an ignored field with "$$"', { fields: { 'x-ignore-a': 'a$$b' } }],
  ['ignored fields', { fields: { 'x-ignore-a': 'b', 'X-Ignore-B': 'c' } }],
  ['a field of any name, with its condition', { exact: { dzuuid: '1' } }],
  [
    'a session token (recorded)',
    { sessionToken: 'token', exact: { 'x-amz-security-token': 'token' } },
  ],
  ['a field `bucket`', { fields: { bucket: BUCKET } }],
  ["a field `bucket` of another name: the URL's counts", { fields: { bucket: 'other' } }],
  ['an empty value where any will do', { conditions: [ANY('a')], fields: { a: '' } }],
  [
    'any value where any will do (recorded)',
    { conditions: [ANY('success_action_redirect')], fields: { success_action_redirect: DONE } },
    redirected,
  ],
  [
    'a condition as a list',
    { conditions: [['eq', '$Cache-Control', 'no-store']], fields: { 'Cache-Control': 'no-store' } },
  ],
  [
    'several conditions on a field',
    { conditions: [['starts-with', '$key', 'user/p'], { key: 'user/photo.jpg' }] },
  ],
  [
    'lists of types',
    {
      conditions: [['starts-with', '$Content-Type', 'image/']],
      fields: { 'Content-Type': 'image/jpg,image/png,image/gif' },
    },
  ],
  ['a single "$" and quotes (recorded)', { exact: { 'x-amz-meta-a': '"#$%&\'' } }],
  ['a backslash, not unescaped twice', { exact: { 'x-amz-meta-a': '\\$foo' } }],
  ['every letter (recorded)', { exact: { 'x-amz-meta-a': 'ÄMÄZÕÑ 👑' } }],
  [
    'JSON that is escaped to ASCII (recorded)',
    {
      policy: JSON.stringify({
        expiration: EXPIRATION,
        conditions: [
          { bucket: BUCKET },
          ANY('key'),
          ANY('x-amz-credential'),
          ANY('x-amz-algorithm'),
          ANY('x-amz-date'),
          { 'x-amz-meta-a': 'EMOJI' },
        ],
      }).replace('EMOJI', '\\ud83d\\udc51'),
      fields: { 'x-amz-meta-a': '👑' },
    },
    { warnings: ['x-amz-credential', 'x-amz-algorithm', 'x-amz-date'] },
  ],
  [
    'values that begin with "$"',
    { exact: { 'x-amz-meta-a': '$a' } },
    { warnings: ['the "$" in ["eq"'] },
  ],
  ...['a$$b', 'a${b', '${user}'].map(
    (value): Row => [
      `the value "${value}"`,
      { exact: { 'x-amz-meta-a': value } },
      { warnings: ['the "$" in ["eq"', 'the "$" in the field x-amz-meta-a'] },
    ],
  ),
  [
    'a value with "$$" where any will do',
    { conditions: [ANY('x-amz-meta-a')], fields: { 'x-amz-meta-a': '$$' } },
    { warnings: ['the field x-amz-meta-a'] },
  ],
  [
    'a name without "$" that equals the value',
    { conditions: [['eq', 'abc', 'abc']] },
    { warnings: ['compares two texts'] },
  ],
  [
    'a name without "$" that may be any text',
    { conditions: [['starts-with', 'abc', '']] },
    { warnings: ['compares two texts'] },
  ],
  [
    'a name without "$" that is no list of types',
    { conditions: [['starts-with', 'Content-Type', 'Content']] },
    { warnings: ['compares two texts'] },
  ],
  [
    'a bound that has no end',
    { conditions: [RANGE(0, '9'.repeat(30))] },
    { warnings: ['may not read a bound as large'] },
  ],
  ['a negative bound', { conditions: [RANGE(-5, 10)] }, { warnings: ['negative'] }],
  ['names of fields in any case (recorded)', { exact: { 'X-AMZ-meta-TEST-2': 'a' } }],
  [
    'names of conditions in any case (recorded)',
    {
      conditions: [ANY('success_Action_REDIRECT'), { 'Content-TYPE': 'a/b' }],
      fields: { success_action_redirect: DONE, 'content-type': 'a/b' },
    },
    redirected,
  ],
  [
    'operators in any case',
    { conditions: [['StArTs-WiTh', '$key', 'user/']] },
    { warnings: ['in capitals'] },
  ],
  [
    'starts-with where S3 documents eq',
    { conditions: [ANY('x-amz-storage-class')], fields: { 'x-amz-storage-class': 'STANDARD' } },
    { warnings: ['an exact value only for x-amz-storage-class'] },
  ],
  [
    'starts-with on the bucket',
    { conditions: [['starts-with', '$bucket', 'my-']] },
    { warnings: ['an exact value only for bucket'] },
  ],
  [
    'starts-with on the status',
    { conditions: [ANY('success_action_status')], fields: { success_action_status: '201' } },
    { status: 201, warnings: ['an exact value only for success_action_status'] },
  ],
  [
    'starts-with on the tags',
    { conditions: [ANY('tagging')], fields: { tagging: '<Tagging/>' } },
    { warnings: ['an exact value only for tagging'] },
  ],
  ['more than 7 days', { expiration: '2026-03-08T12:00:01Z' }, { warnings: ['7 days'] }],
  ['7 days', { expiration: '2026-03-08T12:00:00Z' }],
  ...[
    ...['Content-Language', 'x-amz-request-payer', 'x-amz-object-lock-mode'],
    ...['x-amz-object-lock-retain-until-date', 'x-amz-object-lock-legal-hold'],
  ].map(
    (name): Row => [
      `the field ${name}, which S3 does not list`,
      { exact: { [name]: 'a' } },
      { warnings: [`no form field ${name.toLowerCase()}`] },
    ],
  ),
  [
    'metadata given twice',
    {
      conditions: [{ 'x-amz-meta-tag': 'Ninja,Stallman' }],
      repeated: [
        ['x-amz-meta-tag', 'Ninja'],
        ['X-Amz-Meta-Tag', 'Stallman'],
      ],
    },
  ],
  ['metadata of 2,048 bytes', { exact: { 'x-amz-meta-a': 'v'.repeat(2047) } }],
  [
    'a header that agrees with its field',
    { exact: { 'x-amz-meta-a': 'b' }, headers: { 'x-amz-meta-a': 'b' } },
  ],
  ...['a b', 'é', ''].map(
    (name): Row => [
      `metadata whose name no header can have: "${name}"`,
      { exact: { [`x-amz-meta-${name}`]: 'a' } },
      { warnings: ['of whose name no header can be made'] },
    ],
  ),
  [
    'headers that are about the request',
    {
      exact: { 'Cache-Control': 'no-store', 'Content-Type': 'a/b' },
      headers: { 'cache-control': 'no-cache' },
    },
  ],
  ['the ACL bucket-owner-full-control', { exact: { acl: 'bucket-owner-full-control' } }],
  ...[
    ...['private', 'public-read', 'public-read-write'],
    ...['aws-exec-read', 'authenticated-read', 'bucket-owner-read'],
  ].map(
    (acl): Row => [
      `the ACL ${acl}, if the bucket allows any`,
      { exact: { acl } },
      { warnings: ['does not allow ACLs'] },
    ],
  ),
  ...[
    ...['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING'],
    ...['GLACIER', 'GLACIER_IR', 'DEEP_ARCHIVE', 'EXPRESS_ONEZONE'],
  ].map((name): Row => [`the storage class ${name}`, { exact: { 'x-amz-storage-class': name } }]),
  ['tags (recorded)', tagging(tag('a', '1 &amp; 2') + tag('b'))],
  ['10 tags', tagging(Array.from({ length: 10 }, (_, i) => tag(`k${i}`)).join(''))],
  [
    'XML that is none of tags (recorded)',
    { exact: { tagging: '<InvalidXmlTagging></InvalidXmlTagging>' } },
  ],
  ['the right Content-MD5', { exact: { 'Content-MD5': DIGESTS.MD5 }, digests: DIGESTS }],
  ...(['CRC32', 'SHA1', 'SHA256'] as const).map((algorithm): Row => {
    const field = `x-amz-checksum-${algorithm.toLowerCase()}`;
    return [
      `the right ${algorithm}`,
      {
        exact: { 'x-amz-checksum-algorithm': algorithm, [field]: DIGESTS[algorithm] },
        digests: DIGESTS,
      },
    ];
  }),
  [
    'a checksum whose algorithm is not named',
    { exact: { 'x-amz-checksum-sha1': DIGESTS.SHA1 }, digests: DIGESTS },
  ],
  ...['AES256', 'aws:kms', 'aws:kms:dsse'].map(
    (method): Row => [`encryption: ${method}`, { exact: { [SSE]: method } }],
  ),
  ['encryption with a KMS key', { exact: { [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: 'a' } }],
  ['encryption with a customer key', { exact: CUSTOMER_KEY }],
  ...[
    ['a context without KMS', { [SSE]: 'AES256', [`${SSE}-context`]: 'e30=' }],
    ['a context whose base64 is cut', { [SSE]: 'aws:kms', [`${SSE}-context`]: 'e30' }],
    ['a bucket key without KMS', { [`${SSE}-bucket-key-enabled`]: 'true' }],
    ['a bucket key, perhaps', { [SSE]: 'aws:kms', [`${SSE}-bucket-key-enabled`]: 'maybe' }],
  ].map(
    ([what, exact]): Row => [
      `encryption: ${what}`,
      { exact: exact as Record<string, string> },
      { warnings: ['settings of KMS'] },
    ],
  ),
  [
    'encryption: all settings of KMS',
    {
      exact: {
        [SSE]: 'aws:kms',
        [`${SSE}-context`]: 'eyJhIjoiYiJ9',
        [`${SSE}-bucket-key-enabled`]: 'true',
      },
    },
  ],
  [
    'tags in XML with attributes',
    { exact: { tagging: `<Tagging xmlns="a"><TagSet>${tag('a', 'b')}</TagSet></Tagging>` } },
    { warnings: ['XML with attributes'] },
  ],
  ...['<é/>', '<a:b/>'].map(
    (xml): Row => [
      `tags in XML of other names: ${xml}`,
      { exact: { tagging: xml } },
      { warnings: ['names that are not plain'] },
    ],
  ),
  ['a redirect of a website', { exact: { 'x-amz-website-redirect-location': '/index.html' } }],
  ['200', { exact: { success_action_status: '200' } }, { status: 200 }],
  ['201 (recorded)', { exact: { success_action_status: '201' } }, { status: 201 }],
  ['204', { exact: { success_action_status: '204' } }],
  ['404 (recorded)', { exact: { success_action_status: '404' } }],
  ['abc (recorded)', { exact: { success_action_status: 'abc' } }],
  ['a redirect (recorded)', { exact: { success_action_redirect: DONE } }, redirected],
  [
    'a redirect before a status',
    { exact: { success_action_redirect: DONE, success_action_status: '201' } },
    redirected,
  ],
  ['a relative redirect (recorded)', { exact: { success_action_redirect: '/done' } }],
  [
    'a relative redirect and a status',
    { exact: { success_action_redirect: '/done', success_action_status: '201' } },
    { status: 201 },
  ],
  ['a redirect that is no URL', { exact: { success_action_redirect: 'http://' } }],
  [
    'a redirect to ftp',
    { exact: { success_action_redirect: 'ftp://a/b' } },
    { warnings: ['not http or https'] },
  ],
  ['the old name of the redirect', { exact: { redirect: DONE } }, redirected],
  [
    'both names of the redirect',
    { exact: { redirect: 'https://example.com/old', success_action_redirect: DONE } },
    { ...redirected, warnings: ['either redirect'] },
  ],
  named('photo.jpg', 'user/photo.jpg'),
  named('C:\\Program Files\\directory1\\file.txt', 'user/file.txt'),
  named('/home/me/file.txt', 'user/file.txt'),
  named('one\\two/file.txt', 'user/file.txt'),
  named('one/two\\file.txt', 'user/file.txt'),
  named('', 'user/'),
  named('folder/', 'user/'),
  named(undefined, 'user/${filename}'),
  named('$& $1 $.txt', 'user/$& $1 $.txt'),
  named('a$$b', 'user/a$$b', ['the field key']),
  named('${user}', 'user/${user}', ['the field key']),
  named('${filename}', 'user/${filename}', ['into itself']),
  named('présidente 👑.jpg', 'user/présidente 👑.jpg'),
  [
    '${filename} with a quote as browsers write it',
    { fields: { key: 'user/${filename}' }, filename: 'a%22b.txt' },
    { key: 'user/a%22b.txt', warnings: ['quotes and line breaks'] },
  ],
  named('a%0Db.txt', 'user/a%0Db.txt', ['quotes and line breaks']),
  named('a%0ab.txt', 'user/a%0ab.txt', ['quotes and line breaks']),
  ['a name with a quote, which is not used', { filename: 'a%22b.txt' }],
  [
    '${filename} wherever it stands',
    { fields: { key: 'user/${filename}/${filename}' } },
    { key: 'user/photo.jpg/photo.jpg' },
  ],
  [
    '${filename} in every field',
    {
      conditions: [['starts-with', '$success_action_redirect', 'https://example.com/?file=']],
      fields: { success_action_redirect: 'https://example.com/?file=${filename}' },
    },
    { status: 303, redirect: 'https://example.com/?file=photo.jpg' },
  ],
  [
    '${filename} before conditions are looked at',
    { fields: { key: 'user/${filename}' }, conditions: [{ key: 'user/photo.jpg' }] },
  ],
];

export const TAKEN = TAKEN_ROWS.map(([rule, form, answer = {}]) => [rule, form, answer] as const);
