import { describe, expect, it } from 'vitest';
import { checkPost } from '../../src/policy/check-post.ts';
import type { Condition } from '../../src/policy/conditions.ts';
import { S3FormError } from '../../src/policy/errors.ts';
import { type FormConditionParts, formConditions } from '../../src/policy/form-conditions.ts';
import { createPresignedPost } from '../../src/policy/presigned-post.ts';
import { catchError } from './catch-error.ts';
import { ACCESS_KEY_ID, BUCKET, NOW, REGION, SECRET_ACCESS_KEY } from './signed-form.ts';

type Parts = { [Part in keyof FormConditionParts]?: unknown };

function conditionsOf(parts: Parts): Condition[] {
  const all = { fields: {}, signed: {}, contentLengthRange: undefined, conditions: undefined };
  return formConditions({ ...all, ...parts } as FormConditionParts);
}

describe('automatic conditions', () => {
  it('are one for each field, in the order and the spelling of the fields', () => {
    const fields = { bucket: 'b', key: 'a', 'Content-Type': 'a/b', Expires: '' };
    expect(conditionsOf({ fields })).toEqual([
      { bucket: 'b' },
      { key: 'a' },
      { 'Content-Type': 'a/b' },
      { Expires: '' },
    ]);
  });

  it("of the signature's fields come last, in lower case", () => {
    expect(
      conditionsOf({
        fields: { key: 'a' },
        signed: { 'X-Amz-Date': 'now', 'X-Amz-Algorithm': 'AWS4' },
        contentLengthRange: [1, 2],
        conditions: [['starts-with', '$other', '']],
      }),
    ).toEqual([
      { key: 'a' },
      ['content-length-range', 1, 2],
      ['starts-with', '$other', ''],
      { 'x-amz-date': 'now' },
      { 'x-amz-algorithm': 'AWS4' },
    ]);
  });

  it.each([
    ['a/${filename}', 'a/'],
    ['${filename}', ''],
    ['a-${filename}-b-${filename}', 'a-'],
  ])('on %s hold what stands before the variable', (value, prefix) => {
    expect(conditionsOf({ fields: { 'X-Any': value } })).toEqual([
      ['starts-with', '$X-Any', prefix],
    ]);
  });

  it('leave out what S3 ignores', () => {
    expect(conditionsOf({ fields: { 'X-Ignore-A': 'b', 'x-ignore-c': '${filename}' } })).toEqual(
      [],
    );
  });
});

describe('written conditions', () => {
  it.each<[string, Condition[]]>([
    ['simple', [{ KEY: 'user/a' }]],
    ['eq', [['eq', '$Key', 'user/a']]],
    ['starts-with', [['starts-with', '$key', 'user/']]],
    ['an empty beginning', [['starts-with', '$key', '']]],
  ])('take the place of an automatic one: %s', (_, conditions) => {
    const fields = { key: 'user/a', acl: 'private' };
    expect(conditionsOf({ fields, conditions })).toEqual([{ acl: 'private' }, ...conditions]);
  });

  it('may be several on one field, all as they were written', () => {
    const conditions = [
      ['starts-with', '$key', 'user/'],
      { Key: 'user/a.jpg' },
      ['starts-with', '$KEY', 'user/a'],
      ['starts-with', '$key', ''],
    ];
    expect(conditionsOf({ fields: { key: 'user/a.jpg' }, conditions })).toEqual(conditions);
  });

  it('are copied, so that nobody changes what was signed', () => {
    const conditions = [{ key: 'a' }, ['starts-with', '$key', '']];
    const result = conditionsOf({ fields: { key: 'a' }, conditions });
    expect(result).toEqual(conditions);
    for (const [at, condition] of conditions.entries()) expect(result[at]).not.toBe(condition);
  });

  it('may name a field that a person fills in', () => {
    const conditions = [['starts-with', '$x-amz-meta-title', '']];
    expect(conditionsOf({ conditions })).toEqual(conditions);
  });

  it.each<[string, unknown[]]>([
    ['one type of several', [['starts-with', '$Content-Type', 'image/']]],
    [
      'two beginnings',
      [
        ['starts-with', '$content-type', 'i'],
        ['starts-with', '$Content-Type', ''],
      ],
    ],
  ])('hold for every type of a list: %s', (_, conditions) => {
    const fields = { 'Content-Type': 'image/png,image/gif' };
    expect(conditionsOf({ fields, conditions })).toEqual(conditions);
  });
});

