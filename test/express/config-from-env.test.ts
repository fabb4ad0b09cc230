import { describe, expect, it } from 'vitest';
import { configFromEnv, s3Form } from '../../src/index.ts';

const env = {
  S3_BUCKET: 'photos',
  S3_REGION: 'fr-par',
  AWS_ACCESS_KEY_ID: 'SCWXXXXXXXXXXXXXXXXX',
  AWS_SECRET_ACCESS_KEY: 'secret',
};
const least = {
  bucket: 'photos',
  region: 'fr-par',
  credentials: { accessKeyId: 'SCWXXXXXXXXXXXXXXXXX', secretAccessKey: 'secret' },
};

describe('configFromEnv', () => {
  it.each([
    [{}, least],
    [
      { S3_REGION: '', AWS_REGION: 'eu-west-3' },
      { ...least, region: 'eu-west-3' },
    ],
    [{ S3_ENDPOINT: 'https://a' }, { ...least, endpoint: 'https://a' }],
    [{ AWS_ENDPOINT_URL_S3: 'https://b' }, { ...least, endpoint: 'https://b' }],
    [
      { S3_ENDPOINT: 'https://a', AWS_ENDPOINT_URL_S3: 'https://b' },
      { ...least, endpoint: 'https://a' },
    ],
    [{ S3_PROVIDER: 'scaleway' }, { ...least, provider: 'scaleway' }],
    [{ S3_PUBLIC_ENDPOINT: 'https://c' }, { ...least, publicEndpoint: 'https://c' }],
    [{ S3_ADDRESSING: 'path' }, { ...least, addressing: 'path' }],
    [{ S3_FORM_SECRET: 's' }, { ...least, secret: 's' }],
    [{ BASE_URL: '/upload' }, { ...least, baseUrl: '/upload' }],
    [
      { AWS_SESSION_TOKEN: 't' },
      { ...least, credentials: { ...least.credentials, sessionToken: 't' } },
    ],
  ])('reads %j', (more, expected) => {
    expect(configFromEnv({ ...env, ...more })).toEqual(expected);
  });

  it.each([
    'S3_BUCKET',
    'S3_REGION',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
  ])('names %s where it is missing', (name) => {
    expect(() => configFromEnv({ ...env, [name]: undefined })).toThrow(
      expect.objectContaining({
        code: 'missing_option',
        option: name,
        message: expect.stringContaining(name),
      }),
    );
  });

  it.each([
    [{ S3_ENDPOINT: 'https://s3.example/photos' }, 'endpoint', /Use "https:\/\/s3\.example"/],
    [{ S3_ENDPOINT: 's3.example' }, 'endpoint', /absolute http or https URL/],
    [{ S3_ENDPOINT: 'https://s3.nl-ams.scw.cloud' }, 'endpoint', /"nl-ams".*"fr-par"/],
    [
      { S3_PUBLIC_ENDPOINT: 'https://photos.s3.example' },
      'publicEndpoint',
      /"https:\/\/s3\.example"/,
    ],
    [{ S3_PROVIDER: '' }, 'region', /forget `provider: 'scaleway'`/],
    [{ S3_PROVIDER: 'amazon' }, 'provider', /aws, scaleway/],
    [{ S3_ADDRESSING: 'host' }, 'addressing', /"virtual-hosted" or "path"/],
    [{ S3_FORM_SECRET: 'abc' }, 'secret', /`openssl rand -hex 32`/],
    [{ BASE_URL: 'upload' }, 'baseUrl', /"\/upload"/],
  ])('gives s3Form %j, which it refuses by the name of its option', (more, option, fix) => {
    const config = configFromEnv({ ...env, S3_PROVIDER: 'scaleway', ...more });
    expect(() => s3Form(config)).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        option,
        message: expect.stringMatching(fix),
      }),
    );
  });
});
