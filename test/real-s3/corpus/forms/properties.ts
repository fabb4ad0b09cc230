import { CANNED_ACLS, STORAGE_CLASSES } from '../../../../src/policy/fields.ts';
import { RADOSGW_SETUP } from '../../../support/radosgw.ts';
import { type Change, CONTENT, type CorpusForm, digest } from '../form.ts';

const SSE = 'x-amz-server-side-encryption';

function exact(fields: Readonly<Record<string, string>>): Change {
  return { exact: fields };
}

function metadata(value: string): Change {
  return exact({ 'x-amz-meta-a': value });
}

export const METADATA: readonly CorpusForm[] = [
  [
    'metadata-ascii',
    'metadata of all printable ASCII',
    metadata('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~.'),
  ],
  ['metadata-unicode', 'metadata outside of ASCII', metadata('ÄMÄZÕÑ S3')],
  ['metadata-astral', 'metadata mostly outside of ASCII', metadata('日本語👑')],
  [
    'metadata-encoded-word',
    'metadata that is an encoded word already',
    metadata('=?UTF-8?Q?=C3=84?='),
  ],
  ['metadata-blanks', 'metadata with blanks around it', metadata(' a ')],
  ['metadata-lines', 'metadata with a line break', metadata('a\r\nb')],
  ['metadata-control', 'metadata with a control character', metadata('a\u0001b')],
  ['metadata-2048', 'metadata of 2,048 bytes, name included', metadata('x'.repeat(2_047))],
  ['metadata-2049', 'metadata of 2,049 bytes, name included', metadata('x'.repeat(2_048))],
  [
    'metadata-2049-in-two',
    'two pieces of metadata of 2,049 bytes together',
    exact({
      'x-amz-meta-a': 'x'.repeat(1_023),
      'x-amz-meta-b': 'x'.repeat(1_024),
    }),
  ],
  [
    'metadata-2049-unicode',
    'metadata of 2,049 bytes and fewer characters',
    metadata('é'.repeat(1_024)),
  ],
  ['metadata-no-name', 'metadata with the prefix for a name', exact({ 'x-amz-meta-': 'a' })],
  [
    'metadata-odd-name',
    'metadata whose name has dots and underscores',
    exact({
      'x-amz-meta-a.b_c': 'd',
    }),
  ],
  ['metadata-blank-name', 'metadata whose name has a blank', exact({ 'x-amz-meta-a b': 'c' })],
  [
    'metadata-unicode-name',
    'metadata whose name is outside of ASCII',
    exact({ 'x-amz-meta-é': 'a' }),
  ],
];

export const ACLS: readonly CorpusForm[] = [
  ...CANNED_ACLS.map((acl): CorpusForm => [`acl-${acl}`, `the ACL ${acl}`, exact({ acl })]),
  ['acl-unknown', 'an ACL that S3 does not have', exact({ acl: 'public' })],
  ['acl-capitals', 'an ACL in capitals', exact({ acl: 'PUBLIC-READ' })],
  ['acl-empty', 'an empty ACL', exact({ acl: '' })],
  [
    'acl-header-name',
    'the ACL in the field x-amz-acl, which is the header’s name',
    exact({
      'x-amz-acl': 'public-read',
    }),
  ],
];

