import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { S3FormError } from '../policy/errors.ts';

/**
 * What a form was allowed to do. The app signs it and puts it into the return address, so that it
 * knows its own form again without having stored anything. It does not prove that a file arrived.
 */
export interface Receipt {
  /** The form's id, a UUID. */
  readonly id: string;
  /** Origin and path of the mount: the receipt is worth nothing at another one. */
  readonly baseUrl: string;
  readonly bucket: string;
  readonly key: KeyRule;
  /** Whether the key ends as the file's name does, so that `accept` can be held against it. */
  readonly isNamed: boolean;
  /** Until when the form could be posted, in seconds since 1970. */
  readonly expires: number;
}

/** The one key that a form may write to, or what its key has to start with. */
export type KeyRule =
  | { readonly exact: string; readonly prefix?: never }
  | { readonly prefix: string; readonly exact?: never };

/** A long upload returns after its policy has expired: so much later, in seconds. */
const RETURNS_WITHIN = 24 * 3600;

/** Derives the key that signs receipts, so that the secret itself signs nothing twice. */
export function receiptKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'express-s3-form receipt', 32));
}

/** Whether a key is one that the form may have written. */
export function allowsKey(rule: KeyRule, key: string): boolean {
  return rule.exact === undefined ? key.startsWith(rule.prefix) : key === rule.exact;
}

/** The receipt as a path segment: base64url of its JSON, a dot, and its HMAC. */
export function signReceipt(receipt: Receipt, key: Buffer): string {
  const payload = Buffer.from(JSON.stringify(receipt)).toString('base64url');
  return `${payload}.${mac(payload, key).toString('base64url')}`;
}

/**
 * Reads a receipt that came back.
 *
 * @param keys every key that may have signed it
 * @throws {S3FormError} `receipt_invalid`, `receipt_expired`
 */
export function readReceipt(
  text: string,
  keys: readonly Buffer[],
  { baseUrl, bucket, now }: { baseUrl: string; bucket: string; now: Date },
): Receipt {
  const [payload = '', sent = '', ...rest] = text.split('.');
  const signature = Buffer.from(sent, 'base64url');
  const isOurs = keys.some((key) => {
    const expected = mac(payload, key);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
  if (!isOurs || rest.length > 0) throw invalid();
  const receipt = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Receipt;
  if (receipt.baseUrl !== baseUrl || receipt.bucket !== bucket) throw invalid();
  if (now.getTime() / 1000 > receipt.expires + RETURNS_WITHIN) {
    throw new S3FormError('receipt_expired', 'This return address has expired.');
  }
  return receipt;
}

function mac(payload: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(payload).digest();
}

function invalid(): S3FormError {
  return new S3FormError(
    'receipt_invalid',
    'This return address is not one that this app gave out.',
  );
}
