import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { headObject } from '../../src/bucket/objects.ts';
import { type Credentials, createPresignedPost } from '../../src/index.ts';
import { RADOSGW_SETUP, type RealS3, startRadosgw } from '../support/radosgw.ts';
import { isForeignServer } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import {
  accessTo,
  answerOf,
  expectedAnswer,
  expectedObject,
  post,
  readObject,
  resolveLocalhost,
} from './bucket-client.ts';
import { conditionsOn, type RandomUpload, randomUpload } from './random-options.ts';

describe.skipIf(!requirement('radosgw').available || isForeignServer)(
  'all options together (needs radosgw of its own)',
  () => {
    let s3: RealS3;
    let temporary: Credentials;

    beforeAll(async () => {
      s3 = await startRadosgw();
      temporary = await fromTemporaryCredentials({
        masterCredentials: s3.credentials,
        params: { RoleArn: RADOSGW_SETUP.roleArn, RoleSessionName: 'tests' },
        clientConfig: { endpoint: s3.endpoint, region: s3.region },
      })();
      resolveLocalhost();
    });
    afterAll(async () => {
      vi.restoreAllMocks();
      await s3?.stop();
    });

    let count = 0;

    const upload = async (random: RandomUpload) => {
      const { file, isVirtualHosted } = random;
      const { age, ...options } = random.options;
      const all = {
        ...options,
        ...{ bucket: s3.bucket, region: s3.region },
        credentials: random.isTemporary ? temporary : s3.credentials,
        key: `random/${count++}/${options.key}`,
        now: new Date(Date.now() - age * 1000),
        endpoint: isVirtualHosted ? `http://${s3.virtualHostedDomain}` : s3.endpoint,
        addressing: isVirtualHosted ? ('virtual-hosted' as const) : ('path' as const),
      };
      const { fields } = createPresignedPost(all);
      const minted = createPresignedPost({
        ...all,
        conditions: conditionsOn(fields, random.conditions),
      });
      const response = await post(minted, new File([file.content], file.name));
      // Browsers write quotation marks so.
      const name = file.name.replaceAll('"', '%22');
      return { response, options, key: all.key.replace('${filename}', () => name), file };
    };

    it('stores what 300 random forms allow', { timeout: 120_000 }, async () => {
      const property = fc.asyncProperty(randomUpload, async (random) => {
        const { response, options, key, file } = await upload(random);
        const stored = { bucket: s3.bucket, key, content: file.content };
        expect(answerOf(response), await response.text()).toEqual(expectedAnswer(options, stored));

        const { 'x-amz-meta-raw--': raw } = { ...options.fields };
        const metadata = { ...options.metadata, ...(raw !== undefined && { 'raw--': raw }) };
        const expected = expectedObject({ ...options, metadata }, file.content);
        const encryption = options.serverSideEncryption;
        const customerKey =
          typeof encryption === 'object' && 'customerKey' in encryption
            ? encryption.customerKey
            : undefined;
        expect(await readObject(accessTo(s3), key, customerKey)).toEqual(expected);
        if (customerKey) return;
        expect(await headObject(accessTo(s3), key)).toMatchObject({
          size: file.content.length,
          type: expected.type,
          metadata: expected.metadata,
        });
      });
      await fc.assert(property, { seed: 20_480, numRuns: 300 });
    });
  },
);
