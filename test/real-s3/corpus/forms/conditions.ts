import { type CorpusForm, SETUP } from '../form.ts';

const TYPE = { fields: { 'Content-Type': 'image/png' } } as const;
const META = { fields: { 'x-amz-meta-a': 'blue' } } as const;

/** How a condition is written, well and badly. */
export const CONDITION_FORMS: readonly CorpusForm[] = [
  [
    'form-simple',
    'a condition as an object',
    { ...META, conditions: [{ 'x-amz-meta-a': 'blue' }] },
  ],
  [
    'form-eq',
    'a condition as a list with eq',
    { ...META, conditions: [['eq', '$x-amz-meta-a', 'blue']] },
  ],
  [
    'form-starts-with',
    'a condition with starts-with',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-a', 'bl']],
    },
  ],
  [
    'form-operator-in-capitals',
    'starts-with in mixed case',
    {
      ...META,
      conditions: [['StArTs-WiTh', '$x-amz-meta-a', 'bl']],
    },
  ],
  [
    'form-eq-in-capitals',
    'eq in capitals',
    { ...META, conditions: [['EQ', '$x-amz-meta-a', 'blue']] },
  ],
  [
    'form-name-in-capitals',
    'a name in capitals in a list',
    {
      ...META,
      conditions: [['eq', '$X-AMZ-META-A', 'blue']],
    },
  ],
  [
    'form-without-dollar',
    'a name in a list without its dollar sign',
    {
      ...META,
      conditions: [['eq', 'x-amz-meta-a', 'blue']],
    },
  ],
  [
    'form-starts-with-without-dollar',
    'starts-with, a name without its dollar sign and an empty text',
    {
      ...META,
      conditions: [['starts-with', 'x-amz-meta-a', '']],
    },
  ],
  [
    'form-dollar-in-object',
    'a name with a dollar sign in an object',
    {
      ...META,
      conditions: [{ '$x-amz-meta-a': 'blue' }],
    },
  ],
  ['form-empty-object', 'an object without a member', { conditions: [{}] }],
  [
    'form-two-members',
    'an object with two members',
    {
      fields: { 'x-amz-meta-a': '1', 'x-amz-meta-b': '2' },
      conditions: [{ 'x-amz-meta-a': '1', 'x-amz-meta-b': '2' }],
    },
  ],
  [
    'form-number',
    'an object whose value is a number',
    {
      fields: { 'x-amz-meta-a': '1' },
      conditions: [{ 'x-amz-meta-a': 1 }],
    },
  ],
  [
    'form-boolean',
    'an object whose value is a truth value',
    {
      fields: { 'x-amz-meta-a': 'true' },
      conditions: [{ 'x-amz-meta-a': true }],
    },
  ],
  [
    'form-null',
    'an object whose value is null',
    { ...META, conditions: [{ 'x-amz-meta-a': null }] },
  ],
  [
    'form-object-value',
    'an object whose value is an object',
    {
      ...META,
      conditions: [{ 'x-amz-meta-a': { b: 'c' } }],
    },
  ],
  [
    'form-list-value',
    'an object whose value is a list',
    {
      ...META,
      conditions: [{ 'x-amz-meta-a': ['blue'] }],
    },
  ],
  ['form-empty-list', 'an empty list', { conditions: [[]] }],
  ['form-one-item', 'a list of an operator alone', { conditions: [['eq']] }],
  ['form-two-items', 'a list without a value', { ...META, conditions: [['eq', '$x-amz-meta-a']] }],
  [
    'form-four-items',
    'a list with one item too many',
    {
      ...META,
      conditions: [['eq', '$x-amz-meta-a', 'blue', 'green']],
    },
  ],
  [
    'form-number-in-list',
    'eq with a number',
    {
      fields: { 'x-amz-meta-a': '1' },
      conditions: [['eq', '$x-amz-meta-a', 1]],
    },
  ],
  [
    'form-null-in-list',
    'starts-with null',
    { ...META, conditions: [['starts-with', '$x-amz-meta-a', null]] },
  ],
  ['form-number-as-operator', 'a number for an operator', { conditions: [[1, '$key', 'user/']] }],
  [
    'form-unknown-operator',
    'an operator that S3 does not have',
    {
      conditions: [['ends-with', '$key', '.jpg']],
    },
  ],
  [
    'form-range-in-object',
    'a range of sizes as an object',
    {
      conditions: [{ 'content-length-range': '1,10' }],
    },
  ],
  ['form-bare-text', 'a text in place of a condition', { conditions: ['acl'] }],
  ['form-bare-number', 'a number in place of a condition', { conditions: [5] }],
  ['form-bare-null', 'null in place of a condition', { conditions: [null] }],
  ['form-bare-boolean', 'a truth value in place of a condition', { conditions: [true] }],
  [
    'form-empty-name',
    'a list whose name is a dollar sign alone',
    {
      conditions: [['starts-with', '$', '']],
    },
  ],
  [
    'form-duplicate-member',
    'an object with one member twice',
    {
      ...META,
      conditions: [{ 'x-amz-meta-a': 'red' }],
      policy: (text) => text.replace('"x-amz-meta-a":"red"', '$&,"x-amz-meta-a":"blue"'),
    },
  ],
  [
    'form-proto',
    'a condition on a field named __proto__',
    {
      fields: { ['__proto__' as string]: 'a' },
      policy: (text) => text.replace(/\]\}$/, ',{"__proto__":"a"}]}'),
    },
  ],
];

