import { invalidOption, show } from './errors.ts';
import {
  METADATA_PREFIX,
  metadataField,
  metadataOf,
  refuseControlCharacters,
  refuseTooMuchMetadata,
} from './field-values.ts';
import {
  type FieldDefinition,
  type FieldOptionValues,
  FORM_FIELDS,
  isOfSignature,
} from './fields.ts';
import { assertRecord, assertString, requireString } from './options.ts';

/** The options of `createPresignedPost` that become fields of the form. */
export type FormFieldOptions = Pick<FieldOptionValues, 'key'> & {
  readonly [Option in Exclude<keyof FieldOptionValues, 'key'>]?:
    | FieldOptionValues[Option]
    | undefined;
} & {
  /** Further form fields. Each gets an exact condition, unless `conditions` names it. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
};

/**
 * The form's fields but for the signature's, in the order in which the form has them.
 *
 * @throws {TypeError} where a value is of the wrong kind
 * @throws {S3FormError} `missing_option`, `invalid_option`
 */
export function formFields(options: FormFieldOptions): Record<string, string> {
  requireString('key', options.key);
  const fields: Record<string, string> = {};
  for (const [option, definition] of Object.entries(FORM_FIELDS)) {
    const value = options[option as keyof FormFieldOptions];
    if (value === undefined) continue;
    Object.assign(fields, (definition as FieldDefinition<unknown>).write(value, option));
  }
  addRawFields(fields, options.fields);
  // Raw fields count too.
  refuseTooMuchMetadata('metadata', metadataOf(Object.entries(fields)));
  return fields;
}

function addRawFields(fields: Record<string, string>, raw: unknown = {}): void {
  assertRecord('fields', raw);
  const taken = new Set(['bucket', ...Object.keys(fields).map((name) => name.toLowerCase())]);
  for (const [name, value] of Object.entries(raw)) {
    const option = `fields.${name}`;
    const lower = name.toLowerCase();
    assertString(option, value);
    if (name === '' || name === '__proto__') {
      throw invalidOption('fields', `a field can not have the name ${show(name)}.`);
    }
    if (lower === 'file') {
      throw invalidOption(option, 'the file itself is added by whoever posts the form. Remove it.');
    }
    if (isOfSignature(lower)) {
      throw invalidOption(option, 'it is part of the signature and set for you. Remove it.');
    }
    refuseControlCharacters(option, value);
    if (lower.startsWith(METADATA_PREFIX))
      metadataField(name.slice(METADATA_PREFIX.length), option);
    if (taken.has(lower)) {
      throw invalidOption(option, 'this field is set already. Give it once.');
    }
    taken.add(lower);
    fields[name] = value;
  }
}
