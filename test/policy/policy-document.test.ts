import { describe, expect, it } from 'vitest';
import type { Condition } from '../../src/policy/conditions.ts';
import { encodePolicy, parsePolicy } from '../../src/policy/policy-document.ts';
import { invalidPolicy } from './catch-error.ts';
import { AWS_POST_EXAMPLE_COMPACT, BOTOCORE, SIGNATURE_VECTORS } from './vectors.ts';

const EXPIRATION = '"expiration": "2026-03-01T13:00:00Z"';

function parse(json: string | Uint8Array) {
  return parsePolicy(Buffer.from(json as string).toString('base64'));
}

describe('encodePolicy', () => {
  it("gives the base64 of AWS's example without white space", () => {
    const { conditions } = JSON.parse(AWS_POST_EXAMPLE_COMPACT.policyText) as {
      conditions: Condition[];
    };
    expect(encodePolicy(new Date('2015-12-30T12:00:00Z'), conditions)).toBe(
      AWS_POST_EXAMPLE_COMPACT.policyBase64,
    );
  });

  it('writes other letters as UTF-8, not as escapes', () => {
    const base64 = encodePolicy(new Date(0), [{ key: 'é 👑 "\\' }]);
    expect(Buffer.from(base64, 'base64').toString()).toBe(
      '{"expiration":"1970-01-01T00:00:00.000Z","conditions":[{"key":"é 👑 \\"\\\\"}]}',
    );
  });
});

describe('parsePolicy', () => {
  it.each(SIGNATURE_VECTORS)('reads the policy of the vector "$name"', (vector) => {
    const policy = parsePolicy(vector.policyBase64);
    const written = JSON.parse(vector.policyText) as { expiration: string; conditions: unknown[] };
    expect(policy.expiration).toEqual(new Date(written.expiration));
    expect(policy.conditions).toHaveLength(written.conditions.length);
  });

  it('keeps the order of the conditions', () => {
    const fields = parsePolicy(BOTOCORE.policyBase64).conditions.map(
      (condition) => condition.operator === 'eq' && condition.field,
    );
    expect(fields).toEqual([
      ...['bucket', 'key', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date'],
    ]);
  });

  it('reads escaped letters, surrogate pairs too', () => {
    const policy = parse(`{${EXPIRATION}, "conditions": [{"key": "\\u00e9\\ud83d\\udc51"}]}`);
    expect(policy.conditions).toMatchObject([{ value: 'é👑' }]);
  });

  it.each([
    '2007-12-01T12:00:00.000Z',
    '2015-12-29T01:00:00Z',
  ])('takes the expiration %s', (expiration) => {
    const policy = parse(JSON.stringify({ expiration, conditions: [] }));
    expect(policy.expiration).toEqual(new Date(expiration));
  });

  it.each([
    '2011-09-13T07:52:58+02:00',
    '2015-10-17 03:15:59 UTC',
    '2026-03-01 13:00:00',
    '2026-03-01T13:00:00',
    '2026-13-01T13:00:00Z',
    '2026-02-30T13:00:00Z',
    '2026-03-01T24:00:00Z',
    'tomorrow',
    '',
  ])('refuses the expiration "%s"', (expiration) => {
    expect(() => parse(JSON.stringify({ expiration, conditions: [] }))).toThrow(
      invalidPolicy(`Invalid 'expiration' value: '${expiration}'`),
    );
  });

  it.each([
    ['no text', '', "Expecting '{' but found End-of-Input"],
    ['text', 'hello', 'Invalid JSON.'],
    ['a trailing comma', `{${EXPIRATION}, "conditions": [],}`, 'Invalid JSON.'],
    ['single quotes', "{'expiration': 'x', 'conditions': []}", 'Invalid JSON.'],
    ['the escape \\$', `{${EXPIRATION}, "conditions": [{"key": "\\$"}]}`, 'Invalid JSON.'],
    [
      'bytes that are not UTF-8',
      Buffer.from(`{${EXPIRATION}, "conditions": [{"key": "\xff"}]}`, 'latin1'),
      'Invalid JSON.',
    ],
    [
      'a number with a fraction',
      `{${EXPIRATION}, "conditions": [["content-length-range", 0, 512.0]]}`,
      'Invalid JSON.',
    ],
    ['an IAM document', '{"Version": "2012-10-17", "Statement": []}', "Unexpected: 'version'"],
    ['another member', `{"statement": [], ${EXPIRATION}}`, "Unexpected: 'statement'"],
    ['EXPIRATION', '{"EXPIRATION": "x", "conditions": []}', "Unexpected: 'expiration'"],
    ['CONDITIONS', `{${EXPIRATION}, "CONDITIONS": []}`, "Unexpected: 'conditions'"],
    ['no expiration', '{"conditions": []}', 'Policy missing expiration.'],
    ['no conditions', `{${EXPIRATION}}`, 'Policy missing conditions.'],
    [
      'conditions as an object',
      `{${EXPIRATION}, "conditions": {}}`,
      "Invalid 'conditions' value: must be a List.",
    ],
    [
      'a wrong condition',
      `{${EXPIRATION}, "conditions": [[]]}`,
      'Invalid Condition: missing operation identifier.',
    ],
  ])('refuses %s', (_, json, message) => {
    expect(() => parse(json)).toThrow(invalidPolicy(message));
  });

  it.each(['***', 'e30=*', 'é'])('refuses the base64 %j', (base64) => {
    expect(() => parsePolicy(base64)).toThrow(invalidPolicy('invalid Base64 encoding.'));
  });
});
