import { createHash } from 'node:crypto';
import { invalidOption, show } from './errors.ts';
import {
  assertDate,
  assertKnownOptions,
  assertObject,
  assertRecord,
  assertString,
  isAbsoluteHttpUrl,
  kindOf,
  requireString,
} from './options.ts';

/** Replaced by S3 with the name of the uploaded file, its directory left out. */
export const FILENAME_VARIABLE = '${filename}';

/** The name of a file without its directories, which S3 tells by slashes and backslashes. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** User-defined metadata: a field for each, of this prefix. */
export const METADATA_PREFIX = 'x-amz-meta-';

/** Bytes of UTF-8 in an object key, at the most. */
export const KEY_BYTES_AT_MOST = 1024;

/** Bytes of UTF-8 in all names and values of user-defined metadata, at the most. */
export const METADATA_BYTES_AT_MOST = 2048;

/** Tags of one object, at the most. */
export const TAGS_AT_MOST = 10;

/** Characters in the key of a tag, at the most. */
export const TAG_KEY_LENGTH_AT_MOST = 128;

/** Characters in the value of a tag, at the most. */
export const TAG_VALUE_LENGTH_AT_MOST = 256;

const KMS_METHODS = ['aws:kms', 'aws:kms:dsse'] as const;

/** The ways in which the store encrypts with a key that is not the caller's own. */
export const ENCRYPTION_METHODS = ['AES256', ...KMS_METHODS] as const;

/** How the store encrypts the object. */
export type ServerSideEncryption = 'AES256' | KmsAlgorithm | KmsEncryption | CustomerKeyEncryption;

