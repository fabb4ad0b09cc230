import type { IncomingMessage, ServerResponse } from 'node:http';
import { type S3Error, sendError } from './answers.ts';

const ALLOWED_METHODS = ['GET', 'HEAD', 'POST'];

/**
 * Lets pages of every origin read an answer, as a bucket does whose CORS configuration allows all.
 * Like S3 it says nothing of it to who names no origin.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
 */
export function allowAllOrigins(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.origin === undefined) return;
  response
    .setHeader('Access-Control-Allow-Origin', '*')
    .setHeader('Access-Control-Allow-Methods', ALLOWED_METHODS.join(', '))
    .setHeader('Access-Control-Expose-Headers', 'ETag, Location, x-amz-request-id, x-amz-id-2')
    .setHeader('Access-Control-Max-Age', '3000')
    .setHeader('Vary', 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method');
}

/** Answers the question that a browser asks before a script's request. */
export function sendPreflight(
  request: IncomingMessage,
  response: ServerResponse,
  resource: string,
): void {
  const fault = preflightFault(request, resource);
  if (fault) {
    sendError(response, fault);
    return;
  }
  allowAllOrigins(request, response);
  const wanted = request.headers['access-control-request-headers'];
  if (wanted !== undefined) {
    response.setHeader('Access-Control-Allow-Headers', wanted.toLowerCase());
  }
  response.writeHead(200, { 'Content-Length': 0 }).end();
}

function preflightFault(request: IncomingMessage, resource: string): S3Error | undefined {
  const method = request.headers['access-control-request-method'];
  const insufficient = (message: string) => ({ status: 400, s3Code: 'BadRequest', message });
  if (request.headers.origin === undefined) {
    return insufficient('Insufficient information. Origin request header needed.');
  }
  if (method === undefined) {
    return insufficient('Invalid Access-Control-Request-Method: null');
  }
  if (ALLOWED_METHODS.includes(method)) return undefined;
  return {
    status: 403,
    s3Code: 'AccessForbidden',
    message:
      // The misspelling is S3's.
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    details: [
      ['Method', method],
      ['ResourceType', resource],
    ],
  };
}
