import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { checksumField } from '../policy/check-digests.ts';
import { SSE } from '../policy/field-values.ts';
import type { Tag } from '../policy/tagging.ts';
import type { ObjectRecord } from './storage.ts';

const REQUEST_ID = 'x-amz-request-id';
const HOST_ID = 'x-amz-id-2';

/** Gives an answer the two names by which S3 tells it from all others. */
export function identify(response: ServerResponse): void {
  response.setHeader(REQUEST_ID, randomBytes(8).toString('hex').toUpperCase());
  response.setHeader(HOST_ID, randomBytes(56).toString('base64'));
}

/** An error as S3 words it. */
export interface S3Error {
  readonly status: number;
  readonly s3Code: string;
  readonly message: string;
  readonly details?: readonly (readonly [element: string, text: string])[];
}

/** Sends an error as XML. */
export function sendError(response: ServerResponse, error: S3Error): void {
  const elements: [string, string][] = [
    ['Code', error.s3Code],
    ['Message', error.message],
    ...(error.details ?? []).map(([name, text]) => [name, text] as [string, string]),
    ['RequestId', String(response.getHeader(REQUEST_ID))],
    ['HostId', String(response.getHeader(HOST_ID))],
  ];
  sendXml(response, error.status, `<Error>${elements.map(element).join('')}</Error>`);
}

export interface StoredUpload {
  readonly status: 200 | 201 | 204 | 303;
  readonly redirect: string | undefined;
  readonly bucketUrl: string;
  readonly bucket: string;
  readonly record: ObjectRecord;
}

/** Answers an upload that was stored, in the way the form asked for. */
export function sendStored(response: ServerResponse, stored: StoredUpload): void {
  const { status, redirect, bucket, record } = stored;
  const { key } = record;
  const etag = `"${record.etag}"`;
  const kept = Object.entries(objectHeaders(record)).filter(([name]) => name.startsWith(SSE));
  for (const [name, value] of [...kept, ...Object.entries(checksumHeaders(record))]) {
    response.setHeader(name, value);
  }
  if (redirect !== undefined) {
    const target = redirectTarget(redirect, { bucket, key, etag });
    response.writeHead(303, { Location: target, 'Content-Length': 0 }).end();
    return;
  }
  // The key is encoded as in a submitted form: %2F for slashes, + for blanks.
  const location = stored.bucketUrl + new URLSearchParams({ '': key }).toString().slice(1);
  response.setHeader('ETag', etag).setHeader('Location', location);
  if (status !== 201) {
    response.writeHead(status, status === 200 ? { 'Content-Length': 0 } : {}).end();
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

/** The checksum that the form gave, or the one that S3 makes of every object. */
export function checksumHeaders({ checksum }: ObjectRecord): Record<string, string> {
  return {
    [checksumField(checksum.algorithm)]: checksum.value,
    'x-amz-checksum-type': 'FULL_OBJECT',
  };
}

/** The headers that the form gave an object, with the characters that a header can carry. */
export function objectHeaders({ headers }: ObjectRecord): Record<string, string> {
  const isShown = ([name, value]: [string, string]) =>
    !(name === 'x-amz-storage-class' && value === 'STANDARD');
  return Object.fromEntries(
    Object.entries(headers)
      .filter(isShown)
      .map(([name, value]) => [name, value.replaceAll(/[^\t\x20-\x7e\xa0-\xff]/g, ' ')]),
  );
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export function sendTagging(response: ServerResponse, tags: readonly Tag[]): void {
  const set = tags.map(
    ([key, value]) => `<Tag>${element(['Key', key])}${element(['Value', value])}</Tag>`,
  );
  sendXml(
    response,
    200,
    `<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>${set.join('')}</TagSet></Tagging>`,
  );
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
  const ascii = url.replaceAll(/[^\x20-\x7e]+/g, encodeURIComponent);
  const [, target = '', fragment = ''] = /^([^#]*)(.*)$/.exec(ascii) ?? [];
  return `${target}${target.includes('?') ? '&' : '?'}${query}${fragment}`;
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
