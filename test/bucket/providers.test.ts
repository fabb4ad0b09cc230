import type { ErrorRequestHandler, Request } from 'express';
import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { PROVIDERS, WITHOUT_POST_OBJECT } from '../../src/bucket/providers.ts';
import {
  createPresignedPost,
  type EmbeddedForm,
  type Provider,
  S3FormError,
  type S3FormOptions,
  s3Form,
} from '../../src/index.ts';
import { CANNED_ACLS, FORM_FIELDS } from '../../src/policy/fields.ts';
import { catchError } from '../policy/catch-error.ts';
import { warningsOf } from '../support/warnings.ts';

type Effect = 'ignored' | 'refused';

/** What becomes of an option, whatever its value or with some values only. */
type Fact = Effect | { readonly effect: Effect; readonly only: readonly unknown[] };

/** What is known of a store, written down from its documentation and source, not from `src`. */
interface Facts {
  readonly name: string;
  /** The bucket `photos` in its regions; nothing where the store has no address of its own. */
  readonly urls: Readonly<Record<string, string>>;
  readonly addressing: 'virtual-hosted' | 'path';
  /** Where `${filename}` is replaced. */
  readonly filename: 'every field' | 'key' | 'once in key';
  /** Seconds that a form can live. */
  readonly longest: number;
  /** What becomes of an option; a store that is silent here does what S3 does. */
  readonly options: Readonly<Record<string, Fact>>;
  /** Values that it makes others of, by the option that gives them. */
  readonly changes?: readonly (readonly [option: string, given: object])[];
}

const SEVEN_DAYS = 7 * 24 * 3600;

const FACTS: Readonly<Record<Provider, Facts>> = {
  // https://docs.aws.amazon.com/general/latest/gr/s3.html; China is a partition with a domain of
  // its own, GovCloud one with the common domain.
  aws: {
    name: 'Amazon S3',
    urls: {
      'us-east-1': 'https://photos.s3.us-east-1.amazonaws.com/',
      'eu-west-3': 'https://photos.s3.eu-west-3.amazonaws.com/',
      'ca-central-1': 'https://photos.s3.ca-central-1.amazonaws.com/',
      'cn-north-1': 'https://photos.s3.cn-north-1.amazonaws.com.cn/',
      'cn-northwest-1': 'https://photos.s3.cn-northwest-1.amazonaws.com.cn/',
      'us-gov-west-1': 'https://photos.s3.us-gov-west-1.amazonaws.com/',
      'us-gov-east-1': 'https://photos.s3.us-gov-east-1.amazonaws.com/',
    },
    addressing: 'virtual-hosted',
    filename: 'every field',
    longest: SEVEN_DAYS,
    options: {},
  },
  // https://www.scaleway.com/en/docs/object-storage/api-cli/post-object/
  scaleway: {
    name: 'Scaleway',
    urls: {
      'fr-par': 'https://photos.s3.fr-par.scw.cloud/',
      'nl-ams': 'https://photos.s3.nl-ams.scw.cloud/',
      'pl-waw': 'https://photos.s3.pl-waw.scw.cloud/',
    },
    addressing: 'virtual-hosted',
    filename: 'every field',
    longest: SEVEN_DAYS,
    options: {},
  },
  // src/rgw/rgw_rest_s3.cc: it reads none of these headers from a form, and compares no checksum;
  // one canned ACL is unknown to it.
  ceph: {
    name: 'Ceph',
    urls: {},
    addressing: 'path',
    filename: 'once in key',
    longest: SEVEN_DAYS,
    options: {
      acl: { effect: 'refused', only: ['aws-exec-read'] },
      cacheControl: 'ignored',
      contentDisposition: 'ignored',
      contentEncoding: 'ignored',
      expires: 'ignored',
      checksum: 'ignored',
      contentMd5: 'ignored',
      serverSideEncryption: { effect: 'refused', only: ['aws:kms', 'aws:kms:dsse'] },
    },
    changes: [
      ['key', { key: 'a ' }],
      ['key', { keyPrefix: ' a/' }],
      ['contentType', { contentType: 'text/plain ' }],
      ['metadata.a', { metadata: { a: '$b' } }],
      ['metadata.a', { inputs: [{ name: 'x-amz-meta-a', label: 'A', startsWith: '$b' }] }],
    ],
  },
  minio: {
    name: 'MinIO',
    urls: {},
    addressing: 'path',
    filename: 'key',
    longest: SEVEN_DAYS,
    options: { acl: 'ignored' },
    changes: [
      ['key', { key: '/a' }],
      ['key', { keyPrefix: '/a/' }],
    ],
  },
  // v1.2.0, src/api/s3/post_object.rs: no tagging, SSE-C only, no x-amz-date older than 24 hours.
  garage: {
    name: 'Garage',
    urls: {},
    addressing: 'path',
    filename: 'key',
    longest: 24 * 3600,
    options: {
      acl: 'ignored',
      tags: 'refused',
      serverSideEncryption: {
        effect: 'refused',
        only: ['AES256', 'aws:kms', 'aws:kms:dsse', { algorithm: 'aws:kms', keyId: 'mine' }],
      },
    },
  },
  // An unknown condition such as `$tagging` makes it refuse the form; it maps SSE fields to headers.
  seaweedfs: {
    name: 'SeaweedFS',
    urls: {},
    addressing: 'path',
    filename: 'key',
    longest: SEVEN_DAYS,
    options: { tags: 'refused' },
  },
  s3: {
    name: 'the store',
    urls: {},
    addressing: 'path',
    filename: 'every field',
    longest: SEVEN_DAYS,
    options: {},
  },
};

