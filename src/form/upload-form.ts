import { invalidOption, show } from '../policy/errors.ts';
import {
  KEY_BYTES_AT_MOST,
  METADATA_BYTES_AT_MOST,
  METADATA_PREFIX,
  metadataField,
  text,
} from '../policy/field-values.ts';
import { assertKnownOptions, assertObject, requireString } from '../policy/options.ts';
import type { PresignedPost } from '../policy/presigned-post.ts';
import type { Accept } from './accept.ts';
import type { Language } from './language.ts';
import { limitsText, typesText } from './limits.ts';
import type { Messages, ScriptMessages } from './messages.ts';

/** A field that the person fills in, before choosing the file. */
export interface FormInput {
  /** `key`, or `x-amz-meta-` and a name. */
  readonly name: string;
  readonly label: string;
  /**
   * What the value has to start with.
   *
   * @default for `key` what the key has before `${filename}`, else anything
   */
  readonly startsWith?: string;
  /** @default false; a key always is */
  readonly required?: boolean;
}

/**
 * @throws {TypeError} where it is no array of objects
 * @throws {S3FormError} `unknown_option`, `missing_option`, `invalid_option`
 */
export function parseInputs(inputs: unknown = []): readonly FormInput[] {
  if (!Array.isArray(inputs)) throw new TypeError('Option `inputs` must be an array.');
  const names = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const option = `inputs[${index}]`;
    assertObject(option, input);
    assertKnownOptions(input, ['name', 'label', 'startsWith', 'required'], option);
    const { name, label, startsWith, required } = input as Partial<FormInput>;
    checkName(`${option}.name`, requireString(`${option}.name`, name));
    requireString(`${option}.label`, label);
    if (startsWith !== undefined) text(startsWith, `${option}.startsWith`);
    if (required !== undefined && typeof required !== 'boolean') {
      throw new TypeError(`Option \`${option}.required\` must be true or false.`);
    }
    if (names.has(name as string)) throw invalidOption(`${option}.name`, 'it is there twice.');
    names.add(name as string);
  }
  return inputs as FormInput[];
}

function checkName(option: string, name: string): void {
  if (name === 'key') return;
  if (!name.startsWith(METADATA_PREFIX) || name !== name.toLowerCase()) {
    throw invalidOption(
      option,
      `${show(name)} is neither "key" nor "x-amz-meta-" with a name in lower case.`,
    );
  }
  metadataField(name.slice(METADATA_PREFIX.length), option);
}

/** What `upload-form.eta` is given: plain data, to be escaped there. */
export interface UploadFormView {
  /** Of the form element; the ids of its parts begin with it. */
  readonly id: string;
  readonly language: string;
  readonly direction: Language['direction'];
  readonly action: string;
  readonly hidden: readonly (readonly [name: string, value: string])[];
  readonly inputs: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly required: boolean;
    /** Characters, so that S3's limits are seldom met in vain. */
    readonly maxLength: number;
  }[];
  /** The `accept` attribute; empty for anything. */
  readonly accept: string;
  /** What may be chosen, in words. */
  readonly limits: string;
  /** What the script has to know, as JSON; `undefined` for a form without it. */
  readonly script: string | undefined;
  readonly messages: Messages;
}

interface ScriptParts {
  /** Address of the JSON route. */
  readonly params: string;
  readonly maxFiles: number;
}

export interface UploadFormParts {
  /** The form's UUID. */
  readonly id: string;
  readonly post: PresignedPost;
  readonly inputs: readonly FormInput[];
  readonly accept: Accept;
  /** Bytes. */
  readonly minFileSize: number;
  readonly maxFileSize: number;
  readonly language: Language;
  /** `false` for a form without script. */
  readonly script: false | ScriptParts;
  readonly contextToken: string | undefined;
}

/** Turns a presigned POST into what the template shows: hidden inputs, visible ones, one file. */
export function uploadFormView(parts: UploadFormParts): UploadFormView {
  const { id, post, inputs, accept, maxFileSize, language } = parts;
  const visible = new Set(inputs.map(({ name }) => name));
  return {
    // An id that begins with a digit would need escaping in a stylesheet.
    id: `s3-form-${id}`,
    language: language.tag,
    direction: language.direction,
    action: post.url,
    hidden: Object.entries(post.fields).filter(([name]) => !visible.has(name)),
    inputs: inputs.map(({ name, label, required = false }) => ({
      name,
      label,
      value: post.fields[name] ?? '',
      required: required || name === 'key',
      maxLength: name === 'key' ? KEY_BYTES_AT_MOST : METADATA_BYTES_AT_MOST / 2,
    })),
    accept: accept.join(','),
    limits: limitsText(accept, maxFileSize, language),
    script: parts.script ? JSON.stringify(scriptConfig(parts, parts.script)) : undefined,
    messages: language.messages,
  };
}

/** What the script of a form has to know, beside what the form itself says. */
export interface ScriptConfig {
  /** Address of the JSON route. */
  readonly params: string;
  readonly context: string | undefined;
  readonly maxFiles: number;
  /** Bytes. */
  readonly minFileSize: number;
  readonly maxFileSize: number;
  readonly accept: Accept;
  /** The same in words; empty for anything. */
  readonly types: string;
  readonly lang: string;
  readonly messages: ScriptMessages;
}

function scriptConfig(
  { contextToken, minFileSize, maxFileSize, accept, language }: UploadFormParts,
  { params, maxFiles }: ScriptParts,
): ScriptConfig {
  const types = typesText(accept, language);
  const { tag: lang, messages } = language;
  return {
    ...{ params, context: contextToken, maxFiles, minFileSize, maxFileSize, accept, types, lang },
    messages: messages.script,
  };
}
