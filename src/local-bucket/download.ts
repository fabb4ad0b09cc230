import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { encodeHeader } from '../bucket/header-encoding.ts';
import { signRequest } from '../bucket/presigned-url.ts';
import { isHeaderName, METADATA_PREFIX, SSE } from '../policy/field-values.ts';
import {
  ALGORITHM,
  credentialScope,
  isSameSignature,
  LIFETIME_AT_MOST,
  parseAmzDate,
} from '../policy/signature.ts';
import { checksumHeaders, objectHeaders, type S3Error, sendError, sendTagging } from './answers.ts';
import type { ObjectRecord } from './storage.ts';
import type { UploadTarget } from './upload.ts';

const PUBLIC_ACLS = ['public-read', 'public-read-write'];

/** Answers GET and HEAD of an object: to anybody if it is public, else to who signed the URL. */
export async function sendObject(
  request: IncomingMessage,
  response: ServerResponse,
  key: string,
  bucket: UploadTarget,
): Promise<void> {
  const [path = '/', ...rest] = (request.url ?? '/').split('?');
  const query = new URLSearchParams(rest.join('?'));
  const found = bucket.storage.find(key);
  const isSigned = query.has('X-Amz-Signature');
  const fault = isSigned
    ? signatureFault(request, path, query, bucket)
    : found && PUBLIC_ACLS.includes(found.record.acl)
      ? undefined
      : denied('Access Denied');
  if (fault) return sendError(response, fault);
  if (!found) {
    return sendError(response, {
      status: 404,
      s3Code: 'NoSuchKey',
      message: 'The specified key does not exist.',
      details: [['Key', key]],
    });
  }
  if (query.has('tagging')) {
    // Tags are shown to nobody but who signs, though the object were public.
    return isSigned
      ? sendTagging(response, found.record.tags)
      : sendError(response, denied('Access Denied'));
  }
  const headers = {
    ...readHeaders(found.record),
    ...(request.headers['x-amz-checksum-mode'] === 'ENABLED' && checksumHeaders(found.record)),
    ...(isSigned && responseOverrides(query)),
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (request.method === 'HEAD') return void response.end();
  await pipeline(found.open(), response);
}

function readHeaders(record: ObjectRecord): Record<string, string> {
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(record.metadata)) {
    // A raw field can have a name that no header can.
    if (!isHeaderName(name)) continue;
    metadata[METADATA_PREFIX + name] = encodeHeader(value);
  }
  // The answer to the upload alone repeats the context.
  const { [`${SSE}-context`]: _, ...shown } = objectHeaders(record);
  return {
    ...shown,
    ...metadata,
    ...(record.tags.length > 0 && { 'x-amz-tagging-count': String(record.tags.length) }),
    'content-length': String(record.size),
    etag: `"${record.etag}"`,
    'last-modified': new Date(record.lastModified).toUTCString(),
    // Not S3's doing, but whatever was uploaded shall not run as a page on the developer's machine.
    'content-security-policy': 'sandbox',
  };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
function responseOverrides(query: URLSearchParams): Record<string, string> {
  const names = ['content-type', 'content-disposition', 'cache-control'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(`response-${name}`);
      return value === null ? [] : [[name, value.replaceAll(/[^\t\x20-\x7e]/g, ' ')]];
    }),
  );
}

function signatureFault(
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
  { region, credentials }: UploadTarget,
): S3Error | undefined {
  const parameter = (name: string) => query.get(name) ?? '';
  const amzDate = parameter('X-Amz-Date');
  const scope = parameter('X-Amz-Credential').split('/');
  // An access key may itself have slashes.
  const accessKeyId = scope.splice(0, scope.length - 4).join('/');
  const signedAt = parseAmzDate(amzDate)?.getTime() ?? Number.NaN;
  const expires = Number(parameter('X-Amz-Expires'));
  if (
    parameter('X-Amz-Algorithm') !== ALGORITHM ||
    Number.isNaN(signedAt) ||
    !(expires > 0 && expires <= LIFETIME_AT_MOST) ||
    scope.join('/') !== credentialScope(amzDate.slice(0, 8), region)
  ) {
    return {
      status: 400,
      s3Code: 'AuthorizationQueryParametersError',
      message: 'Query-string authentication parameters are missing or malformed.',
    };
  }
  if (accessKeyId !== credentials.accessKeyId) {
    return {
      status: 403,
      s3Code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
      details: [['AWSAccessKeyId', accessKeyId]],
    };
  }
  const expected = signRequest(
    {
      method: request.method ?? 'GET',
      host: request.headers.host ?? '',
      path,
      parameters: [...query].filter(([name]) => name !== 'X-Amz-Signature'),
      amzDate,
    },
    region,
    credentials.secretAccessKey,
  );
  if (!isSameSignature(expected, parameter('X-Amz-Signature'))) {
    return {
      status: 403,
      s3Code: 'SignatureDoesNotMatch',
      message:
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    };
  }
  if ((query.get('X-Amz-Security-Token') ?? undefined) !== credentials.sessionToken) {
    return {
      status: 400,
      s3Code: 'InvalidToken',
      message: 'The provided token is malformed or otherwise invalid.',
    };
  }
  return Date.now() > signedAt + expires * 1000 ? denied('Request has expired') : undefined;
}

function denied(message: string): S3Error {
  return { status: 403, s3Code: 'AccessDenied', message };
}