const ALL = Object.keys(FACTS) as Provider[];
const WITH_OWN_ADDRESS = ALL.filter((provider) => Object.keys(FACTS[provider].urls).length > 0);
const WITHOUT_ADDRESS = ALL.filter((provider) => !WITH_OWN_ADDRESS.includes(provider));

/** One value of each option that may be passed to `s3Form` and becomes a field. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  acl: 'private',
  cacheControl: 'max-age=60',
  contentDisposition: 'attachment',
  contentEncoding: 'gzip',
  contentType: 'text/plain',
  expires: new Date('2030-01-01T00:00:00Z'),
  tags: { team: 'red' },
  storageClass: 'STANDARD',
  websiteRedirectLocation: '/elsewhere',
  serverSideEncryption: 'AES256',
  checksum: { algorithm: 'CRC32', value: 'AAAAAA==' },
  contentMd5: '1B2M2Y8AsgTpgAmY7PhCfg==',
  metadata: { uploader: 'ada' },
};

/** A row of the table in words. */
function rowOf(option: string, effect: Effect, isForAll: boolean): string {
  return `${option} is ${effect}${isForAll ? '' : ' with some values'}`;
}

function effectOf(provider: Provider, option: string, value: unknown): Effect | 'taken' {
  const fact = FACTS[provider].options[option] ?? 'taken';
  if (typeof fact === 'string') return fact;
  return fact.only.includes(value) ? fact.effect : 'taken';
}

function optionsFor(provider: Provider, more: object = {}): S3FormOptions {
  const options = {
    bucket: 'photos',
    region: Object.keys(FACTS[provider].urls)[0] ?? 'local',
    ...(WITHOUT_ADDRESS.includes(provider) && { endpoint: 'https://store.example' }),
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' },
    baseUrl: 'https://app.example/upload',
    provider,
    ...more,
  };
  return options as S3FormOptions;
}

