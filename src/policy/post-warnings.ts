import { hasBothVersions } from './authenticate.ts';
import type { PostedFields, PostedFile, Values } from './check-form.ts';
import { isMet, type ReadCondition } from './conditions.ts';
import { show } from './errors.ts';
import {
  FILENAME_VARIABLE,
  isHeaderName,
  METADATA_PREFIX,
  metadataOf,
  SSE,
} from './field-values.ts';
import { isIgnored, SIGNATURE_FIELDS } from './fields.ts';
import { isAbsoluteHttpUrl } from './options.ts';
import type { PolicyDocument } from './policy-document.ts';
import { LIFETIME_AT_MOST, parseAmzDate } from './signature.ts';
import { readTagging } from './tagging.ts';

/** Fields that S3's page on forms does not list, though PUT has headers of their names. */
const UNDOCUMENTED_FIELDS =
  /^(?:content-language|x-amz-checksum-crc64nvme|x-amz-request-payer|x-amz-object-lock-.*)$/;

/** What S3 may refuse or understand in another way before it looks at the policy. */
export function signatureWarnings(values: Values): string[] {
  return hasBothVersions(values)
    ? [
        'The form has fields of Signature Version 2 and of 4, and S3 may go by either: send those of createPresignedPost alone.',
      ]
    : [];
}

/** What S3 may refuse or understand in another way while it holds the form against its policy. */
export function policyWarnings(
  policy: PolicyDocument,
  values: Values,
  fields: PostedFields,
  file: PostedFile,
): string[] {
  return [
    ...dateWarnings(policy, values),
    ...policy.conditions.flatMap(conditionWarnings),
    ...dollarWarnings(values),
    ...nameWarnings(fields, file),
  ];
}

/** What S3 may refuse or understand in another way of an object that the policy allows. */
export function objectWarnings(policy: PolicyDocument, values: Values): string[] {
  return [
    ...rangeWarnings(policy),
    ...fieldWarnings(values),
    ...redirectWarnings(values),
    ...encryptionWarnings(values),
  ];
}

function dollarWarnings(values: Values): string[] {
  return [...values]
    .filter(([name, value]) => !isIgnored(name) && hasDoubtfulDollar(value))
    .map(([name]) => `S3 may take the "$" in the field ${name} for a variable: do without it.`);
}

/** Recorded is that a single "$" within a value is taken, and that "$$" is not. */
function hasDoubtfulDollar(value: string): boolean {
  return /\$\$|\$\{(?!filename\})/.test(value);
}

function nameWarnings(fields: PostedFields, { filename = '' }: PostedFile): string[] {
  const isUsed = fields.some(([, value]) => value.includes(FILENAME_VARIABLE));
  if (!isUsed) return [];
  const warnings: string[] = [];
  if (/%(?:22|0d|0a)/i.test(filename)) {
    warnings.push(
      `Browsers write quotes and line breaks as in ${filename}, and S3 may write them back.`,
    );
  }
  if (filename.includes(FILENAME_VARIABLE)) {
    warnings.push(`S3 may put ${filename} into itself: choose a file with another name.`);
  }
  return warnings;
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
    const { min, max } = condition.range ?? { min: 0, max: 0 };
    if (min < 0 || max < 0) {
      warnings.push(`S3 may refuse the negative bound of ${printed}: write 0 or more.`);
    }
    if (Math.max(-min, -max, min, max) >= Number.MAX_SAFE_INTEGER) {
      warnings.push(`S3 may not read a bound as large as in ${printed}: write a smaller one.`);
    }
    if (min > max) warnings.push(`No file has the size that ${printed} asks for.`);
    return warnings;
  }
  const { field = '', value } = condition;
  if (condition.literal !== undefined && isMet(condition, undefined)) {
    warnings.push(
      `${printed} names no field but compares two texts: write the name with a "$" before it.`,
    );
  }
  if (operator === 'starts-with' && isExactOnly(field)) {
    warnings.push(
      `S3 documents an exact value only for ${field}, so ${printed} may be refused: use "eq".`,
    );
  }
  if (value.startsWith('$') || hasDoubtfulDollar(value)) {
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

function rangeWarnings({ conditions }: PolicyDocument): string[] {
  const ranges = conditions.filter(({ operator }) => operator === 'content-length-range');
  return ranges.length > 1
    ? ['S3 may hold the file against one of several size ranges only: give one.']
    : [];
}

function fieldWarnings(values: Values): string[] {
  const warnings = [...values.keys()]
    .filter((name) => UNDOCUMENTED_FIELDS.test(name) && !isIgnored(name))
    .map((name) => `S3 documents no form field ${name}, and may not look at it.`);
  for (const [name] of metadataOf([...values])) {
    if (isHeaderName(name)) continue;
    warnings.push(
      `S3 may refuse the metadata ${show(name)}, of whose name no header can be made: use letters, digits, "-".`,
    );
  }
  const acl = values.get('acl');
  if (acl !== undefined && acl !== 'bucket-owner-full-control') {
    warnings.push('S3 refuses `acl` where the bucket does not allow ACLs, as new buckets do not.');
  }
  const tagging = values.get('tagging');
  if (tagging !== undefined && !readTagging(tagging).certain) {
    warnings.push(
      'S3 may not read XML with attributes or names that are not plain: let `tags` write it.',
    );
  }
  return warnings;
}

function redirectWarnings(values: Values): string[] {
  const warnings: string[] = [];
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
  return warnings;
}

function encryptionWarnings(values: Values): string[] {
  const isKms = values.get(SSE)?.startsWith('aws:kms') === true;
  const [context, bucketKey] = ['context', 'bucket-key-enabled'].map((setting) =>
    values.get(`${SSE}-${setting}`),
  );
  const isDoubtful =
    (!isKms && (context ?? bucketKey) !== undefined) ||
    (context !== undefined && Buffer.from(context, 'base64').toString('base64') !== context) ||
    (bucketKey !== undefined && !['true', 'false'].includes(bucketKey));
  return isDoubtful
    ? [
        'S3 may refuse settings of KMS that are oddly written, or without aws:kms: let `serverSideEncryption` write them.',
      ]
    : [];
}
