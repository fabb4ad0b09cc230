import { because, type KnownDifference } from './because.ts';
import { DUPLICATE_MEMBER, ONE_CODE, XML_OF_201 } from './reasons.ts';

export const CONDITION_DIFFERENCES: readonly KnownDifference[] = [
  ...because(ONE_CODE, [
    [
      '400 InvalidArgument',
      '400 InvalidPolicyDocument',
      [
        'form-empty-object',
        'form-empty-list',
        'form-one-item',
        'form-two-items',
        'form-four-items',
        'form-number-as-operator',
        'form-unknown-operator',
        'form-bare-text',
        'form-bare-number',
        'form-bare-null',
        'form-bare-boolean',
      ],
    ],
  ]),
  ...because(
    'S3 refuses an object with two members (recorded); radosgw looks at the first alone, and finds the other field uncovered.',
    [['403 AccessDenied', '400 InvalidPolicyDocument', ['form-two-members']]],
  ),
  ...because(
    'S3 takes nothing but texts for values ("value must be a string", "Invalid JSON.", captured); radosgw makes a text of whatever it finds.',
    [
      ['204', '400 InvalidPolicyDocument', ['form-number', 'form-boolean', 'form-number-in-list']],
      [
        '403 AccessDenied',
        '400 InvalidPolicyDocument',
        ['form-null', 'form-object-value', 'form-list-value', 'form-null-in-list'],
      ],
    ],
  ),
  ...because(
    'On S3 an absent field meets no condition, not even starts-with "" (captured); for radosgw it is an empty one.',
    [
      [
        '204',
        '403 AccessDenied',
        [
          'form-empty-name',
          'match-absent-prefix',
          'match-absent-eq-empty',
          'match-absent-unknown',
          'match-file',
          'match-filename',
        ],
      ],
    ],
  ),
  ...because(DUPLICATE_MEMBER, [
    ['403 AccessDenied', '400 InvalidPolicyDocument', ['form-duplicate-member']],
  ]),
  ...because(
    'A condition on a field x-ignore-* is taken on S3 for one on an absent field (as the authors of Garage found); radosgw compares the field like any other.',
    [['204', '403 AccessDenied', ['match-ignored']]],
  ),
  ...because(
    'S3 holds each element of a list of types against starts-with (documented), taken here as it stands between the commas; radosgw compares the whole text.',
    [
      [
        '204',
        '403 AccessDenied',
        ['match-type-list-other', 'match-type-list-blank', 'match-type-list-end'],
      ],
    ],
  ),
  ...because(XML_OF_201, [
    [
      'element ETag: 9a0364b9e99bb480dd25e1f0284c8555; element Location: localhost/uploads/user%2Fphoto.jpg',
      'element ETag: "9a0364b9e99bb480dd25e1f0284c8555"; element Location: http://SERVER/uploads/user%2Fphoto.jpg',
      ['match-status-prefix'],
    ],
  ]),
  ...because(
    'Documentation has this escape but JSON has not, and ours reads strictly, S3 being unknown; radosgw makes something else of it, which the value is not.',
    [['403 AccessDenied', '400 InvalidPolicyDocument', ['escape-invalid', 'escape-vertical-tab']]],
  ),
  ...because('S3 reads escaped surrogate pairs (recorded); radosgw does not put them together.', [
    ['403 AccessDenied', '204', ['escape-surrogates']],
  ]),
  ...because(
    'S3 compares a value with a dollar sign in it as it stands (recorded); radosgw takes one that begins with it, in a list, for the name of a field.',
    [
      ['403 AccessDenied', '204', ['escape-dollar-first-eq']],
      ['204', '403 AccessDenied', ['escape-dollar-first-prefix', 'escape-dollar-name']],
    ],
  ),
  ...because(
    "S3 answers InvalidToken where the token is not the access key's (its general error, which comes before the policy); radosgw has AccessDenied.",
    [['403 AccessDenied', '400 InvalidToken', ['cover-token']]],
  ),
  ...because(
    'S3 joins with a comma what metadata is sent twice (documented); radosgw keeps the last.',
    [
      ['403 AccessDenied', '204', ['twice-metadata', 'twice-metadata-case']],
      ['204', '403 AccessDenied', ['twice-metadata-last']],
    ],
  ),
  ...because(
    'S3 refuses all other fields that are sent twice (reported, its words unknown); radosgw keeps the last.',
    [
      ['204', '400 InvalidArgument', ['twice-key']],
      ['403 AccessDenied', '400 InvalidArgument', ['twice-key-other', 'twice-acl', 'twice-policy']],
      ['200', '400 InvalidArgument', ['twice-status']],
    ],
  ),
];
