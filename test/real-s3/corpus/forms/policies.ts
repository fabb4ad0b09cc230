import { type CorpusForm, inSeconds, SETUP } from '../form.ts';

/** The policy as a document: how it is encoded, what JSON it is, its members. */
export const POLICIES: readonly CorpusForm[] = [
  [
    'policy-spaced',
    'JSON with line breaks and tabs between its tokens',
    {
      policy: (text) => text.replaceAll(',', ',\r\n\t'),
    },
  ],
  [
    'policy-with-blanks-around',
    'blanks before and after the JSON',
    {
      policy: (text) => `\n ${text} \n`,
    },
  ],
  [
    'policy-conditions-first',
    'the conditions before the expiration',
    {
      policy: (text) => {
        const { expiration, conditions } = JSON.parse(text);
        return JSON.stringify({ conditions, expiration });
      },
    },
  ],
  [
    'policy-escaped-ascii',
    'letters of the names and values as \\u escapes',
    {
      policy: (text) => text.replace('"bucket"', '"\\u0062ucket"').replace('user/', '\\u0075ser/'),
    },
  ],
  ['policy-escaped-slash', 'slashes as \\/', { policy: (text) => text.replaceAll('/', '\\/') }],
  ['policy-empty', 'an empty policy', { encoded: () => '' }],
  [
    'policy-empty-json',
    'a policy that is the base64 of nothing but a blank',
    { policy: () => ' ' },
  ],
  ['policy-not-base64', 'a policy that is no base64', { encoded: () => '{"a":"b"}' }],
  [
    'policy-not-padded',
    'base64 without its padding',
    {
      policy: (text) => text + ' '.repeat(1 + ((3 - (text.length % 3)) % 3)),
      encoded: (base64) => base64.replace(/=+$/, ''),
    },
  ],
  [
    'policy-base64url',
    'base64 of the kind for URLs',
    {
      conditions: [['starts-with', '$x-amz-meta-a', '???>>>']],
      fields: { 'x-amz-meta-a': '???>>>' },
      encoded: (base64) => base64.replaceAll('+', '-').replaceAll('/', '_'),
    },
  ],
  [
    'policy-wrapped',
    'base64 in lines of 76 characters',
    {
      encoded: (base64) => base64.replace(/.{76}/g, '$&\r\n'),
    },
  ],
  ['policy-not-json', 'a policy that is no JSON', { policy: () => 'expiration: tomorrow' }],
  ['policy-cut', 'JSON that lacks its end', { policy: (text) => text.slice(0, -1) }],
  ['policy-with-more', 'something after the JSON', { policy: (text) => `${text}{}` }],
  [
    'policy-trailing-comma',
    'a comma after the last condition',
    {
      policy: (text) => text.replace(/\]\}$/, ',]}'),
    },
  ],
  ['policy-single-quotes', 'single quotes', { policy: (text) => text.replaceAll('"', "'") }],
  [
    'policy-unquoted-names',
    'a member’s name without quotes',
    {
      policy: (text) => text.replace('"conditions"', 'conditions'),
    },
  ],
  [
    'policy-commented',
    'a comment in the JSON',
    {
      policy: (text) => text.replace('[', '[/* all of it */'),
    },
  ],
  ['policy-bom', 'a byte order mark before the JSON', { policy: (text) => `\ufeff${text}` }],
  ['policy-utf16', 'JSON in UTF-16', { policy: (text) => Buffer.from(text, 'utf16le') }],
  [
    'policy-invalid-utf8',
    'a byte in a value that is no UTF-8',
    {
      conditions: [['starts-with', '$x-amz-meta-a', '']],
      fields: { 'x-amz-meta-a': 'b' },
      policy: (text) => {
        const end = text.lastIndexOf('""') + 1;
        const [before, after] = [text.slice(0, end), text.slice(end)];
        return Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
      },
    },
  ],
  ['policy-list', 'a list in place of the object', { policy: () => '[]' }],
  ['policy-null', 'null in place of the object', { policy: () => 'null' }],
  ['policy-text', 'a text in place of the object', { policy: () => '"policy"' }],
  ['policy-empty-object', 'an object without members', { policy: () => '{}' }],
  [
    'policy-without-expiration',
    'no expiration',
    {
      policy: (text) => JSON.stringify({ conditions: JSON.parse(text).conditions }),
    },
  ],
  [
    'policy-without-conditions',
    'no conditions',
    {
      policy: () => JSON.stringify({ expiration: inSeconds(3600) }),
    },
  ],
  [
    'policy-no-conditions',
    'an empty list of conditions',
    {
      policy: () => JSON.stringify({ expiration: inSeconds(3600), conditions: [] }),
    },
  ],
  [
    'policy-conditions-object',
    'an object in place of the list of conditions',
    {
      policy: () =>
        JSON.stringify({ expiration: inSeconds(3600), conditions: { bucket: SETUP.bucket } }),
    },
  ],
  [
    'policy-conditions-text',
    'a text in place of the list of conditions',
    {
      policy: () => JSON.stringify({ expiration: inSeconds(3600), conditions: 'none' }),
    },
  ],
  [
    'policy-conditions-null',
    'null in place of the list of conditions',
    {
      policy: () => JSON.stringify({ expiration: inSeconds(3600), conditions: null }),
    },
  ],
  [
    'policy-unknown-member',
    'a member that policies do not have',
    {
      policy: (text) => text.replace('{', '{"version":"1",'),
    },
  ],
  [
    'policy-iam',
    'a policy of IAM',
    {
      policy: () => '{"Version":"2012-10-17","Statement":[]}',
    },
  ],
  [
    'policy-member-in-capitals',
    'CONDITIONS in capitals',
    {
      policy: (text) => text.replace('"conditions"', '"CONDITIONS"'),
    },
  ],
  [
    'policy-expiration-in-capitals',
    'EXPIRATION in capitals',
    {
      policy: (text) => text.replace('"expiration"', '"EXPIRATION"'),
    },
  ],
  [
    'policy-two-expirations',
    'two expirations, the first of which is over',
    {
      policy: (text) => text.replace('{', `{"expiration":"${inSeconds(-3600)}",`),
    },
  ],
  ['policy-deep', 'a condition nested in a list', { conditions: [[['eq', '$key', 'a']]] }],
];

