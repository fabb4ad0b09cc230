import { type Condition, conditionedField, type MatchCondition } from '../policy/conditions.ts';
import { invalidOption, show } from '../policy/errors.ts';
import {
  FILENAME_VARIABLE,
  KEY_BYTES_AT_MOST,
  METADATA_BYTES_AT_MOST,
  METADATA_PREFIX,
  metadataField,
  text,
} from '../policy/field-values.ts';
import { assertKnownOptions, assertObject, requireString } from '../policy/options.ts';
import type { PresignedPost } from '../policy/presigned-post.ts';
import { type Accept, withExtensions } from './accept.ts';
import { type Language, say } from './language.ts';
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
  /** @default false; a key, and what has to start with something, always is */
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
    if (startsWith !== undefined) checkStart(`${option}.startsWith`, startsWith);
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

function checkStart(option: string, startsWith: unknown): void {
  if (!text(startsWith, option).includes(FILENAME_VARIABLE)) return;
  throw invalidOption(
    option,
    `the store puts the file's name where ${FILENAME_VARIABLE} stands before it compares, so nothing would start with it. Leave it out.`,
  );
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
    /** The `pattern` attribute; `undefined` for anything. */
    readonly pattern: string | undefined;
    /** What the browser says where the pattern is not met. */
    readonly hint: string | undefined;
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
  /** Seconds in which the store takes the form. */
  readonly expiresIn: number;
  readonly language: Language;
  /** `false` for a form without script. */
  readonly script: false | ScriptParts;
  readonly contextToken: string | undefined;
}

/** Turns a presigned POST into what the template shows: hidden inputs, visible ones, one file. */
export function uploadFormView(parts: UploadFormParts): UploadFormView {
  const { id, post, inputs, accept, maxFileSize, language } = parts;
  const types = typesText(accept, language);
  const visible = new Set(inputs.map(({ name }) => name));
  return {
    // An id that begins with a digit would need escaping in a stylesheet.
    id: `s3-form-${id}`,
    language: language.tag,
    direction: language.direction,
    action: post.url,
    hidden: Object.entries(post.fields).filter(([name]) => !visible.has(name)),
    inputs: inputs.map((input) => textInput(input, post, language)),
    accept: accept.join(','),
    limits: limitsText(types, maxFileSize, language),
    script: parts.script ? JSON.stringify(scriptConfig(parts, parts.script, types)) : undefined,
    messages: language.messages,
  };
}

/** What the policy asks of the text is asked by the browser already, before anything is sent. */
function textInput(
  { name, label, required = false }: FormInput,
  { fields, conditions }: PresignedPost,
  language: Language,
): UploadFormView['inputs'][number] {
  const prefix = conditions
    .filter((condition): condition is MatchCondition => isStartOf(name, condition))
    .map(([, , value]) => value)
    // All of them hold, so the longest one says it all.
    .reduce((longest, value) => (value.length > longest.length ? value : longest), '');
  const isFree = prefix === '';
  return {
    name,
    label,
    value: fields[name] ?? '',
    // A browser holds no pattern against an empty text.
    required: required || name === 'key' || !isFree,
    pattern: isFree ? undefined : `${escapeForPattern(prefix)}.*`,
    hint: isFree ? undefined : say(language, language.messages.startWith, { prefix }),
    maxLength: name === 'key' ? KEY_BYTES_AT_MOST : METADATA_BYTES_AT_MOST / 2,
  };
}

function isStartOf(name: string, condition: Condition): boolean {
  const isStart = Array.isArray(condition) && condition[0] === 'starts-with';
  return isStart && conditionedField(condition)?.toLowerCase() === name;
}

/**
 * Takes the meaning from the characters that have one. What else may be escaped depends on whether
 * the browser reads patterns with the flag `v`, as it shall, or with `u`, as it did.
 *
 * @see https://tc39.es/ecma262/#prod-SyntaxCharacter
 */
function escapeForPattern(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}

/** What the script of a form has to know, beside what the form itself says. */
export interface ScriptConfig {
  /** Address of the JSON route. */
  readonly params: string;
  readonly context: string | undefined;
  /** Seconds in which the store takes the form as it was drawn. */
  readonly expiresIn: number;
  readonly maxFiles: number;
  /** Bytes. */
  readonly minFileSize: number;
  readonly maxFileSize: number;
  /** With the extensions of all types, which the script has no table of. */
  readonly accept: Accept;
  /** The same in words; empty for anything. */
  readonly types: string;
  readonly lang: string;
  readonly messages: ScriptMessages;
}

function scriptConfig(
  { contextToken, expiresIn, minFileSize, maxFileSize, accept, language }: UploadFormParts,
  { params, maxFiles }: ScriptParts,
  types: string,
): ScriptConfig {
  const { tag: lang, messages } = language;
  return {
    params,
    context: contextToken,
    expiresIn,
    maxFiles,
    minFileSize,
    maxFileSize,
    accept: withExtensions(accept),
    types,
    lang,
    messages: messages.script,
  };
}
