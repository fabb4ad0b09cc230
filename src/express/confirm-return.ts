import { headObject, type ObjectFacts, unquote } from '../bucket/objects.ts';
import { isAccepted } from '../form/accept.ts';
import { typeNotAllowed } from '../form/chosen-file.ts';
import { allowsKey, type Receipt } from '../form/receipt.ts';
import { S3FormError } from '../policy/errors.ts';
import { type Settings, UPLOAD_ID } from './options.ts';
import type { Upload } from './upload.ts';

/** What the browser says was stored: anybody can write that. */
interface Claim {
  readonly bucket: string;
  readonly key: string;
  /** Without quotes; nothing where the receipt came alone. */
  readonly etag: string | undefined;
}

/** A return as it came in, with where and from whom it came. */
export interface Return {
  readonly receipt: string;
  /** What the store added to the return address. */
  readonly query: URLSearchParams;
  readonly baseUrl: string;
  readonly user: string | undefined;
}

const ANY_ORIGIN = 'http://any.invalid';

/**
 * Takes a return address apart, or its path, or the receipt in it alone.
 *
 * @throws {S3FormError} `receipt_invalid` where it is none of them
 */
export function parseReturn(address: unknown): Pick<Return, 'receipt' | 'query'> {
  if (typeof address !== 'string' || !URL.canParse(address, ANY_ORIGIN)) {
    // It comes from a visitor's form, so it is theirs that it is not there.
    throw new S3FormError('receipt_invalid', 'There is no receipt.');
  }
  const { pathname, searchParams } = new URL(address, ANY_ORIGIN);
  const path = pathname.replace(/\/$/, '');
  return { receipt: path.slice(path.lastIndexOf('/') + 1), query: searchParams };
}

/**
 * Believes a return only as far as it is proven: the receipt says what was allowed, the store what
 * has happened, and the object must be the very one that this form stored.
 *
 * @throws {S3FormError} see the codes for returns
 */
export async function confirmReturn(settings: Settings, sent: Return): Promise<Upload> {
  const { bucket } = settings;
  const { baseUrl, user } = sent;
  const holder = { baseUrl, bucket, user, now: new Date() };
  const receipt = settings.receipts.read(sent.receipt, holder);
  const claim = readClaim(sent.query, receipt);
  if (claim.bucket !== bucket || !allowsKey(receipt.key, claim.key)) {
    throw new S3FormError('return_mismatch', 'The receipt does not allow this bucket and key.');
  }
  if (receipt.isNamed && !isAccepted(claim.key, settings.accept)) {
    throw typeNotAllowed(settings.accept);
  }
  const stored = settings.confirm === 'head' ? await askStore(settings, receipt, claim) : undefined;
  const { etag = stored?.etag } = claim;
  if (etag === undefined) throw incomplete();
  const { id, context } = receipt;
  const upload = { id, bucket, key: claim.key, etag, ...(context && { context }) };
  return stored ? { ...upload, ...stored, confirmed: true } : { ...upload, confirmed: false };
}

function readClaim(query: URLSearchParams, receipt: Receipt): Claim {
  const [bucket, key, etag] = ['bucket', 'key', 'etag'].map((name) => query.get(name));
  if (bucket && key && etag) return { bucket, key, etag: unquote(etag) };
  const isAlone = bucket === null && key === null && etag === null;
  if (isAlone && receipt.key.exact !== undefined) {
    return { bucket: receipt.bucket, key: receipt.key.exact, etag: undefined };
  }
  throw incomplete();
}

function incomplete(): S3FormError {
  return new S3FormError(
    'return_incomplete',
    'The return needs bucket, key and etag in its query, as the store adds them.',
  );
}

/** Looks at the object, which must be the one that was stored through the receipt's own form. */
async function askStore(
  { region, store, credentials }: Settings,
  receipt: Receipt,
  claim: Claim,
): Promise<ObjectFacts> {
  const bucket = { url: store.url, region, credentials: await credentials() };
  const stored = await headObject(bucket, claim.key);
  const { [UPLOAD_ID]: uploadId, ...metadata } = stored.metadata;
  if (uploadId !== receipt.id || (claim.etag !== undefined && claim.etag !== stored.etag)) {
    throw new S3FormError(
      'object_mismatch',
      'The object was not stored through this form, or has been replaced since.',
    );
  }
  return { ...stored, metadata };
}
