import type { PostedFile, Values } from './check-form.ts';
import { CHECKSUM_BYTES, type ChecksumAlgorithm, isBase64Of } from './field-values.ts';
import { unrecordedRefusal } from './refusal.ts';

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

/** Checks how digests are written, and gives the algorithm of the checksum. */
export function checkDigestFields(values: Values): ChecksumAlgorithm | undefined {
  const md5 = values.get('content-md5');
  if (md5 !== undefined && !isBase64Of(16, md5)) {
    throw unrecordedRefusal({
      s3Code: 'InvalidDigest',
      message: 'The Content-MD5 you specified was invalid.',
      hint: 'Set `contentMd5` to the base64 of the 16 bytes.',
    });
  }
  const given = checksumsOf(values);
  const [algorithm] = given;
  const named = values.get('x-amz-checksum-algorithm');
  const invalid = (message: string, hint: string) =>
    unrecordedRefusal({ s3Code: 'InvalidRequest', message, hint });
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

/** Holds the file against the digests that the form gives of it. */
export function compareDigests(
  values: Values,
  checksum: ChecksumAlgorithm | undefined,
  { digests = {} }: PostedFile,
): void {
  const differs = (field: string, digest: string | undefined) =>
    digest !== undefined && values.has(field) && values.get(field) !== digest;
  const badDigest = (message: string, option: string) =>
    unrecordedRefusal({
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
