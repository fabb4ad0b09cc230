import { spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { describe } from 'vitest';
import type { Condition } from '../../src/policy/conditions.ts';
import { ROOT } from '../support/program.ts';
import { DEBIAN_PYTHON, requirement } from '../support/requirements.ts';
import {
  COMMON_DEVIATIONS,
  type Deviation,
  exceptFileName,
  isWritten,
  itAgrees,
  type SignedPost,
} from './compare.ts';
import type { RandomPost } from './random-post.ts';

const DEVIATIONS: readonly Deviation[] = [
  [
    "the endpoint's host stays as it was written",
    ({ url }, { options: { endpoint } }) =>
      endpoint !== undefined && {
        url: url.replace(new URL(endpoint).host, endpoint.split('/')[2] ?? ''),
      },
  ],
  ...COMMON_DEVIATIONS,
  [
    "Amazon's global host for buckets in the host, in its first partition, and for us-east-1",
    ({ url }, { options: { bucket, region } }) =>
      (url.includes(`//${bucket}.`) || region === 'us-east-1') &&
      !/^(cn|us-gov)-/.test(region) && {
        url: url.replace(`s3.${region}.amazonaws.com`, 's3.amazonaws.com'),
      },
  ],
  ['no field for the bucket', ({ fields: { bucket, ...fields } }) => ({ fields })],
];

describe.skipIf(!requirement('boto3').available)('boto3 (needs boto3)', () => {
  itAgrees(DEVIATIONS, async (posts) => {
    const { status, stdout, stderr, error } = spawnSync(
      DEBIAN_PYTHON,
      [`${ROOT}/test/peers/boto3_presign.py`],
      {
        input: JSON.stringify(posts.map(askBoto3)),
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
        // Without whatever the developer has configured.
        env: { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull },
      },
    );
    if (status !== 0) throw new Error(`boto3 did not run: ${error?.message ?? stderr}`);
    return JSON.parse(stdout) as SignedPost[];
  });
});

/** The arguments of boto3_presign.py. */
function askBoto3(post: RandomPost) {
  const { options, fields, conditions } = post;
  const { accessKeyId, secretAccessKey, sessionToken } = options.credentials;
  return {
    now: options.now.getTime(),
    addressing: addressingStyle(options),
    client: {
      region_name: options.region,
      endpoint_url: options.endpoint,
      aws_access_key_id: accessKeyId,
      aws_secret_access_key: secretAccessKey,
      aws_session_token: sessionToken,
    },
    post: {
      Bucket: options.bucket,
      Key: options.key,
      Fields: fields,
      Conditions: [...conditions, ...conditionsOf(post)],
      ExpiresIn: options.expiresIn,
    },
  };
}

/** Amazon's hosts are its default; asked for them, versions differ between global and regional. */
function addressingStyle({ addressing, endpoint }: RandomPost['options']): string {
  if (addressing === 'path') return 'path';
  return addressing === 'virtual-hosted' && endpoint !== undefined ? 'virtual' : 'auto';
}

/** Its documentation leaves the condition on each field to the caller. */
function conditionsOf(post: RandomPost): Condition[] {
  return Object.entries(post.fields)
    .filter(([name]) => !isWritten(name, post) && !name.startsWith('x-ignore-'))
    .map(([name, value]) => exceptFileName(name, value));
}
