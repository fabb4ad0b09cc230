import { describe, expect, it } from 'vitest';
import { resolveStore, type StoreOptions } from '../../src/bucket/store.ts';
import { S3FormError, s3Form } from '../../src/index.ts';
import { catchError } from '../policy/catch-error.ts';

const INSIDE = 'http://minio:9000';
const OUTSIDE = 'https://files.example';

function store(options: Partial<StoreOptions> = {}) {
  return resolveStore({ bucket: 'photos', region: 'eu-west-3', ...options });
}

const refusal = (options: object) => catchError(() => store(options));

describe('the provider, where none is given', () => {
  it.each([
    [{}, 'Amazon S3', 'https://photos.s3.eu-west-3.amazonaws.com/'],
    [{ endpoint: INSIDE }, 'the store', 'http://minio:9000/photos/'],
    [{ publicEndpoint: OUTSIDE }, 'Amazon S3', 'https://photos.s3.eu-west-3.amazonaws.com/'],
  ])('with %j', (options, name, url) => {
    expect(store(options).profile.name).toBe(name);
    expect(store(options).url).toBe(url);
  });
});

describe('the two endpoints', () => {
  it('are one unless told otherwise', () => {
    expect(store({ endpoint: INSIDE })).toMatchObject({
      url: 'http://minio:9000/photos/',
      publicEndpoint: INSIDE,
      publicUrl: 'http://minio:9000/photos/',
    });
    expect(store()).toMatchObject({
      publicEndpoint: 'https://s3.eu-west-3.amazonaws.com',
      publicUrl: 'https://photos.s3.eu-west-3.amazonaws.com/',
    });
  });

  it.each<[string, Partial<StoreOptions>, string, string]>([
    ['path style', {}, 'http://minio:9000/photos/', 'https://files.example/photos/'],
    [
      'virtual-hosted style',
      { addressing: 'virtual-hosted' },
      'http://photos.minio:9000/',
      'https://photos.files.example/',
    ],
    [
      'a bucket with a dot',
      { bucket: 'my.photos' },
      'http://minio:9000/my.photos/',
      'https://files.example/my.photos/',
    ],
    [
      'paths before the bucket',
      { endpoint: 'http://minio:9000/s3/', publicEndpoint: 'https://app.example/files' },
      'http://minio:9000/s3/photos/',
      'https://app.example/files/photos/',
    ],
    [
      "a provider's own, and another for browsers",
      { endpoint: undefined, provider: 'scaleway', region: 'fr-par' },
      'https://photos.s3.fr-par.scw.cloud/',
      'https://photos.files.example/',
    ],
    [
      'IP addresses',
      { endpoint: 'http://10.0.0.7:9000', publicEndpoint: 'http://[2001:db8::7]:9000' },
      'http://10.0.0.7:9000/photos/',
      'http://[2001:db8::7]:9000/photos/',
    ],
  ])('differ, %s', (_, options, url, publicUrl) => {
    const given = { endpoint: INSIDE, publicEndpoint: OUTSIDE, ...options };
    expect(store(given)).toMatchObject({ url, publicUrl });
  });
});

describe('a region that Amazon S3 does not have', () => {
  it.each([
    ['fr-par', "Did you forget `provider: 'scaleway'`?"],
    ['local', 'For another store give its `provider` and `endpoint`.'],
    ['EU-West-1', 'Write it "eu-west-1".'],
  ])('%s is refused', (region, fix) => {
    for (const options of [{}, { provider: 'aws' }, { publicEndpoint: OUTSIDE }]) {
      const error = refusal({ region, ...options });
      expect(error).toMatchObject({ code: 'invalid_option', option: 'region' });
      expect(error.message).toContain(fix);
    }
  });

  it.each([
    { endpoint: INSIDE },
    { endpoint: INSIDE, provider: 'aws' as const },
    { endpoint: INSIDE, provider: 'ceph' as const },
    { provider: 'scaleway' as const },
  ])('may be one of another store: %j', (options) => {
    for (const region of ['fr-par', 'default', 'zone1']) {
      expect(() => store({ region, ...options })).not.toThrow();
    }
  });
});

