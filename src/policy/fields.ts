import {
  type Checksum,
  checksumFields,
  httpDate,
  METADATA_PREFIX,
  md5Digest,
  metadataFields,
  objectKey,
  oneOf,
  redirectUrl,
  type ServerSideEncryption,
  SSE,
  serverSideEncryptionFields,
  successStatus,
  taggingXml,
  text,
  websiteLocation,
} from './field-values.ts';

/** How an option becomes form fields. */
export interface FieldDefinition<Value> {
  /** The fields it may write, spelled as on AWS's pages; names are compared without case. */
  readonly fields: readonly string[];
  /**
   * @throws {TypeError} where the value is of the wrong kind
   * @throws {S3FormError} `invalid_option`
   */
  readonly write: (value: Value, option: string) => Readonly<Record<string, string>>;
}

function field<Value>(
  name: string,
  toText: (value: Value, option: string) => string,
): FieldDefinition<Value> {
  return { fields: [name], write: (value, option) => ({ [name]: toText(value, option) }) };
}

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

/** The storage classes of Amazon S3; other stores' own go into `fields`. */
export const STORAGE_CLASSES = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'GLACIER_IR',
  'DEEP_ARCHIVE',
  'EXPRESS_ONEZONE',
] as const;

export type StorageClass = (typeof STORAGE_CLASSES)[number];

/**
 * S3's form fields by the option that sets them, in the order in which a form has them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/RESTObjectPOST.html
 */
export const FORM_FIELDS = {
  /**
   * The object key, 1 to 1,024 bytes. The store puts the file's name where `${filename}` stands;
   * the key has to start with what comes before that.
   */
  key: field('key', objectKey),
  /** A canned ACL. Buckets of Amazon S3 refuse any, unless ACLs were switched on. */
  acl: field<CannedAcl>('acl', oneOf(CANNED_ACLS)),
  /** Served with the object. */
  cacheControl: field<string>('Cache-Control', text),
  /** Served with the object: `attachment; filename="…"` makes browsers save it. */
  contentDisposition: field<string>('Content-Disposition', text),
  /** Served with the object: how its content is compressed. */
  contentEncoding: field<string>('Content-Encoding', text),
  /** Stored and served with the object; S3 does not look at the type that the browser sends. */
  contentType: field<string>('Content-Type', text),
  /** Served with the object: until when caches may keep it. */
  expires: field<Date | string>('Expires', httpDate),
  /** An absolute URL; the store sends the browser there with `bucket`, `key` and `etag` in its query. */
  successActionRedirect: field<string>('success_action_redirect', redirectUrl),
  /** The older name of `successActionRedirect`, used where that is not sent. */
  redirect: field<string>('redirect', redirectUrl),
  /** What the store answers a stored file with, unless a redirect is asked for: 204 if not sent. */
  successActionStatus: field<200 | 201 | 204>('success_action_status', successStatus),
  /** Up to 10 object tags; the key that signs needs `s3:PutObjectTagging`. */
  tags: field<Readonly<Record<string, string>>>('tagging', taggingXml),
  storageClass: field<StorageClass>('x-amz-storage-class', oneOf(STORAGE_CLASSES)),
  /** Where a bucket that is a website redirects requests for the object: a URL, or a path with `/`. */
  websiteRedirectLocation: field<string>('x-amz-website-redirect-location', websiteLocation),
  /**
   * `'AES256'`, `'aws:kms'` or `'aws:kms:dsse'`, the latter two with their settings; or a key of
   * your own, which everybody who sees the form can read.
   */
  serverSideEncryption: {
    fields: [
      ...[SSE, `${SSE}-aws-kms-key-id`, `${SSE}-context`, `${SSE}-bucket-key-enabled`],
      ...[`${SSE}-customer-algorithm`, `${SSE}-customer-key`, `${SSE}-customer-key-MD5`],
    ],
    write: serverSideEncryptionFields,
  } as FieldDefinition<ServerSideEncryption>,
  /** The checksum that the file must have, in base64. */
  checksum: {
    fields: [
      'x-amz-checksum-algorithm',
      ...['crc32', 'crc32c', 'sha1', 'sha256'].map((name) => `x-amz-checksum-${name}`),
    ],
    write: checksumFields,
  } as FieldDefinition<Checksum>,
  /** The MD5 that the file must have: 16 bytes in base64. */
  contentMd5: field<string>('Content-MD5', md5Digest),
  /** User-defined metadata, 2 KB at the most, stored as `x-amz-meta-*`: names without that prefix. */
  metadata: { fields: ['x-amz-meta-*'], write: metadataFields } as FieldDefinition<
    Readonly<Record<string, string>>
  >,
};

export type FieldOption = keyof typeof FORM_FIELDS;

/** The option that sets a field: `fields` where it has none of its own. */
export function optionOf(name: string): string {
  const lower = name.toLowerCase();
  if (lower === 'bucket') return 'bucket';
  if (lower === SIGNATURE_FIELDS.securityToken.toLowerCase()) return 'credentials.sessionToken';
  if (isOfSignature(lower)) return 'credentials';
  if (lower.startsWith(METADATA_PREFIX)) return 'metadata';
  const isSetBy = ({ fields }: { readonly fields: readonly string[] }) =>
    fields.some((field) => field.toLowerCase() === lower);
  return Object.entries(FORM_FIELDS).find(([, definition]) => isSetBy(definition))?.[0] ?? 'fields';
}

/** What each option of a form field takes. */
export type FieldOptionValues = {
  readonly [Option in FieldOption]: (typeof FORM_FIELDS)[Option] extends FieldDefinition<
    infer Value
  >
    ? Value
    : never;
};

/** The fields that carry the signature, spelled as on AWS's pages. */
export const SIGNATURE_FIELDS = {
  policy: 'Policy',
  credential: 'X-Amz-Credential',
  algorithm: 'X-Amz-Algorithm',
  date: 'X-Amz-Date',
  securityToken: 'X-Amz-Security-Token',
  signature: 'X-Amz-Signature',
} as const;

/** Whether a field carries the signature: createPresignedPost makes it. */
export function isOfSignature(name: string): boolean {
  return Object.values(SIGNATURE_FIELDS).some(
    (field) => field.toLowerCase() === name.toLowerCase(),
  );
}

/** What makes a field, as a hint says it. */
export function madeBy(name: string): string {
  return isOfSignature(name)
    ? 'as createPresignedPost gives it'
    : `as the option \`${optionOf(name)}\` makes it`;
}

/** Bytes that S3 reads before the file, fields and boundaries together. */
export const FORM_BYTES_AT_MOST = 20_480;

/** Bytes of one object, at the most, when it is sent in one request. */
export const OBJECT_BYTES_AT_MOST: number = 5 * 1024 ** 3;

/** What every field is called that S3 passes over, its conditions included. */
const IGNORED_PREFIX = 'x-ignore-';

/** The fields that S3 takes though no condition of the policy names them, beside ignored ones. */
const EXEMPT_FIELDS = ['file', SIGNATURE_FIELDS.policy, SIGNATURE_FIELDS.signature];

/** Whether S3 passes over a field, its conditions included. */
export function isIgnored(name: string): boolean {
  return name.toLowerCase().startsWith(IGNORED_PREFIX);
}

/**
 * Whether S3 takes a field that no condition of the policy names.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
 */
export function isExemptFromCoverage(name: string): boolean {
  const isIt = (exempt: string) => exempt.toLowerCase() === name.toLowerCase();
  return EXEMPT_FIELDS.some(isIt) || isIgnored(name);
}
