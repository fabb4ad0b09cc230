import { statSync } from 'node:fs';
import type { Request } from 'express';
import type { BucketAccess } from '../bucket/objects.ts';
import { type Accept, onlyType, parseAccept } from '../form/accept.ts';
import { type Bytes, parseBytes } from '../form/bytes.ts';
import { receiptKey } from '../form/receipt.ts';
import { type FormInput, parseInputs } from '../form/upload-form.ts';
import { type Addressing, bucketUrl } from '../policy/bucket-url.ts';
import type { Condition } from '../policy/conditions.ts';
import { type Credentials, checkCredentials } from '../policy/credentials.ts';
import { invalidOption, S3FormError, show } from '../policy/errors.ts';
import type { CannedAcl } from '../policy/fields.ts';
import {
  assertKnownOptions,
  assertObject,
  assertString,
  assertWholeNumber,
  requireString,
} from '../policy/options.ts';

/** What an option that depends on the request is told beside the request. */
export interface FormContext {
  /** The form's UUID; it comes back as `upload.id`. */
  readonly id: string;
}

/** A value, or a function that works it out for each form. */
export type ByRequest<Value> =
  | Value
  | ((req: Request, context: FormContext) => Value | Promise<Value>);

/** An upload that the store has confirmed. */
export interface ConfirmedUpload {
  readonly confirmed: true;
  /** The form's UUID, the same each time the return is loaded again. */
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
  /** Bytes. */
  readonly size: number;
  /** The `Content-Type` that the store serves it with. */
  readonly type: string;
  /** Names in lower case, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a browser says was uploaded: with `confirm: 'none'` nobody has looked. */
export interface ClaimedUpload {
  readonly confirmed: false;
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly size?: undefined;
  readonly type?: undefined;
  readonly metadata?: undefined;
}

export type Upload = ConfirmedUpload | ClaimedUpload;

export interface S3FormOptions {
  readonly bucket: string;
  /** Such as `eu-west-3` or `fr-par`. */
  readonly region: string;
  /**
   * The store's URL without the bucket, such as `https://s3.fr-par.scw.cloud`.
   *
   * @default Amazon S3's own in that region
   */
  readonly endpoint?: string | undefined;
  /** @default 'virtual-hosted', or 'path' with an `endpoint` or a bucket name with a dot */
  readonly addressing?: Addressing | undefined;
  /** @default from AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN */
  readonly credentials?: Credentials | undefined;
  /**
   * Where the router is mounted: a path, or an absolute URL where the request's own host is not to
   * be trusted.
   *
   * @default the mount of the request; `form()` outside of it needs this option
   */
  readonly baseUrl?: string | undefined;
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
   * MIME types, `type/*` or extensions. A hint to the browser, checked by the file's extension when
   * the upload returns; one exact type is also signed as the `contentType`.
   *
   * @default anything
   */
  readonly accept?: readonly string[] | undefined;
  /**
   * Bytes, or a text such as `'10 MB'` (1 MB = 1000² bytes). The store enforces it.
   *
   * @default '10 MB'
   */
  readonly maxFileSize?: ByRequest<Bytes> | undefined;
  /** @default 1, so that an empty form is refused */
  readonly minFileSize?: ByRequest<Bytes> | undefined;
  /** A canned ACL. Buckets of Amazon S3 refuse any, unless ACLs were switched on. */
  readonly acl?: ByRequest<CannedAcl | undefined> | undefined;
  readonly contentType?: ByRequest<string | undefined> | undefined;
  readonly cacheControl?: ByRequest<string | undefined> | undefined;
  readonly contentDisposition?: ByRequest<string | undefined> | undefined;
  /**
   * User-defined metadata, stored as `x-amz-meta-*`: names without that prefix. A function for all
   * of it, or for single values.
   */
  readonly metadata?: ByRequest<Readonly<Record<string, ByRequest<string>>>> | undefined;
  /** Fields that the person fills in. */
  readonly inputs?: readonly FormInput[] | undefined;
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
   * Signs the return address; the first one of several signs, all of them are taken.
   *
   * @default derived from the secret access key; required with a session token, which changes
   */
  readonly secret?: string | readonly string[] | undefined;
  /**
   * Whether the store is asked for the object before `onUploaded` runs.
   *
   * @default 'head'
   */
  readonly confirm?: 'head' | 'none' | undefined;
  /** Runs each time a valid return is loaded, with the same `upload.id`. */
  readonly onUploaded?:
    | ((upload: Upload, req: Request) => UploadedAnswer | Promise<UploadedAnswer>)
    | undefined;
  /** A directory whose Eta templates win over this package's. */
  readonly views?: string | undefined;
}

/** Nothing for the page of this package, or where to send the person instead. */
export type UploadedAnswer = void | undefined | { readonly redirect: string };

const OPTIONS = [
  ...['bucket', 'region', 'endpoint', 'addressing', 'credentials', 'baseUrl'],
  ...['keyPrefix', 'key', 'accept', 'maxFileSize', 'minFileSize'],
  ...['acl', 'contentType', 'cacheControl', 'contentDisposition', 'metadata'],
  ...[
    'inputs',
    'fields',
    'conditions',
    'formExpiresIn',
    'secret',
    'confirm',
    'onUploaded',
    'views',
  ],
];

const PLANNED_OPTIONS = [
  ...['provider', 'publicEndpoint', 'contentEncoding', 'expires', 'storageClass', 'tags'],
  ...['serverSideEncryption', 'websiteRedirectLocation', 'maxFiles', 'scriptExpiresIn'],
  ...['bindTo', 'messages', 'lang', 'script'],
];

/** What may be given by a function, and is worked out for each form. */
export interface FormValues {
  readonly keyPrefix: string;
  readonly key: string | undefined;
  readonly maxFileSize: number;
  readonly minFileSize: number;
  readonly acl: CannedAcl | undefined;
  readonly contentType: string | undefined;
  readonly cacheControl: string | undefined;
  readonly contentDisposition: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The options, checked, with defaults. */
export interface Settings
  extends Pick<
    S3FormOptions,
    | 'bucket'
    | 'region'
    | 'endpoint'
    | 'addressing'
    | 'fields'
    | 'conditions'
    | 'onUploaded'
    | 'views'
  > {
  readonly access: BucketAccess;
  readonly credentials: Credentials;
  /** An absolute URL or a path, without a final slash. */
  readonly baseUrl: string | undefined;
  readonly accept: Accept;
  readonly inputs: readonly FormInput[];
  readonly formExpiresIn: number;
  readonly receiptKeys: readonly [Buffer, ...Buffer[]];
  readonly confirm: 'head' | 'none';
  readonly valuesFor: (req: Request, context: FormContext) => Promise<FormValues>;
  /** The values that need no request, with defaults for the others. */
  readonly fixedValues: FormValues;
}

/**
 * Checks all that can be checked without a request.
 *
 * @throws {TypeError} where a value is of the wrong kind
 * @throws {S3FormError} `unknown_option`, `option_not_available`, `missing_option`, `invalid_option`
 */
export function readOptions(options: S3FormOptions): Settings {
  assertObject('options', options);
  assertKnownOptions(options, OPTIONS, PLANNED_OPTIONS);
  const { bucket, region, formExpiresIn = 3600, confirm = 'head', onUploaded, views } = options;
  const credentials = readCredentials(options.credentials);
  const accept = parseAccept(options.accept);
  assertWholeNumber('formExpiresIn', formExpiresIn, { min: 1, max: 604_800, unit: 'seconds' });
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
  assertObject('fields', options.fields ?? {});
  if (options.conditions !== undefined && !Array.isArray(options.conditions)) {
    throw new TypeError('Option `conditions` must be an array of conditions.');
  }
  refuseReservedMetadata(options);
  return {
    ...options,
    access: { url: bucketUrl(options), region, credentials },
    bucket,
    region,
    credentials,
    baseUrl: readBaseUrl(options.baseUrl),
    accept,
    inputs: parseInputs(options.inputs),
    formExpiresIn,
    receiptKeys: readSecrets(options.secret, credentials),
    confirm,
    valuesFor: async (req, context) =>
      toFormValues(await callFunctions(options, req, context), onlyType(accept)),
    fixedValues: toFormValues(leaveOutFunctions(options), onlyType(accept)),
  };
}

function readCredentials(credentials: Credentials | undefined): Credentials {
  if (typeof credentials === 'function') {
    throw new S3FormError(
      'option_not_available',
      'Option `credentials`: a provider function is not available in this version of express-s3-form. Pass an access key.',
      { option: 'credentials' },
    );
  }
  if (credentials !== undefined) return checkCredentials(credentials);
  const { env } = process;
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']];
  if (!accessKeyId || !secretAccessKey) {
    throw new S3FormError(
      'missing_option',
      'Option `credentials` is required, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment.',
      { option: 'credentials' },
    );
  }
  return { accessKeyId, secretAccessKey, sessionToken: env['AWS_SESSION_TOKEN'] || undefined };
}

function readBaseUrl(baseUrl: unknown): string | undefined {
  if (baseUrl === undefined) return undefined;
  assertString('baseUrl', baseUrl);
  const isPath = baseUrl.startsWith('/') && !baseUrl.startsWith('//');
  const isUrl = /^https?:\/\//i.test(baseUrl) && URL.canParse(baseUrl);
  if ((!isPath && !isUrl) || /[?#]/.test(baseUrl)) {
    throw invalidOption(
      'baseUrl',
      `${show(baseUrl)} is neither a path such as "/upload" nor an absolute http or https URL, without query.`,
    );
  }
  return (isUrl ? new URL(baseUrl).href : encodeURI(baseUrl)).replace(/\/+$/, '');
}

function readSecrets(
  secret: S3FormOptions['secret'],
  credentials: Credentials,
): Settings['receiptKeys'] {
  if (secret === undefined && credentials.sessionToken !== undefined) {
    throw new S3FormError(
      'missing_option',
      'Option `secret` is required with a session token: what is derived from temporary credentials is lost with them.',
      { option: 'secret' },
    );
  }
  const given = secret ?? credentials.secretAccessKey;
  const [first, ...others] = Array.isArray(given) ? given : [given];
  const toKey = (one: unknown): Buffer => receiptKey(requireString('secret', one));
  return [toKey(first), ...others.map(toKey)];
}

/** The form's id stands in the metadata of objects whose key has no room for it. */
export const UPLOAD_ID = 'upload-id';

function refuseReservedMetadata({ metadata, inputs, fields }: S3FormOptions): void {
  const names = [
    ...Object.keys(metadata ?? {}).map((name) => `x-amz-meta-${name}`),
    ...Object.keys(fields ?? {}),
    ...(Array.isArray(inputs) ? inputs.map((input) => String(input?.name)) : []),
  ];
  if (!names.some((name) => name.toLowerCase() === `x-amz-meta-${UPLOAD_ID}`)) return;
  throw invalidOption(
    'metadata',
    `x-amz-meta-${UPLOAD_ID} is kept for the form's own id. Rename it.`,
  );
}

/** The options that may be functions. */
const BY_REQUEST = [
  ...(['keyPrefix', 'key', 'maxFileSize', 'minFileSize', 'metadata'] as const),
  ...(['acl', 'contentType', 'cacheControl', 'contentDisposition'] as const),
] as const;

type GivenValues = Readonly<Partial<Record<(typeof BY_REQUEST)[number], unknown>>>;

async function callFunctions(
  options: S3FormOptions,
  req: Request,
  context: FormContext,
): Promise<GivenValues> {
  const call = async (name: string, option: unknown): Promise<readonly [string, unknown]> => [
    name,
    typeof option === 'function' ? await option(req, context) : option,
  ];
  const callAll = async (entries: [string, unknown][]): Promise<Record<string, unknown>> =>
    Object.fromEntries(await Promise.all(entries.map(([name, option]) => call(name, option))));

  const values = await callAll(BY_REQUEST.map((name) => [name, options[name]]));
  const { metadata = {} } = values;
  assertObject('metadata', metadata);
  return { ...values, metadata: await callAll(Object.entries(metadata)) };
}

/** What is known without a request, to be checked at the start. */
function leaveOutFunctions(options: S3FormOptions): GivenValues {
  const fixed = (entries: [string, unknown][]): Record<string, unknown> =>
    Object.fromEntries(entries.filter(([, option]) => typeof option !== 'function'));
  const values = fixed(BY_REQUEST.map((name) => [name, options[name]]));
  const { metadata = {} } = values;
  assertObject('metadata', metadata);
  return { ...values, metadata: fixed(Object.entries(metadata)) };
}

function toFormValues(given: GivenValues, onlyAcceptedType: string | undefined): FormValues {
  const { keyPrefix = 'uploads/', contentType = onlyAcceptedType } = given;
  assertString('keyPrefix', keyPrefix);
  const maxFileSize = parseBytes('maxFileSize', given.maxFileSize ?? '10 MB');
  const minFileSize = parseBytes('minFileSize', given.minFileSize ?? 1);
  if (minFileSize > maxFileSize) {
    throw invalidOption(
      'minFileSize',
      `it is ${minFileSize} bytes, which is more than \`maxFileSize\` with ${maxFileSize}. Swap the two.`,
    );
  }
  // createPresignedPost checks the kinds and values of all others.
  return { ...given, keyPrefix, contentType, maxFileSize, minFileSize } as FormValues;
}
