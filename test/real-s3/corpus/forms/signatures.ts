import { createHmac } from 'node:crypto';
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from '../../../policy/signed-form.ts';
import {
  AMZ_DATE,
  type Change,
  type CorpusForm,
  CREDENTIAL,
  field,
  type Part,
  TODAY,
} from '../form.ts';

/** A form that is signed for another scope, in field, condition and signature alike. */
function scope(credential: string): Change {
  return { exact: { 'x-amz-credential': credential } };
}

/** A form with another date in field and condition. */
function date(amzDate: string): Change {
  return { exact: { 'x-amz-date': amzDate } };
}

const SIGNATURE_FIELDS = ['X-Amz-Credential', 'X-Amz-Algorithm', 'X-Amz-Date', 'X-Amz-Signature'];

function without(...names: string[]): Change {
  return { fields: Object.fromEntries(names.map((name) => [name, undefined])) };
}

/** The fields of Version 2: the signature is an HMAC of the policy, made with the secret itself. */
function versionTwo(parts: readonly Part[], secret = SECRET_ACCESS_KEY): readonly Part[] {
  const policy = parts.find(({ head }) => head.includes('"Policy"'))?.content ?? '';
  const signature = createHmac('sha1', secret).update(policy).digest('base64');
  return [
    field('AWSAccessKeyId', ACCESS_KEY_ID),
    field('signature', signature),
    ...parts.filter(({ head }) => !head.includes('"X-Amz-')),
  ];
}

