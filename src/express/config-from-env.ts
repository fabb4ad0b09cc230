import { type Credentials, conceal, concealed, HIDDEN } from '../policy/credentials.ts';
import { S3FormError } from '../policy/errors.ts';
import type { S3FormOptions } from './options.ts';

/** The options of `s3Form` that say which bucket, and how to reach it. */
export type BucketConfig = Pick<
  S3FormOptions,
  | 'bucket'
  | 'region'
  | 'provider'
  | 'endpoint'
  | 'publicEndpoint'
  | 'addressing'
  | 'secret'
  | 'baseUrl'
> & { readonly credentials: Credentials };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads S3_BUCKET, S3_REGION (or AWS_REGION), S3_PROVIDER, S3_ENDPOINT (or
 * AWS_ENDPOINT_URL_S3), S3_PUBLIC_ENDPOINT, S3_ADDRESSING,
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, S3_FORM_SECRET and BASE_URL.
 * Values themselves are checked by `s3Form`.
 *
 * @throws {S3FormError} `missing_option`; its `option` is the variable
 */
export function configFromEnv(env: Environment = process.env): BucketConfig {
  const optional = {
    provider: env['S3_PROVIDER'] as BucketConfig['provider'],
    endpoint: env['S3_ENDPOINT'] || env['AWS_ENDPOINT_URL_S3'],
    publicEndpoint: env['S3_PUBLIC_ENDPOINT'],
    addressing: env['S3_ADDRESSING'] as BucketConfig['addressing'],
    secret: env['S3_FORM_SECRET'],
    baseUrl: env['BASE_URL'],
  };
  const sessionToken = env['AWS_SESSION_TOKEN'];
  const config = {
    bucket: required(env, 'S3_BUCKET'),
    region: required(env, 'S3_REGION', 'AWS_REGION'),
    credentials: conceal({
      accessKeyId: required(env, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: required(env, 'AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken && { sessionToken }),
    }),
    // Left out where it is not set, so that it takes the place of nothing when it is spread.
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
  };
  return concealed(config, { ...config, ...(optional.secret && { secret: HIDDEN }) });
}

function required(env: Environment, ...names: readonly [string, ...string[]]): string {
  const value = names.map((name) => env[name]).find(Boolean);
  if (value) return value;
  throw new S3FormError('missing_option', `The setting ${names.join(' or ')} is missing.`, {
    option: names[0],
  });
}
