import { invalidOption, show } from './errors.ts';
import {
  CANNED_ACLS,
  type CannedAcl,
  FIELD_OF_OPTION,
  FILENAME_VARIABLE,
  type FieldOption,
  KEY_BYTES_AT_MOST,
  METADATA_PREFIX,
  SIGNATURE_FIELDS,
  SUCCESS_STATUSES,
  type SuccessStatus,
} from './fields.ts';
import { assertObject, assertString, isAbsoluteHttpUrl, kindOf, requireString } from './options.ts';

/** The options of `createPresignedPost` that become fields of the form. */
export interface FormFieldOptions {
  /**
   * The object key, 1 to 1,024 bytes. The store puts the file's name where `${filename}` stands;
   * the key has to start with what comes before that.
   */
  readonly key: string;
  /** A canned ACL. Buckets of Amazon S3 refuse any, unless ACLs were switched on. */
  readonly acl?: CannedAcl | undefined;
  /** Stored and served with the object; S3 does not look at the type that the browser sends. */
  readonly contentType?: string | undefined;
  readonly cacheControl?: string | undefined;
  readonly contentDisposition?: string | undefined;
  /** User-defined metadata, stored as `x-amz-meta-*`: names without that prefix. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /**
   * What the store answers a stored file with, unless a redirect is asked for.
   *
   * @default none sent: the store answers 204
   */
  readonly successActionStatus?: SuccessStatus | undefined;
  /** An absolute URL; the store sends the browser there with `bucket`, `key` and `etag` in its query. */
  readonly successActionRedirect?: string | undefined;
  /** Further form fields. Each gets an exact condition, unless `conditions` names it. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

/**
 * The form's fields but for the signature's, in the order in which the form has them.
 *
 * @throws {TypeError} where a value is of the wrong kind
 * @throws {S3FormError} `missing_option`, `invalid_option`
 */
export function formFields(options: FormFieldOptions): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [option, name] of Object.entries(FIELD_OF_OPTION)) {
    const value = options[option as FieldOption];
    if (value === undefined) continue;
    fields[name] = checkField(option as FieldOption, value);
  }
  requireString('key', options.key);
  Object.assign(fields, metadataFields(options.metadata));
  const taken = new Set(['bucket', ...Object.keys(fields).map((name) => name.toLowerCase())]);
  const { fields: raw = {} } = options;
  assertObject('fields', raw);
  for (const [name, value] of Object.entries(raw)) {
    checkRawField(name, value, taken);
    fields[name] = value;
  }
  return fields;
}

function checkField(option: FieldOption, value: unknown): string {
  if (option === 'successActionStatus') {
    if (typeof value !== 'number') {
      throw new TypeError(`Option \`${option}\` must be a number, not ${kindOf(value)}.`);
    }
    return oneOf(option, value, SUCCESS_STATUSES).toString();
  }
  assertString(option, value);
  if (option === 'key') checkKey(value);
  if (option === 'acl') oneOf(option, value, CANNED_ACLS);
  if (option === 'successActionRedirect' && !isAbsoluteHttpUrl(value)) {
    throw invalidOption(
      option,
      `${show(value)} is not an absolute http or https URL; S3 ignores such a field and answers 204.`,
    );
  }
  refuseControlCharacters(option, value);
  return value;
}

function checkKey(key: string): void {
  const bytes = Buffer.byteLength(key.replaceAll(FILENAME_VARIABLE, ''));
  if (bytes > KEY_BYTES_AT_MOST) {
    throw invalidOption(
      'key',
      `it has ${bytes} bytes; S3 takes ${KEY_BYTES_AT_MOST} at the most. Shorten it.`,
    );
  }
}

function oneOf<Value>(option: string, value: unknown, values: readonly Value[]): Value {
  const found = values.find((one) => one === value);
  if (found === undefined) {
    throw invalidOption(option, `${show(value)} is none of S3's. Use ${values.join(', ')}.`);
  }
  return found;
}

function metadataFields(metadata: unknown = {}): Record<string, string> {
  assertObject('metadata', metadata);
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata)) {
    const option = `metadata.${name}`;
    if (/^x-amz-meta-/i.test(name)) {
      throw invalidOption(option, 'leave out the prefix "x-amz-meta-", it is added for you.');
    }
    // The name becomes a header's when the object is read: RFC 9110 section 5.6.2 says what it may hold.
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/i.test(name)) {
      throw invalidOption(
        option,
        `${show(name)} is not a header's name. Use letters, digits, "-".`,
      );
    }
    assertString(option, value);
    refuseControlCharacters(option, value);
    // In lower case, because Ceph does not store any other.
    const field = METADATA_PREFIX + name.toLowerCase();
    if (field in fields) throw invalidOption(option, 'it is given twice, in different cases.');
    fields[field] = value;
  }
  return fields;
}

function checkRawField(name: string, value: unknown, taken: Set<string>): void {
  const option = `fields.${name}`;
  const lower = name.toLowerCase();
  assertString(option, value);
  if (name === '' || name === '__proto__') {
    throw invalidOption('fields', `a field can not have the name ${show(name)}.`);
  }
  if (lower === 'file') {
    throw invalidOption(option, 'the file itself is added by whoever posts the form. Remove it.');
  }
  if (Object.values(SIGNATURE_FIELDS).some((field) => field.toLowerCase() === lower)) {
    throw invalidOption(option, 'it is part of the signature and set for you. Remove it.');
  }
  refuseControlCharacters(option, value);
  if (taken.has(lower)) throw invalidOption(option, 'this field is set already. Give it once.');
  taken.add(lower);
}

function refuseControlCharacters(option: string, value: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) {
    throw invalidOption(
      option,
      `${show(value)} has a line break or another control character. Browsers change those and S3 then refuses the form.`,
    );
  }
}
