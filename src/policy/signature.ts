import { createHmac, timingSafeEqual } from 'node:crypto';

/** The one algorithm S3 takes in new regions, and the only one this package speaks. */
export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Seconds that a signature counts at the most, because its key counts for 7 days. */
export const LIFETIME_AT_MOST = 604_800;

/** What a signing key is good for: one secret, one day, one region. */
export interface SigningScope {
  readonly secretAccessKey: string;
  /** The UTC day, `yyyymmdd`. */
  readonly date: string;
  readonly region: string;
}

/** `20151229T000000Z`: an instant as `X-Amz-Date` wants it, always UTC, without milliseconds. */
export function formatAmzDate(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** The instant that an `X-Amz-Date` tells; `undefined` where it is malformed or no date. */
export function parseAmzDate(text: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1);
  if (parts === undefined) return undefined;
  const [year, month, day, hour, minute, second] = parts;
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/**
 * `20151229/us-east-1/s3/aws4_request`: where and when a signature counts.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-HTTPPOSTConstructPolicy.html
 */
export function credentialScope(date: string, region: string): string {
  return `${date}/${region}/s3/aws4_request`;
}

const cachedKeys = new Map<string, Buffer>();
const CACHED_KEYS_AT_MOST = 64;

/**
 * The key that signs everything of one day in one region. It is kept in memory for reuse,
 * because deriving it takes four of the five HMACs that a signed form costs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function deriveSigningKey({ secretAccessKey, date, region }: SigningScope): Buffer {
  const name = `${date}/${region}/${secretAccessKey}`;
  const cached = cachedKeys.get(name);
  if (cached) return cached;
  const key = ['s3', 'aws4_request'].reduce(
    hmac,
    hmac(hmac(Buffer.from(`AWS4${secretAccessKey}`), date), region),
  );
  if (cachedKeys.size >= CACHED_KEYS_AT_MOST) cachedKeys.clear();
  cachedKeys.set(name, key);
  return key;
}

/** Signs a string (for a form, the base64 text of its policy) and gives lower-case hex. */
export function sign(stringToSign: string, signingKey: Buffer): string {
  return hmac(signingKey, stringToSign).toString('hex');
}

/** Compares without telling by its time how much is alike. */
export function isSameSignature(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
