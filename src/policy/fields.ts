/** The canned ACLs of S3. */
export const CANNED_ACLS = [
  'private',
  'public-read',
  'public-read-write',
  'aws-exec-read',
  'authenticated-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
] as const;

export type CannedAcl = (typeof CANNED_ACLS)[number];

/** The answers that a form can ask for instead of 204. */
export const SUCCESS_STATUSES = [200, 201, 204] as const;

export type SuccessStatus = (typeof SUCCESS_STATUSES)[number];

/** Bytes of UTF-8 in an object key, at the most. */
export const KEY_BYTES_AT_MOST = 1024;

/** Bytes that S3 reads before the file, fields and boundaries together. */
export const FORM_BYTES_AT_MOST = 20_480;

/** Replaced by S3 with the name of the uploaded file, its directory left out. */
export const FILENAME_VARIABLE = '${filename}';

/** User-defined metadata: a field for each, of this prefix. */
export const METADATA_PREFIX = 'x-amz-meta-';

/** The options that stand for one field each, in the order in which their fields are written. */
export const FIELD_OF_OPTION = {
  key: 'key',
  acl: 'acl',
  cacheControl: 'Cache-Control',
  contentDisposition: 'Content-Disposition',
  contentType: 'Content-Type',
  successActionRedirect: 'success_action_redirect',
  successActionStatus: 'success_action_status',
} as const;

export type FieldOption = keyof typeof FIELD_OF_OPTION;

/** The fields that carry the signature, spelled as on AWS's pages. */
export const SIGNATURE_FIELDS = {
  policy: 'Policy',
  credential: 'X-Amz-Credential',
  algorithm: 'X-Amz-Algorithm',
  date: 'X-Amz-Date',
  securityToken: 'X-Amz-Security-Token',
  signature: 'X-Amz-Signature',
} as const;

/** Whether S3 passes over a field, its conditions included. */
export function isIgnored(name: string): boolean {
  return name.toLowerCase().startsWith('x-ignore-');
}

/** Bytes of one object, at the most, when it is sent in one request. */
export const OBJECT_BYTES_AT_MOST: number = 5 * 1024 ** 3;

/**
 * Whether S3 takes a field that no condition of the policy names.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
 */
export function isExemptFromCoverage(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === 'file' || lower === 'policy' || lower === 'x-amz-signature' || isIgnored(lower);
}