type KmsAlgorithm = (typeof KMS_METHODS)[number];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
export interface KmsEncryption {
  readonly algorithm: KmsAlgorithm;
  /** @default the key that AWS manages */
  readonly keyId?: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly bucketKeyEnabled?: boolean;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html */
export interface CustomerKeyEncryption {
  /** 32 bytes. It stands in the form. */
  readonly customerKey: Uint8Array;
}

/** A checksum in base64. */
export interface Checksum {
  readonly algorithm: 'CRC32' | 'CRC32C' | 'SHA1' | 'SHA256';
  readonly value: string;
}

export function text(value: unknown, option: string): string {
  assertString(option, value);
  refuseControlCharacters(option, value);
  return value;
}

/** Browsers change line breaks, and headers can't carry any of them. */
export function refuseControlCharacters(option: string, value: string): void {
  if (/\p{Surrogate}/u.test(value)) {
    throw invalidOption(
      option,
      `${show(value)} has half a character in it, which UTF-8 can not carry. Was it cut? Cut between characters.`,
    );
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) return;
  throw invalidOption(
    option,
    `${show(value)} has a line break or another control character. Browsers change those and S3 then refuses the form. Remove it.`,
  );
}

export function oneOf<Value extends string>(values: readonly Value[]) {
  return (value: unknown, option: string): string => {
    assertString(option, value);
    if ((values as readonly string[]).includes(value)) return value;
    throw invalidOption(option, `${show(value)} is none of S3's. Use ${values.join(', ')}.`);
  };
}

export function objectKey(value: string, option: string): string {
  const key = text(requireString(option, value), option);
  const known = key.replaceAll(FILENAME_VARIABLE, '');
  const bytes = Buffer.byteLength(known);
  if (bytes > KEY_BYTES_AT_MOST) {
    throw invalidOption(
      option,
      `it has ${bytes} bytes; S3 takes ${KEY_BYTES_AT_MOST} at the most. Shorten it.`,
    );
  }
  if (known.includes('${') || key.includes('$$')) {
    throw invalidOption(
      option,
      `${show(key)} has "\${" or "$$" in it, which S3 does not take as they stand. The only variable is "\${filename}".`,
    );
  }
  if (key.startsWith('$') && !key.startsWith(FILENAME_VARIABLE)) {
    throw invalidOption(
      option,
      `${show(key)} begins with "$", which Ceph takes for a variable and then lets any key pass. Put something before it.`,
    );
  }
  if (/[\t\u0080-\u009f]/.test(key)) {
    throw invalidOption(option, `${show(key)} has a control character. Remove it.`);
  }
  if (hasDotSegment(key)) {
    throw invalidOption(
      option,
      `${show(key)} has "." or ".." as a segment, which URLs do not keep. Remove it.`,
    );
  }
  return key;
}

/** Whether URLs would lose a part of the key. */
export function hasDotSegment(key: string): boolean {
  return key.split('/').some((segment) => segment === '.' || segment === '..');
}

export function httpDate(value: Date | string, option: string): string {
  if (value instanceof Date) {
    assertDate(option, value);
    return value.toUTCString();
  }
  const date = text(value, option);
  if (!Number.isNaN(Date.parse(date)) && new Date(date).toUTCString() === date) return date;
  throw invalidOption(
    option,
    `${show(date)} is not a date as HTTP writes it, "Wed, 21 Oct 2026 07:28:00 GMT". Give a Date.`,
  );
}

export function redirectUrl(value: string, option: string): string {
  const url = text(value, option);
  if (isAbsoluteHttpUrl(url)) return url;
  throw invalidOption(
    option,
    `${show(url)} is not an absolute http or https URL; S3 ignores such a field and answers 204. Write it with its origin.`,
  );
}

export function successStatus(value: 200 | 201 | 204, option: string): string {
  if (typeof value !== 'number') {
    throw new TypeError(`Option \`${option}\` must be a number, not ${kindOf(value)}.`);
  }
  if ([200, 201, 204].includes(value)) return String(value);
  throw invalidOption(option, `${show(value)} is none of S3's. Use 200, 201 or 204.`);
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
export function taggingXml(tags: Readonly<Record<string, string>>, option: string): string {
  assertRecord(option, tags);
  const entries = Object.entries(tags);
  if (entries.length > TAGS_AT_MOST) {
    throw invalidOption(
      option,
      `it has ${entries.length} tags; S3 takes ${TAGS_AT_MOST}. Remove some.`,
    );
  }
  const xml = entries.map(([key, value]) => {
    const name = `${option}.${key}`;
    if (
      key === '' ||
      key.length > TAG_KEY_LENGTH_AT_MOST ||
      text(value, name).length > TAG_VALUE_LENGTH_AT_MOST
    ) {
      throw invalidOption(
        name,
        `a tag has a key of 1 to ${TAG_KEY_LENGTH_AT_MOST} and a value of up to ${TAG_VALUE_LENGTH_AT_MOST} characters.`,
      );
    }
    refuseControlCharacters(name, key);
    return `<Tag><Key>${escapeXml(key)}</Key><Value>${escapeXml(value)}</Value></Tag>`;
  });
  return `<Tagging><TagSet>${xml.join('')}</TagSet></Tagging>`;
}

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function isWebsiteLocation(location: string): boolean {
  return /^(\/|https?:\/\/)/.test(location) && Buffer.byteLength(location) <= 2048;
}

export function websiteLocation(value: string, option: string): string {
  const location = text(value, option);
  if (isWebsiteLocation(location)) return location;
  throw invalidOption(
    option,
    `${show(location)} does not begin with "/", "http://" or "https://", or has more than 2 KB. Mend that.`,
  );
}

export function metadataFields(
  metadata: Readonly<Record<string, string>>,
  option: string,
): Record<string, string> {
  assertRecord(option, metadata);
  const fields = new Map<string, string>();
  for (const [name, value] of Object.entries(metadata)) {
    const field = metadataField(name, `${option}.${name}`);
    if (fields.has(field)) {
      throw invalidOption(`${option}.${name}`, 'it is given twice, in different cases.');
    }
    fields.set(field, text(value, `${option}.${name}`));
  }
  refuseTooMuchMetadata(option, Object.entries(metadata));
  return Object.fromEntries(fields);
}

/** The names, without their prefix, and values of what is metadata among fields. */
export function metadataOf(
  fields: readonly (readonly [string, string])[],
): (readonly [string, string])[] {
  return fields
    .filter(([name]) => name.toLowerCase().startsWith(METADATA_PREFIX))
    .map(([name, value]) => [name.slice(METADATA_PREFIX.length), value]);
}

/** Refuses more metadata than S3 stores, names without their prefix. */
export function refuseTooMuchMetadata(
  option: string,
  metadata: readonly (readonly [string, string])[],
): void {
  const bytes = metadataBytes(metadata);
  if (bytes <= METADATA_BYTES_AT_MOST) return;
  throw invalidOption(
    option,
    `names and values of all metadata, raw fields and the form's own id among them, take ${bytes} bytes; S3 takes ${METADATA_BYTES_AT_MOST}. Shorten them.`,
  );
}

/** How much of S3's limit metadata takes, names without their prefix. */
export function metadataBytes(entries: readonly (readonly [string, string])[]): number {
  return entries.reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
}

/**
 * Whether a header can have this name, which metadata becomes when the object is read.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
export function isHeaderName(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name);
}

/** The field of one piece of metadata. */
export function metadataField(name: string, option: string): string {
  if (name.toLowerCase().startsWith(METADATA_PREFIX)) {
    throw invalidOption(option, 'leave out the prefix "x-amz-meta-", it is added for you.');
  }
  if (!isHeaderName(name)) {
    throw invalidOption(option, `${show(name)} is not a header's name. Use letters, digits, "-".`);
  }
  // In lower case, as S3 stores it.
  return METADATA_PREFIX + name.toLowerCase();
}

/** The field of server-side encryption, and what those of its settings begin with. */
export const SSE = 'x-amz-server-side-encryption';

/** Whether the object is encrypted with a key of the caller's own. */
export function hasCustomerKey(encryption: unknown): encryption is CustomerKeyEncryption {
  return typeof encryption === 'object' && encryption !== null && 'customerKey' in encryption;
}

export function serverSideEncryptionFields(
  encryption: ServerSideEncryption,
  option: string,
): Record<string, string> {
  if (typeof encryption === 'string') {
    return { [SSE]: oneOf(ENCRYPTION_METHODS)(encryption, option) };
  }
  assertObject(option, encryption);
  return hasCustomerKey(encryption)
    ? customerKeyFields(encryption, option)
    : kmsFields(encryption, option);
}

function kmsFields(encryption: KmsEncryption, option: string): Record<string, string> {
  const settings = ['algorithm', 'keyId', 'context', 'bucketKeyEnabled'];
  assertKnownOptions(encryption, settings, option);
  const { algorithm, keyId, context, bucketKeyEnabled } = encryption;
  if (bucketKeyEnabled !== undefined && typeof bucketKeyEnabled !== 'boolean') {
    throw new TypeError(`Option \`${option}.bucketKeyEnabled\` must be true or false.`);
  }
  if (context !== undefined) {
    assertRecord(`${option}.context`, context);
    for (const [name, value] of Object.entries(context)) text(value, `${option}.context.${name}`);
  }
  return {
    [SSE]: oneOf(KMS_METHODS)(algorithm, `${option}.algorithm`),
    ...(keyId !== undefined && { [`${SSE}-aws-kms-key-id`]: text(keyId, `${option}.keyId`) }),
    ...(context !== undefined && { [`${SSE}-context`]: toBase64(JSON.stringify(context)) }),
    ...(bucketKeyEnabled !== undefined && {
      [`${SSE}-bucket-key-enabled`]: String(bucketKeyEnabled),
    }),
  };
}

function customerKeyFields(
  encryption: CustomerKeyEncryption,
  option: string,
): Record<string, string> {
  assertKnownOptions(encryption, ['customerKey'], option);
  const { customerKey } = encryption;
  if (!(customerKey instanceof Uint8Array)) {
    throw new TypeError(`Option \`${option}.customerKey\` must be a Uint8Array of 32 bytes.`);
  }
  if (customerKey.length !== 32) {
    throw invalidOption(
      `${option}.customerKey`,
      `it has ${customerKey.length} bytes; AES256 wants 32. Make it with randomBytes(32).`,
    );
  }
  return {
    [`${SSE}-customer-algorithm`]: 'AES256',
    [`${SSE}-customer-key`]: toBase64(customerKey),
    [`${SSE}-customer-key-MD5`]: createHash('md5').update(customerKey).digest('base64'),
  };
}

function toBase64(value: string | Uint8Array): string {
  return Buffer.from(value as Uint8Array).toString('base64');
}

/** Every algorithm of S3's checksums, of which `CRC64NVME` is no documented form field. */
export type ChecksumAlgorithm = Checksum['algorithm'] | 'CRC64NVME';

/** Digests of a file's content in base64. */
export type PostedDigests = { readonly [Algorithm in 'MD5' | ChecksumAlgorithm]?: string };

/** How long checksums are. */
export const CHECKSUM_BYTES: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  SHA1: 20,
  SHA256: 32,
  CRC64NVME: 8,
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export function checksumFields(checksum: Checksum, option: string): Record<string, string> {
  assertObject(option, checksum);
  assertKnownOptions(checksum, ['algorithm', 'value'], option);
  const algorithms = ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const;
  const algorithm = oneOf(algorithms)(checksum.algorithm, `${option}.algorithm`);
  const bytes = CHECKSUM_BYTES[algorithm as Checksum['algorithm']];
  return {
    'x-amz-checksum-algorithm': algorithm,
    [`x-amz-checksum-${algorithm.toLowerCase()}`]: base64Of(
      bytes,
      checksum.value,
      `${option}.value`,
    ),
  };
}

export function md5Digest(value: string, option: string): string {
  return base64Of(16, value, option);
}

function base64Of(bytes: number, value: unknown, option: string): string {
  assertString(option, value);
  if (isBase64Of(bytes, value)) return value;
  throw invalidOption(
    option,
    `${show(value)} is not the base64 of ${bytes} bytes. Use digest('base64').`,
  );
}

/** Whether a text is the base64 of so many bytes. */
export function isBase64Of(bytes: number, value: string): boolean {
  const decoded = Buffer.from(value, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === value;
}
