import { statSync } from 'node:fs';
import type { Request } from 'express';
import {
  type CredentialsProvider,
  currentCredentials,
  type ExpiringCredentials,
} from '../bucket/credentials.ts';
import {
  optionsOfFields,
  refuseUnsupported,
  resolveStore,
  type Store,
  type StoreOptions,
  warnOfIgnored,
} from '../bucket/store.ts';
import { type Accept, onlyType, parseAccept } from '../form/accept.ts';
import type { SignedContext } from '../form/context.ts';
import type { Receipt } from '../form/receipt.ts';
import { TokenSigner } from '../form/signed-token.ts';
import { type FormInput, parseInputs } from '../form/upload-form.ts';
import { type Condition, conditionedField } from '../policy/conditions.ts';
import type { Credentials } from '../policy/credentials.ts';
import { invalidOption, S3FormError, show } from '../policy/errors.ts';
import { FILENAME_VARIABLE, METADATA_PREFIX } from '../policy/field-values.ts';
import {
  assertKnownOptions,
  assertObject,
  assertString,
  assertWholeNumber,
  isAbsoluteHttpUrl,
  requireString,
} from '../policy/options.ts';
import { LIFETIME_AT_MOST } from '../policy/signature.ts';
import {
  FORM_VALUE_OPTIONS,
  type FormContext,
  type FormValueOptions,
  type FormValues,
  fixedFormValues,
  formValuesFor,
} from './form-values.ts';
import { type LanguageFor, type LanguageOptions, readLanguage } from './page-language.ts';
import type { ClaimedUpload, ConfirmedUpload, Upload } from './upload.ts';

interface CommonOptions extends StoreOptions, FormValueOptions, LanguageOptions {
  /**
   * An access key, or an async function that gives one; providers of `@aws-sdk/credential-providers`
   * fit as they are.
   *
   * @default from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN
   */
  readonly credentials?: ExpiringCredentials | CredentialsProvider | undefined;
  /**
   * Where the router is mounted: a path, or an absolute URL where the request's own host is not to
   * be trusted.
   *
   * @default the mount of the request; `form()` outside of it needs this option
   */
  readonly baseUrl?: string | undefined;
  /**
   * MIME types, `type/*` or extensions. A hint to the browser, checked by the file's extension when
   * the upload returns; one exact type is also signed as the `contentType`.
   *
   * @default anything
   */
  readonly accept?: readonly string[] | undefined;
  /** Fields that the person fills in. */
  readonly inputs?: readonly FormInput[] | undefined;
  /**
   * Files that a person can send from one form at the most. Without script a form carries one.
   *
   * @default 1
   */
  readonly maxFiles?: number | undefined;
  /**
   * Who the request comes from, such as the user's id: the return and the context of one user are
   * refused for another.
   */
  readonly bindTo?: ((req: Request) => string | Promise<string>) | undefined;
  /**
   * Whether the form has the script that shows progress and sends several files. The JSON route is
   * there for other clients all the same.
   *
   * @default true
   */
  readonly script?: boolean | undefined;
  /** Further form fields, for what has no option. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Further conditions, for what has no option. */
  readonly conditions?: readonly Condition[] | undefined;
  /**
   * Seconds in which the form can be posted, 7 days at the most.
   *
   * @default 3600
   */
  readonly formExpiresIn?: number | undefined;
  /**
   * Seconds in which the upload of one file can begin, once the script, or `presign()`, has its
   * policy.
   *
   * @default 300
   */
  readonly scriptExpiresIn?: number | undefined;
  /**
   * Signs the return address and the context: at least 32 random characters, others for each app
   * that shares credentials. The first one of several signs, all of them are taken.
   *
   * @default derived from the secret access key, and lost when that is changed; required with a
   *   session token or a provider, whose keys change
   */
  readonly secret?: string | readonly string[] | undefined;
  /** A directory whose Eta templates win over this package's. */
  readonly views?: string | undefined;
}

/** What runs each time a valid return is loaded, with the same `upload.id`. */
export type UploadedHook<Reported extends Upload> = (
  upload: Reported,
  req: Request,
) => UploadedAnswer | Promise<UploadedAnswer>;

/**
 * With `redirect` where to send the person: a path that begins with `/`, or an http or https URL, as
 * a text or a `URL`. Anything else brings the page of this package.
 */
export type UploadedAnswer = unknown;

interface ConfirmedOptions {
  /**
   * Whether the store is asked for the object before `onUploaded` runs.
   *
   * @default 'head'
   */
  readonly confirm?: 'head' | undefined;
  /** Runs each time a valid return is loaded, with the same `upload.id`; may give `{ redirect }`. */
  readonly onUploaded?: UploadedHook<ConfirmedUpload> | undefined;
}

interface ClaimedOptions {
  /** Nobody asks the store: what is reported is a claim. */
  readonly confirm: 'none';
  /** Runs each time a valid return is loaded, with the same `upload.id`; may give `{ redirect }`. */
  readonly onUploaded?: UploadedHook<ClaimedUpload> | undefined;
}

