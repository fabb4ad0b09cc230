import { describe, expect, it } from 'vitest';
import {
  allowsKey,
  type Receipt,
  readReceipt,
  receiptKey,
  signReceipt,
} from '../../src/form/receipt.ts';

const DAY = 24 * 3600;
const key = receiptKey('a secret');
const receipt: Receipt = {
  id: '6b8c1f6e-1f0c-4a8b-9a53-3d8b0c6e9f10',
  baseUrl: 'https://app.example/upload',
  bucket: 'photos',
  key: { prefix: 'uploads/6b8c1f6e-1f0c-4a8b-9a53-3d8b0c6e9f10/' },
  isNamed: true,
  expires: 1_700_000_000,
};
const place = { baseUrl: receipt.baseUrl, bucket: receipt.bucket };
const at = (seconds: number) => new Date(seconds * 1000);
const read = (text: string, change: Partial<Parameters<typeof readReceipt>[2]> = {}) =>
  readReceipt(text, [key], { ...place, now: at(receipt.expires), ...change });

describe('a receipt', () => {
  it('comes back as it was signed', () => {
    expect(read(signReceipt(receipt, key))).toEqual(receipt);
  });

  it('is one path segment that no URL parser changes', () => {
    const text = signReceipt({ ...receipt, key: { exact: 'a/../?#%ü' } }, key);
    expect(new URL(`https://app.example/done/${text}`).pathname).toBe(`/done/${text}`);
    expect(text).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it('is taken a day longer than its policy, for long uploads, and then expires', () => {
    const text = signReceipt(receipt, key);
    expect(read(text, { now: at(receipt.expires + DAY) })).toEqual(receipt);
    expect(() => read(text, { now: at(receipt.expires + DAY + 1) })).toThrow(
      expect.objectContaining({ code: 'receipt_expired', status: 410 }),
    );
  });

  it.each([
    ['another mount', { baseUrl: 'https://app.example/other' }],
    ['another origin', { baseUrl: 'https://evil.example/upload' }],
    ['another bucket', { bucket: 'others' }],
  ])('is refused at %s', (_, change) => {
    expect(() => read(signReceipt(receipt, key), change)).toThrow(
      expect.objectContaining({ code: 'receipt_invalid', status: 403 }),
    );
  });

  it('is refused with any of its characters changed', () => {
    const text = signReceipt(receipt, key);
    for (let index = 0; index < text.length; index++) {
      const other = text[index] === 'A' ? 'B' : 'A';
      const changed = text.slice(0, index) + other + text.slice(index + 1);
      // The last character of base64url carries unused bits: the same bytes are the same receipt.
      const bytes = (whole: string) => Buffer.from(whole.split('.')[1] ?? '', 'base64url');
      const same = index > text.indexOf('.') && bytes(changed).equals(bytes(text));
      if (!same) expect(() => read(changed), `character ${index}`).toThrow(/not one that this app/);
    }
  });

  it.each([
    '',
    '.',
    'a',
    'a.b',
    'a.b.c',
    `${signReceipt(receipt, key)}.x`,
    '%00',
    '🙂.🙂',
  ])('is refused as %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'receipt_invalid' }));
  });

  it('is taken under any of several secrets, and under no other', () => {
    const old = receiptKey('an older secret');
    const text = signReceipt(receipt, old);
    const options = { ...place, now: at(receipt.expires) };
    expect(readReceipt(text, [key, old], options)).toEqual(receipt);
    expect(() => readReceipt(text, [key], options)).toThrow(/not one that this app/);
  });
});

it('the key that signs receipts is not the secret itself', () => {
  expect(receiptKey('a secret').toString()).not.toContain('a secret');
  expect(receiptKey('a secret')).toEqual(receiptKey('a secret'));
  expect(receiptKey('a secret')).not.toEqual(receiptKey('another secret'));
});

it.each([
  [{ exact: 'a/b.png' }, 'a/b.png', true],
  [{ exact: 'a/b.png' }, 'a/b.pngx', false],
  [{ exact: 'a/b.png' }, 'A/b.png', false],
  [{ prefix: 'a/' }, 'a/anything', true],
  [{ prefix: 'a/' }, 'b/a/', false],
  [{ prefix: '' }, 'anything', true],
] as const)('the rule %j on the key %j: %s', (rule, key, allowed) => {
  expect(allowsKey(rule, key)).toBe(allowed);
});
