import { createHash } from 'node:crypto';
import type { PostedDigests } from '../policy/field-values.ts';

export type DigestAlgorithm = keyof PostedDigests;

/** A digest that is fed piece by piece. */
export interface Digest {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'base64'): string;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export function createDigest(algorithm: DigestAlgorithm): Digest {
  switch (algorithm) {
    case 'CRC32':
      return new Crc(CRC32);
    case 'CRC32C':
      return new Crc(CRC32C);
    case 'CRC64NVME':
      return new Crc(CRC64NVME);
    default:
      return createHash(algorithm.toLowerCase());
  }
}

/** A cyclic redundancy check of up to 64 bits, in halves, as its table is: bytes are reflected. */
interface CrcTable {
  readonly bytes: 4 | 8;
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

const CRC32 = crcTable(4, 0, 0xedb88320);
const CRC32C = crcTable(4, 0, 0x82f63b78);
const CRC64NVME = crcTable(8, 0x9a6c9329, 0xac4bc9b5);

/** The remainders of all bytes by a reversed polynomial. */
function crcTable(bytes: 4 | 8, polynomialHigh: number, polynomialLow: number): CrcTable {
  const table = { bytes, high: new Uint32Array(256), low: new Uint32Array(256) };
  for (let byte = 0; byte < 256; byte += 1) {
    let [high, low] = [0, byte];
    for (let bit = 0; bit < 8; bit += 1) {
      const isSet = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (isSet) {
        high ^= polynomialHigh;
        low ^= polynomialLow;
      }
    }
    table.high[byte] = high;
    table.low[byte] = low;
  }
  return table;
}

class Crc implements Digest {
  readonly #table: CrcTable;
  #high: number;
  #low = -1;

  constructor(table: CrcTable) {
    this.#table = table;
    this.#high = table.bytes === 8 ? -1 : 0;
  }

  update(bytes: Uint8Array): void {
    const { high: tableHigh, low: tableLow } = this.#table;
    let [high, low] = [this.#high, this.#low];
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (tableLow[index] as number);
      high = (high >>> 8) ^ (tableHigh[index] as number);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(encoding: 'base64'): string {
    const result = Buffer.alloc(8);
    result.writeInt32BE(~this.#high, 0);
    result.writeInt32BE(~this.#low, 4);
    return result.subarray(8 - this.#table.bytes).toString(encoding);
  }
}
