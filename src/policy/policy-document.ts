import {
  type Condition,
  InvalidPolicyError,
  type ReadCondition,
  readCondition,
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

/**
 * Reads a policy as strictly as S3 does.
 *
 * @throws {InvalidPolicyError} with S3's words
 */
export function parsePolicy(base64: string): PolicyDocument {
  if (base64 === '') throw new InvalidPolicyError("Expecting '{' but found End-of-Input");
  const document = parseJson(decodeBase64(base64));
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new InvalidPolicyError('Invalid JSON.');
  }
  const { expiration, conditions, ...others } = document as Record<string, unknown>;
  const [unexpected] = Object.keys(others);
  if (unexpected !== undefined) {
    throw new InvalidPolicyError(`Unexpected: '${unexpected.toLowerCase()}'`);
  }
  if (expiration === undefined) throw new InvalidPolicyError('Policy missing expiration.');
  if (conditions === undefined) throw new InvalidPolicyError('Policy missing conditions.');
  if (!Array.isArray(conditions)) {
    throw new InvalidPolicyError("Invalid 'conditions' value: must be a List.");
  }
  return { expiration: readExpiration(expiration), conditions: conditions.map(readCondition) };
}

function decodeBase64(base64: string): string {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) {
    throw new InvalidPolicyError('invalid Base64 encoding.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch (cause) {
    throw new InvalidPolicyError('Invalid JSON.', { cause });
  }
}

function parseJson(text: string): unknown {
  // S3 reads whole numbers only; JSON.parse would take 512.0 for one.
  const withoutTexts = text.replaceAll(/"(?:[^"\\]|\\.)*"/gs, '""');
  if (/\d[.e]/i.test(withoutTexts)) throw new InvalidPolicyError('Invalid JSON.');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidPolicyError('Invalid JSON.', { cause });
  }
}

function readExpiration(value: unknown): Date {
  if (typeof value !== 'string') throw new InvalidPolicyError('Invalid JSON.');
  // S3 takes UTC with a final Z only: an offset or a blank between day and time is refused.
  const isUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(value);
  const expiration = new Date(isUtc ? value : Number.NaN);
  if (Number.isNaN(expiration.getTime())) {
    throw new InvalidPolicyError(`Invalid 'expiration' value: '${value}'`);
  }
  return expiration;
}
