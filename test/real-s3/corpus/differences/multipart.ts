import { because, type KnownDifference } from './because.ts';

export const MULTIPART_DIFFERENCES: readonly KnownDifference[] = [
  ...because(
    'S3 answers MalformedPOSTRequest to a body that is not well-formed (documented); radosgw has InvalidArgument.',
    [
      [
        '400 InvalidArgument',
        '400 MalformedPOSTRequest',
        [
          'multipart-boundary-missing',
          'multipart-boundary-empty',
          'multipart-boundary-other',
          'multipart-boundary-case',
          'multipart-empty-body',
          'multipart-text-body',
          'multipart-without-end',
          'multipart-cut-end',
          'multipart-cut-fields',
          'multipart-lf',
          'multipart-headers-folded',
        ],
      ],
    ],
  ),
  ...because(
    'Types and the names of parameters are the same in any case (RFC 2045), and S3 is taken to know; radosgw wants them in lower case.',
    [
      [
        '400 InvalidArgument',
        '204',
        ['multipart-boundary-capitals', 'multipart-type-capitals', 'multipart-headers-capitals'],
      ],
    ],
  ),
  ...because('S3 answers 412 to anything but multipart/form-data (recorded); radosgw 400.', [
    [
      '400 InvalidArgument',
      '412 PreconditionFailed',
      [
        'multipart-type-mixed',
        'multipart-type-urlencoded',
        'multipart-type-text',
        'multipart-type-json',
        'multipart-type-empty',
      ],
    ],
  ]),
  ...because(
    'S3 never stores a part of an object (documented); radosgw makes two bytes of what it did not get.',
    [['204', '400 MalformedPOSTRequest', ['multipart-cut-file-head']]],
  ),
  ...because(
    'A preamble and blanks after a boundary are allowed, and a boundary is one at the start of a line alone (RFC 2046), which S3 is taken to know; radosgw does not.',
    [
      [
        '400 InvalidArgument',
        '204',
        ['multipart-preamble', 'multipart-blank-after-boundary', 'multipart-boundary-in-file'],
      ],
      ['403 AccessDenied', '204', ['multipart-empty-line-first']],
    ],
  ),
  ...because(
    'S3 takes exactly one file, in the field file, and says so with InvalidArgument (captured); radosgw looks at the conditions first, stores two bytes where there is no file, and passes over a second.',
    [
      [
        '204',
        '400 InvalidArgument',
        [
          'multipart-file-disposition',
          'multipart-no-file',
          'multipart-two-files',
          'multipart-two-files-second-empty',
        ],
      ],
      [
        '403 AccessDenied',
        '400 InvalidArgument',
        ['multipart-file-attachment', 'multipart-file-other-name', 'multipart-file-files'],
      ],
    ],
  ),
  ...because(
    'A part without a name is no field (RFC 7578); for radosgw its name is empty, and no condition covers it.',
    [['403 AccessDenied', '204', ['multipart-nameless']]],
  ),
];
