import { describe, expect, it } from 'vitest';
import { type BucketAddress, bucketUrl } from '../../src/policy/bucket-url.ts';
import { S3FormError } from '../../src/policy/errors.ts';
import { catchError } from './catch-error.ts';

const AWS: BucketAddress = { bucket: 'my-bucket', region: 'eu-west-3' };
const CEPH: BucketAddress = { ...AWS, endpoint: 'https://s3.example.com' };

describe('bucketUrl', () => {
  it.each<[string, BucketAddress, string]>([
    ['Amazon S3 by region', AWS, 'https://my-bucket.s3.eu-west-3.amazonaws.com/'],
    [
      'us-east-1 by its name too',
      { ...AWS, region: 'us-east-1' },
      'https://my-bucket.s3.us-east-1.amazonaws.com/',
    ],
    [
      'the partition of China',
      { ...AWS, region: 'cn-north-1' },
      'https://my-bucket.s3.cn-north-1.amazonaws.com.cn/',
    ],
    [
      'a dotted bucket in the path, as no certificate fits it in the host',
      { ...AWS, bucket: 'my.bucket' },
      'https://s3.eu-west-3.amazonaws.com/my.bucket/',
    ],
    [
      'Amazon S3 with the bucket in the path',
      { ...AWS, addressing: 'path' },
      'https://s3.eu-west-3.amazonaws.com/my-bucket/',
    ],
    ['an endpoint: the bucket in the path', CEPH, 'https://s3.example.com/my-bucket/'],
    [
      'an endpoint with a final slash',
      { ...CEPH, endpoint: 'https://s3.example.com/' },
      'https://s3.example.com/my-bucket/',
    ],
    [
      'an endpoint with a port',
      { ...CEPH, endpoint: 'http://localhost:9000' },
      'http://localhost:9000/my-bucket/',
    ],
    [
      'an endpoint with a path',
      { ...CEPH, endpoint: 'https://example.com:8443/store/s3' },
      'https://example.com:8443/store/s3/my-bucket/',
    ],
    [
      'an endpoint with the bucket in the host',
      { ...CEPH, endpoint: 'https://s3.fr-par.scw.cloud', addressing: 'virtual-hosted' },
      'https://my-bucket.s3.fr-par.scw.cloud/',
    ],
    [
      'an endpoint with the bucket in the host, a port and a path',
      { ...CEPH, endpoint: 'http://s3.localhost:9000/store/', addressing: 'virtual-hosted' },
      'http://my-bucket.s3.localhost:9000/store/',
    ],
    [
      'an IP address',
      { ...CEPH, endpoint: 'http://127.0.0.1:9000' },
      'http://127.0.0.1:9000/my-bucket/',
    ],
    [
      "a name that only other stores' buckets have",
      { ...CEPH, bucket: 'My_Bucket' },
      'https://s3.example.com/My_Bucket/',
    ],
  ])('%s', (_, address, url) => {
    expect(bucketUrl(address)).toBe(url);
  });

  it.each<[string, object, string, RegExp]>([
    ['bucket', { bucket: undefined }, 'missing_option', /required/],
    ['bucket', { bucket: '' }, 'missing_option', /required/],
    ['bucket', { bucket: 'ab' }, 'invalid_option', /3 to 63/],
    ['bucket', { bucket: 'a'.repeat(64) }, 'invalid_option', /3 to 63/],
    ['bucket', { bucket: 'My-Bucket' }, 'invalid_option', /lower-case/],
    ['bucket', { bucket: 'my-bucket/uploads' }, 'invalid_option', /without a URL, slash/],
    ['bucket', { bucket: 'https://my-bucket.s3.amazonaws.com' }, 'invalid_option', /without a URL/],
    ['bucket', { bucket: 'my..bucket' }, 'invalid_option', /letters, digits, dots/],
    ['bucket', { ...CEPH, bucket: 'my bucket' }, 'invalid_option', /3 to 255/],
    ['region', { region: undefined }, 'missing_option', /required/],
    ['region', { region: 'eu west' }, 'invalid_option', /such as "eu-west-3"/],
    ['region', { region: 'eu-west-3/s3' }, 'invalid_option', /such as "eu-west-3"/],
    ['endpoint', { endpoint: 's3.example.com' }, 'invalid_option', /Write it like "https:/],
    ['endpoint', { endpoint: 'localhost:9000' }, 'invalid_option', /Write it like "https:/],
    ['endpoint', { endpoint: '' }, 'invalid_option', /Write it like "https:/],
    ['endpoint', { endpoint: 'ftp://s3.example.com' }, 'invalid_option', /Write it like "https:/],
    ['endpoint', { endpoint: 'https://me:pw@s3.example.com' }, 'invalid_option', /`credentials`/],
    ['endpoint', { endpoint: 'https://s3.example.com?a=b' }, 'invalid_option', /neither a query/],
    ['endpoint', { endpoint: 'https://s3.example.com#a' }, 'invalid_option', /nor a fragment/],
    ['addressing', { addressing: 'host' }, 'invalid_option', /"virtual-hosted" or "path"/],
    [
      'addressing',
      { endpoint: 'http://127.0.0.1:9000', addressing: 'virtual-hosted' },
      'invalid_option',
      /Use "path"/,
    ],
    [
      'addressing',
      { endpoint: 'http://[::1]:9000', addressing: 'virtual-hosted' },
      'invalid_option',
      /Use "path"/,
    ],
  ])('refuses `%s` in %j', (option, change, code, fix) => {
    const refused = catchError(() => bucketUrl({ ...AWS, ...change }));
    expect(refused).toBeInstanceOf(S3FormError);
    expect(refused).toMatchObject({ code, option, message: expect.stringContaining(option) });
    expect(refused.message).toMatch(fix);
  });

  it('does not repeat the password of an endpoint', () => {
    const refused = catchError(() => bucketUrl({ ...AWS, endpoint: 'https://me:pw123@host' }));
    expect(refused.message).not.toContain('pw123');
  });

  it.each<[string, object]>([
    ['bucket', { bucket: 5 }],
    ['region', { region: ['eu-west-3'] }],
    ['endpoint', { endpoint: new URL('https://s3.example.com') }],
    ['endpoint', { endpoint: null }],
  ])('throws a TypeError for a `%s` of another kind: %o', (option, change) => {
    const refused = catchError(() => bucketUrl({ ...AWS, ...change }));
    expect(refused).toBeInstanceOf(TypeError);
    expect(refused.message).toContain(`\`${option}\` must be a string`);
  });
});
