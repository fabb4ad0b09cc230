import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { encodeRfc3986 } from '../bucket/presigned-url.ts';

/** An error as S3 words it. */
export interface S3Error {
  readonly status: number;
  readonly s3Code: string;
  readonly message: string;
  readonly details?: readonly (readonly [element: string, text: string])[];
}

/** Sends an error as XML. */
export function sendError(response: ServerResponse, error: S3Error): void {
  const id = randomUUID();
  const elements: [string, string][] = [
    ['Code', error.s3Code],
    ['Message', error.message],
    ...(error.details ?? []).map(([name, text]) => [name, text] as [string, string]),
    ['RequestId', id],
    ['HostId', 'local-bucket'],
  ];
  sendXml(response, error.status, `<Error>${elements.map(element).join('')}</Error>`);
}

export interface StoredUpload {
  readonly status: 200 | 201 | 204 | 303;
  readonly redirect: string | undefined;
  readonly bucketUrl: string;
  readonly bucket: string;
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
}

/** Answers an upload that was stored, in the way the form asked for. */
export function sendStored(response: ServerResponse, stored: StoredUpload): void {
  const { status, redirect, bucket, key } = stored;
  const etag = `"${stored.etag}"`;
  if (redirect !== undefined) {
    response.writeHead(303, { Location: redirectTarget(redirect, { bucket, key, etag }) }).end();
    return;
  }
  // The key is encoded as in a submitted form: %2F for slashes, + for blanks.
  const location = stored.bucketUrl + encodeRfc3986(key).replaceAll('%20', '+');
  response.setHeader('ETag', etag).setHeader('Location', location);
  if (status !== 201) {
    response.writeHead(status).end();
    return;
  }
  const elements: [string, string][] = [
    ['Location', location],
    ['Bucket', bucket],
    ['Key', key],
    ['ETag', etag],
  ];
  sendXml(response, 201, `<PostResponse>${elements.map(element).join('')}</PostResponse>`);
}

/** S3 keeps the URL's own query as it is and appends to it. */
function redirectTarget(
  url: string,
  { bucket, key, etag }: { bucket: string; key: string; etag: string },
): string {
  const query = new URLSearchParams([
    ['bucket', bucket],
    ['key', key],
    ['etag', etag],
  ]);
  // A header can't carry anything else, whatever stood in the field.
  const ascii = url.replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent);
  const [target, fragment] = ascii.split(/(?=#)/, 2) as [string, string | undefined];
  return `${target}${target.includes('?') ? '&' : '?'}${query}${fragment ?? ''}`;
}

function sendXml(response: ServerResponse, status: number, body: string): void {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
  response
    .writeHead(status, {
      'Content-Type': 'application/xml',
      'Content-Length': Buffer.byteLength(text),
    })
    .end(response.req.method === 'HEAD' ? undefined : text);
}

function element([name, text]: [string, string]): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return (
    text
      .replaceAll(/[&<>]/g, (character) => entities[character] ?? character)
      // XML 1.0 has no way to write the other control characters.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
      .replaceAll('\r', '&#13;')
  );
}
