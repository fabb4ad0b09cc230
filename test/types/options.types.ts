/**
 * Compiled, never run: what the types of the options take and what they refuse.
 *
 * Every `@ts-expect-error` stands for one line that must not compile.
 */
import type { Request } from 'express';
import {
  type CredentialsProvider,
  createPresignedPost,
  type Messages,
  type OwnMessages,
  type PresignedPost,
  type S3Form,
  s3Form,
  type Upload,
} from '../../src/index.ts';

type PostOptions = Parameters<typeof createPresignedPost>[0];
type FormOptions = Parameters<typeof s3Form>[0];

const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
const post = { bucket: 'my-bucket', region: 'eu-west-3', credentials, key: 'a' };
const form = { bucket: 'my-bucket', region: 'eu-west-3' };

/** All fields of a form, and what goes with them. */
export const everyOption: Required<PostOptions> = {
  ...post,
  credentials: { ...credentials, sessionToken: 'c' },
  endpoint: 'https://s3.example.com',
  addressing: 'virtual-hosted',
  expiresIn: 60,
  now: new Date(),
  key: 'user/${filename}',
  acl: 'bucket-owner-full-control',
  cacheControl: 'max-age=60',
  contentDisposition: 'inline',
  contentEncoding: 'gzip',
  contentType: 'image/png',
  expires: new Date(),
  successActionRedirect: 'https://example.com/done',
  redirect: 'https://example.com/done',
  successActionStatus: 201,
  tags: { project: 'a' },
  storageClass: 'GLACIER_IR',
  websiteRedirectLocation: '/other.html',
  serverSideEncryption: 'AES256',
  checksum: { algorithm: 'SHA256', value: '' },
  contentMd5: '',
  metadata: { title: 'a' },
  contentLengthRange: [0, 10],
  fields: { 'x-ignore-a': 'b' },
  conditions: [
    { acl: 'private' },
    ['eq', '$acl', 'private'],
    ['starts-with', '$key', 'user/'],
    ['content-length-range', 0, 10],
  ],
};

export function presignedPostsThatCompile(): PresignedPost[] {
  return [
    createPresignedPost(post),
    createPresignedPost(everyOption),
    createPresignedPost({ ...post, acl: undefined, metadata: undefined, tags: undefined }),
    createPresignedPost({ ...post, expires: 'Wed, 21 Oct 2026 07:28:00 GMT' }),
    createPresignedPost({ ...post, successActionStatus: 200 }),
    createPresignedPost({ ...post, serverSideEncryption: 'aws:kms' }),
    createPresignedPost({ ...post, serverSideEncryption: 'aws:kms:dsse' }),
    createPresignedPost({ ...post, serverSideEncryption: { algorithm: 'aws:kms' } }),
    createPresignedPost({
      ...post,
      serverSideEncryption: {
        algorithm: 'aws:kms:dsse',
        keyId: 'alias/a',
        context: { project: 'a' },
        bucketKeyEnabled: true,
      },
    }),
    createPresignedPost({ ...post, serverSideEncryption: { customerKey: new Uint8Array(32) } }),
    createPresignedPost({ ...post, serverSideEncryption: { customerKey: Buffer.alloc(32) } }),
  ];
}

