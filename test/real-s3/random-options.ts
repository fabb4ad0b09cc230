import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Checksum, Condition, PresignedPostOptions } from '../../src/index.ts';
import {
  CANNED_ACLS,
  type FieldOption,
  type FieldOptionValues,
  SIGNATURE_FIELDS,
} from '../../src/policy/fields.ts';
import { RADOSGW_SETUP } from '../support/radosgw.ts';
import { md5 } from './bucket-client.ts';

/** A form of many options, and a file that it allows. */
export interface RandomUpload {
  readonly options: RandomOptions;
  /** The credentials of a role, with their session token. */
  readonly isTemporary: boolean;
  readonly isVirtualHosted: boolean;
  readonly file: { readonly name: string; readonly content: Uint8Array<ArrayBuffer> };
  /** Conditions to be written, beside those that the fields get by themselves. */
  readonly conditions: readonly RandomCondition[];
}

type RandomOptions = Pick<PresignedPostOptions, FieldOption | 'contentLengthRange' | 'fields'> & {
  readonly expiresIn: number;
  /** Seconds since the form was signed. */
  readonly age: number;
};

interface RandomCondition {
  readonly of: number;
  readonly form: 'object' | 'eq' | 'starts-with';
  readonly length: number;
  readonly inCapitals: boolean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: options refuse them
const CONTROL_CHARACTERS = /[\u0000-\u0008\u000a-\u001f\u007f]/g;

/** Characters with a meaning to JSON, HTML, URLs, policies or multipart, and of all widths. */
const HARD = [
  ...'abcXYZ019 \t-_./\\"\'<>&%+=;:,?#@!~*()[]{}|^`$éßñ漢字👑שא\u0301\u00a0\u0085\u2028\u200d',
];

function text(constraints: { minLength?: number; maxLength: number }): fc.Arbitrary<string> {
  const { minLength = 0 } = constraints;
  return fc
    .string({ ...constraints, unit: fc.oneof(fc.constantFrom(...HARD), graphemes) })
    .map((value) => value.replaceAll(CONTROL_CHARACTERS, ''))
    .filter((value) => value.length >= minLength);
}

const graphemes = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });

/**
 * Radosgw puts the file's name into the key only, and only once. It takes the blanks from both ends
 * of a key, which then does not fit the policy.
 */
const key = fc
  .tuple(text({ maxLength: 40 }), fc.constantFrom('', '${filename}'), text({ maxLength: 10 }))
  // "$$" and "${" are refused, and so are control characters and segments of dots.
  .map(([before, variable, after]) => `${unsigned(before)}${variable}${unsigned(after)}`.trim())
  .filter((value) => !value.split('/').some(isDots));

function unsigned(value: string): string {
  return value.replaceAll('$', 's').replaceAll(/[\t\u0085]/g, '-');
}

function isDots(segment: string): boolean {
  return segment === '.' || segment === '..';
}

/** Radosgw keeps directories of the name, and ends it at a semicolon. */
const fileName = text({ minLength: 1, maxLength: 30 })
  .map((name) => name.replaceAll(/[/\\;]/g, '-').trim())
  .filter((name) => name !== '' && !isDots(name));

const metadataName = fc.string({
  unit: fc.constantFrom(..."abcXYZ019!#$%&'*+-.^_`|~"),
  minLength: 1,
  maxLength: 20,
});

/** Headers, in which metadata is read, have no white space at their ends. */
const metadataValue = text({ maxLength: 60 }).map((value) => value.trim());

const metadata = fc
  .uniqueArray(fc.tuple(metadataName, metadataValue), {
    maxLength: 4,
    selector: ([name]) => name.toLowerCase(),
  })
  .map((entries) => Object.fromEntries(entries));

const tags = fc
  .uniqueArray(fc.tuple(text({ minLength: 1, maxLength: 20 }), text({ maxLength: 30 })), {
    maxLength: 10,
    selector: ([name]) => name,
  })
  .map((entries) => Object.fromEntries(entries));

const kms = fc.record(
  {
    algorithm: fc.constant('aws:kms' as const),
    keyId: fc.constant(RADOSGW_SETUP.kmsKeyId),
    context: fc.dictionary(text({ maxLength: 10 }), text({ maxLength: 10 }), { maxKeys: 2 }),
    bucketKeyEnabled: fc.boolean(),
  },
  { requiredKeys: ['algorithm', 'keyId'] },
);

/** Without a query, after which radosgw would begin another. */
const url = fc.webUrl({ withQueryParameters: false, withFragments: false });

