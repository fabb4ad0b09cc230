import { type CorpusForm, inSeconds } from '../form.ts';

/** Forms with two faults, of which the answer tells the one that is looked at first. */
export const ORDER: readonly CorpusForm[] = [
  [
    'order-file-key',
    'neither a file nor a key',
    {
      fields: { key: undefined },
      parts: (parts) => parts.slice(0, -1),
    },
  ],
  [
    'order-key-signature',
    'neither a key nor a signature',
    {
      fields: { key: undefined, 'X-Amz-Signature': undefined },
    },
  ],
  [
    'order-key-wrong-signature',
    'an empty key and a wrong signature',
    {
      fields: { key: '' },
      secret: 'another',
    },
  ],
  [
    'order-region-policy',
    'another region and a policy that is no JSON',
    {
      exact: { 'x-amz-credential': 'AKIAIOSFODNN7EXAMPLE/20260101/eu-west-3/s3/aws4_request' },
      policy: () => 'no JSON',
    },
  ],
  [
    'order-signature-policy',
    'a wrong signature and a policy that is no JSON',
    {
      secret: 'another',
      policy: () => 'no JSON',
    },
  ],
  [
    'order-signature-expired',
    'a wrong signature and an expired policy',
    {
      secret: 'another',
      expiration: inSeconds(-3600),
    },
  ],
  [
    'order-policy-expired',
    'an expired policy with a condition that nobody can read',
    {
      expiration: inSeconds(-3600),
      conditions: ['acl'],
    },
  ],
  [
    'order-expired-size',
    'an expired policy and a file that is too large',
    {
      expiration: inSeconds(-3600),
      conditions: [['content-length-range', 1, 2]],
    },
  ],
  [
    'order-condition-coverage',
    'a condition that fails and a field without a condition',
    {
      fields: { key: 'elsewhere/a.jpg', acl: 'private' },
    },
  ],
  [
    'order-coverage-acl',
    'an ACL that S3 does not have, without a condition',
    {
      fields: { acl: 'public' },
    },
  ],
  [
    'order-size-acl',
    'a file that is too large, and an ACL that S3 does not have',
    {
      exact: { acl: 'public' },
      conditions: [['content-length-range', 1, 2]],
    },
  ],
  [
    'order-size-tags',
    'a file that is too small, and tags that are no XML',
    {
      exact: { tagging: 'a=b' },
      conditions: [['content-length-range', 100, 200]],
    },
  ],
  [
    'order-class-tags',
    'a storage class that S3 does not have, and tags that are no XML',
    {
      exact: { 'x-amz-storage-class': 'FROZEN', tagging: 'a=b' },
    },
  ],
  [
    'order-bucket-multipart',
    'a bucket that is not there, and no multipart/form-data',
    {
      path: '/another',
      contentType: 'text/plain',
    },
  ],
];