/** What meets a condition and what does not. */
export const MATCHING: readonly CorpusForm[] = [
  [
    'match-eq-other',
    'eq with another value',
    { ...META, conditions: [['eq', '$x-amz-meta-a', 'red']] },
  ],
  [
    'match-simple-other',
    'an object with another value',
    { ...META, conditions: [{ 'x-amz-meta-a': 'red' }] },
  ],
  [
    'match-eq-prefix',
    'eq with the value’s beginning',
    { ...META, conditions: [['eq', '$x-amz-meta-a', 'bl']] },
  ],
  [
    'match-eq-case',
    'eq with the value in capitals',
    { ...META, conditions: [['eq', '$x-amz-meta-a', 'BLUE']] },
  ],
  [
    'match-prefix-other',
    'starts-with another text',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-a', 'r']],
    },
  ],
  [
    'match-prefix-case',
    'starts-with in capitals',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-a', 'BL']],
    },
  ],
  [
    'match-prefix-inside',
    'starts-with what stands inside',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-a', 'lue']],
    },
  ],
  [
    'match-prefix-whole',
    'starts-with the whole value',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-a', 'blue']],
    },
  ],
  [
    'match-prefix-longer',
    'starts-with more than the value',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-a', 'bluest']],
    },
  ],
  [
    'match-prefix-empty',
    'starts-with nothing, the field present',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-a', '']],
    },
  ],
  [
    'match-empty-field',
    'starts-with nothing, the field empty',
    {
      fields: { 'x-amz-meta-a': '' },
      conditions: [['starts-with', '$x-amz-meta-a', '']],
    },
  ],
  [
    'match-eq-empty-field',
    'eq with nothing, the field empty',
    {
      fields: { 'x-amz-meta-a': '' },
      conditions: [['eq', '$x-amz-meta-a', '']],
    },
  ],
  [
    'match-empty-simple',
    'an object with an empty value, the field empty',
    {
      exact: { 'x-amz-meta-a': '' },
    },
  ],
  [
    'match-eq-empty-other',
    'eq with nothing, the field not empty',
    {
      ...META,
      conditions: [['eq', '$x-amz-meta-a', '']],
    },
  ],
  [
    'match-absent-prefix',
    'starts-with nothing, the field absent',
    {
      conditions: [['starts-with', '$Content-Type', '']],
    },
  ],
  ['match-absent-eq', 'eq, the field absent', { conditions: [['eq', '$acl', 'public-read']] }],
  [
    'match-absent-eq-empty',
    'eq with nothing, the field absent',
    {
      conditions: [['eq', '$x-amz-meta-a', '']],
    },
  ],
  ['match-absent-simple', 'an object, the field absent', { conditions: [{ acl: 'public-read' }] }],
  [
    'match-absent-simple-empty',
    'an object with an empty value, the field absent',
    {
      conditions: [{ 'x-amz-meta-a': '' }],
    },
  ],
  [
    'match-absent-unknown',
    'starts-with nothing on a field S3 knows nothing of, absent',
    {
      conditions: [['starts-with', '$colour', '']],
    },
  ],
  [
    'match-ignored',
    'a condition on a field x-ignore-*, which is there',
    {
      fields: { 'x-ignore-a': 'b' },
      conditions: [{ 'x-ignore-a': 'b' }],
    },
  ],
  [
    'match-ignored-other',
    'a condition on a field x-ignore-* that has another value',
    {
      fields: { 'x-ignore-a': 'b' },
      conditions: [{ 'x-ignore-a': 'c' }],
    },
  ],
  ['match-file', 'starts-with nothing on the file', { conditions: [['starts-with', '$file', '']] }],
  [
    'match-filename',
    'starts-with nothing on filename, which is no field here',
    {
      conditions: [['starts-with', '$filename', '']],
    },
  ],
  [
    'match-policy',
    'starts-with nothing on the policy',
    {
      conditions: [['starts-with', '$policy', '']],
    },
  ],
  [
    'match-signature',
    'starts-with nothing on the signature',
    {
      conditions: [['starts-with', '$x-amz-signature', '']],
    },
  ],
  [
    'match-two',
    'two conditions on one field, which meets both',
    {
      ...META,
      conditions: [
        ['starts-with', '$x-amz-meta-a', 'b'],
        ['starts-with', '$x-amz-meta-a', 'bl'],
      ],
    },
  ],
  [
    'match-one-of-two',
    'two conditions on one field, which meets the first',
    {
      ...META,
      conditions: [
        ['starts-with', '$x-amz-meta-a', 'b'],
        ['starts-with', '$x-amz-meta-a', 'g'],
      ],
    },
  ],
  [
    'match-other-of-two',
    'two conditions on one field, which meets the last',
    {
      ...META,
      conditions: [
        ['eq', '$x-amz-meta-a', 'green'],
        ['eq', '$x-amz-meta-a', 'blue'],
      ],
    },
  ],
  [
    'match-two-objects',
    'two objects for one field, which meets the last',
    {
      ...META,
      conditions: [{ 'x-amz-meta-a': 'green' }, { 'x-amz-meta-a': 'blue' }],
    },
  ],
  [
    'match-type-list',
    'a list of types that all match',
    {
      fields: { 'Content-Type': 'image/jpg,image/png,image/gif' },
      conditions: [['starts-with', '$Content-Type', 'image/']],
    },
  ],
  [
    'match-type-list-other',
    'a list of types of which the second does not match',
    {
      fields: { 'Content-Type': 'image/jpg,text/plain' },
      conditions: [['starts-with', '$Content-Type', 'image/']],
    },
  ],
  [
    'match-type-list-blank',
    'a list of types with a blank after the comma',
    {
      fields: { 'Content-Type': 'image/jpg, image/png' },
      conditions: [['starts-with', '$Content-Type', 'image/']],
    },
  ],
  [
    'match-type-list-eq',
    'a list of types that eq takes as one text',
    {
      fields: { 'Content-Type': 'image/jpg,text/plain' },
      conditions: [['eq', '$Content-Type', 'image/jpg,text/plain']],
    },
  ],
  [
    'match-type-list-any',
    'a list of types where any type will do',
    {
      fields: { 'Content-Type': 'image/jpg,text/plain' },
      conditions: [['starts-with', '$Content-Type', '']],
    },
  ],
  [
    'match-type-list-end',
    'a list of types that ends with a comma',
    {
      fields: { 'Content-Type': 'image/jpg,' },
      conditions: [['starts-with', '$Content-Type', 'image/']],
    },
  ],
  [
    'match-other-list',
    'commas in a field that knows no lists',
    {
      fields: { 'x-amz-meta-a': 'blue,red' },
      conditions: [['starts-with', '$x-amz-meta-a', 'blue']],
    },
  ],
  [
    'match-type-prefix',
    'starts-with on a type',
    { ...TYPE, conditions: [['starts-with', '$Content-Type', 'image/']] },
  ],
  [
    'match-type-other',
    'starts-with on another type',
    {
      fields: { 'Content-Type': 'text/html' },
      conditions: [['starts-with', '$Content-Type', 'image/']],
    },
  ],
  [
    'match-redirect',
    'starts-with on the redirect',
    {
      fields: { success_action_redirect: 'http://localhost/a' },
      conditions: [['starts-with', '$success_action_redirect', 'http://localhost/']],
    },
  ],
  [
    'match-redirect-case',
    'starts-with on the redirect, the scheme in capitals',
    {
      fields: { success_action_redirect: 'http://localhost/a' },
      conditions: [['starts-with', '$success_action_redirect', 'HTTP://localhost/']],
    },
  ],
  [
    'match-status-prefix',
    'starts-with on the status, which documentation has for eq only',
    {
      fields: { success_action_status: '201' },
      conditions: [['starts-with', '$success_action_status', '20']],
    },
  ],
  [
    'match-credential-prefix',
    'starts-with on the credential',
    {
      without: ['x-amz-credential'],
      conditions: [['starts-with', '$x-amz-credential', 'AKIA']],
    },
  ],
  [
    'match-date-prefix',
    'starts-with on the date',
    {
      without: ['x-amz-date'],
      conditions: [['starts-with', '$x-amz-date', '20']],
    },
  ],
  [
    'match-date-other',
    'a date other than the policy’s',
    {
      fields: { 'X-Amz-Date': (sent) => sent.replace(/T.*/, 'T000001Z') },
    },
  ],
  [
    'match-algorithm-prefix',
    'starts-with on the algorithm',
    {
      without: ['x-amz-algorithm'],
      conditions: [['starts-with', '$x-amz-algorithm', 'AWS4-']],
    },
  ],
  [
    'match-list-before-object',
    'a failing list before a failing object',
    {
      conditions: [['eq', '$acl', 'private'], { 'x-amz-meta-a': 'b' }],
    },
  ],
  [
    'match-bucket-prefix',
    'starts-with on the bucket',
    {
      without: ['bucket'],
      conditions: [['starts-with', '$bucket', 'up']],
    },
  ],
  [
    'match-bucket-eq',
    'eq on the bucket',
    {
      without: ['bucket'],
      conditions: [['eq', '$bucket', SETUP.bucket]],
    },
  ],
  [
    'match-bucket-capitals',
    'the bucket’s condition in capitals',
    {
      without: ['bucket'],
      conditions: [{ Bucket: SETUP.bucket }],
    },
  ],
];

