import { S3FormError } from './errors.ts';
import { assertObject, requireString } from './options.ts';

/** An S3 access key. Shaped like the AWS SDK's credentials, so that those fit unchanged. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Present for temporary credentials (STS, instance roles); it is then sent and signed too. */
  readonly sessionToken?: string | undefined;
}

/**
 * The credentials alone, without whatever else the object carries.
 *
 * @throws {TypeError} where they are no object of strings
 * @throws {S3FormError} `missing_option`
 */
export function checkCredentials(credentials: unknown): Credentials {
  if (credentials === undefined) {
    throw new S3FormError('missing_option', 'Option `credentials` is required.', {
      option: 'credentials',
    });
  }
  if (typeof credentials === 'function') {
    throw new TypeError(
      'Option `credentials` must be an object here. Call the provider, await it and pass what it gives.',
    );
  }
  assertObject('credentials', credentials);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials as Partial<Credentials>;
  if (sessionToken !== undefined) requireString('credentials.sessionToken', sessionToken);
  return {
    accessKeyId: requireString('credentials.accessKeyId', accessKeyId),
    secretAccessKey: requireString('credentials.secretAccessKey', secretAccessKey),
    sessionToken,
  };
}
