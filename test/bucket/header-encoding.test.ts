import { expect, test } from 'vitest';
import { decodeHeader, encodeHeader } from '../../src/bucket/header-encoding.ts';

/** As recorded from S3. */
const RECORDED: [text: string, header: string][] = [
  ['plain', 'plain'],
  ['', ''],
  ['a\tb "#$%&\\~', 'a\tb "#$%&\\~'],
  ['ÄMÄZÕÑ S3', '=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?='],
  ['\u0000\u0001\u0002\u0003\u0004', '=?UTF-8?B?AAECAwQ=?='],
];

test.each(RECORDED)('%j is sent as S3 sends it', (text, header) => {
  expect(encodeHeader(text)).toBe(header);
});

test.each(RECORDED)('%j is read', (text, header) => {
  expect(decodeHeader(header)).toBe(text);
});

test('what looks encoded is sent as it is', () => {
  expect(encodeHeader('=?UTF-8?Q?=C3=84?=')).toBe('=?UTF-8?Q?=C3=84?=');
});

test.each([
  'é',
  '👑',
  'a = b_c?',
  '=',
  '_é?=',
  'שלום, עולם',
  'e\u0301\n',
  'ü'.repeat(500),
])('%j comes back', (text) => {
  expect(decodeHeader(encodeHeader(text))).toBe(text);
  expect(encodeHeader(text)).toMatch(/^[\t\x20-\x7e]*$/);
});

test.each([
  ['lower case', '=?utf-8?q?=c3=84?=', 'Ä'],
  ['several words', '=?UTF-8?Q?=C3=84?= =?UTF-8?B?w5U=?=', 'ÄÕ'],
  ['folded words', '=?UTF-8?Q?=C3=84?=\r\n =?UTF-8?Q?b?=', 'Äb'],
  ['text around a word', 'a =?UTF-8?Q?=C3=84?= b', 'a Ä b'],
  ['plain UTF-8, one byte a character, as Ceph sends it', '\u00c3\u0084', 'Ä'],
  ['Latin-1', '\u00c4', 'Ä'],
  ['an equals sign alone', '=C3=84', '=C3=84'],
])('%s is read', (_, header, text) => {
  expect(decodeHeader(header)).toBe(text);
});
