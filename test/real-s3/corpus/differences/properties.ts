import { because, type KnownDifference } from './because.ts';

export const PROPERTY_DIFFERENCES: readonly KnownDifference[] = [
  ...because(
    'S3 stores this header and serves it with the object (documented; Content-Language as in a PUT); radosgw checks the field and forgets it.',
    [
      ['cache-control: none', 'cache-control: max-age=60', ['fields-cache-control']],
      [
        'content-disposition: none',
        'content-disposition: attachment; filename="a b.txt"',
        ['fields-content-disposition'],
      ],
      ['content-encoding: none', 'content-encoding: gzip', ['fields-content-encoding']],
      ['content-language: none', 'content-language: fr', ['fields-content-language']],
      ['expires: none', 'expires: Wed, 21 Oct 2026 07:28:00 GMT', ['fields-expires']],
    ],
  ),
  ...because(
    'S3 takes a location of up to 2 KB that begins with /, http:// or https:// (documented); radosgw stores any.',
    [['204', '400 InvalidRedirectLocation', ['fields-website-relative', 'fields-website-long']]],
  ),
  ...because(
    'S3 tells every storage class but STANDARD (documented); radosgw tells it where the form has it.',
    [
      [
        'x-amz-storage-class: STANDARD',
        'x-amz-storage-class: none',
        ['fields-together', 'class-STANDARD'],
      ],
    ],
  ),
  ...because(
    'S3 stores metadata however its field is written (recorded), its name in lower case; radosgw forgets it where the prefix is in capitals.',
    [['x-amz-meta-album: none', 'x-amz-meta-album: holidays', ['case-of-metadata']]],
  ),
  ...because(
    'S3 writes as an encoded word what no header can carry (recorded), and of such a name ours makes no header, S3 being unknown; radosgw answers what is no HTTP.',
    [
      [
        'content-type: none; etag: none; object: answers no HTTP; x-amz-meta-a: none',
        'content-type: binary/octet-stream; etag: "9a0364b9e99bb480dd25e1f0284c8555"; object: none; x-amz-meta-a: a\r\nb',
        ['metadata-lines'],
      ],
      [
        'content-type: none; etag: none; object: answers no HTTP; x-amz-meta-a: none',
        'content-type: binary/octet-stream; etag: "9a0364b9e99bb480dd25e1f0284c8555"; object: none; x-amz-meta-a: a\u0001b',
        ['metadata-control'],
      ],
      [
        'content-type: none; etag: none; object: answers no HTTP',
        'content-type: binary/octet-stream; etag: "9a0364b9e99bb480dd25e1f0284c8555"; object: none',
        ['metadata-blank-name', 'metadata-unicode-name'],
      ],
    ],
  ),
  ...because(
    'S3 stores 2 KB of metadata, names included (documented); radosgw has no such limit.',
    [
      [
        '204',
        '400 MetadataTooLarge',
        ['metadata-2049', 'metadata-2049-in-two', 'metadata-2049-unicode'],
      ],
    ],
  ),
  ...because('S3 has this ACL (documented); radosgw does not.', [
    ['400 InvalidArgument', '204', ['acl-aws-exec-read']],
  ]),
  ...because(
    'S3 denies a form with an ACL that it does not have (documented); for radosgw an empty one is none.',
    [['204', '400 InvalidArgument', ['acl-empty']]],
  ),
  ...because(
    'S3 answers MalformedXML to tags that are no XML (recorded), and BadRequest to more than ten (as for a PUT); radosgw has InvalidArgument and InvalidTag.',
    [
      ['400 InvalidTag', '400 BadRequest', ['tags-eleven']],
      [
        '400 InvalidArgument',
        '400 MalformedXML',
        ['tags-not-xml', 'tags-open', 'tags-empty-field'],
      ],
    ],
  ),
  ...because(
    'S3 tells the number of tags where there are any (documented, and none recorded for other XML); radosgw tells of none, too.',
    [
      [
        'tags: ; x-amz-tagging-count: 0',
        'tags: none; x-amz-tagging-count: none',
        ['tags-none', 'tags-other-xml'],
      ],
    ],
  ),
  ...because('S3 refuses two tags with one key (documented); radosgw takes them.', [
    ['204', '400 InvalidTag', ['tags-same']],
  ]),
  ...because('S3 has this storage class (documented); radosgw is not set up for it.', [
    [
      '400 InvalidArgument',
      '204',
      [
        'class-REDUCED_REDUNDANCY',
        'class-ONEZONE_IA',
        'class-INTELLIGENT_TIERING',
        'class-GLACIER',
        'class-GLACIER_IR',
        'class-DEEP_ARCHIVE',
        'class-EXPRESS_ONEZONE',
      ],
    ],
  ]),
  ...because(
    'S3 answers InvalidStorageClass (recorded); radosgw has InvalidArgument, and for an empty one STANDARD.',
    [
      ['400 InvalidArgument', '400 InvalidStorageClass', ['class-unknown', 'class-lower-case']],
      ['204', '400 InvalidStorageClass', ['class-empty']],
    ],
  ),
  ...because(
    'S3 compares the file with every digest in the form and refuses one that is wrong, malformed or not alone (documented, with the codes of a PUT); radosgw looks at none.',
    [
      [
        '204',
        '400 BadDigest',
        [
          'md5-wrong',
          'crc32-wrong',
          'crc32c-wrong',
          'sha1-wrong',
          'sha256-wrong',
          'crc64nvme-wrong',
          'checksum-and-md5',
        ],
      ],
      ['204', '400 InvalidDigest', ['md5-hex', 'md5-short', 'md5-words', 'md5-empty']],
      [
        '204',
        '400 InvalidRequest',
        [
          'sha256-short',
          'sha256-words',
          'checksum-without-value',
          'checksum-other-algorithm',
          'checksum-unknown-algorithm',
          'checksum-lower-case',
          'checksum-two',
        ],
      ],
    ],
  ),
  ...because(
    'S3 tells this setting of the encryption with the object (documented); radosgw checks the field and forgets it.',
    [
      ['x-amz-server-side-encryption: none', 'x-amz-server-side-encryption: AES256', ['sse-s3']],
      [
        'x-amz-server-side-encryption-bucket-key-enabled: none',
        'x-amz-server-side-encryption-bucket-key-enabled: true',
        ['sse-bucket-key'],
      ],
    ],
  ),
  ...because(
    'S3 answers InvalidArgument to a context that is no base64 of JSON (as in a PUT); radosgw InvalidRequest.',
    [['400 InvalidRequest', '400 InvalidArgument', ['sse-kms-bad-context']]],
  ),
  ...because(
    'S3 has a key of its own for KMS, and two layers of encryption (documented); radosgw has neither.',
    [['400 InvalidArgument', '204', ['sse-kms-without-key', 'sse-dsse']]],
  ),
  ...because('S3 has no such encryption (documented); for radosgw an empty field is none.', [
    ['204', '400 InvalidArgument', ['sse-empty']],
  ]),
  ...because(
    'S3 refuses two kinds of encryption at once (as in a PUT); radosgw takes the key of the customer.',
    [['204', '400 InvalidArgument', ['sse-both']]],
  ),
];
