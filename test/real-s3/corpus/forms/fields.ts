import type { CorpusForm } from '../form.ts';

/** The fields of S3's table, each with its condition, alone and together; and the case of names. */
export const FIELDS: readonly CorpusForm[] = [
  ['fields-none', 'nothing but what a signed form needs', {}],
  ['fields-cache-control', 'Cache-Control', { exact: { 'Cache-Control': 'max-age=60' } }],
  ['fields-content-type', 'Content-Type', { exact: { 'Content-Type': 'image/png' } }],
  [
    'fields-content-type-parameter',
    'Content-Type with a parameter',
    { exact: { 'Content-Type': 'text/plain; charset=utf-8' } },
  ],
  ['fields-content-type-empty', 'an empty Content-Type', { exact: { 'Content-Type': '' } }],
  [
    'fields-content-disposition',
    'Content-Disposition',
    { exact: { 'Content-Disposition': 'attachment; filename="a b.txt"' } },
  ],
  ['fields-content-encoding', 'Content-Encoding', { exact: { 'Content-Encoding': 'gzip' } }],
  [
    'fields-content-language',
    'Content-Language, which the table does not have',
    { exact: { 'Content-Language': 'fr' } },
  ],
  ['fields-expires', 'Expires', { exact: { Expires: 'Wed, 21 Oct 2026 07:28:00 GMT' } }],
  ['fields-metadata', 'one piece of metadata', { exact: { 'x-amz-meta-album': 'holidays' } }],
  [
    'fields-metadata-several',
    'several pieces of metadata',
    { exact: { 'x-amz-meta-a': '1', 'x-amz-meta-b': '2', 'x-amz-meta-c': '3' } },
  ],
  [
    'fields-website-path',
    'x-amz-website-redirect-location with a path',
    { exact: { 'x-amz-website-redirect-location': '/elsewhere' } },
  ],
  [
    'fields-website-url',
    'x-amz-website-redirect-location with a URL',
    { exact: { 'x-amz-website-redirect-location': 'https://example.com/a?b=c' } },
  ],
  [
    'fields-website-relative',
    'x-amz-website-redirect-location that begins with none of S3’s beginnings',
    { exact: { 'x-amz-website-redirect-location': 'elsewhere' } },
  ],
  ['fields-bucket', 'a field for the bucket, as SDKs send it', { fields: { bucket: 'uploads' } }],
  [
    'fields-website-long',
    'x-amz-website-redirect-location of 2,049 bytes',
    {
      exact: { 'x-amz-website-redirect-location': `/${'x'.repeat(2_048)}` },
    },
  ],
  [
    'fields-lock-mode',
    'x-amz-object-lock-mode with its date',
    {
      exact: {
        'x-amz-object-lock-mode': 'GOVERNANCE',
        'x-amz-object-lock-retain-until-date': '2099-01-01T00:00:00Z',
      },
    },
  ],
  [
    'fields-legal-hold',
    'x-amz-object-lock-legal-hold',
    {
      exact: { 'x-amz-object-lock-legal-hold': 'ON' },
    },
  ],
  [
    'fields-unknown',
    'a field that S3 knows nothing of, with its condition',
    { exact: { colour: 'blue' } },
  ],
  [
    'fields-request-payer',
    'x-amz-request-payer',
    { exact: { 'x-amz-request-payer': 'requester' } },
  ],
  ['fields-ignored', 'a field x-ignore-*, without a condition', { fields: { 'x-ignore-a': 'b' } }],
  [
    'fields-ignored-capitals',
    'a field X-Ignore-* in capitals',
    { fields: { 'X-IGNORE-NOTE': 'b' } },
  ],
  [
    'fields-together',
    'headers, metadata, ACL, tags and a status together',
    {
      exact: {
        acl: 'public-read',
        'Content-Type': 'image/jpeg',
        'x-amz-meta-a': 'b',
        tagging: '<Tagging><TagSet><Tag><Key>c</Key><Value>d</Value></Tag></TagSet></Tagging>',
        'x-amz-storage-class': 'STANDARD',
        success_action_status: '200',
      },
    },
  ],
  [
    'fields-together-headers',
    'a type with metadata and a website redirect',
    {
      exact: {
        'Content-Type': 'text/html',
        'x-amz-meta-title': 'Home',
        'x-amz-website-redirect-location': '/home',
      },
    },
  ],
  [
    'fields-in-another-order',
    'the signature’s fields first and the key last',
    { parts: (parts) => [...parts.slice(1, -1), ...parts.slice(0, 1), ...parts.slice(-1)] },
  ],
  [
    'case-of-signature-fields',
    'the signature’s fields in lower case, as boto3 writes them',
    {
      fields: {
        'x-amz-credential': (sent) => sent,
        'x-amz-algorithm': (sent) => sent,
        'x-amz-date': (sent) => sent,
        policy: (sent) => sent,
        'x-amz-signature': (sent) => sent,
      },
    },
  ],
  ['case-of-key', 'the key’s field in capitals', { fields: { KEY: (sent) => sent } }],
  [
    'case-of-policy',
    'the policy’s field in capitals',
    { fields: { POLICY: (sent) => sent, 'X-AMZ-SIGNATURE': (sent) => sent } },
  ],
  [
    'case-of-metadata',
    'metadata whose field is in capitals',
    { exact: { 'X-Amz-Meta-Album': 'holidays' } },
  ],
  [
    'case-of-metadata-condition',
    'metadata in lower case, its condition in capitals',
    { fields: { 'x-amz-meta-a': 'b' }, conditions: [{ 'X-AMZ-META-A': 'b' }] },
  ],
  [
    'case-of-content-type',
    'Content-Type in lower case, as is its condition',
    { exact: { 'content-type': 'image/png' } },
  ],
  [
    'case-of-acl',
    'the ACL’s field in capitals, its condition not',
    { fields: { ACL: 'public-read' }, conditions: [{ acl: 'public-read' }] },
  ],
  [
    'case-of-status',
    'Success_Action_Status with capitals',
    { fields: { Success_Action_Status: '200' }, conditions: [{ success_action_status: '200' }] },
  ],
];
