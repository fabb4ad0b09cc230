import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedObjectUrl } from '../../src/bucket/objects.ts';
import { CANNED_ACLS, type FieldOption, type FieldOptionValues } from '../../src/policy/fields.ts';
import { RADOSGW_SETUP, type RealS3, startRadosgw } from '../support/radosgw.ts';
import { isForeignServer } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import {
  accessTo,
  answerOf,
  expectedAnswer,
  expectedObject,
  md5,
  mintFor,
  post,
  readObject,
} from './bucket-client.ts';

/** Of this text the checksums are known to everybody. */
const CONTENT = Buffer.from('123456789');
const CUSTOMER_KEY = Buffer.alloc(32, 'customer');
const { kmsKeyId, storageClass } = RADOSGW_SETUP;

/** Values of each option, all of which radosgw accepts; differences.test.ts has the others. */
const VALUES: {
  readonly [Option in FieldOption]: readonly (readonly [
    title: string,
    value: FieldOptionValues[Option],
  ])[];
} = {
  key: [
    ['a text', 'values/a text'],
    ['a variable', 'values/${filename}'],
    ['a variable with text around it', 'values/before ${filename} after'],
  ],
  acl: CANNED_ACLS.filter((acl) => acl !== 'aws-exec-read').map((acl) => [acl, acl]),
  cacheControl: [['an age', 'public, max-age=60']],
  contentDisposition: [
    ['a file name', 'attachment; filename="a b.txt"; filename*=UTF-8\'\'%C3%A9'],
  ],
  contentEncoding: [['gzip', 'gzip']],
  contentType: [
    ['a type', 'image/png'],
    ['a type with a parameter', 'text/plain; charset=utf-8'],
  ],
  expires: [
    ['a Date', new Date(4e12)],
    ['a text', 'Wed, 21 Oct 2026 07:28:00 GMT'],
  ],
  successActionRedirect: [['a URL', 'http://localhost/done/%C3%A9']],
  redirect: [['a URL', 'http://localhost/done']],
  successActionStatus: [200, 201, 204].map((status) => [`${status}`, status as 200]),
  tags: [
    ['none', {}],
    ['one', { stage: 'draft' }],
    ['Unicode and what XML has a meaning for', { 'größer & <kleiner>': '"👑" \'=\' + - . : / @' }],
    ['an empty one', { empty: '' }],
    ['ten', Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`tag ${index}`, 'x']))],
  ],
  storageClass: [
    ['the usual', 'STANDARD'],
    ['another', storageClass],
  ],
  websiteRedirectLocation: [
    ['a path', '/elsewhere?a=b#c'],
    ['a URL', 'https://example.com/é'],
  ],
  serverSideEncryption: [
    ["the store's own key", 'AES256'],
    ['a key of the KMS', { algorithm: 'aws:kms', keyId: kmsKeyId }],
    [
      'a key of the KMS with all settings',
      { algorithm: 'aws:kms', keyId: kmsKeyId, context: { für: '👑' }, bucketKeyEnabled: true },
    ],
    ["the customer's key", { customerKey: CUSTOMER_KEY }],
  ],
  checksum: [
    ['CRC32', { algorithm: 'CRC32', value: 'y/Q5Jg==' }],
    ['CRC32C', { algorithm: 'CRC32C', value: '4waSgw==' }],
    ['SHA1', { algorithm: 'SHA1', value: '98O8HYCOBHMqhZTHuQPp9LQ6PBs=' }],
    ['SHA256', { algorithm: 'SHA256', value: 'FeKw09M88M2PvaoIyu+8BfqLhgIdlfa8AWqhFsOmd8g=' }],
  ],
  contentMd5: [['the digest', md5(CONTENT)]],
  metadata: [
    ['nothing', {}],
    ['a name in capitals', { 'Uploaded-By': 'ada' }],
    ['all of ASCII', { ascii: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ \t.' }],
    ['every character of names', { "!#$%&'*+-.^_`|~0az": 'x' }],
    ['Unicode', { unicode: 'ÄMÄZÕÑ S3 👑 שלום 日本語' }],
    ['an empty one', { empty: '' }],
    ['several', { a: 'b', c: 'd', e: 'f' }],
  ],
};

const CASES = Object.entries(VALUES).flatMap(([option, values]) =>
  values.map(([title, value]) => [option, title, { [option]: value }] as const),
);

describe.skipIf(!requirement('radosgw').available || isForeignServer)(
  'each option by itself (needs radosgw of its own)',
  () => {
    let s3: RealS3;

    beforeAll(async () => {
      s3 = await startRadosgw();
    });
    afterAll(() => s3?.stop());

    it.each(CASES)('stores a file with %s: %s', async (_option, _title, options) => {
      const minted = mintFor(s3, options);
      const response = await post(
        minted,
        new File([CONTENT], 'a.txt', { type: 'text/by-browser' }),
      );
      const key = String(minted.fields['key']).replace('${filename}', 'a.txt');
      const stored = { bucket: s3.bucket, key, content: CONTENT };
      expect(answerOf(response), await response.text()).toEqual(expectedAnswer(options, stored));
      const customerKey = 'serverSideEncryption' in options ? CUSTOMER_KEY : undefined;
      expect(await readObject(accessTo(s3), key, customerKey)).toEqual(
        expectedObject(options, CONTENT),
      );
    });

    it.each(
      CANNED_ACLS.filter((acl) => acl !== 'aws-exec-read'),
    )('lets the public read what is %s, or not', async (acl) => {
      const minted = mintFor(s3, { acl });
      await post(minted);
      const response = await fetch(accessTo(s3).url + minted.fields['key']);
      expect(response.status).toBe(acl.startsWith('public-') ? 200 : 403);
    });

    it("shows what the customer's key has encrypted to nobody without it", async () => {
      const minted = mintFor(s3, { serverSideEncryption: { customerKey: CUSTOMER_KEY } });
      await post(minted);
      const key = String(minted.fields['key']);
      expect((await fetch(signedObjectUrl(accessTo(s3), key))).status).toBe(400);
      const other = readObject(accessTo(s3), key, Buffer.alloc(32));
      await expect(other).rejects.toThrow('answered 400');
    });
  },
);
