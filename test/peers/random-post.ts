import fc from 'fast-check';
import type { Condition } from '../../src/policy/conditions.ts';
import type { PresignedPostOptions } from '../../src/policy/presigned-post.ts';

/** What is asked of this package, and the same in the words of its peers. */
export interface RandomPost {
  readonly options: PresignedPostOptions & { readonly now: Date; readonly expiresIn: number };
  /** The fields that the options set, beside key and bucket. */
  readonly fields: Readonly<Record<string, string>>;
  /** The conditions that the caller writes. */
  readonly conditions: readonly Condition[];
  /** Fields that the person adds, who posts the form. */
  readonly typed: Readonly<Record<string, string>>;
}

/** The size that every form here allows. */
export const FILE_SIZE = 500;

export const VARIABLE = '${filename}';

/** The same inputs in every run. */
export function randomPosts(count: number): RandomPost[] {
  return fc.sample(randomPost, { seed: 20_260_301, numRuns: count });
}

const hard = [...'abcXYZ019 -_./\\"\'<>&%+=;:,?#@!~*()[]{}|^`\t$éßñ漢字👑\u2028\u00a0'];
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...hard), maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const template = fc.tuple(text, fc.constantFrom('', VARIABLE)).map((parts) => parts.join(''));
const token = fc.base64String({ minLength: 20, maxLength: 400 });

/** Some of a form's fields: the options that set them, and the fields that come of it. */
type Part = Partial<Omit<RandomPost, 'options'>> & { options?: Partial<PresignedPostOptions> };

const PARTS: readonly fc.Arbitrary<Part>[] = [
  fc.constantFrom<Part>(
    { options: { acl: 'private' }, fields: { acl: 'private' } },
    {
      options: { acl: 'public-read' },
      fields: { acl: 'public-read' },
      conditions: [['eq', '$ACL', 'public-read']],
    },
  ),
  fc.constantFrom<Part>(
    { options: { contentType: 'text/plain' }, fields: { 'Content-Type': 'text/plain' } },
    {
      options: { contentType: 'image/png' },
      fields: { 'Content-Type': 'image/png' },
      conditions: [['starts-with', '$Content-Type', 'image/']],
    },
    {
      typed: { 'Content-Type': 'image/jpeg' },
      conditions: [['starts-with', '$Content-Type', 'image/']],
    },
  ),
  text.map((value) => ({ options: { cacheControl: value }, fields: { 'Cache-Control': value } })),
  template.map((value) => ({
    options: { contentDisposition: value },
    fields: { 'Content-Disposition': value },
  })),
  fc.constant({ options: { contentEncoding: 'gzip' }, fields: { 'Content-Encoding': 'gzip' } }),
  fc.constant({
    options: { expires: new Date('2026-10-21T07:28:00Z') },
    fields: { Expires: 'Wed, 21 Oct 2026 07:28:00 GMT' },
  }),
  template.map((rest) => ({
    options: { successActionRedirect: `https://example.com/?${rest}` },
    fields: { success_action_redirect: `https://example.com/?${rest}` },
  })),
  fc.constantFrom(200, 201, 204).map((status) => ({
    options: { successActionStatus: status },
    fields: { success_action_status: String(status) },
  })),
  fc.constant({
    options: { tags: { '<a>': 'b & ç' } },
    fields: {
      tagging:
        '<Tagging><TagSet><Tag><Key>&lt;a&gt;</Key><Value>b &amp; ç</Value></Tag></TagSet></Tagging>',
    },
  }),
  fc.constant({
    options: { storageClass: 'STANDARD_IA' },
    fields: { 'x-amz-storage-class': 'STANDARD_IA' },
  }),
  fc.constant({
    options: { serverSideEncryption: { algorithm: 'aws:kms', keyId: 'key/1' } },
    fields: {
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': 'key/1',
    },
  }),
  fc.tuple(text, template).map(([tag, name]) => ({
    options: { metadata: { Tag: tag, name } },
    fields: { 'x-amz-meta-tag': tag, 'x-amz-meta-name': name },
  })),
  fc
    .dictionary(fc.constantFrom('X-Custom', 'dzuuid', 'x-ignore-note'), text)
    .map((fields) => ({ options: { fields }, fields })),
  fc
    .tuple(fc.nat(FILE_SIZE), fc.integer({ min: FILE_SIZE, max: 5e9 }))
    .map((contentLengthRange) => ({
      options: { contentLengthRange },
    })),
  fc.constant({ conditions: [['content-length-range', 1, 1_048_576]] }),
];

