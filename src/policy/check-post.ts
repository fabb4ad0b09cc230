import { authenticate, type SecretLookup } from './authenticate.ts';
import { type FieldCondition, InvalidPolicyError, isMet } from './conditions.ts';
import {
  FILENAME_VARIABLE,
  KEY_BYTES_AT_MOST,
  METADATA_BYTES_AT_MOST,
  METADATA_PREFIX,
  metadataBytes,
  metadataOf,
} from './field-values.ts';
import {
  CANNED_ACLS,
  FORM_BYTES_AT_MOST,
  isExemptFromCoverage,
  isIgnored,
  OBJECT_BYTES_AT_MOST,
} from './fields.ts';
import { isAbsoluteHttpUrl } from './options.ts';
import { type PolicyDocument, parsePolicy } from './policy-document.ts';
import { invalidArgument, missingField, Refusal, type RefusedPost } from './refusal.ts';

/** A file part of a form. */
export interface PostedFile {
  /** The part's `filename` parameter as it was sent; `undefined` where it has none. */
  readonly filename?: string | undefined;
  /** Bytes; leave it out to judge all else before the file has arrived. */
  readonly size?: number | undefined;
}

export interface CheckPostOptions {
  /** The fields before the file, in the form's order, names as they were sent. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The parts named `file`. S3 takes exactly one. */
  readonly files: readonly PostedFile[];
  /**
   * Bytes of the request's body before the file's content.
   *
   * @default the least that these fields can take
   */
  readonly bytesBeforeFile?: number;
  /** The bucket that the form was posted to. */
  readonly bucket: string;
  /** The region of that bucket. */
  readonly region: string;
  /** @default new Date() */
  readonly now?: Date;
  readonly secretAccessKeyFor: SecretLookup;
}

/** S3 would store the file. */
export interface AcceptedPost {
  readonly ok: true;
  readonly status: 200 | 201 | 204 | 303;
  /** The object key, `${filename}` replaced. */
  readonly key: string;
  /** The fields' values by their names in lower case, `${filename}` replaced. */
  readonly values: ReadonlyMap<string, string>;
  /** Sizes that the policy allows, in bytes. */
  readonly sizeRange: { readonly min: number; readonly max: number };
  /** Where the browser is sent; the store adds `bucket`, `key` and `etag` to its query. */
  readonly redirect: string | undefined;
}

export type PostVerdict = AcceptedPost | RefusedPost;

type Values = ReadonlyMap<string, string>;

/**
 * What would S3 answer to this form? Every rule in S3's order and in S3's words.
 * It looks at fields and sizes only and never throws for what the form contains.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/RESTObjectPOST.html
 */
export function checkPost(options: CheckPostOptions): PostVerdict {
  const { bucket, region, now = new Date() } = options;
  try {
    refuseLongForm(options);
    const file = theOnlyFile(options.files);
    const values = readFields(options.fields, file.filename);
    const key = readKey(values);
    const policyText = authenticate(values, region, options.secretAccessKeyFor);
    const policy = readPolicy(policyText);
    refuseExpired(policy, now);
    const compared = comparedValues(values, bucket);
    const sizeRange = checkConditions(policy, compared);
    refuseUncovered(policy, compared);
    if (file.size !== undefined) checkSize(file.size, sizeRange);
    checkAcl(values);
    checkMetadata(values);
    return { ok: true, key, values, sizeRange, ...successAnswer(values) };
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.verdict;
    throw refusal;
  }
}

function refuseLongForm({ fields, bytesBeforeFile }: CheckPostOptions): void {
  const bytes = bytesBeforeFile ?? leastBytes(fields);
  if (bytes <= FORM_BYTES_AT_MOST) return;
  throw new Refusal(
    400,
    'MaxPostPreDataLengthExceeded',
    'Your POST request fields preceeding the upload file was too large.',
    `All that comes before the file may take ${FORM_BYTES_AT_MOST} bytes: shorten fields, or check that the file's field is named "file".`,
    [['MaxPostPreDataLengthBytes', String(FORM_BYTES_AT_MOST)]],
  );
}