describe('the table of stores', () => {
  it('has the stores of this test, no more and no fewer', () => {
    expect(Object.keys(PROVIDERS).sort()).toEqual(Object.keys(FACTS).sort());
    expect(Object.keys(WITHOUT_POST_OBJECT).sort()).toEqual(['b2', 'r2']);
  });

  it.each(ALL)('has for %s the rows of this test, no more and no fewer', (provider) => {
    const { name, endpoint, addressing, filenameVariable, expiresInAtMost, limits, ...more } =
      PROVIDERS[provider];
    const { readsDollarAsField, refusedValues = [], ...unknown } = more;
    const changed = Number(readsDollarAsField ?? 0) + refusedValues.length;
    const facts = FACTS[provider];
    expect({
      name,
      hasAddress: endpoint !== undefined,
      addressing,
      filename: filenameVariable,
      longest: expiresInAtMost ?? SEVEN_DAYS,
      options: limits
        .map(({ option, effect, concerns }) => rowOf(option, effect, concerns === undefined))
        .sort(),
    }).toEqual({
      name: facts.name,
      hasAddress: WITH_OWN_ADDRESS.includes(provider),
      addressing: facts.addressing,
      filename: facts.filename,
      longest: facts.longest,
      options: Object.entries(facts.options)
        .map(([option, fact]) =>
          typeof fact === 'string' ? rowOf(option, fact, true) : rowOf(option, fact.effect, false),
        )
        .sort(),
    });
    expect(new Set(facts.changes?.map(([option]) => option)).size).toBe(changed);
    expect(unknown).toEqual({});
  });

  it.each(
    ALL.flatMap((provider) =>
      (FACTS[provider].changes ?? []).map(([option, given]) => [provider, option, given] as const),
    ),
  )('%s refuses in %s what it would change: %j', (provider, option, given) => {
    expect(() => s3Form(optionsFor(provider, given))).toThrow(
      expect.objectContaining({ code: 'unsupported_by_provider', option }),
    );
    expect(() => s3Form(optionsFor('aws', given))).not.toThrow();
  });

  it('is tested with every option that becomes a field', () => {
    const routers = ['key', 'redirect', 'successActionRedirect', 'successActionStatus'];
    expect([...Object.keys(SAMPLES), ...routers].sort()).toEqual(Object.keys(FORM_FIELDS).sort());
  });
});

describe('the address of the bucket', () => {
  const addresses = WITH_OWN_ADDRESS.flatMap((provider) =>
    Object.entries(FACTS[provider].urls).map(([region, url]) => [provider, region, url] as const),
  );

  it.each(addresses)('of %s in %s is %s', (provider, region, url) => {
    const uploads = s3Form(optionsFor(provider, { region }));
    expect(uploads.url).toBe(url);
    expect(uploads.cspDirectives()['form-action']).toContain(new URL(url).origin);
  });

  it.each(
    addresses.filter(([provider]) => provider === 'aws'),
  )('of %s in %s is the one of createPresignedPost', (provider, region, url) => {
    const { bucket, credentials } = optionsFor(provider);
    const signed = { accessKeyId: 'a', secretAccessKey: 'b', ...credentials };
    expect(createPresignedPost({ bucket, region, credentials: signed, key: 'k' }).url).toBe(url);
  });

  it.each([
    ['aws', 'eu-west-3', 'https://s3.eu-west-3.amazonaws.com/my.photos/'],
    ['aws', 'cn-north-1', 'https://s3.cn-north-1.amazonaws.com.cn/my.photos/'],
    ['scaleway', 'fr-par', 'https://s3.fr-par.scw.cloud/my.photos/'],
  ] as const)('of %s in %s has a dotted bucket in its path', (provider, region, url) => {
    expect(s3Form(optionsFor(provider, { region, bucket: 'my.photos' })).url).toBe(url);
  });

  it.each(WITH_OWN_ADDRESS)('of %s is in the path or the host as asked', (provider) => {
    const [region = '', url = ''] = Object.entries(FACTS[provider].urls)[0] ?? [];
    const withPath = s3Form(optionsFor(provider, { region, addressing: 'path' }));
    expect(withPath.url).toBe(`${url.replace('photos.', '')}photos/`);
    const dotted = { region, bucket: 'my.photos', addressing: 'virtual-hosted' };
    expect(s3Form(optionsFor(provider, dotted)).url).toBe(url.replace('photos', 'my.photos'));
  });

  it.each(ALL)('of %s is at the endpoint, where one is given', (provider) => {
    const { addressing } = FACTS[provider];
    const endpoint = 'https://store.example:8443/s3';
    const inHost = 'https://photos.store.example:8443/s3/';
    const inPath = 'https://store.example:8443/s3/photos/';
    const url = (more = {}) => s3Form(optionsFor(provider, { endpoint, ...more })).url;
    expect(url()).toBe(addressing === 'path' ? inPath : inHost);
    expect(url({ addressing: 'path' })).toBe(inPath);
    expect(url({ addressing: 'virtual-hosted' })).toBe(inHost);
    expect(url({ bucket: 'my.photos' })).toBe('https://store.example:8443/s3/my.photos/');
  });

  it.each(WITHOUT_ADDRESS)('of %s needs an endpoint', (provider) => {
    const options = optionsFor(provider, { endpoint: undefined });
    const error = catchError(() => s3Form(options));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'missing_option', option: 'endpoint' });
    expect(error.message).toContain('`endpoint` is required');
    expect(error.message).toContain(FACTS[provider].name);
  });
});

