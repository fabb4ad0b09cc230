import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { fillForm, submitForm } from '../../src/testing/submit-form.ts';
import { locationOf } from '../support/upload-app.ts';
import { startExample } from './example.ts';

const PUBLIC = 'https://www.example.com';
const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };

interface Proxy {
  /** What the proxy makes of the path. */
  readonly path?: (path: string) => string;
  /** What it tells the app of a request that has these headers. */
  readonly headers?: (sent: IncomingHttpHeaders) => IncomingHttpHeaders;
}

/** What a proxy that ends TLS for the public host has to say, whatever the client said. */
const truth = () => ({
  host: 'app.internal',
  'x-forwarded-host': 'www.example.com',
  'x-forwarded-proto': 'https',
});

const stripFiles = (path: string) => path.replace(/^\/files\//, '/');

const closing: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A reverse proxy on 127.0.0.1, in front of the app on this port; gives its own port. */
async function startProxy(appPort: number, { path, headers = truth }: Proxy = {}): Promise<number> {
  const server = createServer((req, res) => {
    const asked = {
      ...{ host: '127.0.0.1', port: appPort, localAddress: '127.0.0.1', method: req.method },
      path: path ? path(req.url ?? '') : req.url,
      headers: { ...req.headers, ...headers(req.headers) },
    };
    const passed = request(asked, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    passed.on('error', (error) => res.destroy(error));
    req.pipe(passed);
  });
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** `fetch` neither sends another Host nor comes from another address. */
async function get(options: RequestOptions): Promise<{ status: number | undefined; body: string }> {
  const asked = request({ host: '127.0.0.1', ...options });
  asked.end();
  const [answer] = await once(asked, 'response');
  return { status: answer.statusCode, body: await text(answer) };
}

/** Where the form on the page sends the browser after the upload. */
function returnOf(page: string): URL {
  const [, address] =
    fillForm(page, {}).entries.find(([name]) => name === 'success_action_redirect') ?? [];
  return new URL(String(address));
}

/** Where the page leads that a client gets who sends these headers. */
async function returnFor(options: RequestOptions): Promise<string> {
  const { origin, pathname } = returnOf((await get({ path: '/files/upload', ...options })).body);
  return origin + pathname.replace(/\/done\/.*/, '');
}

describe('the example behind a proxy', () => {
  it.each<[string, Proxy]>([
    ['passes its path on', {}],
    ['strips /files from its path', { path: stripFiles }],
  ])('comes back to the public address where the proxy %s', async (_, how) => {
    const { port } = await startExample('behind-proxy');
    const proxy = await startProxy(port, how);
    const { body: page } = await get({ port: proxy, path: '/files/upload' });
    const file = { name: 'a.txt', content: 'hello' };
    const done = new URL(locationOf(await submitForm(page, { file })));
    expect(done.href.startsWith(`${PUBLIC}/files/upload/done/`)).toBe(true);

    const arrived = await get({ port: proxy, path: done.pathname + done.search });
    expect(arrived.status).toBe(200);
    expect(arrived.body).toContain('a.txt');
    const [style = ''] = /\/files\/upload\/assets\/[^"]+/.exec(arrived.body) ?? [];
    expect((await get({ port: proxy, path: style })).status).toBe(200);
  });

  it('goes where the proxy says, and not where the client says', async () => {
    const { port } = await startExample('behind-proxy');
    const honest = await startProxy(port);
    expect(await returnFor({ port: honest, headers: forged })).toBe(`${PUBLIC}/files/upload`);
    // Why the proxy has to overwrite them: an app can't tell whose words they are.
    const careless = await startProxy(port, { headers: () => ({}) });
    expect(await returnFor({ port: careless, headers: forged })).toBe(
      'http://evil.example/files/upload',
    );
  });

  it('believes nobody who comes past the proxy', async () => {
    const { port } = await startExample('behind-proxy');
    const stranger = { port, localAddress: '127.0.0.2', headers: { host: 'app.internal' } };
    const headers = { ...stranger.headers, ...forged, 'x-forwarded-proto': 'https' };
    expect(await returnFor({ ...stranger, headers })).toBe('http://app.internal/files/upload');
  });

  it('believes no proxy that it was not told of', async () => {
    const { port } = await startExample('behind-proxy', { PROXY_ADDRESS: '127.0.0.3' });
    const proxy = await startProxy(port);
    expect(await returnFor({ port: proxy, headers: forged })).toBe(
      'http://app.internal/files/upload',
    );
  });

  it('comes back to an absolute base URL, whatever anybody says', async () => {
    const BASE_URL = 'https://uploads.example.com/files/upload';
    const { port } = await startExample('behind-proxy', { BASE_URL });
    const careless = await startProxy(port, { headers: () => ({}) });
    const headers = { ...forged, host: 'evil.example' };
    for (const asked of [
      { port: await startProxy(port) },
      { port: careless, headers },
      { port, headers },
      { port, headers, localAddress: '127.0.0.2' },
    ]) {
      expect(await returnFor(asked)).toBe(BASE_URL);
    }
  });
});
