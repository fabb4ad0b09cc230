import { type Addressing, bucketUrl } from '../policy/bucket-url.ts';
import { type Condition, conditionedField } from '../policy/conditions.ts';
import { invalidOption, S3FormError, show } from '../policy/errors.ts';
import { FILENAME_VARIABLE, METADATA_PREFIX } from '../policy/field-values.ts';
import { FORM_FIELDS } from '../policy/fields.ts';
import { assertString, requireString } from '../policy/options.ts';
import type { PresignedPost } from '../policy/presigned-post.ts';
import {
  PROVIDERS,
  type Provider,
  type ProviderProfile,
  WITHOUT_POST_OBJECT,
} from './providers.ts';

/** Which bucket, and where. */
export interface StoreOptions {
  readonly bucket: string;
  /** Such as `eu-west-3` or `fr-par`. */
  readonly region: string;
  /**
   * Whose store it is; `'s3'` for any that is not listed.
   *
   * @default 'aws', or 's3' with an `endpoint`
   */
  readonly provider?: Provider | undefined;
  /**
   * The store's URL without the bucket, such as `https://s3.fr-par.scw.cloud`, for the app.
   *
   * @default the provider's own in that region
   */
  readonly endpoint?: string | undefined;
  /**
   * The store's URL without the bucket, for browsers, where that is another one.
   *
   * @default endpoint
   */
  readonly publicEndpoint?: string | undefined;
  /** @default the provider's; 'path' for a bucket name with a dot */
  readonly addressing?: Addressing | undefined;
}

/** A store as the app and as the browser reach it. */
export interface Store {
  readonly profile: ProviderProfile;
  readonly addressing: Addressing;
  /** The bucket's URL for the app, with the final slash. */
  readonly url: string;
  /** The endpoint for browsers: forms post to it, links lead to it. */
  readonly publicEndpoint: string;
  /** The bucket's URL for browsers, with the final slash. */
  readonly publicUrl: string;
}

/**
 * Finds out how to reach a bucket.
 *
 * @throws {TypeError} where a value is of the wrong kind
 * @throws {S3FormError} `missing_option`, `invalid_option`, `unsupported_by_provider`
 */
export function resolveStore(options: StoreOptions): Store {
  const { bucket, region, provider = options.endpoint === undefined ? 'aws' : 's3' } = options;
  const profile = profileOf(provider);
  // No certificate fits a host with a dot more.
  const usual = String(bucket).includes('.') ? 'path' : profile.addressing;
  const address = { bucket, region, addressing: options.addressing ?? usual };
  const endpoint = options.endpoint ?? profile.endpoint?.(requireString('region', region));
  if (endpoint === undefined) {
    throw new S3FormError(
      'missing_option',
      `Option \`endpoint\` is required: ${profile.name} has no address of its own.`,
      { option: 'endpoint' },
    );
  }
  const url = bucketUrl({ ...address, endpoint });
  for (const { host, reason } of Object.values(WITHOUT_POST_OBJECT)) {
    if (host.test(new URL(endpoint).hostname)) throw withoutPostObject(reason, 'endpoint');
  }
  const publicEndpoint = options.publicEndpoint ?? endpoint;
  return {
    profile,
    addressing: address.addressing,
    url,
    publicEndpoint,
    publicUrl: publicBucketUrl({ ...address, endpoint: publicEndpoint }),
  };
}

function publicBucketUrl(address: Parameters<typeof bucketUrl>[0]): string {
  assertString('publicEndpoint', address.endpoint);
  try {
    return bucketUrl(address);
  } catch (error) {
    if (!(error instanceof S3FormError) || error.option !== 'endpoint') throw error;
    const message = error.message.replace('`endpoint`', '`publicEndpoint`');
    throw new S3FormError(error.code, message, { option: 'publicEndpoint' });
  }
}

function withoutPostObject(reason: string, option: string): S3FormError {
  return new S3FormError('unsupported_by_provider', `Option \`${option}\`: ${reason}`, { option });
}

function profileOf(provider: unknown): ProviderProfile {
  assertString('provider', provider);
  const without = Object.hasOwn(WITHOUT_POST_OBJECT, provider) && WITHOUT_POST_OBJECT[provider];
  if (without) throw withoutPostObject(without.reason, 'provider');
  if (Object.hasOwn(PROVIDERS, provider)) return PROVIDERS[provider as Provider];
  throw invalidOption(
    'provider',
    `${show(provider)} is not known. Use ${Object.keys(PROVIDERS).join(', ')}; "s3" stands for any other.`,
  );
}

