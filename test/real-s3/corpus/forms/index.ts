import type { CorpusForm } from '../form.ts';
import { ADDRESSES, HEADERS } from './addresses.ts';
import { CONDITION_FORMS } from './conditions.ts';
import { COVERAGE, DUPLICATES } from './coverage.ts';
import { FIELDS } from './fields.ts';
import { FILENAMES, KEYS } from './keys.ts';
import { ESCAPING, MATCHING } from './matching.ts';
import { MULTIPART } from './multipart.ts';
import { ORDER } from './order.ts';
import { EXPIRATIONS, POLICIES } from './policies.ts';
import { ACLS, CHECKSUMS, CLASSES, ENCRYPTION, METADATA, TAGS } from './properties.ts';
import { SIGNATURES } from './signatures.ts';
import { FORM_LIMITS, RANGES } from './sizes.ts';
import { SUCCESS } from './success.ts';

/** All forms that are posted to both servers. */
export const CORPUS: readonly CorpusForm[] = [
  ...[...FIELDS, ...ADDRESSES, ...HEADERS],
  ...[...POLICIES, ...EXPIRATIONS],
  ...[...CONDITION_FORMS, ...MATCHING, ...ESCAPING, ...COVERAGE, ...DUPLICATES],
  ...[...RANGES, ...FORM_LIMITS],
  ...SIGNATURES,
  ...[...KEYS, ...FILENAMES],
  ...MULTIPART,
  ...SUCCESS,
  ...[...METADATA, ...ACLS, ...TAGS, ...CLASSES, ...CHECKSUMS, ...ENCRYPTION],
  ...ORDER,
];