function tagging(...tags: readonly (readonly [key: string, value: string])[]): Change {
  const xml = tags.map(([key, value]) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`);
  return exact({ tagging: `<Tagging><TagSet>${xml.join('')}</TagSet></Tagging>` });
}

function tags(count: number): Change {
  return tagging(...Array.from({ length: count }, (_, index) => [`tag${index}`, 'x'] as const));
}

export const TAGS: readonly CorpusForm[] = [
  ['tags-one', 'one tag', tags(1)],
  ['tags-ten', 'ten tags', tags(10)],
  ['tags-eleven', 'eleven tags', tags(11)],
  ['tags-none', 'a set of no tags', tags(0)],
  ['tags-same', 'one tag twice', tagging(['a', '1'], ['a', '2'])],
  ['tags-empty-value', 'a tag without a value', tagging(['a', ''])],
  ['tags-empty-key', 'a tag without a key', tagging(['', 'a'])],
  ['tags-unicode', 'a tag outside of ASCII', tagging(['größer', '👑'])],
  ['tags-entities', 'a tag with entities', tagging(['a &amp; b', '&lt;c&gt;'])],
  ['tags-long-key', 'a tag with a key of 129 characters', tagging(['k'.repeat(129), 'v'])],
  ['tags-long-value', 'a tag with a value of 257 characters', tagging(['k', 'v'.repeat(257)])],
  ['tags-longest', 'a tag as long as they may be', tagging(['k'.repeat(128), 'v'.repeat(256)])],
  ['tags-not-xml', 'tags that are no XML', exact({ tagging: 'a=b' })],
  ['tags-open', 'tags in XML that lacks its end', exact({ tagging: '<Tagging><TagSet>' })],
  [
    'tags-other-xml',
    'tags in XML of another kind',
    exact({
      tagging: '<InvalidXmlTagging></InvalidXmlTagging>',
    }),
  ],
  [
    'tags-declared',
    'tags in XML with declaration and namespace',
    exact({
      tagging:
        '<?xml version="1.0" encoding="UTF-8"?><Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>',
    }),
  ],
  [
    'tags-spaced',
    'tags in XML with line breaks',
    exact({
      tagging:
        '<Tagging>\r\n <TagSet>\r\n  <Tag>\r\n   <Key>a</Key>\r\n   <Value>b</Value>\r\n  </Tag>\r\n </TagSet>\r\n</Tagging>',
    }),
  ],
  ['tags-empty-field', 'an empty field tagging', exact({ tagging: '' })],
  [
    'tags-header-name',
    'tags in the field x-amz-tagging, which is the header’s name',
    exact({
      'x-amz-tagging': 'a=b',
    }),
  ],
];

export const CLASSES: readonly CorpusForm[] = [
  ...STORAGE_CLASSES.map(
    (name): CorpusForm => [
      `class-${name}`,
      `the storage class ${name}`,
      exact({ 'x-amz-storage-class': name }),
    ],
  ),
  [
    'class-unknown',
    'a storage class that S3 does not have',
    exact({ 'x-amz-storage-class': 'FROZEN' }),
  ],
  [
    'class-lower-case',
    'a storage class in lower case',
    exact({ 'x-amz-storage-class': 'standard' }),
  ],
  ['class-empty', 'an empty storage class', exact({ 'x-amz-storage-class': '' })],
  [
    'class-old-name',
    'a storage class in the field StorageClass',
    exact({ StorageClass: 'STANDARD' }),
  ],
];

const CRC32 = { CRC32: '/sUwqQ==', CRC32C: 'Ya91Mw==' };
const SHA1 = digest('sha1', CONTENT);
const SHA256 = digest('sha256', CONTENT);

function checksum(algorithm: string, value: string): Change {
  return exact({
    'x-amz-checksum-algorithm': algorithm,
    [`x-amz-checksum-${algorithm.toLowerCase()}`]: value,
  });
}

export const CHECKSUMS: readonly CorpusForm[] = [
  ['md5-right', 'the right Content-MD5', exact({ 'Content-MD5': digest('md5', CONTENT) })],
  ['md5-wrong', 'a Content-MD5 of another file', exact({ 'Content-MD5': digest('md5', 'other') })],
  ['md5-hex', 'a Content-MD5 in hex', exact({ 'Content-MD5': '9a0364b9e99bb480dd25e1f0284c8555' })],
  [
    'md5-short',
    'a Content-MD5 of 15 bytes',
    exact({ 'Content-MD5': Buffer.alloc(15).toString('base64') }),
  ],
  ['md5-words', 'a Content-MD5 that is no base64', exact({ 'Content-MD5': 'not a digest' })],
  ['md5-empty', 'an empty Content-MD5', exact({ 'Content-MD5': '' })],
  ['crc32-right', 'the right CRC32', checksum('CRC32', CRC32.CRC32)],
  ['crc32-wrong', 'a CRC32 of another file', checksum('CRC32', 'AAAAAA==')],
  ['crc32c-right', 'the right CRC32C', checksum('CRC32C', CRC32.CRC32C)],
  ['crc32c-wrong', 'a CRC32C of another file', checksum('CRC32C', CRC32.CRC32)],
  ['sha1-right', 'the right SHA-1', checksum('SHA1', SHA1)],
  ['sha1-wrong', 'a SHA-1 of another file', checksum('SHA1', digest('sha1', 'other'))],
  ['sha256-right', 'the right SHA-256', checksum('SHA256', SHA256)],
  ['sha256-wrong', 'a SHA-256 of another file', checksum('SHA256', digest('sha256', 'other'))],
  ['sha256-short', 'a SHA-256 of too few bytes', checksum('SHA256', SHA1)],
  ['sha256-words', 'a SHA-256 that is no base64', checksum('SHA256', 'not a digest')],
  [
    'crc64nvme-right',
    'the right CRC64NVME, which the documentation of forms does not have',
    checksum('CRC64NVME', 'lhVdXyVQTGE='),
  ],
  ['crc64nvme-wrong', 'a CRC64NVME of another file', checksum('CRC64NVME', 'Pact6XRTYyA=')],
  [
    'checksum-without-algorithm',
    'a SHA-256 whose algorithm is not named',
    exact({
      'x-amz-checksum-sha256': SHA256,
    }),
  ],
  [
    'checksum-without-value',
    'an algorithm without its checksum',
    exact({
      'x-amz-checksum-algorithm': 'SHA256',
    }),
  ],
  [
    'checksum-other-algorithm',
    'an algorithm with the checksum of another',
    exact({
      'x-amz-checksum-algorithm': 'CRC32',
      'x-amz-checksum-sha256': SHA256,
    }),
  ],
  [
    'checksum-unknown-algorithm',
    'a checksum’s algorithm that S3 does not have',
    checksum('MD4', 'AAAA'),
  ],
  [
    'checksum-lower-case',
    'an algorithm in lower case',
    exact({
      'x-amz-checksum-algorithm': 'sha256',
      'x-amz-checksum-sha256': SHA256,
    }),
  ],
  [
    'checksum-two',
    'two checksums, both right',
    exact({
      'x-amz-checksum-crc32': CRC32.CRC32,
      'x-amz-checksum-sha256': SHA256,
    }),
  ],
  [
    'checksum-and-md5',
    'a right checksum and a wrong Content-MD5',
    {
      exact: {
        'x-amz-checksum-algorithm': 'SHA256',
        'x-amz-checksum-sha256': SHA256,
        'Content-MD5': digest('md5', 'other'),
      },
    },
  ],
  [
    'checksum-too-large',
    'a wrong checksum of a file that is too large',
    {
      ...checksum('SHA256', digest('sha256', 'other')),
      conditions: [['content-length-range', 1, 2]],
    },
  ],
];

const CUSTOMER_KEY = 'pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs=';
const CUSTOMER_KEY_MD5 = 'DWygnHRtgiJ77HCm+1rvHw==';

function customer(algorithm: string, key: string, md5: string): Change {
  return exact({
    [`${SSE}-customer-algorithm`]: algorithm,
    [`${SSE}-customer-key`]: key,
    [`${SSE}-customer-key-md5`]: md5,
  });
}

export const ENCRYPTION: readonly CorpusForm[] = [
  ['sse-s3', 'SSE-S3', exact({ [SSE]: 'AES256' })],
  [
    'sse-kms',
    'SSE-KMS with a key',
    exact({
      [SSE]: 'aws:kms',
      [`${SSE}-aws-kms-key-id`]: RADOSGW_SETUP.kmsKeyId,
    }),
  ],
  [
    'sse-kms-context',
    'SSE-KMS with a context',
    exact({
      [SSE]: 'aws:kms',
      [`${SSE}-aws-kms-key-id`]: RADOSGW_SETUP.kmsKeyId,
      [`${SSE}-context`]: Buffer.from('{"a":"b"}').toString('base64'),
    }),
  ],
  [
    'sse-kms-bad-context',
    'SSE-KMS with a context that is no base64',
    exact({
      [SSE]: 'aws:kms',
      [`${SSE}-aws-kms-key-id`]: RADOSGW_SETUP.kmsKeyId,
      [`${SSE}-context`]: 'not base64',
    }),
  ],
  ['sse-kms-without-key', 'SSE-KMS without a key', exact({ [SSE]: 'aws:kms' })],
  [
    'sse-kms-key-alone',
    'a key of KMS without SSE-KMS',
    exact({
      [`${SSE}-aws-kms-key-id`]: RADOSGW_SETUP.kmsKeyId,
    }),
  ],
  [
    'sse-dsse',
    'SSE-KMS in two layers',
    exact({
      [SSE]: 'aws:kms:dsse',
      [`${SSE}-aws-kms-key-id`]: RADOSGW_SETUP.kmsKeyId,
    }),
  ],
  ['sse-unknown', 'an encryption that S3 does not have', exact({ [SSE]: 'AES128' })],
  ['sse-empty', 'an empty encryption', exact({ [SSE]: '' })],
  [
    'sse-bucket-key',
    'SSE-KMS with a bucket key',
    exact({
      [SSE]: 'aws:kms',
      [`${SSE}-aws-kms-key-id`]: RADOSGW_SETUP.kmsKeyId,
      [`${SSE}-bucket-key-enabled`]: 'true',
    }),
  ],
  ['sse-customer', 'SSE-C', customer('AES256', CUSTOMER_KEY, CUSTOMER_KEY_MD5)],
  [
    'sse-customer-wrong-md5',
    'SSE-C whose MD5 is another key’s',
    customer('AES256', CUSTOMER_KEY, digest('md5', 'other')),
  ],
  [
    'sse-customer-short-key',
    'SSE-C with a key of 16 bytes',
    customer('AES256', Buffer.alloc(16).toString('base64'), digest('md5', Buffer.alloc(16))),
  ],
  [
    'sse-customer-algorithm',
    'SSE-C with another algorithm',
    customer('AES128', CUSTOMER_KEY, CUSTOMER_KEY_MD5),
  ],
  [
    'sse-customer-without-key',
    'SSE-C without its key',
    exact({
      [`${SSE}-customer-algorithm`]: 'AES256',
    }),
  ],
  [
    'sse-customer-without-md5',
    'SSE-C without the MD5 of its key',
    exact({
      [`${SSE}-customer-algorithm`]: 'AES256',
      [`${SSE}-customer-key`]: CUSTOMER_KEY,
    }),
  ],
  [
    'sse-both',
    'SSE-S3 and SSE-C together',
    {
      exact: {
        [SSE]: 'AES256',
        [`${SSE}-customer-algorithm`]: 'AES256',
        [`${SSE}-customer-key`]: CUSTOMER_KEY,
        [`${SSE}-customer-key-md5`]: CUSTOMER_KEY_MD5,
      },
    },
  ],
];