export type S3FormOptions = CommonOptions & (ConfirmedOptions | ClaimedOptions);

const OWN_OPTIONS = {
  bucket: true,
  region: true,
  provider: true,
  endpoint: true,
  publicEndpoint: true,
  addressing: true,
  credentials: true,
  baseUrl: true,
  accept: true,
  inputs: true,
  fields: true,
  conditions: true,
  formExpiresIn: true,
  scriptExpiresIn: true,
  secret: true,
  bindTo: true,
  confirm: true,
  onUploaded: true,
  maxFiles: true,
  script: true,
  views: true,
  messages: true,
  lang: true,
} satisfies Record<Exclude<keyof S3FormOptions, keyof FormValueOptions>, true>;

const OPTIONS = [...Object.keys(OWN_OPTIONS), ...FORM_VALUE_OPTIONS];

/** The options, checked, with defaults. */
export interface Settings
  extends Pick<
    S3FormOptions,
    'bucket' | 'region' | 'fields' | 'conditions' | 'onUploaded' | 'views'
  > {
  /** What `bindTo` gives for a request. */
  readonly userOf: (req: Request) => Promise<string | undefined>;
  readonly store: Store;
  /** The credentials of the moment. */
  readonly credentials: CredentialsProvider;
  /** An absolute URL or a path, without a final slash. */
  readonly baseUrl: string | undefined;
  readonly accept: Accept;
  readonly inputs: readonly FormInput[];
  readonly formExpiresIn: number;
  readonly scriptExpiresIn: number;
  readonly maxFiles: number;
  readonly script: boolean;
  readonly receipts: TokenSigner<Receipt>;
  readonly contexts: TokenSigner<SignedContext>;
  readonly confirm: 'head' | 'none';
  readonly languageFor: LanguageFor;
  readonly valuesFor: (req: Request, context: FormContext) => Promise<FormValues>;
  /** The values that need no request, with defaults for the others. */
  readonly fixedValues: FormValues;
  /** Whether there are others, worked out for each form. */
  readonly hasFunctions: boolean;
}

/**
 * Checks all that can be checked without a request.
 *
 * @throws {TypeError} where a value is of the wrong kind
 * @throws {S3FormError} `unknown_option`, `missing_option`, `invalid_option`
 */
export function readOptions(options: S3FormOptions): Settings {
  assertObject('options', options);
  assertKnownOptions(options, OPTIONS);
  const { formExpiresIn = 3600, scriptExpiresIn = 300, maxFiles = 1, script = true } = options;
  const { confirm = 'head', onUploaded, bindTo, views } = options;
  const { bucket, region, fields, conditions } = options;
  const credentials = options.credentials ?? credentialsFromEnv();
  const store = resolveStore(options);
  const given = { ...optionsOfFields(fields), ...options } as Record<string, unknown>;
  refuseUnsupported(store.profile, given);
  warnOfIgnored(store.profile, given);
  const accept = parseAccept(options.accept);
  const lifetime = { min: 1, max: LIFETIME_AT_MOST, unit: 'seconds' };
  assertWholeNumber('formExpiresIn', formExpiresIn, lifetime);
  assertWholeNumber('scriptExpiresIn', scriptExpiresIn, lifetime);
  assertWholeNumber('maxFiles', maxFiles, { min: 1, max: 10_000, unit: 'files' });
  if (typeof script !== 'boolean') throw new TypeError('Option `script` must be true or false.');
  if (bindTo !== undefined && typeof bindTo !== 'function') {
    throw new TypeError('Option `bindTo` must be a function such as (req) => req.user.id.');
  }
  if (confirm !== 'head' && confirm !== 'none') {
    throw invalidOption('confirm', `${show(confirm)} does not exist. Use "head" or "none".`);
  }
  if (onUploaded !== undefined && typeof onUploaded !== 'function') {
    throw new TypeError('Option `onUploaded` must be a function.');
  }
  if (
    views !== undefined &&
    !statSync(requireString('views', views), { throwIfNoEntry: false })?.isDirectory()
  ) {
    throw invalidOption('views', `there is no directory ${show(views)}.`);
  }
  assertObject('fields', fields ?? {});
  if (conditions !== undefined && !Array.isArray(conditions)) {
    throw new TypeError('Option `conditions` must be an array of conditions.');
  }
  const inputs = parseInputs(options.inputs);
  refuseReservedMetadata(options);
  refuseSameKey(options, maxFiles);
  const held = currentCredentials(credentials);
  const secrets = readSecrets(options.secret, credentials);
  return {
    ...{ bucket, region, fields, conditions, onUploaded, views },
    store,
    credentials: held,
    baseUrl: readBaseUrl(options.baseUrl),
    accept,
    inputs,
    formExpiresIn,
    scriptExpiresIn,
    maxFiles,
    script,
    userOf: async (req) => (bindTo === undefined ? undefined : checkUser(await bindTo(req))),
    receipts: new TokenSigner('receipt', secrets),
    contexts: new TokenSigner('context', secrets),
    confirm,
    languageFor: readLanguage(options, script),
    valuesFor: (req, context) => formValuesFor(options, onlyType(accept), req, context),
    fixedValues: fixedFormValues(options, onlyType(accept)),
    hasFunctions: FORM_VALUE_OPTIONS.some((option) => typeof options[option] === 'function'),
  };
}

