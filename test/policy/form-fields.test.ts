import { describe, expect, it } from 'vitest';
import { S3FormError } from '../../src/policy/errors.ts';
import { type FormFieldOptions, formFields } from '../../src/policy/form-fields.ts';
import { catchError } from './catch-error.ts';

/** The fields of a form with the key `a`, as a list: their order counts. */
function fieldsOf(options: object): [string, string][] {
  return Object.entries(formFields({ key: 'a', ...options }));
}

describe('an option gives its field', () => {
  it.each<[Partial<FormFieldOptions>, [string, string]]>([
    [{ acl: 'public-read' }, ['acl', 'public-read']],
    [{ contentType: 'image/png' }, ['Content-Type', 'image/png']],
    [{ cacheControl: 'max-age=60' }, ['Cache-Control', 'max-age=60']],
    [{ contentDisposition: 'attachment' }, ['Content-Disposition', 'attachment']],
    [{ successActionStatus: 201 }, ['success_action_status', '201']],
    [
      { successActionRedirect: 'https://example.com/done' },
      ['success_action_redirect', 'https://example.com/done'],
    ],
    [{ metadata: { tag: 'Ninja' } }, ['x-amz-meta-tag', 'Ninja']],
    [{ metadata: { tag: '' } }, ['x-amz-meta-tag', '']],
    [{ metadata: { tag: 'a\tb ÄMÄZÕÑ "#$%&\\' } }, ['x-amz-meta-tag', 'a\tb ÄMÄZÕÑ "#$%&\\']],
    [{ metadata: { Uploader: 'me' } }, ['x-amz-meta-uploader', 'me']],
    [{ fields: { 'x-amz-storage-class': 'GLACIER' } }, ['x-amz-storage-class', 'GLACIER']],
    [{ fields: { Tagging: '' } }, ['Tagging', '']],
  ])('%j', (options, field) => {
    expect(fieldsOf(options)).toEqual([['key', 'a'], field]);
  });

  it.each(['acl', 'contentType', 'metadata', 'fields'])('`%s: undefined` gives none', (option) => {
    expect(fieldsOf({ [option]: undefined })).toEqual([['key', 'a']]);
  });

  it('in an order of its own: options, metadata, raw fields', () => {
    const names = fieldsOf({
      fields: { tagging: '' },
      metadata: { b: '', a: '' },
      contentType: 'a/b',
      acl: 'private',
    }).map(([name]) => name);
    expect(names).toEqual([
      ...['key', 'acl', 'Content-Type', 'x-amz-meta-b', 'x-amz-meta-a', 'tagging'],
    ]);
  });
});

it.each([
  ['of 1,024 bytes', 'é'.repeat(512)],
  ['of 1,024 bytes without the variable', `${'a'.repeat(1024)}\${filename}`],
])('a key %s is taken', (_, key) => {
  expect(formFields({ key })).toEqual({ key });
});

