import {
  type Condition,
  InvalidPolicyError,
  type ReadCondition,
  readCondition,
  WHOLE_BOUNDS,
} from './conditions.ts';

/** A policy that was read. */
export interface PolicyDocument {
  readonly expiration: Date;
  readonly conditions: readonly ReadCondition[];
}

/**
 * A policy as the form carries it: base64 of JSON in UTF-8. Characters are not escaped to ASCII,
 * because Ceph does not put escaped surrogate pairs together again.
 */
export function encodePolicy(expiration: Date, conditions: readonly Condition[]): string {
  return Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
}

const USE_OURS = 'Let createPresignedPost write the policy, and send it as it is.';

/**
 * Reads a policy as strictly as S3 does.
 *
 * @throws {InvalidPolicyError} with S3's words
 */
export function parsePolicy(base64: string): PolicyDocument {
  if (base64 === '') {
    throw new InvalidPolicyError("Expecting '{' but found End-of-Input", USE_OURS, false);
  }
  const document = parseJson(decodeBase64(base64));
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new InvalidPolicyError('Invalid JSON.', USE_OURS, false);
  }
  const { expiration, conditions, ...others } = document as Record<string, unknown>;
  const [unexpected] = Object.keys(others);
  if (unexpected !== undefined) {
    throw new InvalidPolicyError(
      `Unexpected: '${unexpected.toLowerCase()}'`,
      `Remove ${unexpected}: a policy has \`expiration\` and \`conditions\`, in lower case, and nothing else.`,
    );
  }
  if (expiration === undefined) {
    throw new InvalidPolicyError('Policy missing expiration.', USE_OURS, false);
  }
  if (conditions === undefined) {
    throw new InvalidPolicyError('Policy missing conditions.', USE_OURS, false);
  }
  if (!Array.isArray(conditions)) {
    throw new InvalidPolicyError(
      "Invalid 'conditions' value: must be a List.",
      'Make `conditions` a list.',
      false,
    );
  }
  return { expiration: readExpiration(expiration), conditions: conditions.map(readCondition) };
}

function decodeBase64(base64: string): string {
  const isBase64 = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64);
  if (!isBase64) throw new InvalidPolicyError('invalid Base64 encoding.', USE_OURS, false);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(base64, 'base64'),
    );
  } catch {
    throw new InvalidPolicyError(
      'Invalid JSON.',
      'Encode the policy in UTF-8, as createPresignedPost does.',
      false,
    );
  }
}

/** The texts, numbers and brackets of JSON; a text with the colon behind it is a member's name. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"(?:\s*:)?|-?\d[\w.+-]*|[{}[\]]/gs;

function parseJson(json: string): unknown {
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    // S3 has several words for it, and which one it says to what is not known.
    throw new InvalidPolicyError('Invalid JSON.', USE_OURS, false);
  }
  const open: Set<string>[] = [];
  for (const { 0: token, index } of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) refuseDuplicate(token, open.at(-1));
    // S3 reads whole numbers only; JSON.parse would take 512.0 for one.
    else if (!token.startsWith('"') && !/^-?\d+$/.test(token)) {
      const isOfSize = isBound(json.slice(0, index));
      throw new InvalidPolicyError(
        'Invalid JSON.',
        isOfSize ? WHOLE_BOUNDS : 'Give texts in `conditions`, and whole numbers for sizes.',
        isOfSize && /^\d+\.\d+$/.test(token),
      );
    }
  }
  return document;
}

/** Whether a number behind this text is a bound of a size. */
function isBound(before: string): boolean {
  const condition = before.slice(before.lastIndexOf('['));
  return /^\[\s*"content-length-range"[^\]]*$/.test(condition);
}

/** JSON.parse takes the last of two members; nobody knows which one S3 takes. */
function refuseDuplicate(token: string, names: Set<string> | undefined): void {
  const name = JSON.parse(token.slice(0, -1)) as string;
  if (names?.has(name)) {
    const hint = `Give the member ${name} once, each one of \`conditions\` as an object of its own.`;
    throw new InvalidPolicyError('Invalid JSON.', hint, false);
  }
  names?.add(name);
}

function readExpiration(value: unknown): Date {
  if (typeof value !== 'string') throw new InvalidPolicyError('Invalid JSON.', USE_OURS, false);
  // S3 takes UTC with a final Z only: an offset or a blank between day and time is refused.
  const isUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(value);
  const expiration = new Date(isUtc ? value : Number.NaN);
  if (isUtc && isOfCalendar(expiration, value)) return expiration;
  throw new InvalidPolicyError(
    `Invalid 'expiration' value: '${value}'`,
    'Write the time in UTC, like 2015-12-29T12:00:00.000Z, or let `expiresIn` set it.',
    REFUSED_EXPIRATIONS.some((form) => form.test(value)),
  );
}

/** Date takes the 30th of February for a day in March, and hour 24 for the next day. */
function isOfCalendar(date: Date, written: string): boolean {
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === written.slice(0, 19);
}

/** How times were written that S3 is known to refuse: with an offset, and by Ruby and Python. */
const REFUSED_EXPIRATIONS = [
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/,
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?(?: UTC| [+-]\d{4})?$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d (?:[A-Z]{3,4}|[+-]\d{4}) \d{4}$/,
];