/** Who signed, when, for what, and how well. */
export const SIGNATURES: readonly CorpusForm[] = [
  ['signature-other-secret', 'a signature made with another secret', { secret: 'another' }],
  [
    'signature-one-digit',
    'a signature with one digit changed',
    {
      fields: { 'X-Amz-Signature': (sent) => (sent.startsWith('0') ? '1' : '0') + sent.slice(1) },
    },
  ],
  [
    'signature-cut',
    'a signature that lacks its last digit',
    {
      fields: { 'X-Amz-Signature': (sent) => sent.slice(0, -1) },
    },
  ],
  [
    'signature-upper-case',
    'a signature in capitals',
    {
      fields: { 'X-Amz-Signature': (sent) => sent.toUpperCase() },
    },
  ],
  [
    'signature-blank',
    'a signature with a blank after it',
    {
      fields: { 'X-Amz-Signature': (sent) => `${sent} ` },
    },
  ],
  ['signature-empty', 'an empty signature', { fields: { 'X-Amz-Signature': '' } }],
  [
    'signature-base64',
    'a signature in base64',
    {
      fields: { 'X-Amz-Signature': (sent) => Buffer.from(sent, 'hex').toString('base64') },
    },
  ],
  [
    'signature-changed-policy',
    'a policy changed after it was signed',
    {
      fields: { Policy: (sent) => sent.replace('e', 'f') },
    },
  ],
  [
    'signature-policy-with-blank',
    'a policy with a blank after its base64',
    {
      fields: { Policy: (sent) => `${sent} ` },
    },
  ],
  [
    'signature-mangled-policy',
    'a policy that is no base64 since it was signed',
    {
      fields: { Policy: 'not base64' },
    },
  ],
  ['signature-without-signature', 'no signature', without('X-Amz-Signature')],
  ['signature-without-credential', 'no credential', without('X-Amz-Credential')],
  ['signature-without-algorithm', 'no algorithm', without('X-Amz-Algorithm')],
  ['signature-without-date', 'no date', without('X-Amz-Date')],
  ['signature-without-policy', 'no policy', without('Policy')],
  [
    'signature-without-two',
    'neither algorithm nor credential',
    without('X-Amz-Credential', 'X-Amz-Algorithm'),
  ],
  ['signature-none', 'a policy that nobody signed', without(...SIGNATURE_FIELDS)],
  ['signature-anonymous', 'neither policy nor signature', without('Policy', ...SIGNATURE_FIELDS)],
  [
    'signature-key-alone',
    'the signature without policy and all else',
    without('Policy', ...SIGNATURE_FIELDS.slice(0, 3)),
  ],
  [
    'signature-and-condition',
    'a signature missing in a form whose key is elsewhere',
    {
      fields: { 'X-Amz-Signature': undefined, key: 'elsewhere/photo.jpg' },
    },
  ],
  [
    'signature-wrong-and-condition',
    'a wrong signature in a form whose key is elsewhere',
    {
      secret: 'another',
      fields: { key: 'elsewhere/photo.jpg' },
    },
  ],
  [
    'algorithm-other',
    'an algorithm that S3 does not have',
    {
      exact: { 'x-amz-algorithm': 'AWS4-HMAC-SHA512' },
    },
  ],
  [
    'algorithm-lower-case',
    'the algorithm in lower case',
    {
      exact: { 'x-amz-algorithm': 'aws4-hmac-sha256' },
    },
  ],
  ['algorithm-empty', 'an empty algorithm', { exact: { 'x-amz-algorithm': '' } }],
  [
    'credential-unknown-key',
    'an access key that is not known',
    scope(CREDENTIAL.replace('AKIA', 'AKIB')),
  ],
  ['credential-empty-key', 'an empty access key', scope(CREDENTIAL.replace(ACCESS_KEY_ID, ''))],
  [
    'credential-lower-case-key',
    'the access key in lower case',
    scope(CREDENTIAL.replace(ACCESS_KEY_ID, ACCESS_KEY_ID.toLowerCase())),
  ],
  ['credential-key-alone', 'a credential of the access key alone', scope(ACCESS_KEY_ID)],
  [
    'credential-three-parts',
    'a credential of three parts',
    scope(`${ACCESS_KEY_ID}/${TODAY}/us-east-1`),
  ],
  ['credential-six-parts', 'a credential with a part too many', scope(`${CREDENTIAL}/more`)],
  ['credential-empty', 'an empty credential', scope('')],
  [
    'credential-other-region',
    'the credential for another region',
    scope(CREDENTIAL.replace('us-east-1', 'eu-west-3')),
  ],
  [
    'credential-region-in-capitals',
    'the credential’s region in capitals',
    scope(CREDENTIAL.replace('us-east-1', 'US-EAST-1')),
  ],
  [
    'credential-empty-region',
    'the credential without a region',
    scope(CREDENTIAL.replace('us-east-1', '')),
  ],
  [
    'credential-other-service',
    'the credential for another service',
    scope(CREDENTIAL.replace('/s3/', '/sqs/')),
  ],
  [
    'credential-other-terminal',
    'a credential that ends in another word',
    scope(CREDENTIAL.replace('aws4_request', 'aws5_request')),
  ],
  [
    'credential-yesterday',
    'the credential for another day than the date',
    scope(CREDENTIAL.replace(TODAY, '20200101')),
  ],
  [
    'credential-date-with-dashes',
    'a day with dashes in the credential',
    scope(CREDENTIAL.replace(TODAY, '2026-01-01')),
  ],
  [
    'credential-wrong-key-wrong-region',
    'an unknown access key for another region',
    scope(CREDENTIAL.replace('AKIA', 'AKIB').replace('us-east-1', 'eu-west-3')),
  ],
  [
    'credential-unlike-policy',
    'a credential that is not the policy’s',
    {
      fields: { 'X-Amz-Credential': CREDENTIAL.replace('us-east-1', 'eu-west-3') },
    },
  ],
  [
    'date-midnight',
    'a date at midnight, as many libraries send it',
    date(AMZ_DATE.replace(/T.*/, 'T000000Z')),
  ],
  ['date-other-day', 'a date on another day than the credential’s', date('20200101T000000Z')],
  ['date-future', 'a date in the next century', date('21260101T000000Z')],
  ['date-iso', 'a date with dashes and colons', date('2026-01-01T00:00:00Z')],
  ['date-day-alone', 'a date without a time', date(TODAY)],
  ['date-without-zone', 'a date without its Z', date(AMZ_DATE.slice(0, -1))],
  ['date-no-such', 'a date in the 13th month', date('20261301T000000Z')],
  ['date-words', 'a date that is a word', date('today')],
  ['date-empty', 'an empty date', date('')],
  [
    'v2-complete',
    'Signature Version 2 in place of Version 4',
    { without: ['x-amz-credential', 'x-amz-algorithm', 'x-amz-date'], parts: versionTwo },
  ],
  [
    'v2-wrong',
    'Signature Version 2 made with another secret',
    {
      without: ['x-amz-credential', 'x-amz-algorithm', 'x-amz-date'],
      parts: (parts) => versionTwo(parts, 'another'),
    },
  ],
  [
    'v2-without-signature',
    'Signature Version 2 without its signature',
    {
      fields: { ...without(...SIGNATURE_FIELDS).fields, AWSAccessKeyId: ACCESS_KEY_ID },
    },
  ],
  [
    'v2-without-access-key',
    'Signature Version 2 without its access key',
    {
      fields: {
        ...without(...SIGNATURE_FIELDS).fields,
        signature: 'gp42sMsv4L5xLO0OjT+56V64o+A=',
      },
    },
  ],
  [
    'v2-and-v4',
    'the fields of both versions',
    {
      exact: { AWSAccessKeyId: ACCESS_KEY_ID, signature: 'gp42sMsv4L5xLO0OjT+56V64o+A=' },
    },
  ],
];
