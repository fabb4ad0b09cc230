import type { CorpusForm } from '../form.ts';
import { META } from './samples.ts';

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
    'form-literal-eq',
    'eq between two texts, neither of them a name',
    { conditions: [['eq', 'abc', 'abc']] },
  ],
  [
    'form-literal-starts-with',
    'starts-with nothing on a text that is no name',
    { conditions: [['starts-with', 'abc', '']] },
  ],
  [
    'form-literal-other',
    'starts-with on a text that begins otherwise',
    { conditions: [['starts-with', 'abc', 'b']] },
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
