import { S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, vi } from 'vitest';
import {
  COMMON_DEVIATIONS,
  conditionText,
  type Deviation,
  exceptFileName,
  isWritten,
  itAgrees,
  replace,
  type SignedPost,
} from './compare.ts';
import { type RandomPost, VARIABLE } from './random-post.ts';

const DEVIATIONS: readonly Deviation[] = [
  [
    'custom endpoints get the bucket in the host unless path style is asked for',
    ({ url }, { options: { bucket, endpoint, addressing } }) =>
      endpoint !== undefined &&
      addressing === undefined &&
      /^[a-z-]+$/.test(bucket) &&
      !/^[\d.]+$|^\[/.test(new URL(endpoint).hostname) && {
        url: url.replace(`/${bucket}/`, '/').replace('//', `//${bucket}.`),
      },
  ],
  ...COMMON_DEVIATIONS,
  [
    "an exact condition on a field stands beside the caller's own",
    ({ conditions }, post) => ({
      conditions: [...conditions, ...exact(post, ([name]) => isWritten(name, post))],
    }),
  ],
  [
    '${filename} in a field other than the key is taken for text: no upload fits',
    (form, { fields }) => {
      const some = Object.entries(fields).filter(([, value]) => value.includes(VARIABLE));
      return (
        some.length > 0 && {
          conditions: some.reduce<readonly string[]>(
            (conditions, [name, value]) =>
              replace(conditions, exceptFileName(name, value), conditionText({ [name]: value })),
            form.conditions,
          ),
          answer: 'AccessDenied',
        }
      );
    },
  ],
  [
    'a field that S3 ignores gets a condition too: no upload fits',
    ({ conditions }, post) => {
      const ignored = exact(post, ([name]) => name.startsWith('x-ignore-'));
      return (
        ignored.length > 0 && { conditions: [...conditions, ...ignored], answer: 'AccessDenied' }
      );
    },
  ],
];

function exact({ fields }: RandomPost, which: (field: [string, string]) => boolean): string[] {
  return Object.entries(fields)
    .filter(which)
    .map(([name, value]) => conditionText({ [name]: value }));
}

describe('@aws-sdk/s3-presigned-post', () => {
  beforeAll(() => {
    vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterAll(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
  });

  itAgrees(DEVIATIONS, async (posts) => {
    const answers: SignedPost[] = [];
    // One after the other, because the SDK asks the one clock.
    for (const post of posts) answers.push(await signWithSdk(post));
    return answers;
  });
});

function signWithSdk({ options, fields, conditions }: RandomPost): Promise<SignedPost> {
  const { bucket, region, endpoint, addressing, credentials, key, now, expiresIn } = options;
  vi.setSystemTime(now);
  const { sessionToken, ...keys } = credentials;
  const client = new S3Client({
    region,
    credentials: { ...keys, ...(sessionToken !== undefined && { sessionToken }) },
    forcePathStyle: addressing === 'path',
    ...(endpoint !== undefined && { endpoint }),
    // Without whatever the developer has configured.
    ignoreConfiguredEndpointUrls: true,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
  });
  return createPresignedPost(client, {
    Bucket: bucket,
    Key: key,
    Fields: { ...fields },
    Conditions: conditions as NonNullable<PresignedPostOptions['Conditions']>,
    Expires: expiresIn,
  });
}
