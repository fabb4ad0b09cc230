import { expect, test } from 'vitest';
import { createDigest, type DigestAlgorithm } from '../../src/local-bucket/checksums.ts';

test.each<[DigestAlgorithm, string, string]>([
  // Recorded from S3.
  ['CRC64NVME', 'aaaaaaaaaa', 'DBqAA21lxVU='],
  ['CRC64NVME', 'abcdef', 'Pact6XRTYyA='],
  ['CRC64NVME', 'test-body-tagging', 'L1qdhyEV1JY='],
  ['SHA256', 'x'.repeat(2 * 1024 * 1024), 'aTL9MeXa9HObn6eP93eygxsJlcwdCwCTysgGAZAgE7w='],
  // The check values of the algorithms' catalogues.
  ['CRC32', '123456789', Buffer.from('cbf43926', 'hex').toString('base64')],
  ['CRC32C', '123456789', Buffer.from('e3069283', 'hex').toString('base64')],
  ['CRC64NVME', '123456789', Buffer.from('ae8b14860a799888', 'hex').toString('base64')],
  ['CRC32', '', 'AAAAAA=='],
  ['CRC32C', '', 'AAAAAA=='],
  ['CRC64NVME', '', 'AAAAAAAAAAA='],
  ['MD5', '', '1B2M2Y8AsgTpgAmY7PhCfg=='],
  ['SHA1', 'abc', 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0='],
])('%s of "%.20s"', (algorithm, text, expected) => {
  const bytes = Buffer.from(text);
  const pieces = createDigest(algorithm);
  for (let start = 0; start < bytes.length; start += 5000) {
    pieces.update(bytes.subarray(start, start + 5000));
  }
  expect(pieces.digest('base64')).toBe(expected);
  const bytewise = createDigest(algorithm);
  for (const byte of bytes.subarray(0, 20)) bytewise.update(Buffer.of(byte));
  if (bytes.length <= 20) expect(bytewise.digest('base64')).toBe(expected);
});
