import { because, type KnownDifference } from './because.ts';
import { DUPLICATE_MEMBER, ONE_CODE } from './reasons.ts';

export const POLICY_DIFFERENCES: readonly KnownDifference[] = [
  ...because(ONE_CODE, [
    [
      '400 InvalidArgument',
      '400 InvalidPolicyDocument',
      [
        'policy-empty',
        'policy-empty-json',
        'policy-not-base64',
        'policy-not-padded',
        'policy-wrapped',
        'policy-not-json',
        'policy-cut',
        'policy-single-quotes',
        'policy-unquoted-names',
        'policy-commented',
        'policy-bom',
        'policy-utf16',
        'policy-list',
        'policy-null',
        'policy-text',
        'policy-empty-object',
        'policy-without-expiration',
        'policy-without-conditions',
        'policy-conditions-object',
        'policy-iam',
        'policy-member-in-capitals',
        'policy-expiration-in-capitals',
        'policy-deep',
        'expiration-offset',
        'expiration-zero-offset',
        'expiration-without-zone',
        'expiration-lower-case',
        'expiration-day',
        'expiration-basic',
        'expiration-http-date',
        'expiration-number',
        'expiration-null',
        'expiration-empty',
        'expiration-month-13',
      ],
    ],
  ]),
  ...because(
    'S3 answers InvalidPolicyDocument to what it cannot read (captured) and is taken to read strictly; radosgw reads on, and then stores the file or misses a condition.',
    [
      [
        '204',
        '400 InvalidPolicyDocument',
        ['policy-base64url', 'policy-with-more', 'policy-trailing-comma'],
      ],
      [
        '403 AccessDenied',
        '400 InvalidPolicyDocument',
        ['policy-invalid-utf8', 'policy-conditions-text', 'policy-conditions-null'],
      ],
    ],
  ),
  ...because(
    'S3 refuses members that policies do not have ("Unexpected: \'statement\'", captured); radosgw passes over them.',
    [['204', '400 InvalidPolicyDocument', ['policy-unknown-member']]],
  ),
  ...because(DUPLICATE_MEMBER, [
    ['403 AccessDenied', '400 InvalidPolicyDocument', ['policy-two-expirations']],
  ]),
  ...because(
    'S3 refuses an expiration with a blank in it (captured), and ours whatever is finer than milliseconds; radosgw reads both.',
    [['204', '400 InvalidPolicyDocument', ['expiration-microseconds', 'expiration-blank']]],
  ),
  ...because(
    'Whether S3 minds a day that no month has is not known, and ours refuses it; radosgw counts on into the next month.',
    [['204', '400 InvalidPolicyDocument', ['expiration-no-such-day']]],
  ),
];