/** `\` and `$` in values, and characters that are not ASCII. */
export const ESCAPING: readonly CorpusForm[] = [
  [
    'escape-backslash-dollar',
    'a value with a backslash before a dollar sign',
    {
      exact: { 'x-amz-meta-a': '\\$foo' },
    },
  ],
  ['escape-backslash', 'a value with a backslash', { exact: { 'x-amz-meta-a': 'a\\b' } }],
  ['escape-quotes', 'a value with quotes', { exact: { 'x-amz-meta-a': 'a "b" c' } }],
  ['escape-tab', 'a value with a tab', { exact: { 'x-amz-meta-a': 'a\tb' } }],
  [
    'escape-invalid',
    'the escape \\$ of documentation, which JSON does not have',
    {
      exact: { 'x-amz-meta-a': '$foo' },
      policy: (text) => text.replace('"$foo"', '"\\$foo"'),
    },
  ],
  [
    'escape-vertical-tab',
    'the escape \\v of documentation, which JSON does not have',
    {
      exact: { 'x-amz-meta-a': 'foo' },
      policy: (text) => text.replace('"foo"', '"\\v"'),
    },
  ],
  ['escape-unicode', 'a value outside of ASCII', { exact: { 'x-amz-meta-a': 'été' } }],
  [
    'escape-unicode-escaped',
    'a value outside of ASCII, escaped in the policy',
    {
      exact: { 'x-amz-meta-a': 'été' },
      policy: (text) => text.replaceAll('é', '\\u00e9'),
    },
  ],
  ['escape-astral', 'a value beyond the first plane', { exact: { 'x-amz-meta-a': '👑' } }],
  [
    'escape-surrogates',
    'a value beyond the first plane, escaped as two surrogates',
    {
      exact: { 'x-amz-meta-a': '👑' },
      policy: (text) => text.replace('👑', '\\ud83d\\udc51'),
    },
  ],
  [
    'escape-decomposed',
    'a decomposed letter where the policy has it composed',
    {
      fields: { 'x-amz-meta-a': 'e\u0301' },
      conditions: [{ 'x-amz-meta-a': '\u00e9' }],
    },
  ],
  [
    'escape-plus',
    'plus signs and percent signs, which nothing decodes',
    {
      exact: { 'x-amz-meta-a': 'a+b%20c' },
    },
  ],
  ['escape-dollar-inside', 'a dollar sign inside a value', { exact: { 'x-amz-meta-a': 'a$b' } }],
  [
    'escape-dollar-first',
    'a value that begins with a dollar sign, in an object',
    {
      exact: { 'x-amz-meta-a': '$b' },
    },
  ],
  [
    'escape-dollar-first-eq',
    'a value that begins with a dollar sign, with eq',
    {
      fields: { 'x-amz-meta-a': '$b' },
      conditions: [['eq', '$x-amz-meta-a', '$b']],
    },
  ],
  [
    'escape-dollar-first-prefix',
    'starts-with a dollar sign, the value being another',
    {
      fields: { 'x-amz-meta-a': 'elsewhere' },
      conditions: [['starts-with', '$x-amz-meta-a', '$b']],
    },
  ],
  [
    'escape-dollar-name',
    'eq between two fields, which are the same',
    {
      fields: { 'x-amz-meta-a': 'user/photo.jpg' },
      conditions: [['eq', '$x-amz-meta-a', '$key']],
    },
  ],
  ['escape-double-dollar', 'two dollar signs', { exact: { 'x-amz-meta-a': 'a$$b' } }],
  [
    'escape-variable',
    'a variable other than the file’s name',
    { exact: { 'x-amz-meta-a': '${user}' } },
  ],
];