export const wrongPosts: Partial<PostOptions>[] = [
  // @ts-expect-error misspelt
  { contentLenghtRange: [0, 10] },
  // @ts-expect-error of the router only
  { maxFileSize: '10 MB' },
  // @ts-expect-error of the router only
  { provider: 'r2' },
  // @ts-expect-error of the router only
  { provider: 'aws' },
  // @ts-expect-error a field's name, not an option's
  { 'Content-Type': 'image/png' },
  // @ts-expect-error an option of another package
  { Expires: 3600 },
  // @ts-expect-error not canned
  { acl: 'public' },
  // @ts-expect-error another case
  { acl: 'Private' },
  // @ts-expect-error no storage class
  { storageClass: 'COLD' },
  // @ts-expect-error another case
  { storageClass: 'standard' },
  // @ts-expect-error none of the three
  { successActionStatus: 303 },
  // @ts-expect-error a text
  { successActionStatus: '201' },
  // @ts-expect-error a value that is no string
  { metadata: { size: 5 } },
  // @ts-expect-error a value that is not there
  { metadata: { title: undefined } },
  // @ts-expect-error a function is for the router
  { metadata: { title: () => 'a' } },
  // @ts-expect-error no object
  { metadata: 'title=a' },
  // @ts-expect-error a Map, whose values would be lost
  { metadata: new Map([['title', 'a']]) },
  // @ts-expect-error a value that is no string
  { tags: { size: 5 } },
  // @ts-expect-error a list
  { tags: [['a', 'b']] },
  // @ts-expect-error a list
  { tags: ['a'] },
  // @ts-expect-error milliseconds
  { expires: 1_800_000_000_000 },
  // @ts-expect-error no text
  { cacheControl: 60 },
  // @ts-expect-error no text
  { contentEncoding: ['gzip'] },
  // @ts-expect-error no text
  { contentMd5: new Uint8Array(16) },
  // @ts-expect-error no text
  { redirect: new URL('https://example.com') },
  // @ts-expect-error no text
  { websiteRedirectLocation: new URL('https://example.com') },
  // @ts-expect-error no text
  { successActionRedirect: new URL('https://example.com') },
  // @ts-expect-error another case
  { serverSideEncryption: 'aes256' },
  // @ts-expect-error no switch
  { serverSideEncryption: true },
  // @ts-expect-error settings are for KMS
  { serverSideEncryption: { algorithm: 'AES256' } },
  // @ts-expect-error no algorithm
  { serverSideEncryption: { keyId: 'alias/a' } },
  // @ts-expect-error misspelt
  { serverSideEncryption: { algorithm: 'aws:kms', keyID: 'alias/a' } },
  // @ts-expect-error no switch
  { serverSideEncryption: { algorithm: 'aws:kms', bucketKeyEnabled: 'true' } },
  // @ts-expect-error a value that is no string
  { serverSideEncryption: { algorithm: 'aws:kms', context: { size: 5 } } },
  // @ts-expect-error no bytes
  { serverSideEncryption: { customerKey: 'a'.repeat(32) } },
  // @ts-expect-error another algorithm
  { checksum: { algorithm: 'MD5', value: '' } },
  // @ts-expect-error no value
  { checksum: { algorithm: 'SHA256' } },
  // @ts-expect-error no pair
  { contentLengthRange: [10] },
  // @ts-expect-error no numbers
  { contentLengthRange: ['0', '10'] },
  // @ts-expect-error another operator
  { conditions: [['ends-with', '$key', 'a']] },
  // @ts-expect-error no $ before the name
  { conditions: [['eq', 'key', 'a']] },
  // @ts-expect-error no string
  { conditions: [{ key: 5 }] },
  // @ts-expect-error a value that is no string
  { fields: { size: 5 } },
  // @ts-expect-error another word
  { addressing: 'subdomain' },
  // @ts-expect-error no Date
  { now: 0 },
  // @ts-expect-error a function is for the router
  { credentials: async () => credentials },
  // @ts-expect-error a function is for the router
  { key: () => 'a' },
];

export function presignedPostsThatDoNot(): void {
  // @ts-expect-error no options
  createPresignedPost();
  // @ts-expect-error no key
  createPresignedPost({ bucket: 'my-bucket', region: 'eu-west-3', credentials });
  // @ts-expect-error no credentials
  createPresignedPost({ bucket: 'my-bucket', region: 'eu-west-3', key: 'a' });
  // @ts-expect-error no bucket
  createPresignedPost({ region: 'eu-west-3', credentials, key: 'a' });
  // @ts-expect-error no region
  createPresignedPost({ bucket: 'my-bucket', credentials, key: 'a' });
  // @ts-expect-error not canned
  createPresignedPost({ ...post, acl: 'public' });
  // @ts-expect-error misspelt
  createPresignedPost({ bucket: 'b', region: 'r', credentials, key: 'a', storageclass: 'GLACIER' });
}

/** Providers of `@aws-sdk/credential-providers` have this shape. */
const provider: CredentialsProvider = async () => ({
  ...credentials,
  sessionToken: 'c',
  expiration: new Date(),
});

