import { authenticate, type SecretLookup } from './authenticate.ts';
import {
  type PostedFields,
  type PostedFile,
  readFields,
  readKey,
  refuseLongForm,
  theOnlyFile,
  type Values,
} from './check-form.ts';
import { checkObject, type RequestHeaders } from './check-object.ts';
import {
  checkConditions,
  checkSize,
  comparedValues,
  readPolicy,
  refuseExpired,
  refuseUncovered,
  type SizeRange,
  sizeRangeOf,
} from './check-policy.ts';
import {
  assertDate,
  assertKnownOptions,
  assertObject,
  assertString,
  assertWholeNumber,
  isAbsoluteHttpUrl,
} from './options.ts';
import { objectWarnings, policyWarnings, signatureWarnings } from './post-warnings.ts';
import { Refusal, type RefusedPost } from './refusal.ts';

export interface CheckPostOptions {
  /** The fields before the file, in the form's order, names as they were sent. */
  readonly fields: PostedFields;
  /** The parts named `file`. S3 takes exactly one. */
  readonly files: readonly PostedFile[];
  /**
   * Bytes of the request's body before the file's content.
   *
   * @default the least that these fields can take
   */
  readonly bytesBeforeFile?: number;
  /** The request's headers, names in lower case; none may contradict a field. */
  readonly headers?: RequestHeaders;
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
  readonly sizeRange: SizeRange;
  /** Where the browser is sent; the store adds `bucket`, `key` and `etag` to its query. */
  readonly redirect: string | undefined;
  /** Whether S3 is known to take such a form: there are no `warnings`. */
  readonly certain: boolean;
  /** What S3 may refuse or understand in another way, and what to do, in a sentence each. */
  readonly warnings: readonly string[];
}

export type PostVerdict = AcceptedPost | RefusedPost;

/**
 * What would S3 answer to this form? Every rule in S3's order and in S3's words. It looks at
 * nothing but what it is given and never throws for what the form contains.
 *
 * @throws {TypeError} where an argument is of the wrong kind
 * @throws {S3FormError} `unknown_option`, `invalid_option`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/RESTObjectPOST.html
 */
export function checkPost(options: CheckPostOptions): PostVerdict {
  checkArguments(options);
  const { fields, bucket, region, headers = {}, now = new Date() } = options;
  const warnings: string[] = [];
  try {
    refuseLongForm(fields, options.bytesBeforeFile);
    const file = theOnlyFile(options.files);
    const values = readFields(fields, file.filename);
    const key = readKey(values);
    warnings.push(...signatureWarnings(values));
    const policy = readPolicy(authenticate(values, region, options.secretAccessKeyFor));
    warnings.push(...policyWarnings(policy, values, fields, file));
    refuseExpired(policy, now);
    const compared = comparedValues(values, bucket);
    checkConditions(policy, compared);
    refuseUncovered(policy, compared);
    if (file.size !== undefined) checkSize(file.size, policy);
    // These come in no known order.
    warnings.push(...objectWarnings(policy, values));
    checkObject(values, file, headers);
    return {
      ok: true,
      key,
      values,
      sizeRange: sizeRangeOf(policy),
      ...successAnswer(values),
      certain: warnings.length === 0,
      warnings,
    };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { verdict } = refusal;
    // What S3 may understand in another way it may also answer in another way.
    return { ...verdict, certain: verdict.certain && warnings.length === 0 };
  }
}

const OPTIONS: readonly string[] = [
  ...['fields', 'files', 'bytesBeforeFile', 'headers', 'bucket', 'region', 'now'],
  'secretAccessKeyFor',
];

function checkArguments(options: CheckPostOptions): void {
  assertObject('options', options);
  assertKnownOptions(options, OPTIONS);
  const { fields, files, bytesBeforeFile = 0, headers = {}, now = new Date() } = options;
  const isPair = (field: unknown) =>
    Array.isArray(field) && field.length === 2 && field.every((text) => typeof text === 'string');
  if (!Array.isArray(fields) || !fields.every(isPair)) {
    throw new TypeError('Option `fields` must be a list of [name, value], both strings.');
  }
  if (!Array.isArray(files)) {
    throw new TypeError('Option `files` must be a list of { filename, size }.');
  }
  for (const [index, file] of files.entries()) assertObject(`files[${index}]`, file);
  const most = Number.MAX_SAFE_INTEGER;
  assertWholeNumber('bytesBeforeFile', bytesBeforeFile, { min: 0, max: most, unit: 'bytes' });
  assertObject('headers', headers);
  assertString('bucket', options.bucket);
  assertString('region', options.region);
  assertDate('now', now);
  if (typeof options.secretAccessKeyFor !== 'function') {
    throw new TypeError('Option `secretAccessKeyFor` must be a function.');
  }
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
