/** `{ acl: 'public-read' }`: the field has exactly this value. One property, no more. */
export type ExactCondition = Readonly<Record<string, string>>;

/** `['starts-with', '$key', 'uploads/']`: the `$` says that a field is meant. */
export type MatchCondition = readonly ['eq' | 'starts-with', `$${string}`, string];

/** The size of the file in bytes, both ends included. */
export type RangeCondition = readonly ['content-length-range', number, number];

/**
 * One rule of a policy, in any of the forms that S3 reads.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
 */
export type Condition = ExactCondition | MatchCondition | RangeCondition;

/** The field that a condition is about, as it is spelled there; `undefined` for the size. */
export function conditionedField(condition: Condition): string | undefined {
  if (!Array.isArray(condition)) return Object.keys(condition)[0];
  const [operator, name] = condition as MatchCondition | RangeCondition;
  return operator === 'content-length-range' ? undefined : String(name).replace(/^\$/, '');
}

/** A condition that was read: every form in one shape. */
export type ReadCondition = FieldCondition | SizeCondition;

export interface FieldCondition {
  readonly operator: 'eq' | 'starts-with';
  /** The field's name in lower case; `undefined` where the `$` is missing and no field is meant. */
  readonly field: string | undefined;
  /** What stands there instead of a field's name: S3 compares the text itself. */
  readonly literal: string | undefined;
  readonly value: string;
  /** As S3 quotes it in an error. */
  readonly printed: string;
}

export interface SizeCondition {
  readonly operator: 'content-length-range';
  /** `undefined` where a bound is no number: S3 reads such a policy and then refuses every file. */
  readonly range: { readonly min: number; readonly max: number } | undefined;
  readonly printed: string;
}

/** What is wrong with a policy document, in S3's words. */
export class InvalidPolicyError extends Error {
  override readonly name = 'InvalidPolicyError';
  /** What to change, in one sentence. */
  readonly hint: string;
  /** Whether S3 is known to say so. */
  readonly certain: boolean;

  constructor(message: string, hint: string, certain = true) {
    super(message);
    this.hint = hint;
    this.certain = certain;
  }
}

const CONDITION_FORMS =
  'Write the condition in `conditions` as { name: value }, ["eq", "$name", value], ["starts-with", "$name", prefix] or ["content-length-range", min, max].';

/**
 * Reads one condition as strictly as S3 does.
 *
 * @throws {InvalidPolicyError}
 */
export function readCondition(condition: unknown): ReadCondition {
  if (Array.isArray(condition)) return readList(condition);
  if (typeof condition !== 'object' || condition === null) {
    throw new InvalidPolicyError(
      'Invalid condition test: must be a List or Object.',
      CONDITION_FORMS,
      false,
    );
  }
  const properties = Object.entries(condition);
  const [property] = properties;
  if (properties.length !== 1 || !property) {
    throw new InvalidPolicyError(
      'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
      'Write each pair of name and value as an object of its own in `conditions`.',
      properties.length > 1,
    );
  }
  const [name, value] = property;
  const hint = `Give the condition on ${name} a string in \`conditions\`.`;
  if (value === null) throw new InvalidPolicyError('Invalid JSON.', hint);
  if (typeof value !== 'string') {
    const isRecorded = typeof value === 'number';
    throw new InvalidPolicyError(
      'Invalid Simple-Condition: value must be a string.',
      hint,
      isRecorded,
    );
  }
  return {
    operator: 'eq',
    field: name.toLowerCase(),
    literal: undefined,
    value,
    printed: print(['eq', `$${name}`, value]),
  };
}

function readList(list: readonly unknown[]): ReadCondition {
  const [name, first, second] = list;
  if (typeof name !== 'string') {
    throw new InvalidPolicyError(
      'Invalid Condition: missing operation identifier.',
      CONDITION_FORMS,
      false,
    );
  }
  const operator = name.toLowerCase();
  if (operator !== 'eq' && operator !== 'starts-with' && operator !== 'content-length-range') {
    throw new InvalidPolicyError(
      `Invalid Condition: unknown operation '${name}'.`,
      CONDITION_FORMS,
      false,
    );
  }
  if (list.length !== 3) {
    throw new InvalidPolicyError(
      `Invalid ${operator}: wrong number of arguments.`,
      CONDITION_FORMS,
      false,
    );
  }
  if (operator === 'content-length-range') {
    const [min, max] = [readBound(first), readBound(second)];
    const range = min === undefined || max === undefined ? undefined : { min, max };
    return { operator, range, printed: print(list) };
  }
  if (typeof first !== 'string' || typeof second !== 'string') {
    throw new InvalidPolicyError('Invalid JSON.', CONDITION_FORMS, false);
  }
  const named = first.startsWith('$')
    ? { field: first.slice(1).toLowerCase(), literal: undefined }
    : { field: undefined, literal: first };
  return { operator, ...named, value: second, printed: print(list) };
}

/** What a bound has to be, as a hint says it. */
export const WHOLE_BOUNDS = 'Give `contentLengthRange` whole numbers.';

function readBound(bound: unknown): number | undefined {
  if (typeof bound !== 'string' && !Number.isInteger(bound)) {
    throw new InvalidPolicyError('Invalid JSON.', WHOLE_BOUNDS, typeof bound === 'number');
  }
  if (typeof bound === 'string' && !/^\d+$/.test(bound)) return undefined;
  // What is more than anybody stores is all the same, and can be written.
  const most = Number.MAX_SAFE_INTEGER;
  return Math.max(-most, Math.min(most, Number(bound)));
}

/** A condition as S3 quotes it: a JSON list with a space after each comma. */
export function print(list: readonly unknown[]): string {
  return `[${list.map((item) => JSON.stringify(item)).join(', ')}]`;
}

/**
 * Whether a field's value (`undefined` where the form has no such field) meets a condition.
 * An absent field meets none, not even `starts-with ""`.
 */
export function isMet(condition: FieldCondition, value: string | undefined): boolean {
  const compared = condition.literal ?? value;
  if (compared === undefined) return false;
  if (condition.operator === 'eq') return compared === condition.value;
  // Commas separate several types, each of which has to match; no other field knows lists.
  const parts = condition.field === 'content-type' ? compared.split(',') : [compared];
  return parts.every((part) => part.startsWith(condition.value));
}