const parts = fc
  .tuple(...PARTS.map((part) => fc.option(part, { nil: {} as Part, freq: 2 })))
  .map((some) => ({
    options: Object.assign({}, ...some.map((part) => part.options)) as Part['options'],
    fields: Object.assign({}, ...some.map((part) => part.fields)) as RandomPost['fields'],
    typed: Object.assign({}, ...some.map((part) => part.typed)) as RandomPost['typed'],
    conditions: some.flatMap((part) => part.conditions ?? []),
  }));

const key = fc
  .tuple(
    fc.constantFrom('', 'uploads/', 'ünï "q" \\b/'),
    text,
    fc.constantFrom('', VARIABLE, `/${VARIABLE}`, `${VARIABLE}.png`, `${VARIABLE}-${VARIABLE}`),
  )
  .map((some) => some.join(''))
  .filter(
    (whole) =>
      whole !== '' && !/\t|\$\$|^\$(?!\{)|\$\{(?!filename\})|(^|\/)\.\.?(\/|$)/.test(whole),
  );

/** A condition on the key, written by the caller beside the automatic one. */
const keyConditions = fc.boolean().map((some) => (whole: string): Condition[] => {
  const prefix = ['uploads/', 'ü'].find((start) => whole.startsWith(start)) ?? '';
  return some ? [['starts-with', '$key', prefix]] : [];
});

const addressing = fc.constantFrom(undefined, 'path' as const, 'virtual-hosted' as const);
const amazon = fc.record({
  bucket: fc.constantFrom('my-bucket', 'my.bucket', 'abc'),
  region: fc.constantFrom('us-east-1', 'eu-west-3', 'ap-south-1', 'cn-north-1', 'us-gov-west-1'),
  addressing,
});
/** All with https: of http, versions of boto3 differ on where a bucket with a dot goes. */
const elsewhere = fc.record({
  bucket: fc.constantFrom('my-bucket', 'my.bucket'),
  region: fc.constantFrom('fr-par', 'us-east-1', 'default'),
  endpoint: fc.constantFrom(
    ...['https://s3.store.example', 'https://localhost:9000/', 'https://STORE.example:443'],
    ...['https://store.example/base', 'https://store.example/base/'],
  ),
  addressing,
});
/** Where a bucket can only be in the path. */
const pathOnly = fc.record({
  bucket: fc.constantFrom('My_Bucket', 'my-bucket'),
  region: fc.constant('garage'),
  endpoint: fc.constantFrom('http://127.0.0.1:8000', 'http://[::1]:3900'),
  addressing: fc.constantFrom(undefined, 'path' as const),
});

const randomPost: fc.Arbitrary<RandomPost> = fc
  .record({
    parts,
    key,
    keyConditions,
    address: fc.oneof(amazon, elsewhere, pathOnly),
    credentials: fc.record(
      { accessKeyId: token, secretAccessKey: token, sessionToken: token },
      { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
    ),
    now: fc.date({ min: new Date('2001'), max: new Date('2099'), noInvalidDate: true }),
    expiresIn: fc.integer({ min: 1, max: 604_800 }),
  })
  .map(({ parts, keyConditions, address, ...own }) => {
    const written = [...parts.conditions, ...keyConditions(own.key)];
    const { contentLengthRange: range } = { ...parts.options };
    return {
      options: { ...parts.options, ...address, ...own, conditions: written },
      fields: parts.fields,
      conditions: [...written, ...(range ? [['content-length-range', ...range] as const] : [])],
      typed: parts.typed,
    };
  });
