import { type Addressing, bucketUrl } from './bucket-url.ts';
import {
  type Condition,
  type FieldCondition,
  InvalidPolicyError,
  isMet,
  type ReadCondition,
  readCondition,
} from './conditions.ts';
import { type Credentials, checkCredentials } from './credentials.ts';
import { invalidOption, S3FormError, show } from './errors.ts';
import {
  FIELD_OF_OPTION,
  FILENAME_VARIABLE,
  FORM_BYTES_AT_MOST,
  SIGNATURE_FIELDS,
} from './fields.ts';
import { type FormFieldOptions, formFields } from './form-fields.ts';
import { assertKnownOptions, assertObject, assertWholeNumber } from './options.ts';
import { encodePolicy } from './policy-document.ts';
import { ALGORITHM, credentialScope, deriveSigningKey, formatAmzDate, sign } from './signature.ts';

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
  ...Object.keys(FIELD_OF_OPTION),
  ...['metadata', 'contentLengthRange', 'fields', 'conditions'],
];

/** Options of S3's other fields, for which `fields` does meanwhile. */
const PLANNED_OPTIONS = [
  ...['contentEncoding', 'expires', 'storageClass', 'tags', 'serverSideEncryption'],
  ...['websiteRedirectLocation', 'checksum', 'contentMd5', 'redirect', 'provider'],
];

const SEVEN_DAYS = 7 * 24 * 3600;

/**
 * Signs a form with which anybody who holds it can upload one kind of file, until it expires.
 *
 * @throws {TypeError} where an argument is of the wrong kind
 * @throws {S3FormError} where a value could not work; its `option` says which
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTForms.html
 */
export function createPresignedPost(options: PresignedPostOptions): PresignedPost {
  assertObject('options', options);
  assertKnownOptions(options, OPTIONS, PLANNED_OPTIONS);
  const { bucket, region, expiresIn = 3600, now = new Date() } = options;
  const credentials = checkCredentials(options.credentials);
  const url = bucketUrl(options);
  assertWholeNumber('expiresIn', expiresIn, { min: 1, max: SEVEN_DAYS, unit: 'seconds' });
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) {
    throw new TypeError('Option `now` must be a valid Date.');
  }

  const fields = { bucket, ...formFields(options) };
  const written = readConditions(options.conditions ?? []);
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
  const conditions: Condition[] = [
    ...automaticConditions(fields, written),
    ...rangeCondition(options.contentLengthRange),
    ...(options.conditions ?? []),
    ...Object.entries(signed).map(([name, value]) => ({ [name.toLowerCase()]: value })),
  ];
  refuseContradictions(fields, written);

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

function readConditions(conditions: unknown): ReadCondition[] {
  if (!Array.isArray(conditions)) {
    throw new TypeError('Option `conditions` must be an array of conditions.');
  }
  return conditions.map((condition, index) => {
    const option = `conditions[${index}]`;
    try {
      const read = readCondition(condition);
      if (read.operator !== 'content-length-range' && read.field === undefined) {
        throw new InvalidPolicyError('the name of a field starts with "$", as in "$key".');
      }
      if (read.operator === 'content-length-range' && read.range === undefined) {
        throw new InvalidPolicyError('both bounds must be whole numbers of bytes.');
      }
      return read;
    } catch (cause) {
      if (!(cause instanceof InvalidPolicyError)) throw cause;
      throw invalidOption(option, `${show(JSON.stringify(condition))}: ${cause.message}`);
    }
  });
}

/** A condition for every field that no written condition names: S3 refuses uncovered fields. */
function automaticConditions(
  fields: Record<string, string>,
  written: readonly ReadCondition[],
): Condition[] {
  const named = new Set(written.map((condition) => fieldOf(condition)));
  return Object.entries(fields)
    .filter(
      ([name]) => !named.has(name.toLowerCase()) && !name.toLowerCase().startsWith('x-ignore-'),
    )
    .map(([name, value]) => {
      const variable = value.indexOf(FILENAME_VARIABLE);
      // S3 puts the file's name in before it compares, so only what stands before it is known.
      return variable === -1
        ? { [name]: value }
        : (['starts-with', `$${name}`, value.slice(0, variable)] as const);
    });
}

function fieldOf(condition: ReadCondition): string | undefined {
  return condition.operator === 'content-length-range' ? undefined : condition.field;
}

function rangeCondition(range: PresignedPostOptions['contentLengthRange']): Condition[] {
  if (range === undefined) return [];
  if (!Array.isArray(range) || range.length !== 2) {
    throw new TypeError('Option `contentLengthRange` must be [min, max] in bytes.');
  }
  const [min, max] = range as [number, number];
  const most = Number.MAX_SAFE_INTEGER;
  assertWholeNumber('contentLengthRange[0]', min, { min: 0, max: most, unit: 'bytes' });
  assertWholeNumber('contentLengthRange[1]', max, { min: 0, max: most, unit: 'bytes' });
  if (min > max) {
    throw invalidOption(
      'contentLengthRange',
      `no file is at least ${min} and at most ${max} bytes. Swap the two.`,
    );
  }
  return [['content-length-range', min, max]];
}

/** Refuses a form whose own fields break its own rules: S3 would turn away every upload. */
function refuseContradictions(
  fields: Record<string, string>,
  written: readonly ReadCondition[],
): void {
  const values = new Map(
    Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  for (const condition of written) {
    if (condition.operator === 'content-length-range' || condition.field === undefined) continue;
    const value = values.get(condition.field);
    // What the form does not set, a person may.
    if (value === undefined || canBeMet(condition, value)) continue;
    throw new S3FormError(
      'conflicting_conditions',
      `The field ${condition.field} is ${show(value)}, which the condition ${condition.printed} refuses. Change one of the two.`,
      { option: 'conditions' },
    );
  }
}

function canBeMet(condition: FieldCondition, value: string): boolean {
  const variable = value.indexOf(FILENAME_VARIABLE);
  if (variable === -1) return isMet(condition, value);
  // What follows is up to the file's name: so far as both are known, they must agree.
  const known = value.slice(0, variable);
  return known.startsWith(condition.value) || condition.value.startsWith(known);
}

function refuseTooLarge(fields: Readonly<Record<string, string>>): void {
  // A part costs its boundary (browsers' have up to 70 characters), its header and line breaks.
  const perPart =
    70 + Buffer.byteLength('--\r\nContent-Disposition: form-data; name=""\r\n\r\n\r\n');
  const bytes = Object.entries(fields).reduce(
    (sum, [name, value]) => sum + perPart + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (bytes > FORM_BYTES_AT_MOST) {
    throw new S3FormError(
      'form_too_large',
      `The form's fields take ${bytes} bytes; S3 reads ${FORM_BYTES_AT_MOST} before the file. Shorten metadata, fields or conditions.`,
    );
  }
}
