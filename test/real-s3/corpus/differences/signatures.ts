import { because, type KnownDifference } from './because.ts';
import { ONE_REFUSAL, TRIMMED } from './reasons.ts';

export const SIGNATURE_DIFFERENCES: readonly KnownDifference[] = [
  ...because(ONE_REFUSAL, [
    [
      '403 AccessDenied',
      '403 SignatureDoesNotMatch',
      [
        'signature-other-secret',
        'signature-one-digit',
        'signature-cut',
        'signature-upper-case',
        'signature-empty',
        'signature-base64',
        'signature-changed-policy',
        'signature-policy-with-blank',
        'signature-mangled-policy',
        'signature-wrong-and-condition',
      ],
    ],
    [
      '403 AccessDenied',
      '403 InvalidAccessKeyId',
      ['credential-unknown-key', 'credential-lower-case-key'],
    ],
  ]),
  ...because(TRIMMED, [['204', '403 SignatureDoesNotMatch', ['signature-blank']]]),
  ...because(
    'S3 names the first field that is missing where the form has some of the signature, and takes it for anonymous where it has none (recorded; of a missing policy it is assumed); radosgw goes by the policy, without which the form is anonymous.',
    [
      [
        '403 AccessDenied',
        '400 InvalidArgument',
        ['signature-without-policy', 'signature-key-alone'],
      ],
      ['400 InvalidArgument', '403 AccessDenied', ['signature-none']],
    ],
  ),
  ...because(
    'S3 refuses a scope that is not its own ("the region \'us-east-1\' is wrong", captured); radosgw signs for whatever scope it is told.',
    [
      [
        '204',
        '400 InvalidArgument',
        [
          'credential-other-region',
          'credential-region-in-capitals',
          'credential-empty-region',
          'credential-other-service',
          'credential-date-with-dashes',
        ],
      ],
    ],
  ),
  ...because(
    'S3 answers InvalidArgument to a credential that it cannot read or that is for elsewhere (captured); radosgw has AccessDenied.',
    [
      [
        '403 AccessDenied',
        '400 InvalidArgument',
        [
          'credential-empty-key',
          'credential-key-alone',
          'credential-three-parts',
          'credential-six-parts',
          'credential-empty',
          'credential-other-terminal',
          'credential-wrong-key-wrong-region',
          'credential-unlike-policy',
        ],
      ],
    ],
  ),
  ...because(
    'S3 refuses a date that is none of the form 20151229T000000Z (captured); radosgw wants no more than that there is one.',
    [
      [
        '204',
        '400 InvalidArgument',
        [
          'date-iso',
          'date-day-alone',
          'date-without-zone',
          'date-no-such',
          'date-words',
          'date-empty',
        ],
      ],
    ],
  ),
  ...because(
    'S3 takes Version 2 in its older regions alone (documented), and ours refuses it as the newer do; radosgw takes it.',
    [
      ['204', '400 InvalidRequest', ['v2-complete']],
      ['403 AccessDenied', '400 InvalidRequest', ['v2-wrong']],
    ],
  ),
];
