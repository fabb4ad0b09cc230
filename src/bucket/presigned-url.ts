import { createHash } from 'node:crypto';
import type { Credentials } from '../policy/credentials.ts';
import { assertWholeNumber } from '../policy/options.ts';
import {
  ALGORITHM,
  credentialScope,
  deriveSigningKey,
  formatAmzDate,
  LIFETIME_AT_MOST,
  sign,
} from '../policy/signature.ts';

export interface PresignedUrlOptions {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  /** Where the object or bucket is, without a query; see `objectUrl`. */
  readonly url: string;
  readonly region: string;
  readonly credentials: Credentials;
  /**
   * Seconds the URL works.
   *
   * @default 300
   */
  readonly expiresIn?: number;
  /** Query parameters that are signed too, such as `response-content-type`. */
  readonly query?: Readonly<Record<string, string>>;
  /** @default new Date() */
  readonly now?: Date;
}

/**
 * A URL that carries its own signature (Signature Version 4 in the query), for one method.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-query-string-auth.html
 */
export function presignUrl(options: PresignedUrlOptions): string {
  const { method, region, credentials, expiresIn = 300, query = {}, now = new Date() } = options;
  // Signature Version 4 ends with its signing key, after a week.
  assertWholeNumber('expiresIn', expiresIn, { min: 1, max: LIFETIME_AT_MOST, unit: 'seconds' });
  const { host, pathname, origin } = new URL(options.url);
  const date = formatAmzDate(now);
  const parameters: [string, string][] = [
    ...Object.entries(query),
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${credentialScope(date.slice(0, 8), region)}`],
    ['X-Amz-Date', date],
    ['X-Amz-Expires', String(expiresIn)],
    ['X-Amz-SignedHeaders', 'host'],
  ];
  if (credentials.sessionToken !== undefined) {
    parameters.push(['X-Amz-Security-Token', credentials.sessionToken]);
  }
  const signature = signRequest(
    { method, host, path: pathname, parameters, amzDate: date },
    region,
    credentials.secretAccessKey,
  );
  return `${origin}${pathname}?${canonicalQuery(parameters)}&X-Amz-Signature=${signature}`;
}

/** A request as Signature Version 4 sees it when its signature is in the query. */
export interface SignableRequest {
  readonly method: string;
  readonly host: string;
  /** Percent-encoded, as it stands in the request line. */
  readonly path: string;
  /** Decoded names and values, all but `X-Amz-Signature`. */
  readonly parameters: readonly (readonly [string, string])[];
  readonly amzDate: string;
}

/** The signature of a request whose only signed header is `host` and whose body is not signed. */
export function signRequest(
  request: SignableRequest,
  region: string,
  secretAccessKey: string,
): string {
  const date = request.amzDate.slice(0, 8);
  const canonicalRequest = [
    request.method,
    request.path,
    canonicalQuery(request.parameters),
    `host:${request.host}\n`,
    'host',
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const stringToSign = [
    ALGORITHM,
    request.amzDate,
    credentialScope(date, region),
    createHash('sha256').update(canonicalRequest).digest('hex'),
  ].join('\n');
  return sign(stringToSign, deriveSigningKey({ secretAccessKey, date, region }));
}

/** Percent-encodes everything but the unreserved characters of RFC 3986, as Signature Version 4 asks. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function canonicalQuery(parameters: SignableRequest['parameters']): string {
  return parameters
    .map(([name, value]) => [encodeRfc3986(name), encodeRfc3986(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join('='))
    .join('&');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
