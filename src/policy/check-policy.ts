import type { Values } from './check-form.ts';
import {
  type FieldCondition,
  InvalidPolicyError,
  isMet,
  type ReadCondition,
  type SizeCondition,
} from './conditions.ts';
import {
  isExemptFromCoverage,
  isIgnored,
  isOfSignature,
  OBJECT_BYTES_AT_MOST,
  optionOf,
} from './fields.ts';
import { type PolicyDocument, parsePolicy } from './policy-document.ts';
import { Refusal } from './refusal.ts';

/** Sizes in bytes, both ends included. */
export interface SizeRange {
  readonly min: number;
  readonly max: number;
}

export function readPolicy(text: string): PolicyDocument {
  try {
    return parsePolicy(text);
  } catch (error) {
    if (!(error instanceof InvalidPolicyError)) throw error;
    const { hint, certain } = error;
    throw new Refusal({
      status: 400,
      s3Code: 'InvalidPolicyDocument',
      message: `Invalid Policy: ${error.message}`,
      hint,
      certain,
    });
  }
}

export function refuseExpired(policy: PolicyDocument, now: Date): void {
  if (now < policy.expiration) return;
  throw accessDenied('Policy expired.', {
    hint: 'Load the page again for a fresh form, or raise `expiresIn` (`formExpiresIn` of s3Form).',
    // Which side the very instant belongs to is not known.
    certain: now > policy.expiration,
  });
}

/** What conditions are held against: the bucket is the URL's, and ignored fields are not there. */
export function comparedValues(values: Values, bucket: string): Values {
  const seen = [...values].filter(([name]) => !isIgnored(name));
  return new Map([...seen, ['bucket', bucket]]);
}

/** Checks the conditions in the policy's order. */
export function checkConditions(policy: PolicyDocument, values: Values): void {
  for (const condition of policy.conditions) {
    if (isSize(condition)) {
      if (condition.range !== undefined) continue;
      throw accessDenied(`Policy Condition failed: ${condition.printed}`, {
        hint: 'Give both bounds of `contentLengthRange` as whole numbers.',
        certain: RECORDED_BOUNDS.test(condition.printed),
      });
    }
    const value = condition.field === undefined ? undefined : values.get(condition.field);
    if (isMet(condition, value)) continue;
    throw accessDenied(`Policy Condition failed: ${condition.printed}`, {
      hint: conditionHint(condition, value),
      certain: isKnownToFail(condition, value),
    });
  }
}

/** Texts for bounds, of digits or of letters. */
const RECORDED_BOUNDS = /^\["content-length-range"(?:, "(?:\d+|[a-z]+)"){2}\]$/i;

function isSize(condition: ReadCondition): condition is SizeCondition {
  return condition.operator === 'content-length-range';
}

function conditionHint({ field, operator }: FieldCondition, value?: string): string {
  if (field === undefined) {
    return 'Write the name of a field in `conditions` with a "$" before it, as in "$key".';
  }
  if (field.startsWith('$')) {
    return `No field is called ${field}: write its name in \`conditions\` without "$" as an object's, and with one "$" in a list.`;
  }
  if (isExemptFromCoverage(field)) {
    return `S3 asks for no condition on the field ${field}: remove it from \`conditions\`.`;
  }
  if (value === undefined) {
    return `The form has no field ${field} before the file: send it (option \`${optionOf(field)}\`), or remove its condition.`;
  }
  const relation = operator === 'eq' ? 'is not' : 'does not start with';
  // What that is stands in the message, and may be nothing to be logged with a hint.
  const fault = `The ${field === 'bucket' ? 'bucket of the URL' : `field ${field}`} ${relation} what its condition says`;
  return isOfSignature(field)
    ? `${fault}: send it as createPresignedPost gives it.`
    : `${fault}: send what was signed, or set the option \`${optionOf(field)}\` to what is sent.`;
}

