/**
 * The forms in which a secret could stand in a text: as it is, in hex, percent-encoded, as a form
 * or a Buffer shows it, and in base64, there wherever it begins within a group of three bytes.
 */
export function tracesOf(secret: string | Buffer): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const percent = hex.replaceAll(/../g, '%$&');
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    // Without the characters that hold bits of what comes before and behind.
    return text.slice(before === 0 ? 0 : before + 1, -2);
  });
  return [
    ...(typeof secret === 'string' ? [secret, encodeURIComponent(secret)] : []),
    ...(typeof secret === 'string'
      ? [new URLSearchParams([['', secret]]).toString().slice(1)]
      : []),
    // As JSON and `util.inspect` list bytes.
    bytes.join(','),
    ...[hex, hex.toUpperCase(), percent, percent.toUpperCase()],
    ...base64.flatMap((text) => [text, text.replaceAll('-', '+').replaceAll('_', '/')]),
  ];
}

/** Which of the secrets, by their names, leave a trace in a text, blanks and line breaks aside. */
export function leaksIn(
  text: string,
  secrets: Readonly<Record<string, string | Buffer>>,
): string[] {
  const squeezed = text.replaceAll(/\s+/g, '');
  const isIn = (trace: string) => text.includes(trace) || squeezed.includes(trace);
  return Object.entries(secrets)
    .filter(([, secret]) => tracesOf(secret).some(isIn))
    .map(([name]) => name);
}
