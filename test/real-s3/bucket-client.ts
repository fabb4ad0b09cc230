import { createHash, randomUUID } from 'node:crypto';
import dns from 'node:dns';
import { vi } from 'vitest';
import { type BucketAccess, signedObjectUrl } from '../../src/bucket/objects.ts';
import {
  type CannedAcl,
  createPresignedPost,
  type PresignedPost,
  type PresignedPostOptions,
} from '../../src/index.ts';
import { bucketUrl } from '../../src/policy/bucket-url.ts';
import { postFile } from '../support/post-file.ts';
import type { RealS3 } from '../support/radosgw.ts';

/** Everything that a server tells of an object. */
export interface StoredObject {
  readonly content: Buffer;
  readonly type: string | null;
  /** Names in lower case, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Who may do what, but for the owner, who may do everything. */
  readonly grants: readonly string[];
  readonly storageClass: string;
  readonly websiteRedirectLocation: string | undefined;
  /** The headers of server-side encryption. */
  readonly encryption: Readonly<Record<string, string>>;
}

export function accessTo(s3: RealS3): BucketAccess {
  return { url: bucketUrl({ ...s3 }), region: s3.region, credentials: s3.credentials };
}

/** A form for a key of its own, unless told otherwise. */
export function mintFor(s3: RealS3, options: Partial<PresignedPostOptions>): PresignedPost {
  const { bucket, region, endpoint, credentials } = s3;
  const key = `tests/${randomUUID()}`;
  return createPresignedPost({ bucket, region, endpoint, credentials, key, ...options });
}

export function post(
  { url, fields }: Pick<PresignedPost, 'url' | 'fields'>,
  file = new File(['content'], 'a.txt'),
): Promise<Response> {
  return postFile({ url, fields }, file);
}

/** @param customerKey without which nobody can read an object that was encrypted with it */
export async function readObject(
  access: BucketAccess,
  key: string,
  customerKey?: Uint8Array,
): Promise<StoredObject> {
  const [object, tagging, acl] = await Promise.all([
    get(signedObjectUrl(access, key), customerKeyHeaders(customerKey)),
    get(signedObjectUrl(access, key, { query: { tagging: '' } })),
    get(signedObjectUrl(access, key, { query: { acl: '' } })),
  ]);
  const { headers } = object;
  const location = headers.get('x-amz-website-redirect-location');
  return {
    content: object.content,
    type: headers.get('content-type'),
    metadata: headersFrom(headers, 'x-amz-meta-'),
    tags: Object.fromEntries(
      [...String(tagging.content).matchAll(/<Key>(.*?)<\/Key><Value>(.*?)<\/Value>/gs)].map(
        ([, name = '', value = '']) => [unescapeXml(name), unescapeXml(value)],
      ),
    ),
    grants: [
      ...String(acl.content).matchAll(/\/groups\/global\/(\w+)<.*?<Permission>(\w+)</gs),
    ].map(([, group, permission]) => `${group} ${permission}`),
    storageClass: headers.get('x-amz-storage-class') ?? 'STANDARD',
    websiteRedirectLocation: location === null ? undefined : fromUtf8(location),
    encryption: headersFrom(headers, 'x-amz-server-side-encryption', ''),
  };
}

async function get(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  const content = Buffer.from(await response.arrayBuffer());
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${content}`);
  return { headers: response.headers, content };
}

function headersFrom(headers: Headers, prefix: string, cut = prefix): Record<string, string> {
  return Object.fromEntries(
    [...headers]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(cut.length), fromUtf8(value)]),
  );
}

/** Ceph sends UTF-8, of which `fetch` makes a character of each byte. */
function fromUtf8(header: string): string {
  return Buffer.from(header, 'latin1').toString();
}

export function unescapeXml(text: string): string {
  const characters: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
  return text.replaceAll(/&(\w+);/g, (entity, name: string) => characters[name] ?? entity);
}

const SSE = 'x-amz-server-side-encryption';

function customerKeyHeaders(customerKey: Uint8Array | undefined): Record<string, string> {
  if (customerKey === undefined) return {};
  return {
    [`${SSE}-customer-algorithm`]: 'AES256',
    [`${SSE}-customer-key`]: Buffer.from(customerKey).toString('base64'),
    [`${SSE}-customer-key-md5`]: md5(customerKey),
  };
}

export function md5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('base64');
}

/** What an upload with these options leaves in the bucket, as far as radosgw keeps and tells it. */
export function expectedObject(
  options: Partial<PresignedPostOptions>,
  content: Uint8Array,
): StoredObject {
  const { acl = 'private', metadata = {}, storageClass = 'STANDARD', tags = {} } = options;
  return {
    content: Buffer.from(content),
    type: options.contentType ?? 'binary/octet-stream',
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    tags,
    grants: GRANTS[acl] ?? [],
    storageClass,
    websiteRedirectLocation: options.websiteRedirectLocation,
    encryption: expectedEncryption(options.serverSideEncryption),
  };
}

const GRANTS: Partial<Record<CannedAcl, readonly string[]>> = {
  'public-read': ['AllUsers READ'],
  'public-read-write': ['AllUsers READ', 'AllUsers WRITE'],
  'authenticated-read': ['AuthenticatedUsers READ'],
};

function expectedEncryption(
  encryption: PresignedPostOptions['serverSideEncryption'],
): Record<string, string> {
  if (typeof encryption !== 'object') return {};
  if ('customerKey' in encryption) {
    return {
      [`${SSE}-customer-algorithm`]: 'AES256',
      [`${SSE}-customer-key-md5`]: md5(encryption.customerKey),
    };
  }
  return { [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: encryption.keyId ?? '' };
}

/** What a server answers to a form: its status and, with a redirect, where that leads. */
export interface Answer {
  readonly status: number;
  readonly redirect?: { readonly url: string; readonly query: Readonly<Record<string, string>> };
}

export function answerOf(response: Response): Answer {
  const { status } = response;
  const location = response.headers.get('location');
  if (location === null) return { status };
  const start = location.lastIndexOf('?');
  const query = Object.fromEntries(new URLSearchParams(location.slice(start)));
  return { status, redirect: { url: location.slice(0, start), query } };
}

/** The answer to a form with these options when its file is stored. */
export function expectedAnswer(
  options: Partial<PresignedPostOptions>,
  stored: { readonly bucket: string; readonly key: string; readonly content: Uint8Array },
): Answer {
  const { successActionRedirect: url, successActionStatus = 204 } = options;
  if (url === undefined) return { status: successActionStatus };
  const etag = `"${Buffer.from(md5(stored.content), 'base64').toString('hex')}"`;
  return {
    status: 303,
    redirect: { url, query: { bucket: stored.bucket, key: stored.key, etag } },
  };
}

/**
 * Lets names below `localhost` lead to this machine, as they do in browsers. Node asks the system,
 * which may not know them.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function resolveLocalhost(): void {
  const { lookup } = dns;
  const resolve = (host: string, ...others: unknown[]) =>
    Reflect.apply(lookup, dns, [host.endsWith('.localhost') ? '127.0.0.1' : host, ...others]);
  vi.spyOn(dns, 'lookup').mockImplementation(resolve as unknown as typeof lookup);
}
