import { createHmac, hkdfSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../src/form/receipt.ts';
import { type TokenHolder, TokenSigner } from '../../src/form/signed-token.ts';

const DAY = 24 * 3600;
const SECRET = 'a secret';
const signer = new TokenSigner<Receipt>('receipt', [SECRET]);
const receipt: Receipt = {
  id: '6b8c1f6e-1f0c-4a8b-9a53-3d8b0c6e9f10',
  baseUrl: 'https://app.example/upload',
  bucket: 'photos',
  key: { prefix: 'uploads/6b8c1f6e-1f0c-4a8b-9a53-3d8b0c6e9f10/' },
  isNamed: true,
  context: { kind: 'avatar' },
  expires: 1_700_000_000,
};
const token = signer.sign(receipt, 'ann');
const at = (seconds: number) => new Date(seconds * 1000);
const holder: TokenHolder = {
  baseUrl: receipt.baseUrl,
  bucket: receipt.bucket,
  user: 'ann',
  now: at(receipt.expires),
};
const read = (text: string, change: Partial<TokenHolder> = {}) =>
  signer.read(text, { ...holder, ...change });
const invalid = expect.objectContaining({ code: 'receipt_invalid', status: 403 });

describe('a token', () => {
  it('comes back as it was signed', () => {
    expect(read(token)).toEqual(receipt);
  });

  it('is one path segment that no URL parser changes', () => {
    const text = signer.sign({ ...receipt, key: { exact: 'a/../?#%ü' } }, 'ann');
    expect(new URL(`https://app.example/done/${text}`).pathname).toBe(`/done/${text}`);
    expect(text).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('is signed by HMAC-SHA-256 with a key that is derived for its purpose', () => {
    const [payload, signature] = token.split('.');
    const key = Buffer.from(hkdfSync('sha256', SECRET, '', 'express-s3-form receipt', 32));
    const expected = createHmac('sha256', key).update(`["${payload}","ann"]`).digest('base64url');
    expect(signature).toBe(expected);
  });

  it('is taken a day longer than its policy, for long uploads, and then expires', () => {
    expect(read(token, { now: at(receipt.expires + DAY) })).toEqual(receipt);
    expect(() => read(token, { now: at(receipt.expires + DAY + 1) })).toThrow(
      expect.objectContaining({ code: 'receipt_expired', status: 410 }),
    );
  });

  it.each<[string, Partial<TokenHolder>]>([
    ['another mount', { baseUrl: 'https://app.example/other' }],
    ['another origin', { baseUrl: 'https://evil.example/upload' }],
    ['another bucket', { bucket: 'others' }],
    ['another user', { user: 'bob' }],
    ['a user whose name begins alike', { user: 'ann2' }],
    ['nobody', { user: undefined }],
  ])('is refused for %s', (_, change) => {
    expect(() => read(token, change)).toThrow(invalid);
  });

  it('of nobody is refused for a user, even one who is called null', () => {
    const ofNobody = signer.sign(receipt, undefined);
    expect(read(ofNobody, { user: undefined })).toEqual(receipt);
    for (const user of ['ann', 'null', 'undefined']) {
      expect(() => read(ofNobody, { user })).toThrow(invalid);
    }
  });

  it('does not tell whose it is', () => {
    const facts = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
    expect(facts).not.toContain('ann');
  });

  it('is refused with any of its characters changed', () => {
    for (let index = 0; index < token.length; index++) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      expect(() => read(changed), `character ${index}`).toThrow(invalid);
    }
  });

  it.each([
    '',
    '.',
    'a',
    'a.b',
    'a.b.c',
    `${token}.x`,
    `${token}=`,
    `${token}!`,
    ` ${token}`,
    '%00',
    '🙂.🙂',
  ])('is refused as %j', (text) => {
    expect(() => read(text)).toThrow(invalid);
  });

  it('is taken under any of several secrets, and under no other', () => {
    const old = new TokenSigner<Receipt>('receipt', ['an older secret']).sign(receipt, 'ann');
    const both = new TokenSigner<Receipt>('receipt', [SECRET, 'an older secret']);
    expect(both.read(old, holder)).toEqual(receipt);
    expect(both.sign(receipt, 'ann')).toBe(token);
    expect(() => read(old)).toThrow(invalid);
  });

  it('of one purpose is refused for another', () => {
    const contexts = new TokenSigner<Receipt>('context', [SECRET]);
    expect(() => contexts.read(token, holder)).toThrow(
      expect.objectContaining({ code: 'context_invalid', status: 403 }),
    );
    expect(() => read(contexts.sign(receipt, 'ann'))).toThrow(invalid);
  });
});

it('a signer shows neither its secret nor its keys', () => {
  expect(inspect(signer, { depth: 9, showHidden: true })).not.toMatch(/secret|Buffer/);
});
