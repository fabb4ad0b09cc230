import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { ExpiringCredentials } from '../bucket/credentials.ts';
import { checkProviderForm, refuseUnsupported } from '../bucket/store.ts';
import { type KeyRule, signReceipt } from '../form/receipt.ts';
import type { FormInput } from '../form/upload-form.ts';
import {
  type Condition,
  conditionedField,
  type MatchCondition,
  type RangeCondition,
} from '../policy/conditions.ts';
import { invalidOption, S3FormError } from '../policy/errors.ts';
import { FILENAME_VARIABLE, hasCustomerKey, METADATA_PREFIX } from '../policy/field-values.ts';
import { createPresignedPost, type PresignedPost } from '../policy/presigned-post.ts';
import type { FormValues } from './form-values.ts';
import { reservedMetadata, type Settings, UPLOAD_ID } from './options.ts';

/** A signed form, before it is drawn. */
export interface MintedForm {
  /** A UUID. */
  readonly id: string;
  readonly post: PresignedPost;
  /** The return address. */
  readonly done: string;
  /** Bytes. */
  readonly maxFileSize: number;
}

/** Signs the form of one request. */
export async function mintForm(
  settings: Settings,
  req: Request,
  baseUrl: string,
): Promise<MintedForm> {
  const id = randomUUID();
  const values = await settings.valuesFor(req, { id });
  // Last, because a slow function could outlive them.
  const credentials = await settings.credentials();
  return compose(settings, { id, baseUrl, values, credentials });
}

/** Signs a form that nobody gets, so that a mistake in the options shows at the start. */
export function mintProbe(settings: Settings): void {
  const baseUrl = settings.baseUrl?.startsWith('http') ? settings.baseUrl : 'http://localhost';
  const credentials = { accessKeyId: 'probe', secretAccessKey: 'probe' };
  const values = settings.fixedValues;
  try {
    compose(settings, { id: randomUUID(), baseUrl, values, credentials });
  } catch (error) {
    const isConflict = error instanceof S3FormError && error.code === 'conflicting_conditions';
    // What a function will give may well agree with the rest.
    if (!isConflict || !settings.hasFunctions) throw error;
  }
}

interface Parts {
  readonly id: string;
  readonly baseUrl: string;
  readonly values: FormValues;
  readonly credentials: ExpiringCredentials;
}

function compose(settings: Settings, { id, baseUrl, values, credentials }: Parts): MintedForm {
  const { bucket, region, store, inputs } = settings;
  const { keyPrefix, minFileSize, maxFileSize, metadata, ...fieldValues } = values;
  refuseUnreadable(settings, values);
  refuseUnsupported(store.profile, values);
  const key = values.key ?? `${keyPrefix}${id}/${FILENAME_VARIABLE}`;
  const rule = keyRule(settings, key);
  if (Object.keys(metadata).some((name) => name.toLowerCase() === UPLOAD_ID)) {
    throw reservedMetadata();
  }
  const isNamed = key.endsWith(FILENAME_VARIABLE) || inputs.some(({ name }) => name === 'key');
  const now = new Date();
  const expiresIn = secondsFor(settings, credentials, now);
  const expires = Math.floor(now.getTime() / 1000) + expiresIn;
  const receipt = signReceipt(
    { id, baseUrl, bucket, key: rule, isNamed, expires },
    settings.receiptKeys[0],
  );
  const done = `${baseUrl}/done/${receipt}`;
  const typed = typedFields(inputs, metadata, rule);
  const post = createPresignedPost({
    ...fieldValues,
    ...{ bucket, region, credentials, key, now, expiresIn },
    endpoint: store.publicEndpoint,
    addressing: store.addressing,
    contentLengthRange: narrowest([minFileSize, maxFileSize], settings.conditions),
    metadata: holdsId(rule, id) ? metadata : { ...metadata, [UPLOAD_ID]: id },
    successActionRedirect: done,
    fields: { ...settings.fields, ...typed.fields },
    conditions: [
      ...typed.conditions,
      ...(settings.conditions ?? []).filter((condition) => !isRange(condition)),
    ],
  });
  refuseConditionsWithoutField(post);
  checkProviderForm(store.profile, post, settings.formExpiresIn);
  return { id, post, done, maxFileSize };
}

/** One range for all, because MinIO looks at no more than the last. */
function narrowest(
  range: readonly [number, number],
  conditions: readonly Condition[] = [],
): [number, number] {
  const ranges = [range, ...conditions.filter(isRange).map(([, min, max]) => [min, max] as const)];
  const [min, max] = [
    Math.max(...ranges.map(([least]) => least)),
    Math.min(...ranges.map(([, most]) => most)),
  ];
  if (!(min > max)) return [min, max];
  throw new S3FormError(
    'conflicting_conditions',
    `Option \`conditions\`: with \`minFileSize\` and \`maxFileSize\` no file is at least ${min} and at most ${max} bytes. Change one of them.`,
    { option: 'conditions' },
  );
}

function isRange(condition: Condition): condition is RangeCondition {
  if (!Array.isArray(condition) || condition.length !== 3) return false;
  const [operator, ...bounds] = condition as RangeCondition;
  // Any other is left to createPresignedPost, which says what is wrong with it.
  return operator === 'content-length-range' && bounds.every((bound) => Number.isInteger(bound));
}

/** The fields that the person fills in, as they are to begin with, and what they may become. */
function typedFields(
  inputs: Settings['inputs'],
  metadata: FormValues['metadata'],
  rule: KeyRule,
): { fields: Record<string, string>; conditions: MatchCondition[] } {
  const given = Object.keys(metadata).map((name) => METADATA_PREFIX + name.toLowerCase());
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
function secondsFor(
  { formExpiresIn }: Settings,
  { expiration }: ExpiringCredentials,
  now: Date,
): number {
  if (expiration === undefined) return formExpiresIn;
  const left = Math.floor((expiration.getTime() - now.getTime()) / 1000);
  if (left >= 1) return Math.min(formExpiresIn, left);
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
function keyRule({ inputs }: Settings, key: string): KeyRule {
  const input = inputs.find(({ name }) => name === 'key');
  const variable = key.indexOf(FILENAME_VARIABLE);
  if (input) {
    return { prefix: input.startsWith ?? (variable === -1 ? key : key.slice(0, variable)) };
  }
  return variable === -1 ? { exact: key } : { prefix: key.slice(0, variable) };
}

/** Whether the form's id is in the part of the key that nobody else can change. */
export function holdsId(rule: KeyRule, id: string): boolean {
  return (rule.exact ?? rule.prefix).includes(id);
}
