import { describe, expect, it } from 'vitest';
import { S3FormError } from '../../src/policy/errors.ts';
import {
  assertKnownOptions,
  assertObject,
  assertString,
  assertWholeNumber,
  requireString,
} from '../../src/policy/options.ts';
import { catchError } from './catch-error.ts';

describe('assertKnownOptions', () => {
  const known = ['bucket', 'now', 'key', 'acl', 'contentType'];
  const check = (option: string) => catchError(() => assertKnownOptions({ [option]: 1 }, known));

  it('takes the known ones', () => {
    expect(() => assertKnownOptions({ bucket: 'b', key: 'k' }, known)).not.toThrow();
  });

  it.each([
    ['Bucket', 'bucket'],
    ['buckets', 'bucket'],
    ['contenttype', 'contentType'],
    ['content_type', 'contentType'],
    ['KEY', 'key'],
    ['ACL', 'acl'],
  ])('names for `%s` the likely `%s`', (option, likely) => {
    const error = check(option);
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'unknown_option', option });
    expect(error.message).toBe(`There is no option \`${option}\`. Did you mean \`${likely}\`?`);
  });

  it.each([
    ['prefix', 'keyPrefix'],
    ['maxSize', 'maxFileSize'],
    ['expiresIn', 'formExpiresIn'],
    ['forcePathStyle', "addressing: 'path'"],
    ['accessKeyId', 'credentials: { accessKeyId, secretAccessKey }'],
    ['secretAccessKey', 'credentials: { accessKeyId, secretAccessKey }'],
  ])('names for `%s`, as others call it, `%s` where there is such an option', (option, called) => {
    const ours = ['keyPrefix', 'maxFiles', 'maxFileSize', 'expires', 'formExpiresIn'];
    const all = [...ours, 'addressing', 'credentials'];
    expect(catchError(() => assertKnownOptions({ [option]: 1 }, all)).message).toBe(
      `There is no option \`${option}\`. Did you mean \`${called}\`?`,
    );
    expect(check(option).message).not.toContain(called);
  });

  it('lists all where none is alike', () => {
    expect(check('somethingElse').message).toBe(
      'There is no option `somethingElse`. The options are bucket, now, key, acl, contentType.',
    );
  });
});

describe('kinds', () => {
  it.each([[undefined], [null], ['text'], [5], [['a']]])('assertObject refuses %j', (value) => {
    const error = catchError(() => assertObject('metadata', value));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/`metadata` must be an object, not /);
  });

  it.each([[undefined], [null], [5], [['a']], [{}]])('assertString refuses %j', (value) => {
    const error = catchError(() => assertString('acl', value));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/`acl` must be a string, not /);
  });

  it('names null and arrays as what they are', () => {
    expect(() => assertString('acl', null)).toThrow(/not null\.$/);
    expect(() => assertString('acl', [])).toThrow(/not an array\.$/);
  });
});

describe('requireString', () => {
  it('gives the value', () => {
    expect(requireString('key', 'a')).toBe('a');
  });

  it.each([undefined, ''])('refuses %o as missing', (value) => {
    expect(catchError(() => requireString('key', value))).toMatchObject({
      code: 'missing_option',
      option: 'key',
      message: 'Option `key` is required.',
    });
  });

  it.each([null, 5])('throws a TypeError for %o', (value) => {
    expect(() => requireString('key', value)).toThrow(TypeError);
  });
});

describe('assertWholeNumber', () => {
  const check = (value: unknown) =>
    assertWholeNumber('expiresIn', value, { min: 1, max: 10, unit: 'seconds' });

  it.each([1, 5, 10])('takes %d', (value) => {
    expect(() => check(value)).not.toThrow();
  });

  it.each([0, 11, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (value) => {
    const error = catchError(() => check(value));
    expect(error).toMatchObject({ code: 'invalid_option', option: 'expiresIn' });
    expect(error.message).toMatch(/`expiresIn`.*whole number of seconds from 1 to 10\.$/);
  });

  it.each(['5', null, 5n])('throws a TypeError for %o', (value) => {
    expect(() => check(value)).toThrow(TypeError);
  });
});
