import { describe, expect, it } from 'vitest';
import {
  credentialScope,
  deriveSigningKey,
  formatAmzDate,
  sign,
} from '../../src/policy/signature.ts';
import { AWS_POST_EXAMPLE, SIGNATURE_VECTORS } from './vectors.ts';

describe.each(SIGNATURE_VECTORS)('the vector "$name"', (vector) => {
  it('gives the published signing key', () => {
    expect(deriveSigningKey(vector).toString('hex')).toBe(vector.signingKey);
  });

  it('carries its policy as base64', () => {
    expect(Buffer.from(vector.policyText).toString('base64')).toBe(vector.policyBase64);
  });

  it('gives the published signature of the base64 text', () => {
    const signingKey = Buffer.from(vector.signingKey, 'hex');
    expect(sign(vector.policyBase64, signingKey)).toBe(vector.signature);
  });
});

describe('deriveSigningKey', () => {
  it.each([
    { secretAccessKey: 'another secret' },
    { date: '20151230' },
    { region: 'eu-west-3' },
  ])('gives another key for another scope: %o', (change) => {
    const key = deriveSigningKey({ ...AWS_POST_EXAMPLE, ...change }).toString('hex');
    expect(key).not.toBe(AWS_POST_EXAMPLE.signingKey);
  });

  it('gives the right key also after many others', () => {
    for (let day = 1; day <= 200; day += 1) {
      deriveSigningKey({ ...AWS_POST_EXAMPLE, date: String(20_200_000 + day) });
    }
    expect(deriveSigningKey(AWS_POST_EXAMPLE).toString('hex')).toBe(AWS_POST_EXAMPLE.signingKey);
  });
});

describe('formatAmzDate', () => {
  it.each([
    ['2015-12-29T00:00:00Z', '20151229T000000Z'],
    ['2015-12-29T23:59:59.999Z', '20151229T235959Z'],
    ['2015-12-29T01:30:00+02:00', '20151228T233000Z'],
  ])('writes %s as %s', (instant, expected) => {
    expect(formatAmzDate(new Date(instant))).toBe(expected);
  });
});

it('credentialScope names day, region and service', () => {
  expect(credentialScope('20151229', 'us-east-1')).toBe('20151229/us-east-1/s3/aws4_request');
});
