import { createHmac, hkdfSync } from 'node:crypto';
import { S3FormError } from '../policy/errors.ts';
import { isSameSignature } from '../policy/signature.ts';

/** What every token says beside its own facts. */
export interface TokenFacts {
  /** Origin and path of the mount: the token is worth nothing at another one. */
  readonly baseUrl: string;
  readonly bucket: string;
  /** Until when the form could be posted, in seconds since 1970. */
  readonly expires: number;
}

/** Where and from whom a token comes back. */
export interface TokenHolder {
  readonly baseUrl: string;
  readonly bucket: string;
  /** What `bindTo` gives for the request. */
  readonly user: string | undefined;
  readonly now: Date;
}

/** A long upload returns after its policy has expired: so much later, in seconds. */
const COUNTS_LONGER = 24 * 3600;

/**
 * Signs facts that go through a browser and come back. Each purpose has a key of its own, derived
 * from the secret, so that no token passes for one of another purpose.
 */
export class TokenSigner<Facts extends TokenFacts> {
  readonly #purpose: 'receipt' | 'context';
  readonly #keys: readonly [Buffer, ...Buffer[]];

  /** @param secrets the first one signs, all of them are taken */
  constructor(purpose: 'receipt' | 'context', secrets: readonly [string, ...string[]]) {
    const derive = (secret: string) =>
      Buffer.from(hkdfSync('sha256', secret, '', `express-s3-form ${purpose}`, 32));
    const [first, ...others] = secrets;
    this.#purpose = purpose;
    this.#keys = [derive(first), ...others.map(derive)];
  }

  /**
   * A token as one path segment: base64url of its facts' JSON, a dot, and an HMAC. The user is part
   * of the HMAC alone, so that a token tells nobody whose it is.
   */
  sign(facts: Facts, user: string | undefined): string {
    const payload = Buffer.from(JSON.stringify(facts)).toString('base64url');
    return `${payload}.${mac(payload, user, this.#keys[0])}`;
  }

  /** @throws {S3FormError} `receipt_invalid` or `context_invalid`, `…_expired` */
  read(token: string, { baseUrl, bucket, user, now }: TokenHolder): Facts {
    const [payload = '', signature = '', ...rest] = token.split('.');
    const isOurs = this.#keys.some((key) => isSameSignature(mac(payload, user, key), signature));
    if (!isOurs || rest.length > 0) throw this.#invalid();
    const facts = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Facts;
    if (facts.baseUrl !== baseUrl || facts.bucket !== bucket) throw this.#invalid();
    if (now.getTime() / 1000 > facts.expires + COUNTS_LONGER) {
      throw new S3FormError(`${this.#purpose}_expired`, `This ${this.#purpose} has expired.`);
    }
    return facts;
  }

  #invalid(): S3FormError {
    return new S3FormError(
      `${this.#purpose}_invalid`,
      `This ${this.#purpose} is not one that this app gave out here to this user.`,
    );
  }
}

function mac(payload: string, user: string | undefined, key: Buffer): string {
  // A list in JSON, so that nothing can move from one part into the other.
  return createHmac('sha256', key)
    .update(JSON.stringify([payload, user ?? null]))
    .digest('base64url');
}