/** Which fields need a condition, and the bucket's part in it. */
export const COVERAGE: readonly CorpusForm[] = [
  ['cover-metadata', 'metadata without a condition', META],
  ['cover-acl', 'an ACL without a condition', { fields: { acl: 'private' } }],
  ['cover-content-type', 'Content-Type without a condition', TYPE],
  [
    'cover-cache-control',
    'Cache-Control without a condition',
    { fields: { 'Cache-Control': 'no-store' } },
  ],
  [
    'cover-status',
    'success_action_status without a condition',
    { fields: { success_action_status: '200' } },
  ],
  [
    'cover-redirect',
    'success_action_redirect without a condition',
    {
      fields: { success_action_redirect: 'http://localhost/a' },
    },
  ],
  [
    'cover-old-redirect',
    'redirect without a condition',
    { fields: { redirect: 'http://localhost/a' } },
  ],
  [
    'cover-tagging',
    'tagging without a condition',
    { fields: { tagging: '<Tagging><TagSet/></Tagging>' } },
  ],
  [
    'cover-storage-class',
    'x-amz-storage-class without a condition',
    {
      fields: { 'x-amz-storage-class': 'STANDARD' },
    },
  ],
  [
    'cover-md5',
    'Content-MD5 without a condition',
    {
      fields: { 'Content-MD5': 'mgNkuembtIDdJeHwKEyFVQ==' },
    },
  ],
  [
    'cover-checksum',
    'x-amz-checksum-crc32 without a condition',
    {
      fields: { 'x-amz-checksum-crc32': 'y/Q5Jg==' },
    },
  ],
  [
    'cover-encryption',
    'x-amz-server-side-encryption without a condition',
    {
      fields: { 'x-amz-server-side-encryption': 'AES256' },
    },
  ],
  [
    'cover-token',
    'x-amz-security-token of no session',
    { fields: { 'X-Amz-Security-Token': 'token' } },
  ],
  [
    'cover-unknown',
    'Filename, as Flash sent it, without a condition',
    { fields: { Filename: 'photo.jpg' } },
  ],
  ['cover-submit', 'a named button before the file', { fields: { submit: 'Upload' } }],
  [
    'cover-two',
    'two fields without a condition',
    { fields: { acl: 'private', 'x-amz-meta-a': 'b' } },
  ],
  ['cover-empty', 'an empty field without a condition', { fields: { 'x-amz-meta-a': '' } }],
  ['cover-key', 'no condition on the key', { without: ['key'] }],
  ['cover-algorithm', 'no condition on the algorithm', { without: ['x-amz-algorithm'] }],
  ['cover-credential', 'no condition on the credential', { without: ['x-amz-credential'] }],
  ['cover-date', 'no condition on the date', { without: ['x-amz-date'] }],
  [
    'cover-without-dollar',
    'a name without its dollar sign, which covers nothing',
    {
      fields: { acl: 'private' },
      conditions: [['eq', 'acl', 'acl']],
    },
  ],
  ['cover-ignored-name', 'x-ignore without a name after it', { fields: { 'x-ignore': 'b' } }],
  [
    'cover-prefix-dash',
    'a condition on x-amz-meta-, which is a prefix of names only',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-', '']],
    },
  ],
  ['bucket-no-condition', 'no condition on the bucket', { without: ['bucket'] }],
  [
    'bucket-other-condition',
    'a condition for another bucket',
    {
      without: ['bucket'],
      conditions: [{ bucket: 'another' }],
    },
  ],
  [
    'bucket-other-field',
    'a field for another bucket, the condition being right',
    {
      fields: { bucket: 'another' },
    },
  ],
  [
    'bucket-other-both',
    'field and condition for another bucket',
    {
      without: ['bucket'],
      fields: { bucket: 'another' },
      conditions: [{ bucket: 'another' }],
    },
  ],
];