describe('a wrong endpoint is named by its option', () => {
  const wrong: [string, RegExp][] = [
    ['files.example', /is not an absolute http or https URL/],
    ['', /is not an absolute http or https URL/],
    ['ftp://files.example', /is not an absolute http or https URL/],
    ['https://key:secret@files.example', /must not carry a user name or password/],
    ['https://files.example/?x=1', /must have neither a query nor a fragment/],
    ['https://files.example/#x', /must have neither a query nor a fragment/],
    ['https://files.example/photos', /Use "https:\/\/files\.example"/],
    ['https://photos.s3.files.example', /Use "https:\/\/s3\.files\.example"/],
    ['https://s3.fr-par.scw.cloud', /"fr-par", but `region` is "eu-west-3"/],
  ];

  it.each(wrong)('%j for the app', (endpoint, fault) => {
    const error = refusal({ endpoint, publicEndpoint: OUTSIDE });
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'invalid_option', option: 'endpoint' });
    expect(error.message).toMatch(/^Option `endpoint`: /);
    expect(error.message).toMatch(fault);
  });

  it.each(wrong)('%j for browsers', (publicEndpoint, fault) => {
    const error = refusal({ endpoint: INSIDE, publicEndpoint });
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'invalid_option', option: 'publicEndpoint' });
    expect(error.message).toMatch(/^Option `publicEndpoint`: /);
    expect(error.message).not.toContain('`endpoint`');
    expect(error.message).toMatch(fault);
  });

  it.each(wrong)("%j for browsers, with the provider's own for the app", (publicEndpoint) => {
    expect(refusal({ publicEndpoint })).toMatchObject({ option: 'publicEndpoint' });
  });

  it('both: the one for the app first', () => {
    expect(refusal({ endpoint: 'a', publicEndpoint: 'b' })).toMatchObject({ option: 'endpoint' });
  });

  it.each([
    ['endpoint', 'a number', 9000],
    ['endpoint', 'a URL', new URL(INSIDE)],
    ['publicEndpoint', 'a number', 9000],
    ['publicEndpoint', 'a URL', new URL(OUTSIDE)],
  ])('`%s` that is %s', (option, _, value) => {
    const error = refusal({ endpoint: INSIDE, [option]: value });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain(`\`${option}\` must be a string`);
  });

  it.each([
    ['127.0.0.1', { endpoint: 'http://127.0.0.1:9000', publicEndpoint: OUTSIDE }],
    ['192.0.2.7', { endpoint: INSIDE, publicEndpoint: 'http://192.0.2.7' }],
    ['[::1]', { endpoint: INSIDE, publicEndpoint: 'http://[::1]:9000' }],
  ])('%s can not have the bucket in its host', (host, endpoints) => {
    const error = refusal({ ...endpoints, addressing: 'virtual-hosted' });
    expect(error).toMatchObject({ code: 'invalid_option', option: 'addressing' });
    expect(error.message).toContain(host);
    expect(error.message).toContain('Use "path"');
  });
});

describe('other options are named by their own names', () => {
  it.each([
    ['bucket', 'missing_option', { bucket: '' }],
    ['bucket', 'invalid_option', { bucket: 's3://photos' }],
    ['region', 'missing_option', { region: '' }],
    ['region', 'invalid_option', { region: 'eu west' }],
    ['addressing', 'invalid_option', { addressing: 'host' }],
  ])('%s: %s', (option, code, options) => {
    const endpoints = { endpoint: INSIDE, publicEndpoint: OUTSIDE };
    expect(refusal({ ...endpoints, ...options })).toMatchObject({ code, option });
    expect(refusal(options)).toMatchObject({ code, option });
  });
});

describe("a store's limits hold for raw fields too", () => {
  const given = {
    bucket: 'photos',
    region: 'r',
    endpoint: 'http://store.example',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  };

  it.each([
    ['garage', { tagging: '<Tagging/>' }, 'tags'],
    ['seaweedfs', { Tagging: '<Tagging/>' }, 'tags'],
    ['garage', { 'X-Amz-Server-Side-Encryption': 'AES256' }, 'serverSideEncryption'],
    ['ceph', { ACL: 'aws-exec-read' }, 'acl'],
  ] as const)('%s refuses %j', (provider, fields, option) => {
    const options = { ...given, provider, fields: fields as unknown as Record<string, string> };
    expect(() => s3Form(options)).toThrow(
      expect.objectContaining({ code: 'unsupported_by_provider', option }),
    );
  });
});
