import { createHash } from 'node:crypto';
import type { PostedFile, Values } from './check-form.ts';
import {
  CHECKSUM_BYTES,
  type ChecksumAlgorithm,
  isBase64Of,
  isWebsiteLocation,
  METADATA_BYTES_AT_MOST,
  metadataBytes,
  metadataOf,
  SSE,
  TAGS_AT_MOST,
} from './field-values.ts';
import { CANNED_ACLS, STORAGE_CLASSES } from './fields.ts';
import { invalidArgument, Refusal, type RefusedPost } from './refusal.ts';
import { readTagging } from './tagging.ts';

/** Headers of a request, by their names in lower case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Checks what would be stored: the last of S3's checks, whose order among themselves is not known.
 * But for storage class and tagging nobody recorded the answers to forms; they are those to PUT.
 *
 * @throws {Refusal}
 */
export function checkObject(values: Values, file: PostedFile, headers: Headers): void {
  refuseConflict(values, headers);
  checkStorageClass(values);
  checkAcl(values);
  checkTagging(values);
  const checksum = checkChecksumFields(values);
  checkWebsiteLocation(values);
  checkEncryption(values);
  checkMetadata(values);
  compareDigests(values, checksum, file);
}

type Refused = Pick<RefusedPost, 's3Code' | 'message' | 'hint'> & Partial<RefusedPost>;

/** A refusal in the words of PUT. */
function refuse(refused: Refused): Refusal {
  return new Refusal({ status: 400, certain: false, ...refused });
}

function refuseConflict(values: Values, headers: Headers): void {
  const conflict = Object.entries(headers).find(
    ([name, value]) =>
      name.startsWith('x-amz-') && values.has(name) && values.get(name) !== String(value),
  );
  if (!conflict) return;
  throw refuse({
    s3Code: 'InvalidRequest',
    message: 'Conflicting values provided in HTTP headers and POST form fields.',
    hint: `Send ${conflict[0]} as a field only, not as a header too.`,
  });
}

function checkStorageClass(values: Values): void {
  const storageClass = values.get('x-amz-storage-class');
  if (storageClass === undefined || STORAGE_CLASSES.some((known) => known === storageClass)) return;
  throw refuse({
    s3Code: 'InvalidStorageClass',
    message: 'The storage class you specified is not valid',
    hint: `Set \`storageClass\` to one of ${STORAGE_CLASSES.join(', ')}.`,
    details: [['StorageClassRequested', storageClass]],
    certain: true,
  });
}

function checkAcl(values: Values): void {
  const acl = values.get('acl');
  if (acl === undefined || CANNED_ACLS.some((canned) => canned === acl)) return;
  throw invalidArgument({
    message: '',
    name: 'acl',
    value: acl,
    hint: `Set \`acl\` to one of ${CANNED_ACLS.join(', ')}.`,
    certain: false,
  });
}

function checkTagging(values: Values): void {
  const xml = values.get('tagging');
  if (xml === undefined) return;
  const tags = readTagging(xml);
  if (tags === undefined) {
    throw refuse({
      s3Code: 'MalformedXML',
      message:
        'The XML you provided was not well-formed or did not validate against our published schema',
      hint: 'Give the tags as `tags`, which writes the XML.',
      // That of a tag without key or value is not recorded.
      certain: !xml.includes('<Tag>'),
    });
  }
  if (tags.length > TAGS_AT_MOST) {
    throw refuse({
      s3Code: 'BadRequest',
      message: `Object tags cannot be greater than ${TAGS_AT_MOST}`,
      hint: `Give ${TAGS_AT_MOST} \`tags\` at the most.`,
    });
  }
  const keys = tags.map(([key]) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw invalidTag(
      'Cannot provide multiple Tags with the same key',
      twice,
      'Give each tag once.',
    );
  }
  const longKey = keys.find((key) => key === '' || key.length > 128);
  if (longKey !== undefined) {
    const hint = 'Give `tags` keys of 1 to 128 characters.';
    throw invalidTag('The TagKey you have provided is invalid', longKey, hint);
  }
  const longValue = tags.find(([, value]) => value.length > 256);
  if (longValue !== undefined) {
    const hint = 'Give `tags` values of 256 characters at the most.';
    throw invalidTag('The TagValue you have provided is invalid', longValue[0], hint);
  }
}

