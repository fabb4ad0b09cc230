import { describe, expect, it } from 'vitest';
import { isMet, print, readCondition } from '../../src/policy/conditions.ts';
import { invalidPolicy } from './catch-error.ts';

describe('readCondition', () => {
  it.each([
    [{ acl: 'public-read' }, { operator: 'eq', field: 'acl', value: 'public-read' }],
    [['eq', '$acl', 'public-read'], { operator: 'eq', field: 'acl', value: 'public-read' }],
    [['starts-with', '$key', ''], { operator: 'starts-with', field: 'key', value: '' }],
    [['content-length-range', 5, 10], { range: { min: 5, max: 10 } }],
    [['content-length-range', '5', '10'], { range: { min: 5, max: 10 } }],
    [['content-length-range', 0, 0], { range: { min: 0, max: 0 } }],
  ])('reads %j', (condition, expected) => {
    expect(readCondition(condition)).toMatchObject(expected);
  });

  it.each([
    [{ Bucket: 'b' }, { field: 'bucket' }],
    [['eq', '$X-Amz-Date', 'd'], { field: 'x-amz-date' }],
    [['StArTs-WiTh', '$key', ''], { operator: 'starts-with' }],
    [['EQ', '$key', 'Value'], { operator: 'eq', value: 'Value' }],
  ])('takes names and operators in any case, values as they are: %j', (condition, expected) => {
    expect(readCondition(condition)).toMatchObject(expected);
  });

  it('reads a list without the "$" as one that names no field', () => {
    expect(readCondition(['eq', 'acl', 'private'])).toMatchObject({
      field: undefined,
      literal: 'acl',
    });
  });

  it.each([
    [['test', '10']],
    [['', '10']],
    [['1.5', '10']],
    [['-1', '10']],
    [['0x1', '10']],
  ])('reads the text bounds %j as ones that no file meets', ([min, max]) => {
    expect(readCondition(['content-length-range', min, max])).toMatchObject({ range: undefined });
  });

  const ONE_PROPERTY =
    'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.';
  const MUST_BE_STRING = 'Invalid Simple-Condition: value must be a string.';
  const LIST_OR_OBJECT = 'Invalid condition test: must be a List or Object.';
  const NO_OPERATION = 'Invalid Condition: missing operation identifier.';
  it.each([
    [{}, ONE_PROPERTY],
    [{ acl: 'private', bucket: 'b' }, ONE_PROPERTY],
    [{ acl: 1 }, MUST_BE_STRING],
    [{ acl: true }, MUST_BE_STRING],
    [{ acl: ['private'] }, MUST_BE_STRING],
    [{ acl: null }, 'Invalid JSON.'],
    ['acl', LIST_OR_OBJECT],
    [1, LIST_OR_OBJECT],
    [true, LIST_OR_OBJECT],
    [[], NO_OPERATION],
    [['matches', '$key', 'a'], "Invalid Condition: unknown operation 'matches'."],
    [['eq', '$key'], 'Invalid eq: wrong number of arguments.'],
    [['starts-with', '$key', 'a', 'b'], 'Invalid starts-with: wrong number of arguments.'],
    [['content-length-range', 1], 'Invalid content-length-range: wrong number of arguments.'],
    [['content-length-range', 0, 512.5], 'Invalid JSON.'],
  ])('refuses %j', (condition, message) => {
    expect(() => readCondition(condition)).toThrow(invalidPolicy(message));
  });
});

describe('how S3 quotes a condition', () => {
  it.each([
    [{ key: 'a' }, '["eq", "$key", "a"]'],
    [{ 'X-Amz-Date': 'd' }, '["eq", "$X-Amz-Date", "d"]'],
    [
      { 'Content-Disposition': 'filename="test.png"' },
      '["eq", "$Content-Disposition", "filename=\\"test.png\\""]',
    ],
    [
      ['starts-with', '$success_Action_REDIRECT', 'http://localhost'],
      '["starts-with", "$success_Action_REDIRECT", "http://localhost"]',
    ],
    [['StArTs-WiTh', '$key', ''], '["StArTs-WiTh", "$key", ""]'],
    [['content-length-range', 'test', '10'], '["content-length-range", "test", "10"]'],
  ])('%j', (condition, quoted) => {
    expect(readCondition(condition).printed).toBe(quoted);
  });

  it('separates the items by a comma and a space', () => {
    expect(print(['eq', '$acl', 'public-read'])).toBe('["eq", "$acl", "public-read"]');
  });
});

describe('isMet', () => {
  it.each([
    // eq is exact and knows no lists.
    [['eq', '$acl', 'private'], 'private', true],
    [['eq', '$acl', 'private'], 'Private', false],
    [['eq', '$acl', 'private'], 'private ', false],
    [['eq', '$acl', ''], '', true],
    [['eq', '$Content-Type', 'image/png'], 'image/png,image/png', false],
    // starts-with compares the beginning; "" takes anything that is there.
    [['starts-with', '$key', 'user/'], 'user/a', true],
    [['starts-with', '$key', 'user/'], 'user/', true],
    [['starts-with', '$key', 'user/'], 'User/a', false],
    [['starts-with', '$key', 'user/'], 'my/user/a', false],
    [['starts-with', '$key', ''], 'anything', true],
    [['starts-with', '$x-amz-meta-tag', ''], '', true],
    // An absent field meets nothing.
    [['starts-with', '$Content-Type', ''], undefined, false],
    [['eq', '$acl', ''], undefined, false],
    // Every type of a list has to match; in other fields a comma is a character.
    [['starts-with', '$Content-Type', 'image/'], 'image/jpg,image/png,image/gif', true],
    [['starts-with', '$Content-Type', 'image/'], 'image/jpg,text/plain', false],
    [['starts-with', '$x-amz-meta-tag', 'a'], 'a,b', true],
    // Without the "$" no field is meant: the name is the text that is compared.
    [['eq', 'acl', 'private'], 'private', false],
    [['eq', 'acl', 'acl'], undefined, true],
    [['eq', 'acl', 'ACL'], undefined, false],
    [['starts-with', 'acl', ''], undefined, true],
    [['starts-with', 'acl', 'ac'], 'private', true],
    [['starts-with', 'acl', 'private'], 'private', false],
    [['starts-with', 'content-type', 'content'], undefined, true],
  ])('%j with %j: %s', (list, value, expected) => {
    const condition = readCondition(list);
    if (condition.operator === 'content-length-range') throw new Error('not about a field');
    expect(isMet(condition, value)).toBe(expected);
  });
});
