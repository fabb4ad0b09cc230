import {
  type Condition,
  type FieldCondition,
  InvalidPolicyError,
  isMet,
  type ReadCondition,
  readCondition,
} from './conditions.ts';
import { invalidOption, S3FormError, show } from './errors.ts';
import { FILENAME_VARIABLE } from './field-values.ts';
import { isIgnored } from './fields.ts';
import { assertWholeNumber } from './options.ts';

export interface FormConditionParts {
  readonly fields: Readonly<Record<string, string>>;
  /** The fields of the signature, whose conditions come last. */
  readonly signed: Readonly<Record<string, string>>;
  readonly contentLengthRange: readonly [min: number, max: number] | undefined;
  /** As the caller wrote them. */
  readonly conditions: readonly Condition[] | undefined;
}

/**
 * All rules of a form: a condition for every field that no written condition names, because S3
 * refuses fields without one, the size, and those that were written.
 *
 * @throws {TypeError} where a value is of the wrong kind
 * @throws {S3FormError} `invalid_option`, `conflicting_conditions`
 */
export function formConditions(parts: FormConditionParts): Condition[] {
  const { fields, signed, conditions = [] } = parts;
  const written = readConditions(conditions);
  const named = new Set(written.map((condition) => ('field' in condition ? condition.field : '')));
  const automatic = (of: Readonly<Record<string, string>>): Condition[] =>
    Object.entries(of)
      .filter(([name]) => !named.has(name.toLowerCase()) && !isIgnored(name))
      .map(conditionFor);
  const range = rangeCondition(parts.contentLengthRange);
  refuseContradictions({ ...fields, ...signed }, written);
  refuseExclusive(written);
  refuseEmptyRange([...range.map(readCondition), ...written]);
  return [
    ...automatic(fields),
    ...range,
    // Copies, so that nobody can change what was signed.
    ...conditions.map((one) => (Array.isArray(one) ? [...one] : { ...one }) as Condition),
    ...automatic(signed).map(lowerCaseName),
  ];
}

function conditionFor([name, value]: [string, string]): Condition {
  const variable = value.indexOf(FILENAME_VARIABLE);
  // S3 puts the file's name in before it compares, so only what stands before it is known.
  return variable === -1
    ? { [name]: value }
    : ['starts-with', `$${name}`, value.slice(0, variable)];
}

function lowerCaseName(condition: Condition): Condition {
  return Object.fromEntries(
    Object.entries(condition).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function readConditions(conditions: unknown): ReadCondition[] {
  if (!Array.isArray(conditions)) {
    throw new TypeError('Option `conditions` must be an array of conditions.');
  }
  return conditions.map((condition, index) => readOne(`conditions[${index}]`, condition));
}

function readOne(option: string, condition: unknown): ReadCondition {
  const fault = (text: string) => invalidOption(option, `${toJson(option, condition)}: ${text}`);
  let read: ReadCondition;
  try {
    read = readCondition(condition);
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    throw fault(
      `S3 would say "Invalid Policy: ${error.message}" Write { field: "value" }, ["eq" or "starts-with", "$field", "value"] or ["content-length-range", min, max].`,
    );
  }
  if (read.operator === 'content-length-range') {
    if (read.range && read.range.min >= 0) return read;
    throw fault('Give both bounds as whole numbers of bytes, 0 or more.');
  }
  if (read.field === undefined) throw fault('The name of a field starts with "$", as in "$key".');
  if (isIgnored(read.field)) {
    throw fault('S3 ignores such fields, so a condition on one is never met. Remove it.');
  }
  return read;
}

function toJson(option: string, condition: unknown): string {
  try {
    return JSON.stringify(condition);
  } catch (cause) {
    throw new TypeError(`Option \`${option}\` must be what JSON can carry.`, { cause });
  }
}

function rangeCondition(range: FormConditionParts['contentLengthRange']): Condition[] {
  if (range === undefined) return [];
  if (!Array.isArray(range) || range.length !== 2) {
    throw new TypeError('Option `contentLengthRange` must be [min, max] in bytes.');
  }
  const [min, max] = range as [number, number];
  const most = Number.MAX_SAFE_INTEGER;
  assertWholeNumber('contentLengthRange[0]', min, { min: 0, max: most, unit: 'bytes' });
  assertWholeNumber('contentLengthRange[1]', max, { min: 0, max: most, unit: 'bytes' });
  if (min > max) {
    throw invalidOption(
      'contentLengthRange',
      `no file is at least ${min} and at most ${max} bytes. Swap the two.`,
    );
  }
  return [['content-length-range', min, max]];
}

/** Refuses a form whose own fields break its own rules: S3 would turn away every upload. */
function refuseContradictions(
  fields: Readonly<Record<string, string>>,
  written: readonly ReadCondition[],
): void {
  const values = new Map(
    Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  for (const condition of written) {
    if (condition.operator === 'content-length-range' || condition.field === undefined) continue;
    const value = values.get(condition.field);
    // What the form does not set, a person may.
    if (value === undefined || canBeMet(condition, value)) continue;
    throw new S3FormError(
      'conflicting_conditions',
      `The field ${condition.field} is ${show(value)}, which the condition ${condition.printed} refuses. Change one of the two.`,
      { option: 'conditions' },
    );
  }
}

function canBeMet(condition: FieldCondition, value: string): boolean {
  const variable = value.indexOf(FILENAME_VARIABLE);
  if (variable === -1) return isMet(condition, value);
  // What the file's name makes of it can't be known; so far as both are known, they must agree.
  const before = value.slice(0, variable);
  const after = value.slice(value.lastIndexOf(FILENAME_VARIABLE) + FILENAME_VARIABLE.length);
  const { operator, value: wanted } = condition;
  if (operator === 'starts-with') return wanted.startsWith(before) || before.startsWith(wanted);
  const isLongEnough = wanted.length >= before.length + after.length;
  const isLiteral = wanted.includes(FILENAME_VARIABLE);
  return isLongEnough && !isLiteral && wanted.startsWith(before) && wanted.endsWith(after);
}

/** Refuses written conditions on one field that exclude each other, whatever the field holds. */
function refuseExclusive(written: readonly ReadCondition[]): void {
  const conditions = written.filter((one) => one.operator !== 'content-length-range');
  for (const [index, one] of conditions.entries()) {
    const rival = conditions
      .slice(index + 1)
      .find((other) => other.field === one.field && !canBothBeMet(one, other));
    if (!rival) continue;
    throw new S3FormError(
      'conflicting_conditions',
      `No value meets both ${one.printed} and ${rival.printed}. Change one of the two.`,
      { option: 'conditions' },
    );
  }
}

function canBothBeMet(one: FieldCondition, other: FieldCondition): boolean {
  if (one.operator === 'eq') return isMet(other, one.value);
  if (other.operator === 'eq') return isMet(one, other.value);
  return one.value.startsWith(other.value) || other.value.startsWith(one.value);
}

function refuseEmptyRange(conditions: readonly ReadCondition[]): void {
  const ranges = conditions.flatMap((condition) =>
    condition.operator === 'content-length-range' && condition.range ? [condition.range] : [],
  );
  const min = Math.max(...ranges.map((range) => range.min));
  const max = Math.min(...ranges.map((range) => range.max));
  if (ranges.length === 0 || min <= max) return;
  throw new S3FormError(
    'conflicting_conditions',
    `No file is at least ${min} and at most ${max} bytes, as the conditions ask together. Change one of them.`,
    { option: 'conditions' },
  );
}
