import { describe, expect, it } from 'vitest';
import { ERRORS, NOT_ANSWERED, REFUSED, TAKEN } from './s3-answers.ts';
import { answerTo } from './signed-form.ts';

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
    warnings = 0,
  } = {}) => {
    const verdict = answerTo(plan);
    expect(verdict).toMatchObject({ ok: true, status, key, redirect, certain: warnings === 0 });
    expect(verdict.ok && verdict.warnings).toHaveLength(warnings);
    for (const warning of verdict.ok ? verdict.warnings : []) expect(warning).toMatch(/^.+\.$/);
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
