import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headObject, signedObjectUrl } from '../../src/bucket/objects.ts';
import type { PresignedPostOptions } from '../../src/index.ts';
import { STORAGE_CLASSES } from '../../src/policy/fields.ts';
import { RADOSGW_SETUP, type RealS3, startRadosgw } from '../support/radosgw.ts';
import { isForeignServer } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import { accessTo, mintFor, post, readObject } from './bucket-client.ts';

type Options = Partial<PresignedPostOptions>;

const SSE = 'x-amz-server-side-encryption';
const { kmsKeyId: keyId, storageClass } = RADOSGW_SETUP;

/** Checked against the policy, then forgotten. The third column is the header that Amazon S3 sends. */
const NOT_KEPT: [what: string, options: Options, header: string][] = [
  ['Cache-Control', { cacheControl: 'max-age=60' }, 'cache-control'],
  ['Content-Disposition', { contentDisposition: 'attachment' }, 'content-disposition'],
  ['Content-Encoding', { contentEncoding: 'gzip' }, 'content-encoding'],
  ['Expires', { expires: new Date(4e12) }, 'expires'],
  ['SSE-S3', { serverSideEncryption: 'AES256' }, SSE],
  [
    'the bucket key of SSE-KMS',
    { serverSideEncryption: { algorithm: 'aws:kms', keyId, bucketKeyEnabled: true } },
    `${SSE}-bucket-key-enabled`,
  ],
  ['metadata whose prefix is in capitals', { fields: { 'X-Amz-Meta-A': 'b' } }, 'x-amz-meta-a'],
];

/** Amazon S3 answers 400. */
const NOT_COMPARED: [what: string, options: Options][] = [
  ['a wrong CRC32', { checksum: { algorithm: 'CRC32', value: 'AAAAAA==' } }],
  ['a wrong SHA256', { checksum: { algorithm: 'SHA256', value: zeros(32) } }],
  ['a wrong Content-MD5', { contentMd5: zeros(16) }],
];

/** Taken by Amazon S3. */
const REFUSED: [what: string, options: Options, message: string][] = [
  ['the ACL aws-exec-read', { acl: 'aws-exec-read' }, 'Bad canned ACLs'],
  ['SSE-KMS without the name of a key', { serverSideEncryption: 'aws:kms' }, 'InvalidArgument'],
  [
    'SSE-KMS in two layers',
    { serverSideEncryption: { algorithm: 'aws:kms:dsse', keyId } },
    'InvalidArgument',
  ],
  ['a key that begins with a blank', { key: ' a' }, 'AccessDenied'],
  ['a key that ends with a blank', { key: 'a ' }, 'AccessDenied'],
  ['a type that ends with a blank', { contentType: 'text/plain ' }, 'AccessDenied'],
  [
    'a written condition whose value begins with a dollar sign',
    { metadata: { a: '$b' }, conditions: [['eq', '$x-amz-meta-a', '$b']] },
    'AccessDenied',
  ],
  ...STORAGE_CLASSES.filter((name) => name !== 'STANDARD' && name !== storageClass).map(
    (name): [string, Options, string] => [
      `the storage class ${name}, which it is not set up for`,
      { storageClass: name },
      'The storage class you specified is not valid',
    ],
  ),
];

/** What a file of this name makes of the key. */
const FILE_NAMES: [what: string, key: string, file: string, stored: string][] = [
  ['its second variable', 'a/${filename}/${filename}', 'a.txt', 'a/a.txt/${filename}'],
  ['directories of the name', 'b/${filename}', 'dir/a.txt', 'b/dir/a.txt'],
  ["Windows' directories of the name", 'c/${filename}', 'C:\\dir\\a.txt', 'c/C:\\dir\\a.txt'],
  ['no more of the name than comes before a semicolon', 'd/${filename}', 'a;b.txt', 'd/"a'],
];

function zeros(length: number): string {
  return Buffer.alloc(length).toString('base64');
}

describe.skipIf(!requirement('radosgw').available || isForeignServer)(
  'where radosgw is not Amazon S3 (needs radosgw of its own)',
  () => {
    let s3: RealS3;

    beforeAll(async () => {
      s3 = await startRadosgw();
    });
    afterAll(() => s3?.stop());

    it.each(NOT_KEPT)('takes, but does not keep, %s', async (_, options, header) => {
      const minted = mintFor(s3, options);
      expect((await post(minted)).status).toBe(204);
      const stored = await fetch(signedObjectUrl(accessTo(s3), String(minted.fields['key'])));
      expect([stored.status, stored.headers.get(header)]).toEqual([200, null]);
    });

    it.each(NOT_COMPARED)('stores a file in spite of %s', async (_, options) => {
      expect((await post(mintFor(s3, options))).status).toBe(204);
    });

    it.each(REFUSED)('refuses %s', async (_, options, message) => {
      const response = await post(mintFor(s3, options));
      expect([400, 403]).toContain(response.status);
      expect(await response.text()).toContain(message);
    });

    it.each(FILE_NAMES)('keeps in a key %s', async (_, key, file, stored) => {
      expect((await post(mintFor(s3, { key }), new File(['content'], file))).status).toBe(204);
      expect((await headObject(accessTo(s3), stored)).size).toBe(7);
    });

    it('keeps the variable outside of keys', async () => {
      const metadata = { name: 'of ${filename}' };
      const minted = mintFor(s3, { metadata });
      expect((await post(minted)).status).toBe(204);
      const stored = await readObject(accessTo(s3), String(minted.fields['key']));
      expect(stored.metadata).toEqual(metadata);
    });

    it('does not enforce what a value begins with when that begins with a dollar sign', async () => {
      // It takes such a text for the name of a field, and one that is not there for empty. For the
      // key, where this would let any key pass, createPresignedPost refuses it.
      const minted = mintFor(s3, {
        metadata: { a: '$b' },
        conditions: [['starts-with', '$x-amz-meta-a', '$b']],
      });
      const fields = { ...minted.fields, 'x-amz-meta-a': 'elsewhere' };
      expect((await post({ ...minted, fields })).status).toBe(204);
      expect(() => mintFor(s3, { key: '$a/${filename}' })).toThrow(/begins with "\$"/);
    });

    it('passes over the older field redirect', async () => {
      const response = await post(mintFor(s3, { redirect: 'http://localhost/done' }));
      expect(response.status).toBe(204);
      expect(response.headers.get('location')).toBeNull();
    });

    it('adds a second ? to a redirect with a query', async () => {
      const response = await post(mintFor(s3, { successActionRedirect: 'http://localhost/?a=b' }));
      expect(response.headers.get('location')).toMatch(/^http:\/\/localhost\/\?a=b\?bucket=/);
    });

    it('tells of a stored file neither its ETag nor a whole address', async () => {
      const response = await post(mintFor(s3, { successActionStatus: 201 }));
      expect(response.headers.get('etag')).toBeNull();
      expect(response.headers.get('location')).toBeNull();
      expect(await response.text()).toMatch(/<Location>localhost\/uploads\/tests%2F/);
    });
  },
);
