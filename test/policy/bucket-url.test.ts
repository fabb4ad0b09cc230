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
      {
        ...{ bucket: 'my-bucket', region: 'fr-par', endpoint: 'https://s3.fr-par.scw.cloud' },
        addressing: 'virtual-hosted',
      },
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

  it.each([
    ...['us-east-1', 'ap-southeast-7', 'ca-west-1', 'mx-central-1', 'us-gov-west-1'],
    ...['cn-northwest-1', 'eusc-de-east-1', 'us-isob-east-1'],
  ])('takes %s for a region of Amazon S3', (region) => {
    expect(() => bucketUrl({ ...AWS, region })).not.toThrow();
  });

  it.each([
    ['fr-par', 'For another store give its `endpoint`.'],
    ['default', 'For another store give its `endpoint`.'],
    ['eu-west', 'For another store give its `endpoint`.'],
    ['eu-west-3a', 'For another store give its `endpoint`.'],
    ['EU-West-1', 'Write it "eu-west-1".'],
  ])('takes %s for none, but for one of another store', (region, fix) => {
    expect(catchError(() => bucketUrl({ ...AWS, region }))).toMatchObject({
      code: 'invalid_option',
      option: 'region',
      message: `Option \`region\`: "${region}" is no region of Amazon S3, such as "eu-west-3". ${fix}`,
    });
    expect(bucketUrl({ ...CEPH, region })).toBe('https://s3.example.com/my-bucket/');
  });

  it.each<[string, object, string]>([
    ['in the path', { endpoint: 'https://s3.example.com/my-bucket' }, 'https://s3.example.com'],
    [
      'in the path, with a slash, a port and a path before it',
      { endpoint: 'http://localhost:9000/store/my-bucket/' },
      'http://localhost:9000/store',
    ],
    [
      'in the path, with capitals',
      { bucket: 'My_Bucket', endpoint: 'https://s3.example.com/My_Bucket' },
      'https://s3.example.com',
    ],
    [
      'in the host, as Scaleway shows it',
      { region: 'fr-par', endpoint: 'https://my-bucket.s3.fr-par.scw.cloud' },
      'https://s3.fr-par.scw.cloud',
    ],
    [
      'in the host, as Amazon S3 shows it',
      { endpoint: 'https://my-bucket.s3.eu-west-3.amazonaws.com', addressing: 'virtual-hosted' },
      'https://s3.eu-west-3.amazonaws.com',
    ],
    [
      'in the host, by an older name',
      { endpoint: 'https://my-bucket.s3-eu-west-1.amazonaws.com' },
      'https://s3-eu-west-1.amazonaws.com',
    ],
    [
      'in the host and the path',
      { endpoint: 'https://my-bucket.s3.example.com:8443/my-bucket/' },
      'https://s3.example.com:8443',
    ],
  ])('refuses an endpoint with the bucket %s', (_, change, endpoint) => {
    expect(catchError(() => bucketUrl({ ...AWS, ...change }))).toMatchObject({
      code: 'invalid_option',
      option: 'endpoint',
      message: expect.stringContaining(`Use "${endpoint}".`),
    });
  });

  it.each([
    ['storage', 'https://storage.example.com', 'https://storage.example.com/storage/'],
    ['photos', 'https://s3.example.com/my-photos', 'https://s3.example.com/my-photos/photos/'],
    ['photos', 'https://my-photos.s3.example.com', 'https://my-photos.s3.example.com/photos/'],
  ])('takes a bucket %s at %s', (bucket, endpoint, url) => {
    expect(bucketUrl({ ...AWS, bucket, endpoint })).toBe(url);
  });

  it.each([
    ['fr-par', 'https://s3.nl-ams.scw.cloud', 'nl-ams'],
    ['eu-west-3', 'https://s3.eu-west-1.amazonaws.com', 'eu-west-1'],
    ['eu-west-3', 'https://s3.dualstack.eu-west-1.amazonaws.com', 'eu-west-1'],
    ['us-east-1', 'https://s3-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['cn-north-1', 'https://s3.cn-northwest-1.amazonaws.com.cn', 'cn-northwest-1'],
  ])('refuses the region %s at %s', (region, endpoint, named) => {
    const refused = catchError(() => bucketUrl({ ...AWS, region, endpoint }));
    expect(refused).toMatchObject({ code: 'invalid_option', option: 'endpoint' });
    expect(refused.message).toContain(`${endpoint} is in the region "${named}"`);
    expect(refused.message).toContain(`\`region\` is "${region}"`);
    expect(() => bucketUrl({ ...AWS, region: named, endpoint })).not.toThrow();
  });

  it('tells how a region is written whose host is right', () => {
    const options = { ...AWS, region: 'FR-PAR', endpoint: 'https://s3.fr-par.scw.cloud' };
    const refused = catchError(() => bucketUrl(options));
    expect(refused).toMatchObject({ code: 'invalid_option', option: 'region' });
    expect(refused.message).toContain('"FR-PAR" is written "fr-par".');
  });

  it.each([
    'https://s3.amazonaws.com',
    'https://s3-accelerate.amazonaws.com',
    'https://s3.store.example',
    'https://nyc3.digitaloceanspaces.com',
  ])('takes any region at %s', (endpoint) => {
    expect(() => bucketUrl({ ...AWS, endpoint })).not.toThrow();
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
