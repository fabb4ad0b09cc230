/**
 * User-defined metadata as S3 returns it: printable ASCII as it is, anything else as an encoded word.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2047
 */
export function encodeHeader(value: string): string {
  if (/^[\t\x20-\x7e]*$/.test(value)) return value;
  const quoted = Array.from(Buffer.from(value), (byte) =>
    /[A-Za-z0-9!*+/-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : byte === 0x20
        ? '_'
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `=?UTF-8?Q?${quoted.join('')}?=`;
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