/** Raw fields as the options that stand for them, so that a store's limits hold for both. */
export function optionsOfFields(fields: Readonly<Record<string, string>> = {}): object {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [optionOf(name), value]));
}

/** Warns of options that the store passes over, given as values or as functions. */
export function warnOfIgnored(
  { name, limits }: ProviderProfile,
  options: Readonly<Record<string, unknown>>,
): void {
  for (const { option, effect, reason } of limits) {
    if (effect !== 'ignored' || options[option] === undefined) continue;
    process.emitWarning(`Option \`${option}\`: ${name} ${reason}. Remove it.`, {
      type: 'S3FormWarning',
      code: 'S3FORM_IGNORED_OPTION',
    });
  }
}

/**
 * Refuses options that the store can't serve; of functions only those of which no value could do.
 *
 * @throws {S3FormError} `unsupported_by_provider`
 */
export function refuseUnsupported(
  { name, limits }: ProviderProfile,
  options: Readonly<Record<string, unknown>>,
): void {
  for (const { option, effect, reason, concerns } of limits) {
    const value = options[option];
    if (effect !== 'refused' || value === undefined) continue;
    if (concerns && (typeof value === 'function' || !concerns(value))) continue;
    throw new S3FormError(
      'unsupported_by_provider',
      `Option \`${option}\`: ${name} ${reason}. Remove it.`,
      { option },
    );
  }
}

/**
 * Refuses what a store makes something else of: `${filename}` that it leaves as it is, values that
 * it changes, a longer life than it grants.
 *
 * @throws {S3FormError} `unsupported_by_provider`
 */
export function checkProviderForm(
  profile: ProviderProfile,
  { fields, conditions }: PresignedPost,
  expiresIn: number,
): void {
  const { name, filenameVariable, expiresInAtMost } = profile;
  refuseChangedValues(profile, fields);
  if (profile.readsDollarAsField) refuseDollars(profile, conditions);
  if (expiresInAtMost !== undefined && expiresIn > expiresInAtMost) {
    throw new S3FormError(
      'unsupported_by_provider',
      `Option \`formExpiresIn\`: ${name} refuses forms older than ${expiresInAtMost} seconds. Lower it.`,
      { option: 'formExpiresIn' },
    );
  }
  if (filenameVariable === 'every field') return;
  for (const [field, value] of Object.entries(fields)) {
    const times = value.split(FILENAME_VARIABLE).length - 1;
    const allowed = field !== 'key' ? 0 : filenameVariable === 'key' ? times : 1;
    if (times <= allowed) continue;
    const option = optionOf(field);
    const where = filenameVariable === 'key' ? 'in the key only' : 'once only, in the key';
    throw new S3FormError(
      'unsupported_by_provider',
      `Option \`${option}\`: ${name} puts the file's name in place of "\${filename}" ${where}. Remove it.`,
      { option },
    );
  }
}

function refuseChangedValues(
  { name, refusedValues = [] }: ProviderProfile,
  fields: Readonly<Record<string, string>>,
): void {
  for (const { field, pattern, reason } of refusedValues) {
    const value = fields[field];
    if (value === undefined || !pattern.test(value)) continue;
    const option = optionOf(field);
    throw new S3FormError(
      'unsupported_by_provider',
      `Option \`${option}\`: ${show(value)} can not stay so, ${name} ${reason}. Write it without.`,
      { option },
    );
  }
}

function refuseDollars({ name }: ProviderProfile, conditions: readonly Condition[]): void {
  for (const condition of conditions) {
    const field = conditionedField(condition);
    const value = Array.isArray(condition) ? condition[2] : Object.values(condition)[0];
    if (field === undefined || !String(value).startsWith('$')) continue;
    const option = optionOf(field);
    throw new S3FormError(
      'unsupported_by_provider',
      `Option \`${option}\`: ${name} takes ${show(value)} for the name of a field, because it begins with "$". Put something before it.`,
      { option },
    );
  }
}

/** The option that stands for a field. */
function optionOf(field: string): string {
  if (field.startsWith(METADATA_PREFIX)) return `metadata.${field.slice(METADATA_PREFIX.length)}`;
  const isIt = (name: string) => name.toLowerCase() === field.toLowerCase();
  const found = Object.entries(FORM_FIELDS).find(([, { fields }]) => fields.some(isIt));
  return found?.[0] ?? `fields.${field}`;
}
