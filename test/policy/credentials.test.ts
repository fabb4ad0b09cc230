import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { checkCredentials, conceal } from '../../src/policy/credentials.ts';
import { S3FormError } from '../../src/policy/errors.ts';
import { catchError } from './catch-error.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const KEYS = Object.freeze({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET });

describe('checkCredentials', () => {
  it.each([
    ['long-lived keys', KEYS, { ...KEYS, sessionToken: undefined }],
    ['temporary ones', { ...KEYS, sessionToken: 'token' }, { ...KEYS, sessionToken: 'token' }],
    [
      "an AWS SDK's, without what else they carry",
      { ...KEYS, sessionToken: undefined, expiration: new Date(0), accountId: '1' },
      { ...KEYS, sessionToken: undefined },
    ],
  ])('gives %s', (_, given, expected) => {
    expect(checkCredentials(given)).toStrictEqual(expected);
  });

  function refused(credentials: unknown) {
    const error = catchError(() => checkCredentials(credentials));
    expect(error.message + JSON.stringify(error)).not.toContain(SECRET);
    return error;
  }

  it.each<[string, unknown]>([
    ['credentials', undefined],
    ['credentials.accessKeyId', { ...KEYS, accessKeyId: '' }],
    ['credentials.accessKeyId', { secretAccessKey: SECRET }],
    ['credentials.secretAccessKey', { ...KEYS, secretAccessKey: undefined }],
  ])('misses `%s` in %j', (option, credentials) => {
    const error = refused(credentials);
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({
      code: 'missing_option',
      option,
      message: `Option \`${option}\` is required.`,
    });
  });

  it.each<[string, unknown]>([
    ['credentials', null],
    ['credentials', `AKIA:${SECRET}`],
    ['credentials', ['AKIA', SECRET]],
    ['credentials', async () => KEYS],
    ['credentials.accessKeyId', { ...KEYS, accessKeyId: 5 }],
    ['credentials.secretAccessKey', { ...KEYS, secretAccessKey: [SECRET] }],
    ['credentials.sessionToken', { ...KEYS, sessionToken: 5 }],
  ])('throws a TypeError for `%s` of another kind in %o', (option, credentials) => {
    const error = refused(credentials);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`\`${option}\` must be `);
  });

  it.each<[string, unknown]>([
    ['credentials.accessKeyId', { ...KEYS, accessKeyId: 'AKIA EXAMPLE' }],
    ['credentials.secretAccessKey', { ...KEYS, secretAccessKey: `${SECRET}\n` }],
    ['credentials.secretAccessKey', { ...KEYS, secretAccessKey: `\t${SECRET}` }],
    ['credentials.sessionToken', { ...KEYS, sessionToken: 'to\r\nken' }],
    ['credentials.sessionToken', { ...KEYS, sessionToken: '\u00a0token' }],
  ])('refuses white space in `%s`, as copied along: %j', (option, credentials) => {
    const error = refused(credentials);
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'invalid_option', option });
    expect(error.message).toMatch(new RegExp(`\`${option}\`.*white space.*line break`));
  });

  it('takes an empty session token of the environment for none', () => {
    expect(checkCredentials({ ...KEYS, sessionToken: '' }).sessionToken).toBeUndefined();
  });

  it('says of a provider how to use it', () => {
    expect(refused(async () => KEYS).message).toMatch(/Call the provider, await it/);
  });
});

describe('conceal', () => {
  const concealed = conceal({ ...KEYS, sessionToken: 'token', expiration: new Date(0) });

  it('keeps the credentials', () => {
    expect({ ...concealed }).toEqual({ ...KEYS, sessionToken: 'token', expiration: new Date(0) });
  });

  it('takes others in their place, and hides them too', () => {
    const changed = Object.assign(conceal(KEYS), { secretAccessKey: 'another' });
    expect({ ...changed }).toEqual({ ...KEYS, secretAccessKey: 'another' });
    expect(inspect(changed, { customInspect: false })).not.toContain('another');
  });

  it.each<[string, (value: unknown) => string]>([
    ['util.inspect', inspect],
    ['console.dir', (value) => inspect(value, { customInspect: false })],
    ['util.inspect of what holds them', (value) => inspect({ held: { value } }, { depth: 9 })],
    ['JSON', JSON.stringify],
    ['JSON of what holds them', (value) => JSON.stringify({ held: [value] })],
  ])('shows no secret in %s', (_, print) => {
    expect(print(concealed)).toContain(KEYS.accessKeyId);
    expect(print(concealed)).not.toMatch(new RegExp(`${SECRET}|token`));
  });
});