/** Some refusals are inferred, not recorded. */
function isKnownToFail(condition: FieldCondition, value?: string): boolean {
  const { field, operator, value: wanted, printed } = condition;
  if (!isKnownInPrint(printed)) return false;
  if (field === undefined) return true;
  if (value === undefined) {
    return !isIgnored(field) && !field.startsWith('$') && !(operator === 'eq' && wanted === '');
  }
  if (field !== 'content-type' || operator !== 'starts-with') return true;
  // How S3 reads a list of types with blanks or with nothing between its commas is not known, nor
  // whether one with a comma in its condition is a list.
  return !wanted.includes(',') && !/^,|,(?:\s|,|$)/.test(value);
}

/** How S3 writes other characters than these is not known. */
function isKnownInPrint(text: string): boolean {
  return /^(?:[\x20-\x5b\x5d-\x7e]|\\")*$/.test(text);
}

export function refuseUncovered(policy: PolicyDocument, values: Values): void {
  const covered = new Set(
    policy.conditions.flatMap((condition) => (isSize(condition) ? [] : [condition.field])),
  );
  const uncoveredFields = [...values.keys()].filter(
    (name) => !covered.has(name) && !isExemptFromCoverage(name),
  );
  const [first] = uncoveredFields;
  if (first === undefined) return;
  throw accessDenied(`Extra input fields: ${first}`, {
    hint: `No condition names ${uncoveredFields.join(', ')}: ${coverageHint(uncoveredFields)}.`,
    // Which one of several S3 names is not known.
    certain: uncoveredFields.length === 1 && isKnownInPrint(first),
    uncoveredFields,
  });
}

function coverageHint(uncovered: readonly string[]): string {
  const [ofSignature, others] = [true, false].map((isIt) =>
    uncovered.filter((name) => isOfSignature(name) === isIt),
  ) as [string[], string[]];
  const options = [...new Set(uncovered.map(optionOf))].map((option) => `\`${option}\``);
  const give = `give createPresignedPost ${options.join(', ')}`;
  if (others.length > 0) return `${give}, or rename what S3 shall pass over to x-ignore-*`;
  return `${give}, and let it write the policy, which then names ${ofSignature.join(', ')}`;
}

function accessDenied(
  fault: string,
  refused: Pick<Refusal['verdict'], 'hint' | 'uncoveredFields'> & { readonly certain?: boolean },
): Refusal {
  const message = `Invalid according to Policy: ${fault}`;
  return new Refusal({ status: 403, s3Code: 'AccessDenied', message, ...refused });
}

/** The sizes that all ranges of a policy allow. */
export function sizeRangeOf(policy: PolicyDocument): SizeRange {
  let [min, max] = [0, OBJECT_BYTES_AT_MOST];
  for (const { range } of policy.conditions.filter(isSize)) {
    min = Math.max(min, range?.min ?? min);
    max = Math.min(max, range?.max ?? max);
  }
  return { min, max };
}

export function checkSize(size: number, policy: PolicyDocument): void {
  const { min, max } = sizeRangeOf(policy);
  const ranges = policy.conditions.filter(isSize);
  // Several ranges, or one that nothing can meet, and the largest object of a form: not known.
  const certain = ranges.length === 1 && min <= max && max < OBJECT_BYTES_AT_MOST;
  if (size > max) {
    throw new Refusal({
      status: 400,
      s3Code: 'EntityTooLarge',
      message: 'Your proposed upload exceeds the maximum allowed size',
      hint: 'Choose a smaller file, or raise `contentLengthRange` (`maxFileSize` of s3Form).',
      details: [
        ['ProposedSize', String(size)],
        ['MaxSizeAllowed', String(max)],
      ],
      certain,
    });
  }
  if (size < min) {
    throw new Refusal({
      status: 400,
      s3Code: 'EntityTooSmall',
      message: 'Your proposed upload is smaller than the minimum allowed size',
      hint: 'Choose a file that is not empty, or lower `contentLengthRange` (`minFileSize` of s3Form).',
      details: [
        ['ProposedSize', String(size)],
        ['MinSizeAllowed', String(min)],
      ],
      certain,
    });
  }
}
