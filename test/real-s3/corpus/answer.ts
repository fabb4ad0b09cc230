import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { decodeHeader } from '../../../src/bucket/header-encoding.ts';
import { encodeRfc3986, signRequest } from '../../../src/bucket/presigned-url.ts';
import { ALGORITHM, credentialScope, formatAmzDate } from '../../../src/policy/signature.ts';
import { unescapeXml } from '../bucket-client.ts';
import { CONTENT, SETUP, type WrittenForm } from './form.ts';

/** A server that forms are posted to, one after the other, each to an empty bucket. */
export interface Server {
  readonly origin: string;
  /** The keys of all that the bucket holds. */
  keys(): Promise<readonly string[]>;
  empty(keys: readonly string[]): Promise<void>;
}

/** What a server makes of a form. */
export interface Answer {
  /** `204`, or `403 AccessDenied`, and whatever does not go with it. */
  readonly headline: string;
  /** By their names: what the answer to a stored file tells, and the object that was made of it. */
  readonly facts: Readonly<Record<string, string>>;
  /** The headers that S3 has on 2xx for the stored object. */
  readonly told: { readonly etag?: string | undefined; readonly location?: string | undefined };
}

/** Milliseconds after which a server counts as one that does not answer. */
const ANSWERED_WITHIN = 10_000;

export async function postTo(server: Server, form: WrittenForm): Promise<Answer> {
  const reply = await post(server.origin, form);
  const keys = await server.keys();
  try {
    if (typeof reply === 'string') return { headline: reply, facts: {}, told: {} };
    const { status, headers } = reply;
    const facts = {
      ...(status < 400 ? factsOfReply(reply, server) : {}),
      ...(keys.length > 0 ? await factsOfObjects(server, keys, form) : {}),
    };
    const { etag, location } = headers;
    return {
      headline: headlineOf(reply, keys.length > 0),
      facts,
      told: status < 300 ? { etag, location } : {},
    };
  } finally {
    await server.empty(keys);
  }
}

function headlineOf({ status, body }: Reply, isStored: boolean): string {
  const code = /<Code>(.*?)<\/Code>/s.exec(body.toString())?.[1];
  const headline = code === undefined ? String(status) : `${status} ${code}`;
  if (status < 400 && !isStored) return `${headline}, but nothing is stored`;
  if (status >= 400 && isStored) return `${headline}, but the file is stored`;
  return headline;
}

async function post(origin: string, form: WrittenForm): Promise<Reply | string> {
  const { path, body } = form;
  const headers = { Host: hostOf(origin, form), ...form.headers };
  try {
    return await send(origin, { method: 'POST', path, headers, body });
  } catch (error) {
    const { name, code } = error as { name?: string; code?: string };
    return name === 'AbortError' || name === 'TimeoutError' ? 'no answer' : `no answer: ${code}`;
  }
}

/** The bucket's own address, in the style that the form is posted in. */
export function addressOf(origin: string, form: WrittenForm): string {
  const bucket = form.subdomain === undefined ? `${SETUP.bucket}/` : '';
  return `http://${hostOf(origin, form)}/${bucket}`;
}

/** Names below localhost are this machine's, which is known without asking. */
function hostOf(origin: string, { subdomain }: WrittenForm): string {
  const { host, port } = new URL(origin);
  return subdomain === undefined ? host : `${subdomain}.localhost:${port}`;
}

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Buffer;
}

/** Sends a request as it stands: no path made shorter, no header added but those that it must have. */
async function send(origin: string, { method, path, headers, body }: Request): Promise<Reply> {
  const { hostname, port } = new URL(origin);
  const signal = AbortSignal.timeout(ANSWERED_WITHIN);
  const sent = request({ hostname, port, method, path, headers, agent: false, signal }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: await buffer(response),
  };
}

/** Sends a request that is signed in its query. */
export function sendSigned(
  origin: string,
  { method, path, headers = {} }: Request,
  query: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { region, credentials } = SETUP;
  const amzDate = formatAmzDate(new Date());
  const scope = credentialScope(amzDate.slice(0, 8), region);
  const parameters: [string, string][] = [
    ...Object.entries(query),
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', `${credentials.accessKeyId}/${scope}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', '60'],
    ['X-Amz-SignedHeaders', 'host'],
  ];
  const host = new URL(origin).host;
  const signed = { method, host, path, parameters, amzDate };
  const signature = signRequest(signed, region, credentials.secretAccessKey);
  const search = new URLSearchParams([...parameters, ['X-Amz-Signature', signature]]);
  return send(origin, { method, path: `${path}?${search}`, headers });
}

