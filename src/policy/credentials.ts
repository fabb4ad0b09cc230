import { invalidOption, S3FormError } from './errors.ts';
import { assertObject, requireString } from './options.ts';

/** An S3 access key. Shaped like the AWS SDK's credentials, so that those fit unchanged. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Present for temporary credentials (STS, instance roles); it is then sent and signed too. */
  readonly sessionToken?: string | undefined;
}

/**
 * The credentials alone, without whatever else the object carries.
 *
 * @throws {TypeError} where they are no object of strings
 * @throws {S3FormError} `missing_option`
 */
export function checkCredentials(credentials: unknown): Credentials {
  if (credentials === undefined) {
    throw new S3FormError('missing_option', 'Option `credentials` is required.', {
      option: 'credentials',
    });
  }
  if (typeof credentials === 'function') {
    throw new TypeError(
      'Option `credentials` must be an object here. Call the provider, await it and pass what it gives.',
    );
  }
  assertObject('credentials', credentials);
  const { accessKeyId, secretAccessKey, sessionToken } = credentials as Partial<Credentials>;
  return {
    accessKeyId: readText('credentials.accessKeyId', accessKeyId),
    secretAccessKey: readText('credentials.secretAccessKey', secretAccessKey),
    // An empty variable of the environment means that there is none.
    sessionToken: sessionToken ? readText('credentials.sessionToken', sessionToken) : undefined,
  };
}

function readText(option: string, value: unknown): string {
  const text = requireString(option, value);
  if (/\s/.test(text)) {
    throw invalidOption(option, 'it has white space in it. Was a line break copied along?');
  }
  return text;
}

/** What logs show in place of a secret. */
export const HIDDEN = '[hidden]';

/** The same credentials, which logs and JSON show without what is secret in them. */
export function conceal<Held extends Credentials>(credentials: Held): Held {
  const { accessKeyId } = credentials;
  return concealed({ ...credentials }, { accessKeyId, secretAccessKey: HIDDEN });
}

/** Lets logs and JSON show something else than what an object holds. */
export function concealed<Held extends object>(held: Held, shown: object): Held {
  const show = { value: () => shown, enumerable: false };
  const isShown = ([name, value]: [string, unknown]) =>
    (shown as Record<string, unknown>)[name] === value;
  // `console.dir` asks no object how it wants to be shown, but calls no getters.
  const accessors = Object.entries(held)
    .filter((entry) => !isShown(entry))
    .map(([name, value]) => [name, accessor(value)]);
  return Object.defineProperties(held, {
    ...Object.fromEntries(accessors),
    toJSON: show,
    [Symbol.for('nodejs.util.inspect.custom')]: show,
  });
}

function accessor(value: unknown): PropertyDescriptor {
  let held = value;
  return {
    get: () => held,
    set: (next: unknown) => {
      held = next;
    },
    enumerable: true,
  };
}