describe('a store that can not work', () => {
  it.each([
    ['r2', /Cloudflare R2 has no POST Object.*501/],
    ['b2', /Backblaze B2 has no POST Object.*501/],
  ])('%s is refused with the reason', (provider, reason) => {
    const error = catchError(() =>
      s3Form({
        ...optionsFor('s3'),
        provider: provider as Provider,
        endpoint: 'https://a.example',
      }),
    );
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'unsupported_by_provider', option: 'provider' });
    expect(error.message).toMatch(reason);
  });

  it('does not compile', () => {
    // @ts-expect-error R2 has no POST Object.
    const r2: Provider = 'r2';
    // @ts-expect-error B2 has no POST Object.
    const b2: Provider = 'b2';
    expect([r2, b2]).toEqual(['r2', 'b2']);
  });
});

describe('a store that is not known', () => {
  it.each([
    ['digitalocean'],
    ['AWS'],
    [''],
    ['constructor'],
    ['__proto__'],
    ['toString'],
  ])('%j is refused with those that are', (provider) => {
    const error = catchError(() => s3Form(optionsFor('s3', { provider })));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error).toMatchObject({ code: 'invalid_option', option: 'provider' });
    expect(error.message).toContain(JSON.stringify(provider));
    for (const known of ALL) expect(error.message).toContain(known);
    expect(error.message).toMatch(/"s3" stands for any other/);
  });

  it.each([[null], [7], [{}], [['aws']]])('%j is a TypeError', (provider) => {
    const error = catchError(() => s3Form(optionsFor('s3', { provider })));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toContain('`provider` must be a string');
  });
});

describe('an option is', () => {
  const all = ALL.flatMap((provider) =>
    Object.entries(SAMPLES).map(([option, value]) => {
      const effect = effectOf(provider, option, value);
      return { provider, option, value, effect };
    }),
  );
  const given = ({ provider, option, value }: (typeof all)[number]): [string, S3FormOptions][] => [
    ['value', optionsFor(provider, { [option]: value })],
    ['function', optionsFor(provider, { [option]: () => value })],
  ];

  it.each(
    all.filter(({ effect }) => effect === 'taken'),
  )('taken: $option by $provider', async (row) => {
    for (const [kind, options] of given(row)) {
      expect(await warningsOf(() => s3Form(options)), kind).toEqual([]);
    }
  });

  it.each(
    all.filter(({ effect }) => effect === 'ignored'),
  )('ignored with a warning: $option by $provider', async (row) => {
    for (const [kind, options] of given(row)) {
      const warnings = await warningsOf(() => s3Form(options));
      expect(warnings, kind).toHaveLength(1);
      expect(warnings[0]?.name).toBe('S3FormWarning');
      expect(warnings[0]?.message).toContain(`\`${row.option}\``);
      expect(warnings[0]?.message).toContain(FACTS[row.provider].name);
    }
  });

  it.each(
    all.filter(({ effect }) => effect === 'refused'),
  )('refused at the start: $option by $provider', async (row) => {
    const [[, options] = ['', optionsFor(row.provider)]] = given(row);
    const warnings = await warningsOf(() => {
      const error = catchError(() => s3Form(options));
      expect(error).toBeInstanceOf(S3FormError);
      expect(error).toMatchObject({ code: 'unsupported_by_provider', option: row.option });
      expect(error.message).toContain(`\`${row.option}\``);
      expect(error.message).toContain(FACTS[row.provider].name);
    });
    expect(warnings).toEqual([]);
  });

  it.each(
    all.filter(({ effect, option }) => effect === 'refused' && option === 'tags'),
  )('refused at the start even as a function: $option by $provider', (row) => {
    const [, [, options] = ['', optionsFor(row.provider)]] = given(row);
    expect(catchError(() => s3Form(options))).toMatchObject({
      code: 'unsupported_by_provider',
      option: row.option,
    });
  });

  it.each(ALL)('not looked at where it is undefined, by %s', async (provider) => {
    const nothing = Object.fromEntries(Object.keys(SAMPLES).map((option) => [option, undefined]));
    expect(await warningsOf(() => s3Form(optionsFor(provider, nothing)))).toEqual([]);
  });

  it('warned of once for each, however many forms there are', async () => {
    const warnings = await warningsOf(async () => {
      const uploads = s3Form(optionsFor('ceph', { cacheControl: 'a', contentEncoding: 'gzip' }));
      for (let form = 0; form < 3; form++) await uploads.form({} as Request);
    });
    expect(warnings.map(({ message }) => /`(\w+)`/.exec(message)?.[1]).sort()).toEqual([
      'cacheControl',
      'contentEncoding',
    ]);
  });
});

