import {
  baseName,
  FILENAME_VARIABLE,
  KEY_BYTES_AT_MOST,
  METADATA_PREFIX,
  type PostedDigests,
} from './field-values.ts';
import { FORM_BYTES_AT_MOST, isIgnored, madeBy } from './fields.ts';
import { invalidArgument, missingField, Refusal } from './refusal.ts';

/** A file part of a form. */
export interface PostedFile {
  /** The part's `filename` parameter as it was sent; `undefined` where it has none. */
  readonly filename?: string | undefined;
  /** Bytes; leave it out to judge all else before the file has arrived. */
  readonly size?: number | undefined;
  /** What the content's digests are, in base64; those left out are not compared. */
  readonly digests?: PostedDigests | undefined;
}

/** The fields of a form as they were sent, in its order. */
export type PostedFields = readonly (readonly [name: string, value: string])[];

/** The fields' values by their names in lower case, `${filename}` replaced. */
export type Values = ReadonlyMap<string, string>;

export function refuseLongForm(fields: PostedFields, bytesBeforeFile = 0): void {
  const least = leastBytes(fields);
  if (Math.max(least, bytesBeforeFile) <= FORM_BYTES_AT_MOST) return;
  throw new Refusal({
    status: 400,
    s3Code: 'MaxPostPreDataLengthExceeded',
    message: 'Your POST request fields preceeding the upload file was too large.',
    hint: `All that comes before the file may take ${FORM_BYTES_AT_MOST} bytes: shorten \`fields\`, \`metadata\` or \`conditions\`, or check that the file's field is named "file".`,
    details: [['MaxPostPreDataLengthBytes', String(FORM_BYTES_AT_MOST)]],
    // Whether S3 counts the boundaries and the head of the file's own part is not known.
    certain: least > FORM_BYTES_AT_MOST,
  });
}

function leastBytes(fields: PostedFields): number {
  // Beside its name and value a part takes this, with a boundary of one character.
  const perPart = Buffer.byteLength('--b\r\nContent-Disposition: form-data; name=""\r\n\r\n\r\n');
  return fields.reduce(
    (sum, [name, value]) => sum + perPart + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
}

export function theOnlyFile(files: readonly PostedFile[]): PostedFile {
  const [file] = files;
  if (files.length === 1 && file) return file;
  throw invalidArgument({
    message: 'POST requires exactly one file upload per request.',
    name: 'file',
    value: String(files.length),
    hint:
      files.length === 0
        ? 'Give the form a file field named "file", as its last field.'
        : 'Post one form for each file; a file input without script must not be `multiple`.',
    certain: files.length === 0,
  });
}

export function readFields(fields: PostedFields, filename: string | undefined): Values {
  const values = new Map<string, string>();
  // With no filename parameter S3 leaves the variable as it is.
  const basename = filename === undefined ? undefined : baseName(filename);
  for (const [name, sent] of fields) {
    const lower = name.toLowerCase();
    const value = basename === undefined ? sent : sent.split(FILENAME_VARIABLE).join(basename);
    const before = values.get(lower);
    const mayRepeat = lower.startsWith(METADATA_PREFIX) || isIgnored(lower);
    if (before !== undefined && !mayRepeat) {
      throw invalidArgument({
        message: 'A form field was provided more than once.',
        name,
        value,
        hint: `Send the field ${lower} once, ${madeBy(lower)}.`,
        certain: false,
      });
    }
    values.set(lower, before === undefined ? value : `${before},${value}`);
  }
  return values;
}

export function readKey(values: Values): string {
  const key = values.get('key');
  if (key === undefined) throw missingField('key');
  if (key === '') {
    throw invalidArgument({
      message: 'User key must have a length greater than 0.',
      name: 'key',
      value: '',
      hint: 'Give `key` a value; with "${filename}" alone it is empty when no file was chosen.',
    });
  }
  const bytes = Buffer.byteLength(key);
  if (bytes <= KEY_BYTES_AT_MOST) return key;
  throw new Refusal({
    status: 400,
    s3Code: 'KeyTooLongError',
    message: 'Your key is too long',
    hint: `The key has ${bytes} bytes: shorten \`key\` or \`keyPrefix\`, or choose a file with a shorter name.`,
    details: [
      ['Size', String(bytes)],
      ['MaxSizeAllowed', String(KEY_BYTES_AT_MOST)],
    ],
  });
}
