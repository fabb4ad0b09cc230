/**
 * User-defined metadata as S3 returns it: printable ASCII as it is, anything else as an encoded
 * word, in base64 where most of it is not ASCII.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2047
 */
export function encodeHeader(value: string): string {
  const others = value.replaceAll(/[\t\r\n\x20-\x7e]/g, '').length;
  if (others === 0 && !/[\r\n]/.test(value)) return value;
  const bytes = Buffer.from(value);
  if (others > value.length - others) return `=?UTF-8?B?${bytes.toString('base64')}?=`;
  return `=?UTF-8?Q?${Array.from(bytes, quote).join('')}?=`;
}

function quote(byte: number): string {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z0-9!*+/-]/.test(character)) return character;
  return byte === 0x20 ? '_' : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The text of a metadata header, whichever way the store wrote what is not ASCII. */
export function decodeHeader(value: string): string {
  if (/=\?utf-8\?[qb]\?/i.test(value)) {
    return value
      .replaceAll(/(\?=)\s+(?==\?)/g, '$1')
      .replaceAll(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, encoding: string, text: string) =>
        encoding.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64').toString()
          : decodeQuoted(text),
      );
  }
  // Ceph sends plain UTF-8, which a header carries one byte a character.
  const bytes = Buffer.from(value, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return value;
  }
}

function decodeQuoted(text: string): string {
  const bytes = text
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString();
}
