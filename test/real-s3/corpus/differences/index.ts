import { ADDRESS_DIFFERENCES } from './addresses.ts';
import type { KnownDifference } from './because.ts';
import { CONDITION_DIFFERENCES } from './conditions.ts';
import { KEY_DIFFERENCES } from './keys.ts';
import { MULTIPART_DIFFERENCES } from './multipart.ts';
import { ORDER_DIFFERENCES } from './order.ts';
import { POLICY_DIFFERENCES } from './policies.ts';
import { PROPERTY_DIFFERENCES } from './properties.ts';
import { SIGNATURE_DIFFERENCES } from './signatures.ts';
import { SIZE_DIFFERENCES } from './sizes.ts';
import { SUCCESS_DIFFERENCES } from './success.ts';

/** All known differences, a row for each form. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  ...ADDRESS_DIFFERENCES,
  ...POLICY_DIFFERENCES,
  ...CONDITION_DIFFERENCES,
  ...SIZE_DIFFERENCES,
  ...SIGNATURE_DIFFERENCES,
  ...KEY_DIFFERENCES,
  ...MULTIPART_DIFFERENCES,
  ...SUCCESS_DIFFERENCES,
  ...PROPERTY_DIFFERENCES,
  ...ORDER_DIFFERENCES,
];