function credentialsFromEnv(): Credentials {
  const { env } = process;
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']];
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, sessionToken: env['AWS_SESSION_TOKEN'] || undefined };
  }
  throw new S3FormError(
    'missing_option',
    'Option `credentials` is required, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.',
    { option: 'credentials' },
  );
}

function readBaseUrl(baseUrl: unknown): string | undefined {
  if (baseUrl === undefined) return undefined;
  assertString('baseUrl', baseUrl);
  const isPath = baseUrl.startsWith('/') && !baseUrl.startsWith('//');
  if ((!isPath && !isAbsoluteHttpUrl(baseUrl)) || /[?#]/.test(baseUrl)) {
    throw invalidOption(
      'baseUrl',
      `${show(baseUrl)} is neither a path such as "/upload" nor an absolute http or https URL, without query.`,
    );
  }
  const { origin, pathname, username, password } = new URL(baseUrl, 'http://any.invalid');
  if (/\/[:*]/.test(pathname)) {
    throw invalidOption(
      'baseUrl',
      `${show(baseUrl)} is a pattern, to which no browser can be sent. Leave the option out, and the mount of each request counts.`,
    );
  }
  if (username || password) {
    throw invalidOption('baseUrl', 'it must not carry a user name or password.');
  }
  return (isPath ? '' : origin) + pathname.replace(/\/+$/, '');
}

function readSecrets(
  secret: S3FormOptions['secret'],
  credentials: ExpiringCredentials | CredentialsProvider,
): readonly [string, ...string[]] {
  const isLasting = typeof credentials !== 'function' && !credentials.sessionToken;
  if (secret === undefined) {
    if (isLasting) return [credentials.secretAccessKey];
    throw new S3FormError(
      'missing_option',
      'Option `secret` is required with a session token or a provider of credentials: what is derived from temporary keys is lost with them.',
      { option: 'secret' },
    );
  }
  const [first, ...others] = Array.isArray(secret) ? secret : [secret];
  return [checkSecret(first), ...others.map(checkSecret)];
}

const SECRET_CHARACTERS_AT_LEAST = 32;

/** Whoever holds a receipt can try out secrets on it, as many as there is time for. */
function checkSecret(given: unknown): string {
  const secret = requireString('secret', given);
  if (secret.length >= SECRET_CHARACTERS_AT_LEAST) return secret;
  throw invalidOption(
    'secret',
    `one of ${secret.length} characters could be guessed. Use at least ${SECRET_CHARACTERS_AT_LEAST} random ones, such as \`openssl rand -hex 32\` prints.`,
  );
}

/** An empty user would bind to everybody who is not logged in. */
function checkUser(user: unknown): string {
  if (typeof user === 'string' && user !== '') return user;
  throw new TypeError(
    'Option `bindTo` must give a string that is not empty. Require a login in front of the router, and turn a number into a string.',
  );
}

/** The form's id stands in the metadata of the object, as the proof of which form stored it. */
export const UPLOAD_ID = 'upload-id';

const UPLOAD_ID_FIELD = METADATA_PREFIX + UPLOAD_ID;

function refuseReservedMetadata({ metadata, inputs, fields, conditions }: S3FormOptions): void {
  const check = (option: string, field = ''): void => {
    if (field.toLowerCase() === UPLOAD_ID_FIELD) throw reservedMetadata(option);
  };
  for (const name of Object.keys(metadata ?? {})) check(`metadata.${name}`, METADATA_PREFIX + name);
  for (const name of Object.keys(fields ?? {})) check(`fields.${name}`, name);
  for (const [i, { name }] of (inputs ?? []).entries()) check(`inputs[${i}].name`, name);
  for (const [i, condition] of (conditions ?? []).entries()) {
    // What is none at all is createPresignedPost's to refuse.
    if (condition) check(`conditions[${i}]`, conditionedField(condition));
  }
}

/** What an app may not use, because it is how an object is known to be a form's own. */
export function reservedMetadata(option: string): S3FormError {
  return invalidOption(option, `${UPLOAD_ID_FIELD} is kept for the form's own id. Rename it.`);
}

/** Each file would take the place of the one before, whose return is then refused. */
function refuseSameKey({ key, inputs = [] }: S3FormOptions, maxFiles: number): void {
  const isFixed = typeof key === 'string' && !key.includes(FILENAME_VARIABLE);
  if (!isFixed || maxFiles === 1 || inputs.some(({ name }) => name === 'key')) return;
  throw invalidOption(
    'key',
    `${show(key)} is the same for each of the ${maxFiles} files that \`maxFiles\` allows, so that the last one would replace the others. Use \`keyPrefix\`, or put "\${filename}" in the key.`,
  );
}