function invalidTag(message: string, key: string, hint: string): Refusal {
  return refuse({ s3Code: 'InvalidTag', message, hint, details: [['TagKey', key]] });
}

/** The algorithm of the checksum that a form gives. */
export function checksumOf(values: Values): ChecksumAlgorithm | undefined {
  return checksumsOf(values)[0];
}

function checksumsOf(values: Values): ChecksumAlgorithm[] {
  const algorithms = Object.keys(CHECKSUM_BYTES) as ChecksumAlgorithm[];
  return algorithms.filter((algorithm) => values.has(checksumField(algorithm)));
}

/** The field, and the header, of a checksum. */
export function checksumField(algorithm: string): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

function checkChecksumFields(values: Values): ChecksumAlgorithm | undefined {
  const md5 = values.get('content-md5');
  if (md5 !== undefined && !isBase64Of(16, md5)) {
    throw refuse({
      s3Code: 'InvalidDigest',
      message: 'The Content-MD5 you specified was invalid.',
      hint: 'Set `contentMd5` to the base64 of the 16 bytes.',
    });
  }
  const given = checksumsOf(values);
  const [algorithm] = given;
  const named = values.get('x-amz-checksum-algorithm');
  const invalid = (message: string, hint: string) =>
    refuse({ s3Code: 'InvalidRequest', message, hint });
  if (given.length > 1) {
    throw invalid(
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
      'Give one `checksum`.',
    );
  }
  if (named !== undefined && !Object.hasOwn(CHECKSUM_BYTES, named)) {
    throw invalid(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
      'Set `checksum.algorithm` to one of CRC32, CRC32C, SHA1, SHA256.',
    );
  }
  if (named !== undefined && named !== algorithm) {
    throw invalid(
      'x-amz-checksum-algorithm specified, but no corresponding x-amz-checksum-* header was found.',
      `Give the ${named} of the file as \`checksum.value\`.`,
    );
  }
  if (algorithm === undefined) return undefined;
  const field = checksumField(algorithm);
  const bytes = CHECKSUM_BYTES[algorithm];
  if (isBase64Of(bytes, values.get(field) ?? '')) return algorithm;
  throw invalid(
    `Value for ${field} header is invalid.`,
    `Set \`checksum.value\` to the base64 of the ${bytes} bytes.`,
  );
}

function checkWebsiteLocation(values: Values): void {
  const location = values.get('x-amz-website-redirect-location');
  if (location === undefined || isWebsiteLocation(location)) return;
  throw refuse({
    s3Code: 'InvalidRedirectLocation',
    message: "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    hint: 'Set `websiteRedirectLocation` to a URL or a path with "/", of 2 KB at the most.',
  });
}

function checkEncryption(values: Values): void {
  const method = values.get(SSE);
  const invalid = (message: string, name: string, hint: string) =>
    invalidArgument({ message, name, value: values.get(name) ?? 'null', hint, certain: false });
  if (method !== undefined && !['AES256', 'aws:kms', 'aws:kms:dsse'].includes(method)) {
    throw invalid(
      'The encryption method specified is not supported',
      SSE,
      "Set `serverSideEncryption` to 'AES256', 'aws:kms' or 'aws:kms:dsse'.",
    );
  }
  if (values.has(`${SSE}-aws-kms-key-id`) && !method?.startsWith('aws:kms')) {
    throw invalid(
      `Server Side Encryption with AWS KMS managed key requires HTTP header ${SSE} : aws:kms`,
      SSE,
      "Set `serverSideEncryption.algorithm` to 'aws:kms' or 'aws:kms:dsse'.",
    );
  }
  const context = values.get(`${SSE}-context`);
  if (context !== undefined && !isContext(context)) {
    throw invalid(
      `The header '${SSE}-context' shall be Base64-encoded UTF-8 string holding JSON which represents a string-string map`,
      `${SSE}-context`,
      'Give `serverSideEncryption.context` as an object, which writes the field.',
    );
  }
  checkCustomerKey(values, invalid);
}

