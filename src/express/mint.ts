import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { ExpiringCredentials } from '../bucket/credentials.ts';
import { checkProviderForm, refuseUnsupported } from '../bucket/store.ts';
import { type ChosenFile, refuseFile, typeToStore } from '../form/chosen-file.ts';
import type { Context } from '../form/context.ts';
import type { KeyRule } from '../form/receipt.ts';
import type { FormInput } from '../form/upload-form.ts';
import {
  type Condition,
  conditionedField,
  type MatchCondition,
  type RangeCondition,
} from '../policy/conditions.ts';
import { invalidOption, S3FormError } from '../policy/errors.ts';
import {
  FILENAME_VARIABLE,
  hasCustomerKey,
  KEY_BYTES_AT_MOST,
  METADATA_PREFIX,
} from '../policy/field-values.ts';
import {
  createPresignedPost,
  type PresignedPost,
  type PresignedPostOptions,
} from '../policy/presigned-post.ts';
import type { FormValues } from './form-values.ts';
import { reservedMetadata, type Settings, UPLOAD_ID } from './options.ts';

/** What a form is asked for. */
export interface FormOrder {
  /** The absolute URL of the mount. */
  readonly baseUrl: string;
  readonly context: Context | undefined;
  /** Whose it is to be, as `bindTo` says. */
  readonly user: string | undefined;
  /** The one file that is to be uploaded by script; a form to be shown takes any. */
  readonly file?: ChosenFile | undefined;
}

/** A signed form, before it is drawn. */
export interface MintedForm {
  /** A UUID. */
  readonly id: string;
  readonly post: PresignedPost;
  /** The return address. */
  readonly done: string;
  /** The context as the script of a form sends it back; there may be none. */
  readonly contextToken: string | undefined;
  /** Seconds in which it can be posted. */
  readonly expiresIn: number;
  /** Bytes. */
  readonly minFileSize: number;
  readonly maxFileSize: number;
}

/**
 * Signs the form of one request.
 *
 * @throws {S3FormError} `type_not_allowed`, `file_too_large`, `file_too_small`, `filename_invalid`
 *   for a file, `credentials_unavailable`, and what an option's function gave wrong
 */
export async function mintForm(
  settings: Settings,
  req: Request,
  order: FormOrder,
): Promise<MintedForm> {
  const id = randomUUID();
  const { context, file } = order;
  const given = await settings.valuesFor(req, { id, context, file });
  const values = withinConditions(given, settings.conditions);
  if (file) refuseFile(file, { ...settings, ...values });
  // Last, because a slow function could outlive them.
  const credentials = await settings.credentials();
  return compose(settings, { ...order, id, values, credentials });
}

/** Signs forms that nobody gets, so that a mistake in the options shows at the start. */
export function mintProbe(settings: Settings): void {
  const order = {
    id: randomUUID(),
    baseUrl: settings.baseUrl?.startsWith('http') ? settings.baseUrl : 'http://localhost',
    context: undefined,
    user: undefined,
    credentials: { accessKeyId: 'probe', secretAccessKey: 'probe' },
  };
  for (const file of [undefined, { filename: 'probe', type: '' }]) {
    try {
      const values = withinConditions(settings.fixedValues, settings.conditions);
      compose(settings, { ...order, values, file });
    } catch (error) {
      const isConflict = error instanceof S3FormError && error.code === 'conflicting_conditions';
      // What a function will give may well agree with the rest.
      if (!isConflict || !settings.hasFunctions) throw error;
    }
  }
}

interface Parts extends FormOrder {
  readonly id: string;
  readonly values: FormValues;
  readonly credentials: ExpiringCredentials;
}

function compose(settings: Settings, parts: Parts): MintedForm {
  const { bucket, region, store, inputs } = settings;
  const { id, baseUrl, context, user, file, credentials } = parts;
  const { keyPrefix, minFileSize, maxFileSize, metadata, ...fieldValues } = parts.values;
  refuseUnreadable(settings, parts.values);
  refuseUnsupported(store.profile, parts.values);
  const reserved = Object.keys(metadata).find((name) => name.toLowerCase() === UPLOAD_ID);
  if (reserved !== undefined) throw reservedMetadata(`metadata.${reserved}`);
  const template = parts.values.key ?? `${keyPrefix}${id}/${FILENAME_VARIABLE}`;
  const key = file ? keyOf(template, file) : template;
  const rule = keyRule(settings, template, key);
  const isNamed = template.endsWith(FILENAME_VARIABLE) || inputs.some(({ name }) => name === 'key');
  const now = new Date();
  const expiresIn = secondsFor(
    file ? settings.scriptExpiresIn : settings.formExpiresIn,
    credentials,
    now,
  );
  const place = { baseUrl, bucket, expires: Math.floor(now.getTime() / 1000) + expiresIn };
  const done = `${baseUrl}/done/${settings.receipts.sign({ ...place, id, key: rule, isNamed, context }, user)}`;
  const typed = typedFields(settings, metadata, rule);
  const post = createPresignedPost({
    ...fieldValues,
    ...{ bucket, region, credentials, key, now, expiresIn },
    endpoint: store.publicEndpoint,
    addressing: store.addressing,
    contentLengthRange: [minFileSize, maxFileSize],
    metadata: { ...metadata, [UPLOAD_ID]: id },
    ...(file ? forScript(settings, fieldValues, file) : { successActionRedirect: done }),
    fields: { ...settings.fields, ...typed.fields },
    conditions: [
      ...typed.conditions,
      ...(settings.conditions ?? []).filter((condition) => !isRange(condition)),
    ],
  });
  refuseConditionsWithoutField(post);
  checkProviderForm(store.profile, post, expiresIn);
  const contextToken =
    context && !file ? settings.contexts.sign({ ...place, context }, user) : undefined;
  return { id, post, done, contextToken, expiresIn, minFileSize, maxFileSize };
}