/** One name more than once. */
export const DUPLICATES: readonly CorpusForm[] = [
  [
    'twice-metadata',
    'metadata twice, the policy with a comma between',
    {
      conditions: [{ 'x-amz-meta-tag': 'Ninja,Stallman' }],
      repeated: [
        ['x-amz-meta-tag', 'Ninja'],
        ['x-amz-meta-tag', 'Stallman'],
      ],
    },
  ],
  [
    'twice-metadata-last',
    'metadata twice, the policy with the last alone',
    {
      conditions: [{ 'x-amz-meta-tag': 'Stallman' }],
      repeated: [
        ['x-amz-meta-tag', 'Ninja'],
        ['x-amz-meta-tag', 'Stallman'],
      ],
    },
  ],
  [
    'twice-metadata-case',
    'metadata twice, in different cases',
    {
      conditions: [{ 'x-amz-meta-tag': 'a,b' }],
      repeated: [
        ['x-amz-meta-tag', 'a'],
        ['X-Amz-Meta-Tag', 'b'],
      ],
    },
  ],
  ['twice-key', 'the key twice, the same', { repeated: [['key', 'user/photo.jpg']] }],
  [
    'twice-key-other',
    'the key twice, the last elsewhere',
    { repeated: [['key', 'elsewhere/photo.jpg']] },
  ],
  [
    'twice-acl',
    'the ACL twice',
    {
      exact: { acl: 'private' },
      repeated: [['acl', 'public-read']],
    },
  ],
  ['twice-policy', 'the policy twice, the last another', { repeated: [['policy', 'e30=']] }],
  [
    'twice-status',
    'the status twice, the same',
    {
      exact: { success_action_status: '200' },
      repeated: [['success_action_status', '200']],
    },
  ],
  [
    'twice-ignored',
    'a field x-ignore-* twice',
    {
      repeated: [
        ['x-ignore-a', '1'],
        ['x-ignore-a', '2'],
      ],
    },
  ],
];