export const everyFormOption: FormOptions = {
  ...form,
  provider: 'scaleway',
  endpoint: 'https://s3.fr-par.scw.cloud',
  publicEndpoint: 'https://files.example.com',
  addressing: 'path',
  credentials: provider,
  key: (_req, { id }) => `user/${id}/\${filename}`,
  keyPrefix: async (req: Request) => `user/${req.hostname}/`,
  maxFileSize: () => '10 MB',
  minFileSize: 0,
  acl: (req) => (req.secure ? 'public-read' : 'private'),
  cacheControl: () => undefined,
  contentDisposition: async () => 'inline',
  contentEncoding: 'gzip',
  contentType: 'image/png',
  expires: () => new Date(),
  tags: async (_req, { id }) => ({ id }),
  storageClass: () => 'STANDARD_IA',
  websiteRedirectLocation: () => '/other.html',
  serverSideEncryption: async () => ({ algorithm: 'aws:kms', keyId: 'alias/a' }),
  checksum: () => ({ algorithm: 'CRC32', value: 'AAAAAA==' }),
  contentMd5: () => '1B2M2Y8AsgTpgAmY7PhCfg==',
  metadata: { title: 'a', host: (req) => req.hostname, id: async (_req, { id }) => id },
  fields: { 'x-ignore-a': 'b' },
  conditions: [['starts-with', '$x-amz-meta-title', '']],
  maxFiles: 5,
  script: false,
  scriptExpiresIn: 60,
  bindTo: (req) => req.hostname,
  lang: (req) => req.acceptsLanguages('en', 'fr') || 'en',
  messages: async (req) => ({ pageTitle: req.hostname }),
};

export const ownMessages: OwnMessages = {
  pageTitle: 'a',
  limits: '{types}, {max}',
  kinds: { 'image/*': 'a' },
  errors: { receipt_expired: 'a' },
  script: { done: 'a', choose: { few: 'a', other: 'b' } },
};

export const wrongMessages: OwnMessages[] = [
  // @ts-expect-error misspelt
  { pagetitle: 'a' },
  // @ts-expect-error no text
  { pageTitle: 5 },
  // @ts-expect-error a mistake of the app's, which is never shown
  { errors: { invalid_option: 'a' } },
  // @ts-expect-error no kind
  { kinds: { 'font/*': 'a' } },
  // @ts-expect-error misspelt
  { script: { retries: 'a' } },
  // @ts-expect-error no category
  { script: { choose: { single: 'a', other: 'b' } } },
  // @ts-expect-error without `other`
  { script: { choose: { one: 'a' } } },
  // @ts-expect-error no plural
  { script: { choose: 'a' } },
];

/** A code without a sentence, in a language that this package speaks, must not compile. */
export function catalogues(messages: Messages): Messages[] {
  const { receipt_expired: _, ...errors } = messages.errors;
  const { done: __, ...script } = messages.script;
  return [
    messages,
    // @ts-expect-error without an error's sentence
    { ...messages, errors },
    // @ts-expect-error without a sentence of the script
    { ...messages, script },
  ];
}

/** What apps call a context is often an interface, which no index signature takes. */
interface Album {
  readonly album: number;
  readonly of: { readonly user: string };
}

export async function whatRoutersGive(uploads: S3Form, req: Request): Promise<void> {
  const { done, html } = await uploads.form(req, { context: { kind: 'avatar', of: [1, null] } });
  const { url, fields } = await uploads.presign(req, { filename: html, type: '', size: 5 });
  const upload: Upload = await uploads.verify(req, done);
  if (upload.confirmed) upload.size.toFixed();
  // @ts-expect-error only what is confirmed has a size
  else upload.size.toFixed();
  const kind: unknown = upload.context?.['kind'];
  const [rule] = uploads.corsRules([url]).json.CORSRules;
  const album: Album = { album: 7, of: { user: String(kind) } };
  await uploads.form(req, { context: album });
  await uploads.presign(req, { filename: 'a', context: album });
  // @ts-expect-error a context has names
  await uploads.form(req, { context: 'avatar' });
  // @ts-expect-error no such thing is asked for
  await uploads.form(req, { ctx: album });
  // @ts-expect-error no such thing is asked for
  await uploads.signedUrl('a', { expires: 60 });
  // @ts-expect-error a file has a name
  await uploads.presign(req, { type: rule?.AllowedOrigins[0] ?? fields['key'] });
}