function leastBytes(fields: CheckPostOptions['fields']): number {
  // Beside its name and value a part takes this, with a boundary of one character.
  const perPart = Buffer.byteLength('--b\r\nContent-Disposition: form-data; name=""\r\n\r\n\r\n');
  return fields.reduce(
    (sum, [name, value]) => sum + perPart + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
}

function theOnlyFile(files: readonly PostedFile[]): PostedFile {
  const [file] = files;
  if (files.length === 1 && file) return file;
  throw new Refusal(
    400,
    'InvalidArgument',
    'POST requires exactly one file upload per request.',
    files.length === 0
      ? 'The form needs a file field named "file", as its last field.'
      : 'Post one form for each file; a file input without script must not be `multiple`.',
    [
      ['ArgumentName', 'file'],
      ['ArgumentValue', String(files.length)],
    ],
  );
}

function readFields(fields: CheckPostOptions['fields'], filename: string | undefined): Values {
  const values = new Map<string, string>();
  // With no filename parameter S3 leaves the variable as it is.
  const basename = filename?.slice(
    Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1,
  );
  for (const [name, sent] of fields) {
    const lower = name.toLowerCase();
    const value = basename === undefined ? sent : sent.split(FILENAME_VARIABLE).join(basename);
    const before = values.get(lower);
    if (before !== undefined && !lower.startsWith(METADATA_PREFIX)) {
      throw new Refusal(
        400,
        'InvalidArgument',
        'A form field was provided more than once.',
        `Send the field ${lower} once.`,
        [
          ['ArgumentName', name],
          ['ArgumentValue', value],
        ],
      );
    }
    values.set(lower, before === undefined ? value : `${before},${value}`);
  }
  return values;
}

function readKey(values: Values): string {
  const key = values.get('key');
  if (key === undefined) throw missingField('key');
  if (key === '') {
    throw new Refusal(
      400,
      'InvalidArgument',
      'User key must have a length greater than 0.',
      'Give `key` a value; with "${filename}" alone it is empty when no file was chosen.',
      [
        ['ArgumentName', 'key'],
        ['ArgumentValue', ''],
      ],
    );
  }
  const bytes = Buffer.byteLength(key);
  if (bytes > KEY_BYTES_AT_MOST) {
    throw new Refusal(
      400,
      'KeyTooLongError',
      'Your key is too long',
      `The key has ${bytes} bytes: use a shorter key prefix or file name.`,
      [
        ['Size', String(bytes)],
        ['MaxSizeAllowed', String(KEY_BYTES_AT_MOST)],
      ],
    );
  }
  return key;
}

function readPolicy(text: string): PolicyDocument {
  try {
    return parsePolicy(text);
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    throw new Refusal(
      400,
      'InvalidPolicyDocument',
      `Invalid Policy: ${error.message}`,
      'The policy is not one that S3 reads: see the message for the place.',
    );
  }
}

/** What conditions are held against: the bucket is the URL's, and ignored fields are not there. */
function comparedValues(values: Values, bucket: string): Values {
  const seen = [...values].filter(([name]) => !isIgnored(name));
  return new Map([...seen, ['bucket', bucket]]);
}

function refuseExpired(policy: PolicyDocument, now: Date): void {
  if (now < policy.expiration) return;
  throw accessDenied(
    'Policy expired.',
    'Load the page again for a fresh form, or raise `expiresIn`.',
  );
}

function accessDenied(fault: string, hint: string): Refusal {
  return new Refusal(403, 'AccessDenied', `Invalid according to Policy: ${fault}`, hint);
}

/** Checks the conditions in the policy's order and gives the sizes that all of them allow. */
function checkConditions(policy: PolicyDocument, values: Values): AcceptedPost['sizeRange'] {
  let [min, max] = [0, OBJECT_BYTES_AT_MOST];
  for (const condition of policy.conditions) {
    if (condition.operator === 'content-length-range') {
      if (condition.range === undefined) {
        throw accessDenied(
          `Policy Condition failed: ${condition.printed}`,
          'Give both bounds of content-length-range as whole numbers.',
        );
      }
      min = Math.max(min, condition.range.min);
      max = Math.min(max, condition.range.max);
      continue;
    }
    const value = condition.field === undefined ? undefined : values.get(condition.field);
    if (isMet(condition, value)) continue;
    throw accessDenied(
      `Policy Condition failed: ${condition.printed}`,
      conditionHint(condition, value),
    );
  }
  return { min, max };
}

function conditionHint({ field, operator, value: wanted }: FieldCondition, value?: string): string {
  if (field === undefined)
    return 'The name of a field in a condition starts with "$", as in "$key".';
  if (value === undefined) {
    return `The form has no field ${field} before the file: add it, or remove the condition.`;
  }
  const relation = operator === 'eq' ? 'is not' : 'does not start with';
  return `The field ${field} ${relation} ${JSON.stringify(wanted)}: sign the form with the value that it sends.`;
}

function refuseUncovered(policy: PolicyDocument, values: Values): void {
  const covered = new Set(
    policy.conditions.flatMap((condition) =>
      condition.operator === 'content-length-range' ? [] : [condition.field],
    ),
  );
  const uncovered = [...values.keys()].filter(
    (name) => !covered.has(name) && !isExemptFromCoverage(name),
  );
  if (uncovered[0] === undefined) return;
  throw accessDenied(
    `Extra input fields: ${uncovered[0]}`,
    `No condition names ${uncovered.join(', ')}: pass them to createPresignedPost as \`fields\`, or rename them to x-ignore-*.`,
  );
}

function checkSize(size: number, { min, max }: AcceptedPost['sizeRange']): void {
  if (size > max) {
    throw new Refusal(
      400,
      'EntityTooLarge',
      'Your proposed upload exceeds the maximum allowed size',
      'Choose a smaller file, or raise `maxFileSize`.',
      [
        ['ProposedSize', String(size)],
        ['MaxSizeAllowed', String(max)],
      ],
    );
  }
  if (size < min) {
    throw new Refusal(
      400,
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      'Choose a file that is not empty, or lower `minFileSize`.',
      [
        ['ProposedSize', String(size)],
        ['MinSizeAllowed', String(min)],
      ],
    );
  }
}

function checkAcl(values: Values): void {
  const acl = values.get('acl');
  if (acl === undefined || CANNED_ACLS.some((canned) => canned === acl)) return;
  throw invalidArgument('', 'acl', acl, `Use one of ${CANNED_ACLS.join(', ')}.`);
}

/** The last of the checks of what is to be stored: names without their prefix, and values. */
function checkMetadata(values: Values): void {
  const size = metadataBytes(metadataOf([...values]));
  if (size <= METADATA_BYTES_AT_MOST) return;
  throw new Refusal(
    400,
    'MetadataTooLarge',
    'Your metadata headers exceed the maximum allowed metadata size',
    'Shorten the names and values of `metadata`, or what may be typed into them.',
    [
      ['Size', String(size)],
      ['MaxSizeAllowed', String(METADATA_BYTES_AT_MOST)],
    ],
  );
}

function successAnswer(values: Values): Pick<AcceptedPost, 'status' | 'redirect'> {
  // S3 goes on as if a field were not there when it can't read its URL.
  const redirect = ['success_action_redirect', 'redirect']
    .map((name) => values.get(name))
    .find((url) => url !== undefined && isAbsoluteHttpUrl(url));
  if (redirect !== undefined) return { status: 303, redirect };
  const status = values.get('success_action_status');
  return { status: status === '200' ? 200 : status === '201' ? 201 : 204, redirect: undefined };
}
