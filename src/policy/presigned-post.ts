import { type Addressing, bucketUrl } from './bucket-url.ts';
import type { Condition } from './conditions.ts';
import { type Credentials, checkCredentials } from './credentials.ts';
import { invalidOption, S3FormError } from './errors.ts';
import { SSE } from './field-values.ts';
import { FORM_BYTES_AT_MOST, FORM_FIELDS, SIGNATURE_FIELDS } from './fields.ts';
import { formConditions } from './form-conditions.ts';
import { type FormFieldOptions, formFields } from './form-fields.ts';
import { assertKnownOptions, assertObject, assertWholeNumber } from './options.ts';
import { encodePolicy } from './policy-document.ts';
import {
  ALGORITHM,
  credentialScope,
  deriveSigningKey,
  formatAmzDate,
  LIFETIME_AT_MOST,
  sign,
} from './signature.ts';

export interface PresignedPostOptions extends FormFieldOptions {
  readonly bucket: string;
  /** Such as `eu-west-3` or `fr-par`; it is part of the signature. */
  readonly region: string;
  readonly credentials: Credentials;
  /**
   * The store's URL without the bucket.
   *
   * @default Amazon S3's own in that region
   */
  readonly endpoint?: string | undefined;
  /** @default 'virtual-hosted', or 'path' with an `endpoint` or a bucket name with a dot */
  readonly addressing?: Addressing | undefined;
  /**
   * Seconds the form can be used, from `now` on; 7 days at the most, as long as a signing key lives.
   *
   * @default 3600
   */
  readonly expiresIn?: number | undefined;
  /** @default new Date() */
  readonly now?: Date | undefined;
  /** The file's smallest and largest size in bytes. */
  readonly contentLengthRange?: readonly [min: number, max: number] | undefined;
  /** Further conditions. One that names a field takes the place of that field's exact condition. */
  readonly conditions?: readonly Condition[] | undefined;
}

/** A form that the store will accept: post `fields` in this order, then the file as `file`. */
export interface PresignedPost {
  readonly method: 'POST';
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly expiration: Date;
  /** The policy's rules, as they were signed. */
  readonly conditions: readonly Condition[];
}

const OPTIONS: readonly string[] = [
  ...['bucket', 'region', 'credentials', 'endpoint', 'addressing', 'expiresIn', 'now'],
  ...Object.keys(FORM_FIELDS),
  ...['contentLengthRange', 'fields', 'conditions'],
];

/**
 * Signs a form with which anybody who holds it can upload one kind of file, until it expires.
 *
 * @throws {TypeError} where an argument is of the wrong kind
 * @throws {S3FormError} where a value could not work; its `option` says which
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTForms.html
 */
export function createPresignedPost(options: PresignedPostOptions): PresignedPost {
  assertObject('options', options);
  assertKnownOptions(options, OPTIONS);
  const { bucket, region, expiresIn = 3600, now = new Date() } = options;
  const credentials = checkCredentials(options.credentials);
  const url = bucketUrl(options);
  assertWholeNumber('expiresIn', expiresIn, { min: 1, max: LIFETIME_AT_MOST, unit: 'seconds' });
  // Years of more than four digits have no place in a policy.
  if (!(now instanceof Date) || !(now.getTime() >= 0 && now.getUTCFullYear() < 9999)) {
    throw new TypeError('Option `now` must be a valid Date.');
  }

  const fields = { bucket, ...formFields(options) };
  refuseOpenCustomerKey(fields, url);
  const amzDate = formatAmzDate(now);
  const scope = credentialScope(amzDate.slice(0, 8), region);
  const signed: Record<string, string> = {
    [SIGNATURE_FIELDS.credential]: `${credentials.accessKeyId}/${scope}`,
    [SIGNATURE_FIELDS.algorithm]: ALGORITHM,
    [SIGNATURE_FIELDS.date]: amzDate,
    ...(credentials.sessionToken !== undefined && {
      [SIGNATURE_FIELDS.securityToken]: credentials.sessionToken,
    }),
  };
  const conditions = formConditions({
    fields,
    signed,
    contentLengthRange: options.contentLengthRange,
    conditions: options.conditions,
  });
  const expiration = new Date(now.getTime() + expiresIn * 1000);
  const policy = encodePolicy(expiration, conditions);
  const signingKey = deriveSigningKey({
    secretAccessKey: credentials.secretAccessKey,
    date: amzDate.slice(0, 8),
    region,
  });
  const post: PresignedPost = {
    method: 'POST',
    url,
    fields: {
      ...fields,
      ...signed,
      [SIGNATURE_FIELDS.policy]: policy,
      [SIGNATURE_FIELDS.signature]: sign(policy, signingKey),
    },
    expiration,
    conditions,
  };
  refuseTooLarge(post.fields);
  return post;
}

/** S3 refuses a customer's key that came unencrypted, and nobody should have seen it. */
function refuseOpenCustomerKey(fields: Readonly<Record<string, string>>, url: string): void {
  const customerKey = `${SSE}-customer-key`;
  if (!Object.keys(fields).some((name) => name.toLowerCase() === customerKey)) return;
  const { protocol, hostname } = new URL(url);
  const isLoopback = /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
  if (protocol === 'https:' || isLoopback) return;
  throw invalidOption(
    'serverSideEncryption',
    'a key of your own may only be sent over https. Use an https `endpoint`.',
  );
}

function refuseTooLarge(fields: Readonly<Record<string, string>>): void {
  // A part costs its boundary (browsers' have up to 70 characters), its header and line breaks.
  const perPart =
    70 + Buffer.byteLength('--\r\nContent-Disposition: form-data; name=""\r\n\r\n\r\n');
  const fileHeader =
    perPart + 4 + Buffer.byteLength('; filename=""\r\nContent-Type: application/octet-stream');
  const bytes = Object.entries(fields).reduce(
    (sum, [name, value]) => sum + perPart + Buffer.byteLength(name) + Buffer.byteLength(value),
    // The file's own header comes before the file too; names have up to 255 bytes.
    fileHeader + 255,
  );
  if (bytes > FORM_BYTES_AT_MOST) {
    throw new S3FormError(
      'form_too_large',
      `The form's fields take ${bytes} bytes; S3 reads ${FORM_BYTES_AT_MOST} before the file. Shorten metadata, fields or conditions.`,
    );
  }
}
