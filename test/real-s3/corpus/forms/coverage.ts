import type { CorpusForm } from '../form.ts';
import { META, TYPE } from './samples.ts';

/** Which fields need a condition, and the bucket's part in it. */
export const COVERAGE: readonly CorpusForm[] = [
  ['cover-metadata', 'metadata without a condition', META],
  ['cover-acl', 'an ACL without a condition', { fields: { acl: 'private' } }],
  ['cover-content-type', 'Content-Type without a condition', TYPE],
  [
    'cover-cache-control',
    'Cache-Control without a condition',
    { fields: { 'Cache-Control': 'no-store' } },
  ],
  [
    'cover-status',
    'success_action_status without a condition',
    { fields: { success_action_status: '200' } },
  ],
  [
    'cover-redirect',
    'success_action_redirect without a condition',
    {
      fields: { success_action_redirect: 'http://localhost/a' },
    },
  ],
  [
    'cover-old-redirect',
    'redirect without a condition',
    { fields: { redirect: 'http://localhost/a' } },
  ],
  [
    'cover-tagging',
    'tagging without a condition',
    { fields: { tagging: '<Tagging><TagSet/></Tagging>' } },
  ],
  [
    'cover-storage-class',
    'x-amz-storage-class without a condition',
    {
      fields: { 'x-amz-storage-class': 'STANDARD' },
    },
  ],
  [
    'cover-md5',
    'Content-MD5 without a condition',
    {
      fields: { 'Content-MD5': 'mgNkuembtIDdJeHwKEyFVQ==' },
    },
  ],
  [
    'cover-checksum',
    'x-amz-checksum-crc32 without a condition',
    {
      fields: { 'x-amz-checksum-crc32': 'y/Q5Jg==' },
    },
  ],
  [
    'cover-encryption',
    'x-amz-server-side-encryption without a condition',
    {
      fields: { 'x-amz-server-side-encryption': 'AES256' },
    },
  ],
  [
    'cover-token',
    'x-amz-security-token of no session',
    { fields: { 'X-Amz-Security-Token': 'token' } },
  ],
  [
    'cover-unknown',
    'Filename, as Flash sent it, without a condition',
    { fields: { Filename: 'photo.jpg' } },
  ],
  ['cover-submit', 'a named button before the file', { fields: { submit: 'Upload' } }],
  [
    'cover-two',
    'two fields without a condition',
    { fields: { acl: 'private', 'x-amz-meta-a': 'b' } },
  ],
  ['cover-empty', 'an empty field without a condition', { fields: { 'x-amz-meta-a': '' } }],
  ['cover-key', 'no condition on the key', { without: ['key'] }],
  ['cover-algorithm', 'no condition on the algorithm', { without: ['x-amz-algorithm'] }],
  ['cover-credential', 'no condition on the credential', { without: ['x-amz-credential'] }],
  ['cover-date', 'no condition on the date', { without: ['x-amz-date'] }],
  [
    'cover-without-dollar',
    'a name without its dollar sign, which covers nothing',
    {
      fields: { acl: 'private' },
      conditions: [['eq', 'acl', 'acl']],
    },
  ],
  ['cover-ignored-name', 'x-ignore without a name after it', { fields: { 'x-ignore': 'b' } }],
  [
    'cover-prefix-dash',
    'a condition on x-amz-meta-, which is a prefix of names only',
    {
      ...META,
      conditions: [['starts-with', '$x-amz-meta-', '']],
    },
  ],
  ['bucket-no-condition', 'no condition on the bucket', { without: ['bucket'] }],
  [
    'bucket-other-condition',
    'a condition for another bucket',
    {
      without: ['bucket'],
      conditions: [{ bucket: 'another' }],
    },
  ],
  [
    'bucket-other-field',
    'a field for another bucket, the condition being right',
    {
      fields: { bucket: 'another' },
    },
  ],
  [
    'bucket-other-both',
    'field and condition for another bucket',
    {
      without: ['bucket'],
      fields: { bucket: 'another' },
      conditions: [{ bucket: 'another' }],
    },
  ],
];

/** One name more than once. */
export const DUPLICATES: readonly CorpusForm[] = [
  [
    'twice-metadata',
    'metadata twice, the policy with a comma between',
    {
      conditions: [{ 'x-amz-meta-tag': 'Ninja,Stallman' }],
      repeated: [
        ['x-amz-meta-tag', 'Ninja'],
        ['x-amz-meta-tag', 'Stallman'],
      ],
    },
  ],
  [
    'twice-metadata-last',
    'metadata twice, the policy with the last alone',
    {
      conditions: [{ 'x-amz-meta-tag': 'Stallman' }],
      repeated: [
        ['x-amz-meta-tag', 'Ninja'],
        ['x-amz-meta-tag', 'Stallman'],
      ],
    },
  ],
  [
    'twice-metadata-case',
    'metadata twice, in different cases',
    {
      conditions: [{ 'x-amz-meta-tag': 'a,b' }],
      repeated: [
        ['x-amz-meta-tag', 'a'],
        ['X-Amz-Meta-Tag', 'b'],
      ],
    },
  ],
  ['twice-key', 'the key twice, the same', { repeated: [['key', 'user/photo.jpg']] }],
  [
    'twice-key-other',
    'the key twice, the last elsewhere',
    { repeated: [['key', 'elsewhere/photo.jpg']] },
  ],
  [
    'twice-acl',
    'the ACL twice',
    {
      exact: { acl: 'private' },
      repeated: [['acl', 'public-read']],
    },
  ],
  ['twice-policy', 'the policy twice, the last another', { repeated: [['policy', 'e30=']] }],
  [
    'twice-status',
    'the status twice, the same',
    {
      exact: { success_action_status: '200' },
      repeated: [['success_action_status', '200']],
    },
  ],
  [
    'twice-ignored',
    'a field x-ignore-* twice',
    {
      repeated: [
        ['x-ignore-a', '1'],
        ['x-ignore-a', '2'],
      ],
    },
  ],
];
