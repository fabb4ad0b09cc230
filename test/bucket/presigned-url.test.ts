import { expect, test } from 'vitest';
import {
  encodeRfc3986,
  type PresignedUrlOptions,
  presignUrl,
  signRequest,
} from '../../src/bucket/presigned-url.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** https://docs.aws.amazon.com/AmazonS3/latest/developerguide/sigv4-query-string-auth.html */
const EXAMPLE: PresignedUrlOptions = {
  method: 'GET',
  url: 'https://examplebucket.s3.amazonaws.com/test.txt',
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET },
  expiresIn: 86_400,
  now: new Date('2013-05-24T00:00:00Z'),
};

const SIGNATURE = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

test('the example of AWS', () => {
  expect(presignUrl(EXAMPLE)).toBe(
    'https://examplebucket.s3.amazonaws.com/test.txt' +
      '?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
      '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
      '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
      `&X-Amz-Signature=${SIGNATURE}`,
  );
});

test('the example of AWS, as a server checks it', () => {
  const request = {
    method: 'GET',
    host: 'examplebucket.s3.amazonaws.com',
    path: '/test.txt',
    amzDate: '20130524T000000Z',
    parameters: [
      ['X-Amz-Expires', '86400'],
      ['X-Amz-Date', '20130524T000000Z'],
      ['X-Amz-SignedHeaders', 'host'],
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request'],
    ],
  } as const;
  expect(signRequest(request, 'us-east-1', SECRET)).toBe(SIGNATURE);
});

function parametersOf(options: Partial<PresignedUrlOptions>): URLSearchParams {
  return new URL(presignUrl({ ...EXAMPLE, ...options })).searchParams;
}

test.each<[string, Partial<PresignedUrlOptions>]>([
  ['method', { method: 'HEAD' }],
  ['path', { url: 'https://examplebucket.s3.amazonaws.com/test.tx' }],
  ['host', { url: 'https://examplebucket.s3.amazonaws.com:8443/test.txt' }],
  ['region', { region: 'eu-west-3' }],
  ['life', { expiresIn: 86_399 }],
  ['date', { now: new Date('2013-05-24T00:00:01Z') }],
  ['query', { query: { 'response-content-type': 'text/plain' } }],
  ['secret', { credentials: { ...EXAMPLE.credentials, secretAccessKey: 'other' } }],
  ['token', { credentials: { ...EXAMPLE.credentials, sessionToken: 'token' } }],
])('another %s has another signature', (_, options) => {
  const signature = parametersOf(options).get('X-Amz-Signature');
  expect(signature).toMatch(/^[0-9a-f]{64}$/);
  expect(signature).not.toBe(SIGNATURE);
});

test('the query is signed and carries the token', () => {
  const sessionToken = 'a/b+c=';
  const query = { 'response-content-disposition': 'attachment; filename="a b.txt"' };
  const credentials = { ...EXAMPLE.credentials, sessionToken };
  const url = presignUrl({ ...EXAMPLE, query, credentials });
  expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
    ...query,
    'X-Amz-Security-Token': sessionToken,
  });
  expect(url).toContain('filename%3D%22a%20b.txt%22');
  expect(url).not.toContain(SECRET);
});

test('the query is sorted by its names', () => {
  const url = presignUrl({ ...EXAMPLE, query: { 'a-b': '3', b: '4', a: '1', B: '0' } });
  expect(Object.keys(Object.fromEntries(new URL(url).searchParams))).toEqual([
    ...['B', 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires'],
    ...['X-Amz-SignedHeaders', 'a', 'a-b', 'b', 'X-Amz-Signature'],
  ]);
});

test('a URL works for five minutes unless told otherwise', () => {
  const { expiresIn: _, ...rest } = EXAMPLE;
  expect(new URL(presignUrl(rest)).searchParams.get('X-Amz-Expires')).toBe('300');
});

test.each([
  ['AZaz09-._~', 'AZaz09-._~'],
  ["!'()*", '%21%27%28%29%2A'],
  ['a/b c+d', 'a%2Fb%20c%2Bd'],
  ['é🎉', '%C3%A9%F0%9F%8E%89'],
  ['\u0000%?#', '%00%25%3F%23'],
])('%j is encoded', (text, encoded) => {
  expect(encodeRfc3986(text)).toBe(encoded);
});