describe('several conditions on one field, signed and posted', () => {
  const conditions: Condition[] = [
    ['starts-with', '$x-amz-meta-title', 'a'],
    ['starts-with', '$x-amz-meta-title', 'ab'],
    ['starts-with', '$key', 'user/'],
    ['starts-with', '$key', ''],
    ['content-length-range', 0, 100],
    ['content-length-range', 10, 1000],
  ];
  const { fields } = createPresignedPost({
    bucket: BUCKET,
    region: REGION,
    credentials: { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY },
    now: NOW,
    key: 'user/${filename}',
    contentLengthRange: [20, 200],
    conditions,
  });
  const answer = (title: string, size: number) =>
    checkPost({
      fields: [...Object.entries(fields), ['x-amz-meta-title', title]],
      files: [{ filename: 'a.jpg', size }],
      bucket: BUCKET,
      region: REGION,
      now: NOW,
      secretAccessKeyFor: () => SECRET_ACCESS_KEY,
    });

  it.each([
    ['abc', 20],
    ['ab', 100],
  ])('all hold for %s of %d bytes', (title, size) => {
    expect(answer(title, size)).toMatchObject({ ok: true, sizeRange: { min: 20, max: 100 } });
  });

  it.each([
    ['ac', 50, 'AccessDenied'],
    ['b', 50, 'AccessDenied'],
    ['abc', 19, 'EntityTooSmall'],
    ['abc', 101, 'EntityTooLarge'],
  ])('one does not hold for %s of %d bytes', (title, size, s3Code) => {
    expect(answer(title, size)).toMatchObject({ ok: false, s3Code });
  });
});

describe('contradictions', () => {
  it.each<[string, Parts]>([
    ['another value', { fields: { acl: 'private' }, conditions: [{ acl: 'public-read' }] }],
    ['another case', { fields: { acl: 'private' }, conditions: [{ ACL: 'Private' }] }],
    ['another beginning', { fields: { key: 'a/b' }, conditions: [['starts-with', '$key', 'b/']] }],
    ['a longer beginning', { fields: { key: 'a' }, conditions: [['starts-with', '$key', 'ab']] }],
    [
      'one of two that does not hold',
      { fields: { key: 'a/b' }, conditions: [['starts-with', '$key', 'a/'], { key: 'a/c' }] },
    ],
    [
      'a type of a list',
      {
        fields: { 'Content-Type': 'image/png,text/html' },
        conditions: [['starts-with', '$content-type', 'image/']],
      },
    ],
    [
      "the signature's own value",
      { signed: { 'X-Amz-Date': 'now' }, conditions: [{ 'x-amz-date': 'then' }] },
    ],
    [
      'another beginning before ${filename}',
      { fields: { key: 'a/${filename}' }, conditions: [['starts-with', '$key', 'b/']] },
    ],
    [
      'another end after ${filename}',
      { fields: { key: 'a/${filename}/large' }, conditions: [{ key: 'a/b/small' }] },
    ],
    [
      'a value that is shorter than what stands before ${filename}',
      { fields: { key: 'a/b-${filename}' }, conditions: [{ key: 'a/' }] },
    ],
    [
      'two values of a field that a person fills in',
      { conditions: [{ 'x-amz-meta-a': '1' }, ['eq', '$X-Amz-Meta-A', '2']] },
    ],
    [
      'two beginnings of a field that a person fills in',
      {
        conditions: [
          ['starts-with', '$x-amz-meta-a', 'a/'],
          ['starts-with', '$x-amz-meta-a', 'b/'],
        ],
      },
    ],
    [
      'a value and another beginning of a field that a person fills in',
      { conditions: [{ 'x-amz-meta-a': 'a' }, ['starts-with', '$x-amz-meta-a', 'b']] },
    ],
    [
      'two names that the file can not have at once',
      { fields: { key: 'a/${filename}' }, conditions: [{ key: 'a/1' }, { key: 'a/2' }] },
    ],
  ])('of a field are refused: %s', (_, parts) => {
    const error = catchError(() => conditionsOf(parts));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'conflicting_conditions', option: 'conditions' });
    expect(error.message).toMatch(/Change one of /);
  });

  it.each<[string, Parts]>([
    [
      'a range and one that was written',
      { contentLengthRange: [0, 10], conditions: [['content-length-range', 11, 20]] },
    ],
    [
      'two that were written',
      {
        conditions: [
          ['content-length-range', 11, 20],
          ['content-length-range', 0, 10],
        ],
      },
    ],
    ['one with its ends swapped', { conditions: [['content-length-range', 10, 5]] }],
    [
      'three, of which no two are left',
      {
        contentLengthRange: [5, 30],
        conditions: [
          ['content-length-range', 0, 10],
          ['content-length-range', 20, 40],
        ],
      },
    ],
    [
      'as text',
      { contentLengthRange: [0, 10], conditions: [['content-length-range', '11', '20']] },
    ],
  ])('of sizes are refused: %s', (_, parts) => {
    const error = catchError(() => conditionsOf(parts));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'conflicting_conditions', option: 'conditions' });
    expect(error.message).toMatch(/No file is at least \d+ and at most \d+ bytes.*Change one/);
  });

  it.each<[string, Parts]>([
    [
      'ranges that touch',
      { contentLengthRange: [0, 10], conditions: [['content-length-range', 10, 20]] },
    ],
    ['an empty file only', { contentLengthRange: [0, 0] }],
    [
      'the same value twice',
      { fields: { acl: 'private' }, conditions: [{ acl: 'private' }, { ACL: 'private' }] },
    ],
    [
      'what the file name may make of it',
      { fields: { key: 'a/${filename}' }, conditions: [['starts-with', '$key', 'a/photo']] },
    ],
    [
      'a beginning within a beginning, of a field that a person fills in',
      {
        conditions: [
          ['starts-with', '$x-amz-meta-a', 'ab'],
          ['starts-with', '$x-amz-meta-a', 'a'],
          { 'x-amz-meta-a': 'abc' },
        ],
      },
    ],
  ])('are none: %s', (_, parts) => {
    expect(() => conditionsOf(parts)).not.toThrow();
  });
});

