import type { Request } from 'express';
import { type Bytes, parseBytes } from '../form/bytes.ts';
import type { ChosenFile } from '../form/chosen-file.ts';
import type { Context } from '../form/context.ts';
import { invalidOption, show } from '../policy/errors.ts';
import { type FieldOptionValues, FORM_FIELDS, OBJECT_BYTES_AT_MOST } from '../policy/fields.ts';
import { assertObject, assertString } from '../policy/options.ts';

/** What an option that depends on the request is told beside the request. */
export interface FormContext {
  /** The form's UUID; it comes back as `upload.id`. */
  readonly id: string;
  /** What `form()` or `presign()` was given; it comes back as `upload.context`. */
  readonly context: Context | undefined;
  /** The file as the browser describes it, where a policy for this one file is asked for. */
  readonly file?: ChosenFile | undefined;
}

/** A value, or a function that works it out for each form. */
export type ByRequest<Value> =
  | Value
  | ((req: Request, context: FormContext) => Value | Promise<Value>);

/** The fields that the router sets itself, because they bring the browser back to it. */
type OwnFields = 'key' | 'metadata' | 'successActionRedirect' | 'successActionStatus' | 'redirect';

type FieldValues = Omit<FieldOptionValues, OwnFields>;

/** The options of form fields, each a value or a function. */
export type FieldOptionsByRequest = {
  readonly [Option in keyof FieldValues]?: ByRequest<FieldValues[Option] | undefined> | undefined;
};

/** The options that may be functions. */
export interface FormValueOptions extends FieldOptionsByRequest {
  /**
   * What every key begins with, as it is: end it with `/` for a folder.
   *
   * @default 'uploads/'
   */
  readonly keyPrefix?: ByRequest<string> | undefined;
  /**
   * The object key; the store puts the file's name where `${filename}` stands.
   *
   * @default keyPrefix + form id + '/${filename}'
   */
  readonly key?: ByRequest<string> | undefined;
  /**
   * Bytes, or a text such as `'10 MB'` (1 MB = 1000² bytes), 5 GiB at the most. The store enforces
   * it.
   *
   * @default '10 MB'
   */
  readonly maxFileSize?: ByRequest<Bytes> | undefined;
  /** @default 1, so that an empty form is refused */
  readonly minFileSize?: ByRequest<Bytes> | undefined;
  /**
   * User-defined metadata, stored as `x-amz-meta-*`: names without that prefix. A function for all
   * of it, or for single values.
   */
  readonly metadata?: ByRequest<Readonly<Record<string, ByRequest<string>>>> | undefined;
}

/** What the options come to for one form. */
export type FormValues = { readonly [Option in keyof FieldValues]?: FieldValues[Option] } & {
  readonly keyPrefix: string;
  readonly key?: string;
  readonly maxFileSize: number;
  readonly minFileSize: number;
  readonly metadata: Readonly<Record<string, string>>;
};

const OWN_FIELDS: readonly string[] = ['successActionRedirect', 'successActionStatus', 'redirect'];

/** The names of `FormValueOptions`. */
export const FORM_VALUE_OPTIONS = [
  ...['keyPrefix', 'maxFileSize', 'minFileSize'],
  ...Object.keys(FORM_FIELDS).filter((option) => !OWN_FIELDS.includes(option)),
] as (keyof FormValueOptions)[];

type Given = Readonly<Partial<Record<string, unknown>>>;

/**
 * Works out the values of one form.
 *
 * @param onlyType the type of every file that is accepted, where there is but one
 * @throws {TypeError} where a function gives a wrong kind of value
 * @throws {S3FormError} `invalid_option`
 */
export async function formValuesFor(
  options: FormValueOptions,
  onlyType: string | undefined,
  req: Request,
  context: FormContext,
): Promise<FormValues> {
  const call = async ([name, option]: [string, unknown]): Promise<[string, unknown]> => [
    name,
    typeof option === 'function' ? await option(req, context) : option,
  ];
  const values = Object.fromEntries(await Promise.all(entriesOf(options).map(call)));
  const metadata = await Promise.all(metadataOf(values).map(call));
  return toFormValues({ ...values, metadata: Object.fromEntries(metadata) }, onlyType);
}

/** The values that are known without a request, so that they can be checked at the start. */
export function fixedFormValues(
  options: FormValueOptions,
  onlyType: string | undefined,
): FormValues {
  const isFixed = ([, option]: [string, unknown]) => typeof option !== 'function';
  const values = Object.fromEntries(entriesOf(options).filter(isFixed));
  const metadata = metadataOf(values).filter(isFixed);
  // Sizes that are not known yet are taken to fit those that are.
  if (typeof options.maxFileSize === 'function') values['maxFileSize'] = OBJECT_BYTES_AT_MOST;
  if (typeof options.minFileSize === 'function') values['minFileSize'] = 0;
  return toFormValues({ ...values, metadata: Object.fromEntries(metadata) }, onlyType);
}

function entriesOf(options: FormValueOptions): [string, unknown][] {
  return FORM_VALUE_OPTIONS.map((name) => [name, options[name]]);
}

function metadataOf({ metadata = {} }: Given): [string, unknown][] {
  assertObject('metadata', metadata);
  return Object.entries(metadata);
}

function toFormValues(given: Given, onlyType: string | undefined): FormValues {
  const { keyPrefix = 'uploads/', contentType = onlyType } = given;
  assertString('keyPrefix', keyPrefix);
  const maxFileSize = parseBytes('maxFileSize', given['maxFileSize'] ?? '10 MB');
  const minFileSize = parseBytes('minFileSize', given['minFileSize'] ?? 1);
  if (maxFileSize > OBJECT_BYTES_AT_MOST) {
    throw invalidOption(
      'maxFileSize',
      `${show(given['maxFileSize'])} is more than a form can bring to S3, which is 5 GiB (${OBJECT_BYTES_AT_MOST} bytes). Lower it.`,
    );
  }
  if (minFileSize > maxFileSize) {
    throw invalidOption(
      'minFileSize',
      `it is ${minFileSize} bytes, which is more than \`maxFileSize\` with ${maxFileSize}. Swap the two.`,
    );
  }
  // createPresignedPost checks the kinds and values of all others.
  return { ...given, keyPrefix, contentType, maxFileSize, minFileSize } as FormValues;
}
