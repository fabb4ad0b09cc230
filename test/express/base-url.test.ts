import express, { type Request } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { baseUrlOf } from '../../src/express/base-url.ts';

interface Asked {
  readonly configured?: string;
  readonly mount?: string;
  readonly trustProxy?: boolean;
  readonly headers?: Record<string, string>;
}

async function ask({
  configured,
  mount,
  trustProxy = false,
  headers = {},
}: Asked): Promise<string> {
  const app = express().set('trust proxy', trustProxy);
  app.get('/', (req: Request, res) => {
    try {
      res.send(baseUrlOf(req, configured, mount));
    } catch (error) {
      res.send((error as { code: string }).code);
    }
  });
  return (
    await request(app)
      .get('/')
      .set({ host: 'app.example:8080', ...headers })
  ).text;
}

describe('the base URL', () => {
  it.each<[string, Asked, string]>([
    ['of the mount', { mount: '/upload' }, 'http://app.example:8080/upload'],
    ['of a mount at the root', { mount: '' }, 'http://app.example:8080'],
    [
      'of a configured path',
      { configured: '/files', mount: '/upload' },
      'http://app.example:8080/files',
    ],
    ['of the root as configured path', { configured: '' }, 'http://app.example:8080'],
    [
      'that is absolute, whatever the request says',
      { configured: 'https://cdn.example/up', headers: { host: 'evil.example' } },
      'https://cdn.example/up',
    ],
    ['outside of the mount', {}, 'base_url_required'],
    [
      "behind a proxy that isn't trusted",
      {
        mount: '/u',
        headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      },
      'http://app.example:8080/u',
    ],
    [
      'behind a proxy that is trusted',
      {
        mount: '/u',
        trustProxy: true,
        headers: { 'x-forwarded-host': 'public.example, inner', 'x-forwarded-proto': 'https' },
      },
      'https://public.example/u',
    ],
    [
      'behind a proxy that names no protocol of the web',
      {
        mount: '/u',
        trustProxy: true,
        headers: { 'x-forwarded-proto': 'javascript' },
      },
      'host_invalid',
    ],
    [
      'with a host that is none',
      { mount: '/u', headers: { host: 'a b"><script>' } },
      'host_invalid',
    ],
    [
      'with a host that smuggles a path',
      { mount: '/u', headers: { host: 'a.example/x?y' } },
      'http://a.example/u',
    ],
  ])('%s', async (_, asked, expected) => {
    expect(await ask(asked)).toBe(expected);
  });
});
