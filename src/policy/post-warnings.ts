import type { PostedFields, PostedFile, Values } from './check-form.ts';
import type { ReadCondition } from './conditions.ts';
import { FILENAME_VARIABLE, METADATA_PREFIX } from './field-values.ts';
import { isIgnored, SIGNATURE_FIELDS } from './fields.ts';
import { isAbsoluteHttpUrl } from './options.ts';
import type { PolicyDocument } from './policy-document.ts';
import { LIFETIME_AT_MOST, parseAmzDate } from './signature.ts';

/** Fields that S3's page on forms does not list, though PUT has headers of their names. */
const UNDOCUMENTED_FIELDS =
  /^(?:content-language|x-amz-checksum-crc64nvme|x-amz-request-payer|x-amz-object-lock-.*)$/;

/** What of an accepted form nobody knows to be accepted by S3 too, in a sentence each. */
export function warningsOf(
  policy: PolicyDocument,
  values: Values,
  fields: PostedFields,
  file: PostedFile,
): string[] {
  return [
    ...dateWarnings(policy, values),
    ...policy.conditions.flatMap(conditionWarnings),
    ...policyWarnings(policy),
    ...fieldWarnings(values),
    ...nameWarnings(fields, file),
  ];
}

function nameWarnings(fields: PostedFields, { filename = '' }: PostedFile): string[] {
  const isUsed = fields.some(([, value]) => value.includes(FILENAME_VARIABLE));
  return isUsed && /%(?:22|0d|0a)/i.test(filename)
    ? [`Browsers write quotes and line breaks as in ${filename}, and S3 may write them back.`]
    : [];
}

function dateWarnings({ expiration }: PolicyDocument, values: Values): string[] {
  const amzDate = values.get(SIGNATURE_FIELDS.date.toLowerCase()) ?? '';
  const day = values.get(SIGNATURE_FIELDS.credential.toLowerCase())?.split('/').at(-4);
  const signedAt = parseAmzDate(amzDate)?.getTime() ?? 0;
  const warnings: string[] = [];
  if (expiration.getTime() - signedAt > LIFETIME_AT_MOST * 1000) {
    warnings.push(
      'The form lives for more than 7 days, for which a signing key counts: lower `expiresIn`.',
    );
  }
  if (day !== amzDate.slice(0, 8)) {
    warnings.push(
      'The day in X-Amz-Credential is not that of X-Amz-Date, which S3 may refuse: use one `now` for both.',
    );
  }
  return warnings;
}

function conditionWarnings(condition: ReadCondition): string[] {
  const { operator, printed } = condition;
  const warnings: string[] = [];
  if (!printed.startsWith(`["${operator}"`)) {
    warnings.push(`S3 may not know the operator of ${printed} in capitals: write "${operator}".`);
  }
  if (operator === 'content-length-range') {
    return condition.range && condition.range.min > condition.range.max
      ? [...warnings, `No file has the size that ${printed} asks for.`]
      : warnings;
  }
  const { field = '', value } = condition;
  if (operator === 'starts-with' && isExactOnly(field)) {
    warnings.push(
      `S3 documents an exact value only for ${field}, so ${printed} may be refused: use "eq".`,
    );
  }
  // Recorded is that a single one within a value is taken, and that "$$" is not.
  if (/^\$|\$\$|\$\{/.test(value)) {
    warnings.push(`S3 may take the "$" in ${printed} for a variable: do without it.`);
  }
  return warnings;
}

function isExactOnly(field: string): boolean {
  return (
    ['bucket', 'success_action_status', 'tagging'].includes(field) ||
    (field.startsWith('x-amz-') && !field.startsWith(METADATA_PREFIX))
  );
}

function policyWarnings({ conditions }: PolicyDocument): string[] {
  const ranges = conditions.filter(({ operator }) => operator === 'content-length-range');
  return ranges.length > 1
    ? ['S3 may hold the file against one of several size ranges only: give one.']
    : [];
}

function fieldWarnings(values: Values): string[] {
  const warnings = [...values.keys()]
    .filter((name) => UNDOCUMENTED_FIELDS.test(name) && !isIgnored(name))
    .map((name) => `S3 documents no form field ${name}, and may not look at it.`);
  const redirects = ['success_action_redirect', 'redirect'].flatMap((name) => {
    const url = values.get(name);
    return url === undefined ? [] : [url];
  });
  if (redirects.length > 1) {
    warnings.push('S3 may follow either redirect: send `successActionRedirect` alone.');
  }
  if (redirects.some((url) => URL.canParse(url) && !isAbsoluteHttpUrl(url))) {
    warnings.push('S3 may follow a redirect that is not http or https: use one that is.');
  }
  const acl = values.get('acl');
  if (acl !== undefined && acl !== 'bucket-owner-full-control') {
    warnings.push('S3 refuses `acl` where the bucket does not allow ACLs, as new buckets do not.');
  }
  return warnings;
}