/** When the policy ends, and how that is written. */
export const EXPIRATIONS: readonly CorpusForm[] = [
  [
    'expiration-seconds',
    'an expiration without milliseconds',
    {
      expiration: inSeconds(3600).replace(/\.\d+/, ''),
    },
  ],
  [
    'expiration-one-digit',
    'an expiration with tenths of a second',
    {
      expiration: inSeconds(3600).replace(/\.\d+/, '.5'),
    },
  ],
  [
    'expiration-microseconds',
    'an expiration with microseconds',
    {
      expiration: inSeconds(3600).replace(/\.\d+/, '.123456'),
    },
  ],
  [
    'expiration-far',
    'an expiration in a thousand years',
    { expiration: '3026-01-01T00:00:00.000Z' },
  ],
  ['expiration-eight-days', 'an expiration in eight days', { expiration: inSeconds(8 * 86_400) }],
  ['expiration-soon', 'an expiration in two minutes', { expiration: inSeconds(120) }],
  ['expiration-just-over', 'an expiration a second ago', { expiration: inSeconds(-1) }],
  [
    'expiration-long-over',
    'an expiration in another century',
    {
      expiration: '1999-12-31T23:59:59Z',
    },
  ],
  [
    'expiration-epoch',
    'an expiration at the beginning of time',
    {
      expiration: '1970-01-01T00:00:00.000Z',
    },
  ],
  [
    'expiration-offset',
    'an expiration with an offset',
    {
      expiration: inSeconds(7200).replace('Z', '+01:00'),
    },
  ],
  [
    'expiration-zero-offset',
    'an expiration with the offset zero',
    {
      expiration: inSeconds(3600).replace('Z', '+00:00'),
    },
  ],
  [
    'expiration-blank',
    'a blank between day and time',
    {
      expiration: inSeconds(3600).replace('T', ' '),
    },
  ],
  [
    'expiration-without-zone',
    'an expiration without a zone',
    {
      expiration: inSeconds(3600).replace('Z', ''),
    },
  ],
  [
    'expiration-lower-case',
    'an expiration in lower case',
    {
      expiration: inSeconds(3600).toLowerCase(),
    },
  ],
  ['expiration-day', 'an expiration that is a day', { expiration: '2099-12-31' }],
  [
    'expiration-basic',
    'an expiration of the form 20991231T000000Z',
    {
      expiration: '20991231T000000Z',
    },
  ],
  [
    'expiration-http-date',
    'an expiration as HTTP writes dates',
    {
      expiration: 'Thu, 31 Dec 2099 00:00:00 GMT',
    },
  ],
  ['expiration-number', 'an expiration in seconds since 1970', { expiration: 4_102_444_800 }],
  ['expiration-null', 'an expiration of null', { expiration: null }],
  ['expiration-empty', 'an empty expiration', { expiration: '' }],
  [
    'expiration-no-such-day',
    'an expiration on the 30th of February',
    {
      expiration: '2099-02-30T00:00:00Z',
    },
  ],
  [
    'expiration-month-13',
    'an expiration in the 13th month',
    { expiration: '2099-13-01T00:00:00Z' },
  ],
  [
    'expiration-before-conditions',
    'an expired policy whose condition fails too',
    {
      expiration: inSeconds(-3600),
      conditions: [{ acl: 'private' }],
    },
  ],
];