describe("Garage's encryption", () => {
  it("with a customer's key is taken, from a function too", async () => {
    const encryption = { customerKey: new Uint8Array(32) };
    for (const serverSideEncryption of [encryption, () => encryption]) {
      const options = optionsFor('garage', { serverSideEncryption, confirm: 'none' });
      const { fields } = await s3Form(options).form({} as Request);
      expect(fields).toHaveProperty(['x-amz-server-side-encryption-customer-algorithm'], 'AES256');
    }
  });
});

describe('an option that is refused with some values', () => {
  const rows = ALL.flatMap((provider) =>
    Object.entries(FACTS[provider].options).flatMap(([option, fact]) =>
      typeof fact === 'string' ? [] : fact.only.map((value) => ({ provider, option, value })),
    ),
  );

  it.each(rows)('$option $value of $provider, at the start', ({ provider, option, value }) => {
    expect(catchError(() => s3Form(optionsFor(provider, { [option]: value })))).toMatchObject({
      code: 'unsupported_by_provider',
      option,
      message: expect.stringContaining(FACTS[provider].name),
    });
  });

  it.each(
    rows,
  )('$option $value of $provider, from a function, when the form is made', async (row) => {
    const options = optionsFor(row.provider, { [row.option]: () => row.value });
    expect(await refusalOf(options)).toMatchObject({
      code: 'unsupported_by_provider',
      option: row.option,
    });
  });

  it.each(CANNED_ACLS.filter((acl) => acl !== 'aws-exec-read'))('not: %s of ceph', async (acl) => {
    expect(await warningsOf(() => s3Form(optionsFor('ceph', { acl })))).toEqual([]);
  });
});

/** The error of a form that is made for a request, as the app's error handler gets it. */
async function refusalOf(options: S3FormOptions): Promise<unknown> {
  const errors: unknown[] = [];
  const take: ErrorRequestHandler = (error, _req, res, _next) => {
    errors.push(error);
    res.sendStatus(500);
  };
  const response = await request(express().use('/upload', s3Form(options)).use(take)).get(
    '/upload',
  );
  expect(errors.length, `the app answered ${response.status}`).toBe(1);
  return errors[0];
}

describe('the life of a form', () => {
  it.each(ALL)('for %s is as long as the store allows, and no longer', async (provider) => {
    const { longest, name } = FACTS[provider];
    const uploads = s3Form(optionsFor(provider, { formExpiresIn: longest }));
    const { expiration, fields } = await formOf(uploads);
    const date = fields['X-Amz-Date']?.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5');
    const seconds = Math.floor((expiration.getTime() - new Date(date ?? '').getTime()) / 1000);
    expect(seconds).toBe(longest);

    const error = catchError(() => s3Form(optionsFor(provider, { formExpiresIn: longest + 1 })));
    expect(error).toBeInstanceOf(S3FormError);
    expect(error.option).toBe('formExpiresIn');
    if (longest === SEVEN_DAYS) return expect(error.code).toBe('invalid_option');
    expect(error.code).toBe('unsupported_by_provider');
    expect(error.message).toContain(name);
    expect(error.message).toContain(String(longest));
  });
});

