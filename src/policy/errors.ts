/**
 * Every way in which this package says no, with the HTTP status a program or a person gets to see.
 * Whatever is 500 is the app's own mistake, and goes to the app's error handler. Of those people
 * are only told of `on_uploaded_failed`, because their file has arrived.
 */
const STATUS = {
  /** No such option; the message names the likely one. */
  unknown_option: 500,
  /** A required option or setting is not there. */
  missing_option: 500,
  /** An option has a value that can not work; `option` names it. */
  invalid_option: 500,
  /** Two options or conditions exclude each other: S3 would refuse every upload. */
  conflicting_conditions: 500,
  /** More than the 20,480 bytes that S3 reads before the file. */
  form_too_large: 500,
  /** The store can't do what an option asks for. */
  unsupported_by_provider: 500,
  /** `form()` was called outside the mount, where only `baseUrl` tells the return address. */
  base_url_required: 500,
  method_not_allowed: 405,
  /** The request names no host that a browser could be sent back to. */
  host_invalid: 400,
  /** The store did not say which object it stored. */
  return_incomplete: 400,
  /** The receipt was changed, or made by another app, mount, bucket or secret. */
  receipt_invalid: 403,
  /** The receipt is older than its policy and a day. */
  receipt_expired: 410,
  /** The object named by the return is not one that the receipt allows. */
  return_mismatch: 403,
  /** The object is there, but was not stored through this form. */
  object_mismatch: 403,
  /** The bucket holds no such object. */
  object_not_found: 404,
  /** The file's name is not of a type that `accept` lists. */
  type_not_allowed: 422,
  /** What a program says of a file that it wants to upload is no name, type or size. */
  filename_invalid: 400,
  type_invalid: 400,
  size_invalid: 400,
  /** The file has more bytes than `maxFileSize`. */
  file_too_large: 413,
  /** The file has fewer bytes than `minFileSize`. */
  file_too_small: 422,
  /** The form's context was changed, or made for another user, app, mount or bucket. */
  context_invalid: 403,
  /** The form's context is older than its policy and a day. */
  context_expired: 410,
  /** `onUploaded` threw; the cause is what it threw. */
  on_uploaded_failed: 500,
  /** The store does not let the app look at the object. */
  confirm_forbidden: 502,
  /** The store answered the app's look at the object with something else than yes or no. */
  confirm_failed: 502,
  /** The store could not be reached, or had no time. */
  confirm_unavailable: 503,
  /** The provider of credentials failed; the next request asks it again. */
  credentials_unavailable: 503,
} as const;

/** The closed set of `S3FormError.code`. */
export type S3FormErrorCode = keyof typeof STATUS;

/** Those that a visitor may meet: all but the app's own mistakes, of which a hook's shows. */
export type ShownErrorCode =
  | 'on_uploaded_failed'
  | {
      [Code in S3FormErrorCode]: (typeof STATUS)[Code] extends 500 ? never : Code;
    }[S3FormErrorCode];

export interface S3FormErrorOptions {
  readonly cause?: unknown;
  /** The option or setting that is at fault. */
  readonly option?: string | undefined;
}

/** A value was refused. `code` is for programs and never changes, the message is for people. */
export class S3FormError extends Error {
  override readonly name = 'S3FormError';
  readonly code: S3FormErrorCode;
  /** HTTP status that fits. */
  readonly status: number;
  readonly option: string | undefined;
  /** What Express sends with it where nobody answers it otherwise. */
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(code: S3FormErrorCode, message: string, options: S3FormErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.status = STATUS[code];
    this.option = options.option;
    this.headers = this.status === 503 ? { 'Retry-After': '5' } : undefined;
  }
}

/** Refuses the value of an option, naming the option, the fault and the fix. */
export function invalidOption(option: string, faultAndFix: string): S3FormError {
  return new S3FormError('invalid_option', `Option \`${option}\`: ${faultAndFix}`, { option });
}

/** A value as an error message shows it: quoted and cut, control characters made visible. */
export function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