function isContext(base64: string): boolean {
  try {
    const context: unknown = JSON.parse(Buffer.from(base64, 'base64').toString());
    return (
      typeof context === 'object' &&
      context !== null &&
      !Array.isArray(context) &&
      Object.values(context).every((value) => typeof value === 'string')
    );
  } catch {
    return false;
  }
}

function checkCustomerKey(
  values: Values,
  invalid: (message: string, name: string, hint: string) => Refusal,
): void {
  const names = ['algorithm', 'key', 'key-md5'].map((name) => `${SSE}-customer-${name}`);
  const [algorithm, key, md5] = names.map((name) => values.get(name));
  const [algorithmField, keyField, md5Field] = names as [string, string, string];
  if (algorithm === undefined && key === undefined && md5 === undefined) return;
  const hint = 'Give `serverSideEncryption.customerKey` 32 bytes, which writes all three fields.';
  const missing =
    'Requests specifying Server Side Encryption with Customer provided keys must provide';
  if (values.has(SSE)) {
    throw invalid(
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
      SSE,
      'Set `serverSideEncryption` to a method or to { customerKey }, not to both.',
    );
  }
  if (algorithm === undefined) {
    throw invalid(`${missing} a valid encryption algorithm.`, algorithmField, hint);
  }
  if (algorithm !== 'AES256') {
    throw refuse({
      s3Code: 'InvalidEncryptionAlgorithmError',
      message: 'The encryption request that you specified is not valid. The valid value is AES256.',
      hint,
    });
  }
  if (key === undefined) throw invalid(`${missing} an appropriate secret key.`, keyField, hint);
  if (md5 === undefined) {
    throw invalid(`${missing} the client calculated MD5 of the secret key.`, md5Field, hint);
  }
  const bytes = Buffer.from(key, 'base64');
  // The key itself is not repeated in an answer.
  const wrongKey = (message: string) =>
    invalidArgument({ message, name: SSE, value: 'null', hint, certain: false });
  if (createHash('md5').update(bytes).digest('base64') !== md5) {
    throw wrongKey('The calculated MD5 hash of the key did not match the hash that was provided.');
  }
  if (bytes.length !== 32) {
    throw wrongKey('The secret key was invalid for the specified algorithm.');
  }
}

/** Names without their prefix, and values. */
function checkMetadata(values: Values): void {
  const size = metadataBytes(metadataOf([...values]));
  if (size <= METADATA_BYTES_AT_MOST) return;
  throw refuse({
    s3Code: 'MetadataTooLarge',
    message: 'Your metadata headers exceed the maximum allowed metadata size',
    hint: 'Shorten the names and values of `metadata`, or what may be typed into them.',
    details: [
      ['Size', String(size)],
      ['MaxSizeAllowed', String(METADATA_BYTES_AT_MOST)],
    ],
  });
}

function compareDigests(
  values: Values,
  checksum: ChecksumAlgorithm | undefined,
  { digests = {} }: PostedFile,
): void {
  const differs = (field: string, digest: string | undefined) =>
    digest !== undefined && values.has(field) && values.get(field) !== digest;
  const badDigest = (message: string, option: string) =>
    refuse({
      s3Code: 'BadDigest',
      message,
      hint: `Post the very file that \`${option}\` was made of.`,
    });
  if (differs('content-md5', digests.MD5)) {
    throw badDigest('The Content-MD5 you specified did not match what we received.', 'contentMd5');
  }
  if (checksum && differs(checksumField(checksum), digests[checksum])) {
    throw badDigest(
      `The ${checksum} you specified did not match the calculated checksum.`,
      'checksum',
    );
  }
}
