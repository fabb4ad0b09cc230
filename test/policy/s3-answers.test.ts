import { describe, expect, it } from 'vitest';
import { s3Form } from '../../src/index.ts';
import { createPresignedPost } from '../../src/policy/presigned-post.ts';
import { catchError } from './catch-error.ts';
import { ERRORS, NOT_ANSWERED, REFUSED, TAKEN } from './s3-answers.ts';
import { answerTo, type FormPlan } from './signed-form.ts';

describe('S3 refuses', () => {
  it.each(REFUSED)('%s', (_, plan, answer) => {
    expect(answerTo(plan)).toEqual(answer);
  });
});

describe('S3 takes', () => {
  it.each(TAKEN)('%s', (_, plan, {
    status = 204,
    key = 'user/photo.jpg',
    redirect,
    warnings = [],
  } = {}) => {
    const verdict = answerTo(plan);
    expect(verdict).toMatchObject({
      ok: true,
      status,
      key,
      redirect,
      certain: warnings.length === 0,
    });
    expect(verdict).toHaveProperty(
      'warnings',
      warnings.map((words) => expect.stringContaining(words)),
    );
    for (const warning of verdict.ok ? verdict.warnings : []) expect(warning).toMatch(/^.+\.$/);
  });
});

describe('a hint names what there is, and what can do it', () => {
  /** What else stands between back quotes. */
  const WORDS = ['multiple', 'expiration'];
  /** What no option of ours can mend. */
  const NO_OPTION = ['a file field named "file"', 'one form for each file'];
  const SETTINGS = [
    ...['credentials.accessKeyId', 'credentials.secretAccessKey', 'credentials.sessionToken'],
    ...['checksum.algorithm', 'checksum.value'],
    ...['algorithm', 'context', 'customerKey'].map((name) => `serverSideEncryption.${name}`),
  ];

  function isOption(name: string): boolean {
    const given = { [name]: undefined } as never;
    const errors = [() => createPresignedPost(given), () => s3Form(given)].map(catchError);
    return errors.some(({ code }) => code !== 'unknown_option');
  }

  const hintOf = (plan: FormPlan): string => {
    const verdict = answerTo(plan);
    return verdict.ok ? '' : verdict.hint;
  };

  it.each(REFUSED)('%s', (_, plan, { message }) => {
    const hint = hintOf(plan);
    const names = [...hint.matchAll(/`([^`]*)`/g)].map(([, name = '']) => name);
    const unknown = names.filter(
      (name) =>
        !WORDS.includes(name) && !(name.includes('.') ? SETTINGS.includes(name) : isOption(name)),
    );
    expect(unknown).toEqual([]);
    const isNamed =
      names.some((name) => !WORDS.includes(name)) || hint.includes('createPresignedPost');
    expect(isNamed, hint).toBe(!NO_OPTION.some((words) => hint.includes(words)));
    // What createPresignedPost makes itself, or leaves to others, it takes from nobody.
    const isMadeByUs =
      /(?:fields: |"\$\$?)(?:x-amz-(?:algorithm|credential|date|security-token|signature)|policy|file)(?:"|$)/i;
    if (isMadeByUs.test(message)) expect(names).not.toContain('fields');
  });

  it.each<[FormPlan, string]>([
    [{ fields: { 'x-amz-security-token': 'a' } }, '`credentials.sessionToken`'],
    [{ conditions: [{ 'x-amz-security-token': 'a' }] }, '`credentials.sessionToken`'],
    [{ uncovered: ['x-amz-date'] }, 'let it write the policy'],
    [{ uncovered: ['x-amz-algorithm'] }, 'let it write the policy'],
    [{ uncovered: ['x-amz-credential'] }, 'let it write the policy'],
    [{ conditions: [['eq', '$file', 'a']] }, 'remove it from `conditions`'],
    [{ conditions: [['eq', '$policy', 'a']] }, 'remove it from `conditions`'],
    [{ conditions: [['eq', '$x-amz-signature', 'a']] }, 'remove it from `conditions`'],
    [{ conditions: [{ $acl: 'private' }] }, 'without "$"'],
    [{ conditions: [['eq', '$$acl', 'private']] }, 'one "$" in a list'],
  ])('%j: %s', (plan, words) => {
    expect(hintOf(plan)).toContain(words);
    expect(hintOf(plan)).not.toContain('`fields`');
  });
});

it('every error has a row, or a reason why it has none', () => {
  const numbers = [...Object.keys(ERRORS), ...Object.keys(NOT_ANSWERED)].map(Number);
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, i) => i + 1));
  const tested = new Set(REFUSED.map(([rule]) => /^error (\d+)/.exec(rule)?.[1]));
  // These four are about the request around the form: see the tests of the local bucket.
  const ofRequests = ['1', '2', '43', '45'];
  for (const error of Object.keys(ERRORS).filter((error) => !ofRequests.includes(error))) {
    expect(tested, `error ${error}`).toContain(error);
  }
});

it('no two rows are of the same rule', () => {
  for (const rows of [REFUSED, TAKEN]) {
    const rules = rows.map(([rule]) => rule);
    expect(new Set(rules).size).toBe(rules.length);
  }
});