/** Where the file's name is known it stands in the key, so that the key is exact. */
function keyOf(template: string, { filename }: ChosenFile): string {
  const key = template.replaceAll(FILENAME_VARIABLE, () => filename);
  if (Buffer.byteLength(key) <= KEY_BYTES_AT_MOST) return key;
  throw new S3FormError('filename_invalid', 'The file name is too long for an object key.');
}

/** A script reads the answer itself, and knows the file's type. */
function forScript(
  { fields = {}, accept }: Settings,
  { contentType }: Pick<FormValues, 'contentType'>,
  file: ChosenFile,
): Pick<PresignedPostOptions, 'contentType' | 'successActionStatus'> {
  const isRaw = Object.keys(fields).some((name) => name.toLowerCase() === 'content-type');
  return {
    successActionStatus: 201,
    ...(!isRaw && { contentType: contentType ?? typeToStore(file, accept) }),
  };
}

/**
 * The sizes that all ranges allow together: what the form says is what the store does. One range is
 * signed for all, because MinIO looks at no more than the last.
 */
function withinConditions(values: FormValues, conditions: readonly Condition[] = []): FormValues {
  const ranges = conditions.filter(isRange);
  const minFileSize = Math.max(values.minFileSize, ...ranges.map(([, min]) => Number(min)));
  const maxFileSize = Math.min(values.maxFileSize, ...ranges.map(([, , max]) => Number(max)));
  if (minFileSize <= maxFileSize) return { ...values, minFileSize, maxFileSize };
  throw new S3FormError(
    'conflicting_conditions',
    `Option \`conditions\`: with \`minFileSize\` and \`maxFileSize\` no file is at least ${minFileSize} and at most ${maxFileSize} bytes. Change one of them.`,
    { option: 'conditions' },
  );
}

function isRange(condition: Condition): condition is RangeCondition {
  if (!Array.isArray(condition) || condition.length !== 3) return false;
  const [operator, ...bounds] = condition as RangeCondition;
  return operator === 'content-length-range' && bounds.every(isBound);
}

/** S3 reads digits in a string as well. Any other is left to createPresignedPost, which refuses it. */
function isBound(bound: unknown): boolean {
  return typeof bound === 'string'
    ? /^\d+$/.test(bound)
    : Number.isInteger(bound) && Number(bound) >= 0;
}

/** The fields that the person fills in, as they are to begin with, and what they may become. */
function typedFields(
  { inputs, fields = {} }: Settings,
  metadata: FormValues['metadata'],
  rule: KeyRule,
): { fields: Record<string, string>; conditions: MatchCondition[] } {
  const names = Object.keys(metadata).map((name) => METADATA_PREFIX + name.toLowerCase());
  const given = [...names, ...Object.keys(fields)];
  const prefixOf = ({ name, startsWith = '' }: FormInput) =>
    name === 'key' ? (rule.prefix ?? '') : startsWith;
  return {
    fields: Object.fromEntries(
      inputs
        .filter(({ name }) => name !== 'key' && !given.includes(name))
        .map((input) => [input.name, prefixOf(input)]),
    ),
    conditions: inputs.map((input) => ['starts-with', `$${input.name}`, prefixOf(input)]),
  };
}

/** Nobody but this form could add the field, and S3 holds a condition on an absent one unmet. */
function refuseConditionsWithoutField({ fields, conditions }: PresignedPost): void {
  const names = new Set(Object.keys(fields).map((name) => name.toLowerCase()));
  for (const condition of conditions) {
    const field = conditionedField(condition);
    if (field === undefined || names.has(field.toLowerCase())) continue;
    throw new S3FormError(
      'conflicting_conditions',
      `Option \`conditions\`: the form has no field ${field}, so its condition is never met. Add the field to \`fields\`.`,
      { option: 'conditions' },
    );
  }
}

/** A form must not outlive the credentials that sign it. */
function secondsFor(wanted: number, { expiration }: ExpiringCredentials, now: Date): number {
  if (expiration === undefined) return wanted;
  const left = Math.floor((expiration.getTime() - now.getTime()) / 1000);
  if (left >= 1) return Math.min(wanted, left);
  throw new S3FormError('credentials_unavailable', 'The credentials expire this very second.');
}

/** To look at an object with a customer's key takes the key, which is gone when the upload returns. */
function refuseUnreadable({ confirm }: Settings, { serverSideEncryption }: FormValues): void {
  if (!hasCustomerKey(serverSideEncryption) || confirm === 'none') return;
  throw invalidOption(
    'serverSideEncryption',
    'the store shows an object with a customerKey to nobody without the key, so the return can not be confirmed. Use `confirm: "none"`.',
  );
}

/** What the person, or the store with the file's name, may make of the key. */
function keyRule({ inputs }: Settings, template: string, key: string): KeyRule {
  const input = inputs.find(({ name }) => name === 'key');
  const [fixed = ''] = template.split(FILENAME_VARIABLE, 1);
  if (input) return { prefix: input.startsWith ?? fixed };
  return key.includes(FILENAME_VARIABLE) ? { prefix: fixed } : { exact: key };
}
