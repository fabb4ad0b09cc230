import { describe, expect, it } from 'vitest';
import { formatBytes, parseBytes } from '../../src/form/bytes.ts';

describe('parseBytes', () => {
  it.each([
    [1, 1],
    ['1', 1],
    ['10 MB', 10_000_000],
    ['10mb', 10_000_000],
    ['1.5 kB', 1500],
    ['2 KiB', 2048],
    ['1 MiB', 1_048_576],
    ['5 GB', 5_000_000_000],
    ['1 GiB', 1_073_741_824],
    ['12 B', 12],
    [0, 0],
  ])('%j is %i bytes', (size, bytes) => {
    expect(parseBytes('maxFileSize', size)).toBe(bytes);
  });

  it.each([
    '',
    'ten',
    '10 XB',
    '-1',
    -1,
    1.5,
    Number.NaN,
    Infinity,
    '1e9',
    '10 MB or so',
  ])('refuses %j, naming the option', (size) => {
    expect(() => parseBytes('maxFileSize', size)).toThrow(
      expect.objectContaining({ code: 'invalid_option', option: 'maxFileSize' }),
    );
  });

  it.each([undefined, null, [10], { bytes: 10 }])('wants a number or a text, not %j', (size) => {
    expect(() => parseBytes('maxFileSize', size)).toThrow(TypeError);
  });
});

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [83_434, '83.4 kB'],
  [10_000_000, '10 MB'],
  [1_500_000_000, '1.5 GB'],
])('%i bytes read %j', (bytes, text) => {
  expect(formatBytes(bytes, 'en')).toBe(text);
});