describe('conditions on what S3 ignores', () => {
  it.each<[unknown]>([
    [{ 'x-ignore-a': 'b' }],
    [['eq', '$x-ignore-a', 'b']],
    [['starts-with', '$X-Ignore-A', '']],
  ])('are refused, because they are never met: %j', (condition) => {
    const fields = { 'x-ignore-a': 'b' };
    const error = catchError(() => conditionsOf({ fields, conditions: [{ key: 'a' }, condition] }));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'invalid_option', option: 'conditions[1]' });
    expect(error.message).toMatch(/`conditions\[1\]`.*never met\. Remove it\.$/);
  });
});

describe('values that could not work', () => {
  it.each<[string, Parts, RegExp]>([
    ['contentLengthRange', { contentLengthRange: [2, 1] }, /Swap the two/],
    ['contentLengthRange[0]', { contentLengthRange: [-1, 1] }, /whole number of bytes from 0/],
    ['contentLengthRange[1]', { contentLengthRange: [0, 1.5] }, /whole number of bytes/],
    ['contentLengthRange[1]', { contentLengthRange: [0, Number.NaN] }, /whole number of bytes/],
    ['contentLengthRange[1]', { contentLengthRange: [0, 2 ** 53] }, /whole number of bytes/],
    ['conditions[0]', { conditions: [['eq', 'key', 'a']] }, /starts with "\$"/],
    ['conditions[0]', { conditions: [['ends-with', '$key', 'a']] }, /"eq" or "starts-with"/],
    ['conditions[0]', { conditions: [['eq', '$key']] }, /Write \{ field: "value" \}/],
    ['conditions[0]', { conditions: [{ key: 'a', acl: 'private' }] }, /exactly one property/],
    ['conditions[0]', { conditions: [{ key: 5 }] }, /must be a string/],
    ['conditions[0]', { conditions: [{ key: null }] }, /Write \{ field: "value" \}/],
    ['conditions[0]', { conditions: [null] }, /Write \{ field: "value" \}/],
    ['conditions[0]', { conditions: [['content-length-range', -1, 5]] }, /0 or more/],
    ['conditions[0]', { conditions: [['content-length-range', 'a', 'b']] }, /whole numbers/],
    ['conditions[1]', { conditions: [{ key: 'a' }, 'acl'] }, /Write \{ field: "value" \}/],
  ])('`%s` in %j', (option, parts, fix) => {
    const error = catchError(() => conditionsOf(parts));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'invalid_option', option });
    expect(error.message).toContain(`\`${option}\``);
    expect(error.message).toMatch(fix);
  });

  it.each<[string, Parts]>([
    ['contentLengthRange', { contentLengthRange: 10 }],
    ['contentLengthRange', { contentLengthRange: null }],
    ['contentLengthRange', { contentLengthRange: [0, 1, 2] }],
    ['contentLengthRange[0]', { contentLengthRange: ['0', 1] }],
    ['contentLengthRange[1]', { contentLengthRange: [0, null] }],
    ['conditions', { conditions: {} }],
    ['conditions', { conditions: 'key' }],
    ['conditions', { conditions: null }],
    ['conditions[0]', { conditions: [{ key: 5n }] }],
  ])('a TypeError for `%s` of another kind in %o', (option, parts) => {
    const error = catchError(() => conditionsOf(parts));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/ must be /);
    expect(error.message).toContain(`Option \`${option}\``);
  });
});
