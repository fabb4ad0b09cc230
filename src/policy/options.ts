import { distance } from 'fastest-levenshtein';
import { invalidOption, S3FormError, show } from './errors.ts';

/**
 * Refuses options that do not exist, and names the likely one.
 *
 * @throws {S3FormError} `unknown_option`
 */
export function assertKnownOptions(options: object, known: readonly string[], within = ''): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const option = within ? `${within}.${name}` : name;
    const likely = likelyName(name, known);
    const hint = likely ? `Did you mean \`${likely}\`?` : `The options are ${known.join(', ')}.`;
    throw new S3FormError('unknown_option', `There is no option \`${option}\`. ${hint}`, {
      option,
    });
  }
}

/** What other packages call an option. */
const CALLED_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['prefix', 'keyPrefix'],
  ['maxSize', 'maxFileSize'],
  ['expiresIn', 'formExpiresIn'],
  ['forcePathStyle', "addressing: 'path'"],
  ['accessKeyId', 'credentials: { accessKeyId, secretAccessKey }'],
  ['secretAccessKey', 'credentials: { accessKeyId, secretAccessKey }'],
]);

/** The known name that differs from a misspelt one in no more than a third of its letters or so. */
function likelyName(misspelt: string, known: readonly string[]): string | undefined {
  const called = CALLED_ELSEWHERE.get(misspelt);
  if (called && known.includes(called.replace(/:.*/, ''))) return called;
  const [nearest] = known
    .map((name) => ({ name, distance: distance(name.toLowerCase(), misspelt.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance);
  return nearest && nearest.distance <= Math.ceil(misspelt.length / 3) ? nearest.name : undefined;
}

/** Whether a text is a URL that a browser can be sent to from anywhere. */
export function isAbsoluteHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:\/\//i.test(url);
}

/** @throws {TypeError} where the value is no plain object */
export function assertObject(option: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError(`Option \`${option}\` must be an object, not ${kindOf(value)}.`);
  }
}

/** @throws {TypeError} where the value is no plain object, such as a Map, whose entries would be lost */
export function assertRecord(option: string, value: unknown): asserts value is object {
  assertObject(option, value);
  const prototype = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return;
  throw new TypeError(
    `Option \`${option}\` must be a plain object, not a ${prototype.constructor.name}.`,
  );
}

/** @throws {TypeError} where the value is no Date, or one of no time */
export function assertDate(option: string, value: unknown): asserts value is Date {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) {
    throw new TypeError(`Option \`${option}\` must be a valid Date.`);
  }
}

/** @throws {TypeError} where the value is no string */
export function assertString(option: string, value: unknown): asserts value is string {
  if (typeof value !== 'string') {
    throw new TypeError(`Option \`${option}\` must be a string, not ${kindOf(value)}.`);
  }
}

/**
 * @throws {S3FormError} `missing_option` where there is nothing
 * @throws {TypeError} where the value is no string
 */
export function requireString(option: string, value: unknown): string {
  if (value === undefined || value === '') {
    throw new S3FormError('missing_option', `Option \`${option}\` is required.`, { option });
  }
  assertString(option, value);
  return value;
}

/** A whole number of at least `min` and at most `max`. */
export function assertWholeNumber(
  option: string,
  value: unknown,
  { min, max, unit }: { min: number; max: number; unit: string },
): asserts value is number {
  if (typeof value !== 'number') {
    throw new TypeError(`Option \`${option}\` must be a number, not ${kindOf(value)}.`);
  }
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw invalidOption(
      option,
      `${show(value)} is not possible; give a whole number of ${unit} from ${min} to ${max}.`,
    );
  }
}

/** What a value is, in words. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : typeof value;
}
