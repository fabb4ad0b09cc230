import { describe, expect, it } from 'vitest';
import { invalidOption, S3FormError, type S3FormErrorCode, show } from '../../src/policy/errors.ts';

describe('S3FormError', () => {
  it('is an Error with a code, a status, the option and the cause', () => {
    const cause = new Error('why');
    const error = new S3FormError('invalid_option', 'Not so.', { option: 'key', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'S3FormError',
      message: 'Not so.',
      code: 'invalid_option',
      status: 500,
      option: 'key',
      cause,
    });
  });

  /** All of them: a code that comes or goes does not compile without a change here. */
  const STATUS: Readonly<Record<S3FormErrorCode, number>> = {
    // The app's own mistakes.
    unknown_option: 500,
    missing_option: 500,
    invalid_option: 500,
    conflicting_conditions: 500,
    form_too_large: 500,
    unsupported_by_provider: 500,
    base_url_required: 500,
    on_uploaded_failed: 500,
    // What a visitor did.
    host_invalid: 400,
    return_incomplete: 400,
    receipt_invalid: 403,
    return_mismatch: 403,
    object_mismatch: 403,
    object_not_found: 404,
    method_not_allowed: 405,
    receipt_expired: 410,
    type_not_allowed: 422,
    filename_invalid: 400,
    type_invalid: 400,
    size_invalid: 400,
    file_too_large: 413,
    file_too_small: 422,
    context_invalid: 403,
    context_expired: 410,
    // What the store or the provider of credentials did.
    confirm_forbidden: 502,
    confirm_failed: 502,
    confirm_unavailable: 503,
    credentials_unavailable: 503,
  };

  it.each(Object.entries(STATUS))('%s has the status %d', (code, status) => {
    expect(new S3FormError(code as S3FormErrorCode, '').status).toBe(status);
  });

  it('keeps its cause out of its JSON', () => {
    const cause = new Error('secret');
    const error = new S3FormError('confirm_failed', 'No.', { cause });
    expect(JSON.stringify({ error, ...error })).not.toContain('secret');
  });

  it('has no cause where none was given', () => {
    expect('cause' in new S3FormError('object_not_found', '')).toBe(false);
  });
});

it('invalidOption names option, fault and fix', () => {
  expect(invalidOption('key', 'it is too long. Shorten it.')).toMatchObject({
    code: 'invalid_option',
    option: 'key',
    message: 'Option `key`: it is too long. Shorten it.',
  });
});

describe('show', () => {
  it.each([
    ['text', '"text"'],
    ['line\nbreak', '"line\\nbreak"'],
    [5, '5'],
    [undefined, 'undefined'],
    [null, 'null'],
  ])('shows %j', (value, shown) => {
    expect(show(value)).toBe(shown);
  });

  it('cuts what is long', () => {
    expect(show('a'.repeat(1000))).toBe(`"${'a'.repeat(79)}…`);
  });
});