export function objectPath(key: string): string {
  return `/${SETUP.bucket}/${key.split('/').map(encodeRfc3986).join('/')}`;
}

/** Redirect and XML, the servers' own addresses made one. */
function factsOfReply({ status, headers, body }: Reply, { origin }: Server) {
  const facts: Record<string, string> = {};
  if (status >= 300) facts['redirect'] = String(headers.location);
  if (body.length > 0) facts['type of the answer'] = String(headers['content-type']);
  const { host, port } = new URL(origin);
  const xml = body.toString().replaceAll(host, 'SERVER').replaceAll(`:${port}`, '');
  for (const [, element = '', text = ''] of xml.matchAll(/<(\w+)>([^<]*)<\/\1>/g)) {
    facts[`element ${element}`] = text;
  }
  return facts;
}

const HEADERS_OF_OBJECTS =
  /^(etag|content-(type|disposition|encoding|language)|cache-control|expires|x-amz-(meta-.*|tagging-count|storage-class|website-redirect-location|server-side-encryption.*))$/;

async function factsOfObjects(
  server: Server,
  keys: readonly string[],
  form: WrittenForm,
): Promise<Record<string, string>> {
  const [key = '', ...others] = keys;
  const facts: Record<string, string> = { key: [key, ...others].join(' and ') };
  const path = objectPath(key);
  const get = { method: 'GET', path, headers: customerKeyOf(form) };
  const object = await sendSigned(server.origin, get).catch((error: { code: string }) => {
    // From some names of metadata no header can be made.
    if (error.code.startsWith('HPE_')) return undefined;
    throw error;
  });
  if (object?.status !== 200) return { ...facts, object: `answers ${object?.status ?? 'no HTTP'}` };
  const { headers, body } = object;
  const content = body.toString('latin1');
  // What nearly all forms have need not be told each time.
  if (content !== CONTENT) facts['content'] = `${body.length} bytes: ${content.slice(0, 40)}`;
  for (const [name, value] of Object.entries(headers)) {
    if (HEADERS_OF_OBJECTS.test(name)) facts[name] = decodeHeader(String(value));
  }
  if (headers['x-amz-tagging-count'] !== undefined) facts['tags'] = await tagsOf(server, path);
  const anybody = await send(server.origin, { method: 'GET', path });
  if (anybody.status === 200) facts['readable by'] = 'anybody';
  return facts;
}

async function tagsOf({ origin }: Server, path: string): Promise<string> {
  const { body } = await sendSigned(origin, { method: 'GET', path }, { tagging: '' });
  const tags = body.toString().matchAll(/<Key>(.*?)<\/Key><Value>(.*?)<\/Value>/gs);
  const texts = [...tags].map(([, key = '', value = '']) => `${key}=${value}`);
  return unescapeXml(texts.sort().join(', '));
}

/** Nobody reads what was encrypted with a key of the customer's own but with that key. */
function customerKeyOf({ body }: WrittenForm): Record<string, string> {
  const fields = body
    .toString('latin1')
    .matchAll(/name="(x-amz-server-side-encryption-customer-[\w-]+)"\r\n\r\n(.*?)\r\n/gi);
  return Object.fromEntries([...fields].map(([, name, value]) => [name, value]));
}

/** How two answers differ, as few words as it takes; `undefined` where they agree. */
export function difference(one: Answer, other: Answer): [string, string] | undefined {
  if (one.headline !== other.headline) return [one.headline, other.headline];
  const names = [...new Set([...Object.keys(one.facts), ...Object.keys(other.facts)])];
  const different = names.filter((name) => one.facts[name] !== other.facts[name]).sort();
  if (different.length === 0) return undefined;
  const tell = ({ facts }: Answer) =>
    different.map((name) => `${name}: ${shortened(facts[name] ?? 'none')}`).join('; ');
  return [tell(one), tell(other)];
}

function shortened(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 40)}… of ${text.length} characters`;
}
