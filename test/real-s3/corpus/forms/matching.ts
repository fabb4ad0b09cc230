import { type CorpusForm, SETUP } from '../form.ts';
import { META, TYPE } from './samples.ts';

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
    'match-acl-prefix',
    'starts-with on the ACL',
    {
      fields: { acl: 'public-read' },
      conditions: [['starts-with', '$acl', 'public-']],
    },
  ],
  [
    'match-tagging-prefix',
    'starts-with on tagging, which documentation has for eq only',
    {
      fields: {
        tagging: '<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>',
      },
      conditions: [['starts-with', '$tagging', '<Tagging>']],
    },
  ],
  [
    'match-class-prefix',
    'starts-with on the storage class, which documentation has for eq only',
    {
      fields: { 'x-amz-storage-class': 'STANDARD_IA' },
      conditions: [['starts-with', '$x-amz-storage-class', 'STANDARD']],
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