export function formsThatCompile(): S3Form[] {
  return [
    s3Form(form),
    s3Form(everyFormOption),
    s3Form({ ...form, credentials }),
    s3Form({ ...form, lang: 'fr', messages: ownMessages }),
    s3Form({ ...form, lang: async () => 'fr', messages: () => ownMessages }),
    s3Form({ ...form, credentials: { ...credentials, expiration: new Date() } }),
    s3Form({ ...form, credentials: async () => ({ ...credentials, sessionToken: 'c' }) }),
    s3Form({ ...form, metadata: async (req) => ({ host: req.hostname }) }),
    s3Form({ ...form, serverSideEncryption: { customerKey: new Uint8Array(32) } }),
    ...(['aws', 'ceph', 'minio', 'garage', 'seaweedfs', 's3'] as const).map((name) =>
      s3Form({ ...form, provider: name }),
    ),
  ];
}

export const wrongForms: Partial<FormOptions>[] = [
  // @ts-expect-error misspelt
  { maxFilesize: '10 MB' },
  // @ts-expect-error another function's option
  { expiresIn: 60 },
  // @ts-expect-error the router's own
  { successActionStatus: 201 },
  // @ts-expect-error the router's own
  { successActionStatus: 303 },
  // @ts-expect-error the router's own
  { successActionRedirect: 'https://example.com' },
  // @ts-expect-error the router's own
  { redirect: 'https://example.com' },
  // @ts-expect-error has no POST Object
  { provider: 'r2' },
  // @ts-expect-error has no POST Object
  { provider: 'b2' },
  // @ts-expect-error not known
  { provider: 'amazon' },
  // @ts-expect-error not canned
  { acl: 'public' },
  // @ts-expect-error not canned, by request
  { acl: () => 'public' },
  // @ts-expect-error no storage class
  { storageClass: 'COLD' },
  // @ts-expect-error no storage class, by request
  { storageClass: async () => 'COLD' },
  // @ts-expect-error a value that is no string
  { metadata: { size: 5 } },
  // @ts-expect-error a value that is no string, by request
  { metadata: { size: () => 5 } },
  // @ts-expect-error a value that is no string, all by request
  { metadata: () => ({ size: 5 }) },
  // @ts-expect-error a value that is no string
  { tags: { size: 5 } },
  // @ts-expect-error a value that is no string, by request
  { tags: async () => ({ size: 5 }) },
  // @ts-expect-error another case
  { serverSideEncryption: 'aes256' },
  // @ts-expect-error settings are for KMS
  { serverSideEncryption: { algorithm: 'AES256' } },
  // @ts-expect-error no bytes, by request
  { serverSideEncryption: () => ({ customerKey: 'a' }) },
  // @ts-expect-error another algorithm
  { checksum: { algorithm: 'MD5', value: '' } },
  // @ts-expect-error milliseconds
  { expires: 1_800_000_000_000 },
  // @ts-expect-error no text, by request
  { lang: (req) => req.acceptsLanguages('en', 'fr') },
  // @ts-expect-error misspelt, by request
  { messages: () => ({ pagetitle: 'a' }) },
  // @ts-expect-error no text
  { key: 5 },
  // @ts-expect-error no secret
  { credentials: { accessKeyId: 'a' } },
  // @ts-expect-error no secret, by request
  { credentials: async () => ({ accessKeyId: 'a' }) },
  // @ts-expect-error no promise
  { credentials: () => credentials },
  // @ts-expect-error neither number nor text
  { maxFileSize: 10n },
  // @ts-expect-error another word
  { confirm: 'get' },
  // @ts-expect-error no text
  { bindTo: () => 7 },
  // @ts-expect-error no number
  { maxFiles: '5' },
];

export function formsThatDoNot(): void {
  // @ts-expect-error no options
  s3Form();
  // @ts-expect-error no region
  s3Form({ bucket: 'my-bucket' });
  // @ts-expect-error no bucket
  s3Form({ region: 'eu-west-3' });
  // @ts-expect-error has no POST Object
  s3Form({ ...form, provider: 'r2' });
  // @ts-expect-error misspelt
  s3Form({ bucket: 'my-bucket', region: 'eu-west-3', storageclass: 'GLACIER' });
}
