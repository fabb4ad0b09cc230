import type { Credentials } from '../policy/credentials.ts';
import { invalidOption, S3FormError, show } from '../policy/errors.ts';
import { hasDotSegment, metadataOf } from '../policy/field-values.ts';
import { requireString } from '../policy/options.ts';
import { decodeHeader } from './header-encoding.ts';
import { encodeRfc3986, presignUrl } from './presigned-url.ts';

/** A bucket and how the app reads from it. */
export interface BucketAccess {
  /** With the final slash; see `bucketUrl`. */
  readonly url: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** What a store tells of an object without its content. */
export interface ObjectFacts {
  /** Bytes. */
  readonly size: number;
  /** The `Content-Type` it was stored with. */
  readonly type: string;
  /** Without quotes. */
  readonly etag: string;
  /** User-defined metadata, names in lower case without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The URL of an object, every character of its key kept.
 *
 * @throws {S3FormError} `invalid_option` where no URL could lead to the key
 */
export function objectUrl(bucketUrl: string, key: string): string {
  if (hasDotSegment(requireString('key', key))) {
    throw invalidOption(
      'key',
      `${show(key)} has "." or ".." as a segment, which URLs do not keep.`,
    );
  }
  return bucketUrl + key.split('/').map(encodeRfc3986).join('/');
}

/** A link with which anybody can read a private object for a while. */
export function signedObjectUrl(
  bucket: BucketAccess,
  key: string,
  options: { readonly expiresIn?: number; readonly query?: Readonly<Record<string, string>> } = {},
): string {
  const { url, region, credentials } = bucket;
  return presignUrl({ method: 'GET', url: objectUrl(url, key), region, credentials, ...options });
}

/**
 * Asks the store for an object, as the only one who knows whether it is there.
 *
 * @throws {S3FormError} `object_not_found`, `confirm_forbidden`, `confirm_failed`,
 *   `confirm_unavailable` (after 10 seconds without an answer)
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export async function headObject(bucket: BucketAccess, key: string): Promise<ObjectFacts> {
  const { url, region, credentials } = bucket;
  if (hasDotSegment(key)) throw headError(404);
  const signed = presignUrl({ method: 'HEAD', url: objectUrl(url, key), region, credentials });
  const response = await send(signed, new URL(url).origin);
  if (!response.ok) throw headError(response.status);
  const size = response.headers.get('content-length');
  const etag = unquote(response.headers.get('etag') ?? '');
  if (size === null || etag === '') {
    throw new S3FormError('confirm_failed', "The store did not tell the object's size or ETag.");
  }
  const metadata = metadataOf([...response.headers]).map(([name, value]) => [
    name,
    decodeHeader(value),
  ]);
  return {
    size: Number(size),
    type: response.headers.get('content-type') ?? 'binary/octet-stream',
    etag,
    metadata: Object.fromEntries(metadata),
  };
}

/** An ETag without its quotes, which some stores leave out, or the mark that a proxy adds. */
export function unquote(etag: string): string {
  return etag.replace(/^(W\/)?"|"$/g, '');
}

async function send(url: string, origin: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: 'HEAD',
      // A proxy that compresses would not tell the size.
      headers: { 'Accept-Encoding': 'identity' },
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
  } catch (cause) {
    // The fault's own message may hold the signed URL, which is no one else's business.
    const reason = (cause as { cause?: { code?: string } }).cause?.code ?? (cause as Error).name;
    throw new S3FormError('confirm_unavailable', 'The store did not answer.', {
      // For who runs the app: visitors are not to know by which name the app reaches its store.
      cause: new Error(`${origin}: ${reason}`),
    });
  }
}

function headError(status: number): S3FormError {
  if (status === 404) {
    return new S3FormError('object_not_found', 'The bucket holds no such object.');
  }
  if (status === 403) {
    return new S3FormError(
      'confirm_forbidden',
      'The store does not let the app look at the object. Allow s3:GetObject on it, and s3:ListBucket on the bucket, without which a missing object looks forbidden.',
    );
  }
  if (status >= 500 || status === 429) {
    return new S3FormError('confirm_unavailable', `The store answered ${status}. Try again later.`);
  }
  return new S3FormError(
    'confirm_failed',
    `The store answered ${status} when it was asked for the object. Check \`region\`, \`endpoint\` and \`addressing\`.`,
  );
}
