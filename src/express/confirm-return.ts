import type { Request } from 'express';
import { headObject, unquote } from '../bucket/objects.ts';
import { isAccepted } from '../form/accept.ts';
import { allowsKey, type Receipt, readReceipt } from '../form/receipt.ts';
import { S3FormError } from '../policy/errors.ts';
import { holdsId } from './mint.ts';
import { type Settings, UPLOAD_ID, type Upload } from './options.ts';

/** What the browser says was stored: anybody can write that. */
interface Claim {
  readonly bucket: string;
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
}

/**
 * Believes a return only as far as it is proven: the receipt says what was allowed, the store what
 * has happened, and the object must be the very one that this form stored.
 *
 * @throws {S3FormError} see the codes for returns
 */
export async function confirmReturn(
  settings: Settings,
  req: Request,
  baseUrl: string,
): Promise<Upload> {
  const { bucket, receiptKeys } = settings;
  const receipt = readReceipt(String(req.params['receipt']), receiptKeys, {
    baseUrl,
    bucket,
    now: new Date(),
  });
  const claim = readClaim(req);
  if (claim.bucket !== bucket || !allowsKey(receipt.key, claim.key)) {
    throw new S3FormError('return_mismatch', 'The receipt does not allow this bucket and key.');
  }
  refuseOtherType(settings, receipt, claim);
  if (settings.confirm === 'none') return { confirmed: false, id: receipt.id, ...claim };
  return confirmWithStore(settings, receipt, claim);
}

function readClaim(req: Request): Claim {
  // The query parser is the app's to choose; this reads what stores write.
  const query = new URL(req.originalUrl, 'http://any.invalid').searchParams;
  const [bucket, key, etag] = ['bucket', 'key', 'etag'].map((name) => query.get(name));
  if (!bucket || !key || !etag) {
    throw new S3FormError(
      'return_incomplete',
      'The return needs bucket, key and etag in its query, as the store adds them.',
    );
  }
  return { bucket, key, etag: unquote(etag) };
}

function refuseOtherType(settings: Settings, receipt: Receipt, { key }: Claim): void {
  if (!receipt.isNamed || isAccepted(key, settings.accept)) return;
  throw new S3FormError(
    'type_not_allowed',
    `Only ${settings.accept.join(', ')} may be uploaded here.`,
  );
}

async function confirmWithStore(
  settings: Settings,
  receipt: Receipt,
  claim: Claim,
): Promise<Upload> {
  const { region, store } = settings;
  const credentials = await settings.credentials();
  const stored = await headObject({ url: store.url, region, credentials }, claim.key);
  const { [UPLOAD_ID]: uploadId, ...metadata } = stored.metadata;
  const isOfThisForm = holdsId(receipt.key, receipt.id) || uploadId === receipt.id;
  if (!isOfThisForm || stored.etag !== claim.etag) {
    throw new S3FormError('object_mismatch', 'The object was not stored through this form.');
  }
  return { confirmed: true, id: receipt.id, ...claim, ...stored, metadata };
}
