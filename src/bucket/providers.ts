import { amazonEndpoint } from '../policy/bucket-url.ts';
import { hasCustomerKey, type KmsEncryption } from '../policy/field-values.ts';
import type { FieldOption } from '../policy/fields.ts';

/** The stores whose ways are known. */
export type Provider = 'aws' | 'scaleway' | 'ceph' | 'minio' | 'garage' | 'seaweedfs' | 's3';

/** One thing that a store does not do with an option. */
export interface ProviderLimit {
  readonly option: FieldOption;
  /** Refused at the start, or taken with a warning because the store only passes it over. */
  readonly effect: 'refused' | 'ignored';
  /** What the store does, as in "Ceph does not store it". */
  readonly reason: string;
  /** The values that it concerns; all where it is left out. */
  readonly concerns?: (value: unknown) => boolean;
}

/** What has to be known of a store beside S3's own rules. Nothing is said where nothing is known. */
export interface ProviderProfile {
  readonly name: string;
  /** The store's URL in a region; where there is none, `endpoint` has to be given. */
  readonly endpoint?: (region: string) => string | undefined;
  readonly addressing: 'virtual-hosted' | 'path';
  /** Where the store puts the file's name in place of `${filename}`. */
  readonly filenameVariable: 'every field' | 'key' | 'once in key';
  /** Seconds for which a form can be used, where that is less than S3's 7 days. */
  readonly expiresInAtMost?: number;
  readonly limits: readonly ProviderLimit[];
  /** Whether a condition's value that begins with `$` is taken for the name of a field. */
  readonly readsDollarAsField?: true;
  /** Values of fields that the store changes, so that they break the form's own rules. */
  readonly refusedValues?: readonly {
    readonly field: string;
    readonly pattern: RegExp;
    /** What the store does, as in "Ceph removes blanks". */
    readonly reason: string;
  }[];
}

const NOT_STORED = 'checks it against the policy, but does not store it';

export const PROVIDERS: Readonly<Record<Provider, ProviderProfile>> = {
  aws: {
    name: 'Amazon S3',
    endpoint: (region) => amazonEndpoint(region, elsewhere(region)),
    addressing: 'virtual-hosted',
    filenameVariable: 'every field',
    limits: [],
  },
  scaleway: {
    name: 'Scaleway',
    endpoint: (region) => `https://s3.${region}.scw.cloud`,
    addressing: 'virtual-hosted',
    filenameVariable: 'every field',
    limits: [],
  },
  ceph: {
    name: 'Ceph',
    addressing: 'path',
    filenameVariable: 'once in key',
    limits: [
      {
        option: 'acl',
        effect: 'refused',
        reason: 'does not know "aws-exec-read"',
        concerns: (value) => value === 'aws-exec-read',
      },
      {
        option: 'serverSideEncryption',
        effect: 'refused',
        reason: 'knows "aws:kms" with a keyId only, and not "aws:kms:dsse"',
        concerns: (value) =>
          ['aws:kms', 'aws:kms:dsse'].includes(algorithmOf(value)) && !hasKeyId(value),
      },
      { option: 'cacheControl', effect: 'ignored', reason: NOT_STORED },
      { option: 'contentDisposition', effect: 'ignored', reason: NOT_STORED },
      { option: 'contentEncoding', effect: 'ignored', reason: NOT_STORED },
      { option: 'expires', effect: 'ignored', reason: NOT_STORED },
      { option: 'checksum', effect: 'ignored', reason: 'does not compare it with the file' },
      { option: 'contentMd5', effect: 'ignored', reason: 'does not compare it with the file' },
    ],
    readsDollarAsField: true,
    refusedValues: [
      { field: 'key', pattern: /^\s|\s$/, reason: 'removes blanks around keys' },
      { field: 'Content-Type', pattern: /\s$/, reason: 'removes blanks behind types' },
    ],
  },
  minio: {
    name: 'MinIO',
    addressing: 'path',
    filenameVariable: 'key',
    limits: [{ option: 'acl', effect: 'ignored', reason: 'gives it no meaning' }],
    refusedValues: [
      { field: 'key', pattern: /^\//, reason: 'removes a slash at the beginning of keys' },
    ],
  },
  garage: {
    name: 'Garage',
    addressing: 'path',
    filenameVariable: 'key',
    // It compares the form's date, not the policy's expiration.
    expiresInAtMost: 24 * 3600,
    limits: [
      { option: 'acl', effect: 'ignored', reason: 'takes it, but does not use it' },
      { option: 'tags', effect: 'refused', reason: 'does not support them' },
      {
        option: 'serverSideEncryption',
        effect: 'refused',
        reason: 'supports it with a customerKey only',
        concerns: (value) => !hasCustomerKey(value),
      },
    ],
  },
  seaweedfs: {
    name: 'SeaweedFS',
    addressing: 'path',
    filenameVariable: 'key',
    limits: [{ option: 'tags', effect: 'refused', reason: 'refuses forms with them' }],
  },
  s3: {
    name: 'the store',
    addressing: 'path',
    filenameVariable: 'every field',
    limits: [],
  },
};

/** What is likely meant by a region that Amazon S3 does not have. */
function elsewhere(region: string): string {
  return /^[a-z]{2}-[a-z]{3}$/.test(region)
    ? "Did you forget `provider: 'scaleway'`?"
    : 'For another store give its `provider` and `endpoint`.';
}

function algorithmOf(encryption: unknown): string {
  if (typeof encryption === 'string') return encryption;
  return (encryption as Partial<KmsEncryption> | null)?.algorithm ?? '';
}

function hasKeyId(encryption: unknown): boolean {
  const { algorithm, keyId } = encryption as Partial<KmsEncryption>;
  return algorithm === 'aws:kms' && keyId !== undefined;
}

/** Stores that people try and that can not work, by name and by the host of their endpoints. */
export const WITHOUT_POST_OBJECT: Readonly<Record<string, { host: RegExp; reason: string }>> = {
  r2: {
    host: /\.r2\.cloudflarestorage\.com$/,
    reason: 'Cloudflare R2 has no POST Object: it answers 501 to every form.',
  },
  b2: {
    host: /\.backblazeb2\.com$/,
    reason: 'Backblaze B2 has no POST Object: it answers 501 to every form.',
  },
};
