import { because, type KnownDifference } from './because.ts';
import { ONE_CODE } from './reasons.ts';

export const SIZE_DIFFERENCES: readonly KnownDifference[] = [
  ...because(
    'On S3 a bound that is a text other than digits fails as a condition (recorded); radosgw reads what number it can, and else refuses the policy.',
    [
      ['204', '403 AccessDenied', ['range-text-blank', 'range-text-empty', 'range-text-negative']],
      ['400 InvalidArgument', '403 AccessDenied', ['range-not-numeric']],
    ],
  ),
  ...because(ONE_CODE, [
    [
      '400 InvalidArgument',
      '400 InvalidPolicyDocument',
      [
        'range-float',
        'range-fraction',
        'range-exponent',
        'range-null',
        'range-boolean',
        'range-list',
        'range-one-bound',
        'range-three-bounds',
      ],
    ],
  ]),
  ...because(
    'How large a bound S3 reads is not known, and ours takes any whole number; radosgw reads 64 bits.',
    [['400 InvalidArgument', '204', ['range-beyond']]],
  ),
  ...because(
    'S3 takes 20,480 bytes before the file (documented, and captured); radosgw has no such limit.',
    [['204', '400 MaxPostPreDataLengthExceeded', ['before-just-above', 'before-far-above']]],
  ),
];