describe('values that could not work', () => {
  it.each<[string, object, string, RegExp]>([
    ['key', { key: undefined }, 'missing_option', /required/],
    ['key', { key: '' }, 'missing_option', /required/],
    ['key', { key: 'a'.repeat(1025) }, 'invalid_option', /1025 bytes.*Shorten/],
    ['key', { key: 'é'.repeat(513) }, 'invalid_option', /1026 bytes.*Shorten/],
    ['key', { key: 'a\nb' }, 'invalid_option', /line break/],
    ['acl', { acl: 'public' }, 'invalid_option', /Use private, public-read, /],
    ['acl', { acl: '' }, 'invalid_option', /Use private, public-read, /],
    ['contentType', { contentType: 'a/b\r\n' }, 'invalid_option', /line break/],
    ['cacheControl', { cacheControl: 'a\0' }, 'invalid_option', /control character/],
    ['contentDisposition', { contentDisposition: 'a\x7f' }, 'invalid_option', /control character/],
    ['successActionStatus', { successActionStatus: 303 }, 'invalid_option', /Use 200, 201 or 204/],
    ['successActionRedirect', { successActionRedirect: '/done' }, 'invalid_option', /absolute/],
    ['successActionRedirect', { successActionRedirect: '//a/done' }, 'invalid_option', /absolute/],
    ['successActionRedirect', { successActionRedirect: 'a.com' }, 'invalid_option', /absolute/],
    ['successActionRedirect', { successActionRedirect: '' }, 'invalid_option', /absolute/],
    ['successActionRedirect', { successActionRedirect: 'ftp://a' }, 'invalid_option', /http or/],
    ['metadata.x-amz-meta-a', { metadata: { 'x-amz-meta-a': '' } }, 'invalid_option', /leave out/],
    ['metadata.X-Amz-Meta-a', { metadata: { 'X-Amz-Meta-a': '' } }, 'invalid_option', /leave out/],
    ['metadata.a b', { metadata: { 'a b': '' } }, 'invalid_option', /Use letters/],
    ['metadata.né', { metadata: { né: '' } }, 'invalid_option', /Use letters/],
    ['metadata.', { metadata: { '': '' } }, 'invalid_option', /Use letters/],
    ['metadata.Tag', { metadata: { tag: '', Tag: '' } }, 'invalid_option', /twice/],
    ['metadata.tag', { metadata: { tag: 'a\nb' } }, 'invalid_option', /line break/],
    ['fields', { fields: { '': 'a' } }, 'invalid_option', /name ""/],
    ['fields', { fields: JSON.parse('{"__proto__": "a"}') }, 'invalid_option', /__proto__/],
    ['fields.File', { fields: { File: 'a' } }, 'invalid_option', /Remove it/],
    ['fields.policy', { fields: { policy: 'a' } }, 'invalid_option', /set for you. Remove it/],
    ['fields.X-Amz-Date', { fields: { 'X-Amz-Date': 'a' } }, 'invalid_option', /Remove it/],
    ['fields.x-amz-signature', { fields: { 'x-amz-signature': 'a' } }, 'invalid_option', /Remove/],
    [
      'fields.x-amz-security-token',
      { fields: { 'x-amz-security-token': 'a' } },
      'invalid_option',
      /Remove it/,
    ],
    ['fields.Key', { fields: { Key: 'a' } }, 'invalid_option', /Give it once/],
    ['fields.bucket', { fields: { bucket: 'a' } }, 'invalid_option', /Give it once/],
    ['fields.ACL', { acl: 'private', fields: { ACL: 'a' } }, 'invalid_option', /Give it once/],
    ['fields.A', { fields: { a: '', A: '' } }, 'invalid_option', /Give it once/],
    [
      'fields.x-amz-meta-a',
      { metadata: { a: '' }, fields: { 'x-amz-meta-a': '' } },
      'invalid_option',
      /Give it once/,
    ],
  ])('`%s` in %j', (option, options, code, fix) => {
    const error = catchError(() => fieldsOf(options));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code, option, message: expect.stringContaining(option) });
    expect(error.message).toMatch(fix);
  });

  it.each<[string, object]>([
    ['key', { key: 5 }],
    ['key', { key: null }],
    ['acl', { acl: ['private'] }],
    ['contentType', { contentType: null }],
    ['cacheControl', { cacheControl: 60 }],
    ['contentDisposition', { contentDisposition: {} }],
    ['successActionStatus', { successActionStatus: '201' }],
    ['successActionRedirect', { successActionRedirect: new URL('https://example.com') }],
    ['metadata', { metadata: 'a=b' }],
    ['metadata', { metadata: [['a', 'b']] }],
    ['metadata', { metadata: null }],
    ['metadata.size', { metadata: { size: 5 } }],
    ['fields', { fields: [['a', 'b']] }],
    ['fields', { fields: null }],
    ['fields.size', { fields: { size: undefined } }],
  ])('a TypeError for `%s` of another kind in %j', (option, options) => {
    const error = catchError(() => fieldsOf(options));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`\`${option}\` must be `);
  });
});