describe('${filename}', () => {
  it.each(ALL)('at the end of the key works with %s', async (provider) => {
    const { fields, conditions } = await formOf(
      s3Form(optionsFor(provider, { key: 'a/${filename}' })),
    );
    expect(fields['key']).toBe('a/${filename}');
    expect(conditions).toContainEqual(['starts-with', '$key', 'a/']);
    expect((await formOf(s3Form(optionsFor(provider)))).fields['key']).toMatch(/\/\$\{filename\}$/);
  });

  const twice = '${filename}/${filename}';
  const isOnce = (provider: Provider) => FACTS[provider].filename === 'once in key';

  it.each(
    ALL.filter((provider) => !isOnce(provider)),
  )('twice in the key works with %s', (provider) => {
    expect(() => s3Form(optionsFor(provider, { key: twice }))).not.toThrow();
  });

  it.each(ALL.filter(isOnce))('twice in the key is refused for %s', (provider) => {
    expect(catchError(() => s3Form(optionsFor(provider, { key: twice })))).toMatchObject({
      code: 'unsupported_by_provider',
      option: 'key',
      message: expect.stringContaining(FACTS[provider].name),
    });
  });

  it('twice in a key that a function gives is refused when the form is made', async () => {
    const options = optionsFor('ceph', { key: () => twice });
    expect(await refusalOf(options)).toMatchObject({
      code: 'unsupported_by_provider',
      option: 'key',
    });
  });

  const elsewhere = ALL.flatMap((provider) =>
    [
      { option: 'metadata', value: { name: 'a ${filename}' } },
      { option: 'contentDisposition', value: 'attachment; filename="${filename}"' },
      { option: 'fields', value: { 'x-raw': '${filename}' } },
    ].map((given) => ({ provider, ...given })),
  );

  const isAnywhere = ({ provider }: { provider: Provider }) =>
    FACTS[provider].filename === 'every field';

  it.each(elsewhere.filter(isAnywhere))('in $option works with $provider', (row) => {
    const options = optionsFor(row.provider, { [row.option]: row.value });
    expect(() => s3Form(options)).not.toThrow();
  });

  it.each(elsewhere.filter((row) => !isAnywhere(row)))('in $option is refused for $provider', ({
    provider,
    option,
    value,
  }) => {
    expect(catchError(() => s3Form(optionsFor(provider, { [option]: value })))).toMatchObject({
      code: 'unsupported_by_provider',
      message: expect.stringContaining(FACTS[provider].name),
    });
  });

  it.each(
    elsewhere.filter(({ provider }) => provider === 'minio'),
  )('in $option is refused with the name of that option', ({ provider, option, value }) => {
    const error = catchError(() => s3Form(optionsFor(provider, { [option]: value })));
    expect(error.option).toMatch(new RegExp(`^${option}\\b`));
  });
});

/** A form with its policy read. */
async function formOf(uploads: ReturnType<typeof s3Form>) {
  const form: EmbeddedForm = await uploads.form({} as Request);
  const policy = JSON.parse(Buffer.from(form.fields['Policy'] ?? '', 'base64').toString()) as {
    expiration: string;
    conditions: unknown[];
  };
  return { ...form, conditions: policy.conditions, expiration: new Date(policy.expiration) };
}

describe.each(ALL)('a form for %s', (provider) => {
  it('has the bucket as a field and as a condition, as Garage and Amazon S3 need', async () => {
    const { fields, conditions } = await formOf(s3Form(optionsFor(provider)));
    expect(fields['bucket']).toBe('photos');
    expect(conditions).toContainEqual({ bucket: 'photos' });
  });

  it('has a field for each condition, as Garage and Amazon S3 need', async () => {
    const { fields, conditions } = await formOf(s3Form(optionsFor(provider)));
    const present = Object.keys(fields).map((name) => name.toLowerCase());
    const named = conditions
      .filter((condition) => !Array.isArray(condition) || condition[0] !== 'content-length-range')
      .map((condition) =>
        Array.isArray(condition)
          ? String(condition[1]).slice(1)
          : Object.keys(Object(condition))[0],
      );
    expect(present).toEqual(expect.arrayContaining(named.map((name) => name?.toLowerCase())));
  });

  it('returns to an address without a query, which SeaweedFS would replace and Ceph break', async () => {
    const { done, fields } = await formOf(s3Form(optionsFor(provider)));
    expect(fields['success_action_redirect']).toBe(done);
    expect(done).not.toMatch(/[?#]/);
  });

  it('leaves out the older redirect, which MinIO, Ceph, Garage and SeaweedFS ignore', async () => {
    expect((await formOf(s3Form(optionsFor(provider)))).fields).not.toHaveProperty('redirect');
  });
});
