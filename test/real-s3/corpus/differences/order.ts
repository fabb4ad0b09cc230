import { because, type KnownDifference } from './because.ts';
import { ONE_CODE, ONE_REFUSAL } from './reasons.ts';

export const ORDER_DIFFERENCES: readonly KnownDifference[] = [
  ...because(ONE_REFUSAL, [
    [
      '403 AccessDenied',
      '403 SignatureDoesNotMatch',
      ['order-signature-policy', 'order-signature-expired'],
    ],
  ]),
  ...because(ONE_CODE, [
    ['400 InvalidArgument', '400 InvalidPolicyDocument', ['order-policy-expired']],
  ]),
  ...because(
    'S3 is taken to look at the size before what the object shall be, as it looks at the conditions before (recorded); radosgw reads ACL and tags first of all.',
    [
      ['400 InvalidArgument', '400 EntityTooLarge', ['order-size-acl']],
      ['400 InvalidArgument', '400 EntityTooSmall', ['order-size-tags']],
    ],
  ),
  ...because(
    'S3 answers InvalidStorageClass and MalformedXML (recorded), in which order is not known; radosgw has InvalidArgument for both.',
    [['400 InvalidArgument', '400 InvalidStorageClass', ['order-class-tags']]],
  ),
];
