import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/policy/policy-document.ts';
import { answerTo, type FormPlan } from './signed-form.ts';

/** Milliseconds after which a test has hung. */
const DEADLINE = 30_000;
const property = {
  numRuns: 500,
  interruptAfterTimeLimit: DEADLINE / 2,
  markInterruptAsFailure: true,
};

const NAMES = [
  ...['key', 'KEY', 'acl', 'tagging', 'Policy', 'bucket', 'file', 'content-type', ''],
  ...['X-Amz-Signature', 'X-Amz-Date', 'X-Amz-Credential', 'x-amz-meta-', 'x-ignore-', 'x-amz-'],
  ...['__proto__', 'constructor', 'toString', 'x-amz-meta-__proto__', 'x-amz-checksum-sha256'],
  ...['x-amz-storage-class', 'x-amz-server-side-encryption', 'success_action_redirect'],
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(
    '$',
    '$$',
    '${filename}',
    '\0',
    '\ud83d',
    '<a>',
    '&',
    '%',
    '__proto__',
    'a'.repeat(5000),
  ),
);
const name = fc.oneof(fc.constantFrom(...NAMES), text);
const pairs = fc.array(fc.tuple(name, text), { maxLength: 12 });

const condition = fc.oneof(
  fc.jsonValue(),
  fc.tuple(
    fc.constantFrom('eq', 'starts-with', 'EQ', 'content-length-range'),
    fc.jsonValue(),
    fc.jsonValue(),
  ),
  fc.tuple(
    fc.constantFrom('eq', 'starts-with'),
    name.map((field) => `$${field}`),
    text,
  ),
  fc.tuple(fc.constant('content-length-range'), fc.maxSafeInteger(), fc.maxSafeInteger()),
  fc.dictionary(name, fc.oneof(text, fc.jsonValue()), { maxKeys: 2 }),
);

function isAnswered(plan: FormPlan): void {
  const verdict = answerTo(plan);
  expect(typeof verdict.certain).toBe('boolean');
  if (verdict.ok) {
    expect([200, 201, 204, 303]).toContain(verdict.status);
    expect(verdict.certain).toBe(verdict.warnings.length === 0);
  } else {
    expect([400, 403]).toContain(verdict.status);
    expect(verdict.hint).toMatch(/\.$/);
  }
}

describe('whatever comes, checkPost answers', () => {
  it(
    'any fields beside those of a signed form',
    () => {
      fc.assert(
        fc.property(pairs, fc.option(text, { nil: undefined }), (repeated, filename) =>
          isAnswered({ repeated, filename }),
        ),
        property,
      );
    },
    DEADLINE,
  );

  it(
    'any values in its fields',
    () => {
      fc.assert(
        fc.property(pairs, (fields) => isAnswered({ fields: Object.fromEntries(fields) })),
        property,
      );
    },
    DEADLINE,
  );

  it(
    'any values that are signed',
    () => {
      fc.assert(
        fc.property(pairs, (exact) => isAnswered({ exact: Object.fromEntries(exact) })),
        property,
      );
    },
    DEADLINE,
  );

  it(
    'any conditions',
    () => {
      fc.assert(
        fc.property(
          fc.array(condition, { maxLength: 4 }),
          pairs,
          fc.nat(),
          (conditions, repeated, size) => isAnswered({ conditions, repeated, size }),
        ),
        property,
      );
    },
    DEADLINE,
  );

  it(
    'any policy',
    () => {
      const policy = fc.oneof(
        fc.json(),
        fc.string({ unit: 'binary' }),
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
        fc
          .record({ expiration: fc.jsonValue(), conditions: fc.jsonValue() })
          .map((it) => JSON.stringify(it)),
      );
      fc.assert(
        fc.property(policy, (policy) => isAnswered({ policy })),
        property,
      );
      fc.assert(
        fc.property(text, (policyField) => isAnswered({ policyField })),
        property,
      );
    },
    DEADLINE,
  );
});

const NEST = 100_000;
const EXPIRATION = '"expiration": "2026-03-01T13:00:00Z"';
const conditions = (json: string) => `{${EXPIRATION}, "conditions": ${json}}`;
const deep = '['.repeat(NEST) + ']'.repeat(NEST);

describe.each<[string, string]>([
  ['100,000 lists in lists', deep],
  ['100,000 lists without an end', '['.repeat(NEST)],
  ['100,000 objects in objects', `${'{"a":'.repeat(NEST)}1${'}'.repeat(NEST)}`],
  ['lists in lists as an expiration', `{"expiration": ${deep}, "conditions": []}`],
  ['lists in lists as conditions', conditions(deep)],
  ['lists in lists as a value', conditions(`[["eq", "$key", ${deep}]]`)],
  ['lists in lists as a bound', conditions(`[["content-length-range", 0, ${deep}]]`)],
  ['lists in lists as an operator', conditions(`[[${deep}, 0, 1]]`)],
  ['lists in lists in a simple condition', conditions(`[{"acl": ${deep}}]`)],
  ['lists in lists as another member', `{"other": ${deep}}`],
  ['a number of 100,000 digits', conditions(`[["content-length-range", 0, ${'9'.repeat(NEST)}]]`)],
  ['a number beyond all', conditions('[["content-length-range", 0, 1e400]]')],
  ['a negative fraction', conditions('[["content-length-range", -0.5, 1]]')],
  ['the same member 20,000 times', `{${'"expiration": "a",'.repeat(20_000)}"conditions": []}`],
  ['20,000 other members', `{${Array.from({ length: 20_000 }, (_, i) => `"m${i}": 1`).join()}}`],
  ['quotes without an end', '"'.repeat(NEST)],
  ['backslashes without an end', `"${'\\'.repeat(NEST)}`],
  ['a text of 10 MB', `"${'a'.repeat(10_000_000)}"`],
  ['blanks without an end', ' '.repeat(NEST)],
  ['a policy in __proto__', `{"__proto__": ${conditions('[]')}}`],
  ['a policy in constructor', `{"constructor": ${conditions('[]')}}`],
])('a policy of %s', (_, policy) => {
  it(
    'is refused where it is read',
    () => {
      const base64 = Buffer.from(policy).toString('base64');
      expect(() => parsePolicy(base64)).toThrow(
        expect.objectContaining({ name: 'InvalidPolicyError' }),
      );
    },
    DEADLINE,
  );

  it(
    'is refused in a form',
    () => {
      const verdict = answerTo({ policy });
      expect(verdict).toMatchObject({ ok: false, status: 400 });
      expect(!verdict.ok && verdict.s3Code).toMatch(
        /^(InvalidPolicyDocument|MaxPostPreDataLengthExceeded)$/,
      );
    },
    DEADLINE,
  );
});

it.each<[string, FormPlan]>([
  ['a field name of 1 MB', { fields: { ['n'.repeat(1_000_000)]: '' } }],
  ['1,000 fields', { repeated: Array.from({ length: 1000 }, (_, i) => [`x-ignore-${i}`, '']) }],
  ['a filename of 1 MB', { fields: { key: 'user/${filename}' }, filename: '/'.repeat(1_000_000) }],
  [
    'a long filename, 1,000 times',
    {
      fields: { key: 'user/${filename}', 'x-ignore-a': '${filename}'.repeat(1000) },
      filename: 'f'.repeat(20_000),
    },
  ],
])('%s is answered', (_, plan) => isAnswered(plan), DEADLINE);