const location = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  text({ maxLength: 20 }).map((path) => `/${path}`.trim()),
);

/** Radosgw compares no checksum, but Amazon S3 would. */
function checksumOf(content: Uint8Array): fc.Arbitrary<Checksum> {
  return fc.constantFrom('SHA1', 'SHA256').map((algorithm) => ({
    algorithm,
    value: createHash(algorithm).update(content).digest('base64'),
  }));
}

/** An arbitrary for each option, so that a new one can't be left out. */
type FieldArbitraries = {
  readonly [Option in FieldOption]: fc.Arbitrary<FieldOptionValues[Option]>;
};

function fieldOptions(content: Uint8Array): FieldArbitraries {
  return {
    key,
    // Radosgw does not know this one.
    acl: fc.constantFrom(...CANNED_ACLS.filter((acl) => acl !== 'aws-exec-read')),
    cacheControl: text({ maxLength: 30 }),
    contentDisposition: text({ maxLength: 30 }),
    contentEncoding: fc.constantFrom('gzip', 'br', 'aws-chunked'),
    contentType: fc.constantFrom('image/png', 'text/plain; charset=utf-8', 'a/b+c; d="e; f, g"'),
    expires: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(1e14) }),
    successActionRedirect: url,
    redirect: url,
    successActionStatus: fc.constantFrom(200, 201, 204),
    tags,
    // Radosgw has the classes that it is set up for.
    storageClass: fc.constantFrom('STANDARD', RADOSGW_SETUP.storageClass),
    websiteRedirectLocation: location,
    serverSideEncryption: fc.oneof(
      fc.constant('AES256' as const),
      kms,
      fc.record({ customerKey: fc.uint8Array({ minLength: 32, maxLength: 32 }) }),
    ),
    checksum: checksumOf(content),
    contentMd5: fc.constant(md5(content)),
    metadata,
  };
}

function options(content: Uint8Array): fc.Arbitrary<RandomOptions> {
  const { length } = content;
  return fc.record(
    {
      ...fieldOptions(content),
      contentLengthRange: fc.tuple(
        fc.integer({ min: 0, max: length }),
        fc.integer({ min: length, max: 1e6 }),
      ),
      fields: fc.record(
        {
          'x-ignore-note': text({ maxLength: 10 }),
          'x-amz-meta-raw--': metadataValue,
          Filename: text({ maxLength: 10 }),
        },
        { requiredKeys: [] },
      ),
      expiresIn: fc.integer({ min: 3600, max: 604_800 }),
      age: fc.integer({ min: 0, max: 3000 }),
    },
    { requiredKeys: ['key', 'expiresIn', 'age'] },
  );
}

const condition: fc.Arbitrary<RandomCondition> = fc.record({
  of: fc.nat(100),
  form: fc.constantFrom('object', 'eq', 'starts-with'),
  length: fc.nat(100),
  inCapitals: fc.boolean(),
});

export const randomUpload: fc.Arbitrary<RandomUpload> = fc
  .uint8Array({ maxLength: 2000 })
  .chain((content) =>
    fc.record({
      options: options(content),
      isTemporary: fc.boolean(),
      isVirtualHosted: fc.boolean(),
      file: fc.record({ name: fileName, content: fc.constant(content) }),
      conditions: fc.array(condition, { maxLength: 8 }),
    }),
  );

/** Conditions on fields of a form that the fields meet. */
export function conditionsOn(
  fields: Readonly<Record<string, string>>,
  conditions: readonly RandomCondition[],
): Condition[] {
  const signed: readonly string[] = Object.values(SIGNATURE_FIELDS);
  const conditional = Object.entries(fields).filter(
    ([name]) => !signed.includes(name) && !name.startsWith('x-ignore-'),
  );
  return conditions.map(({ of, form, length, inCapitals }) => {
    const [name = '', value = ''] = conditional[of % conditional.length] ?? [];
    const written = inCapitals ? name.toUpperCase() : name;
    const known = value.split('${filename}')[0] ?? '';
    if (known === value && form === 'object') return { [written]: value };
    // In a list radosgw takes what begins with "$" for the name of a field.
    if (known.startsWith('$')) return ['starts-with', `$${written}`, ''];
    // Of a list of types each one has to begin so, but radosgw knows no lists.
    if (known === value && (form === 'eq' || name === 'Content-Type')) {
      return ['eq', `$${written}`, value];
    }
    const characters = [...known];
    const start = characters.slice(0, length % (characters.length + 1)).join('');
    return ['starts-with', `$${written}`, start];
  });
}
