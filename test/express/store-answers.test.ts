import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { PresignedUpload } from '../../src/index.ts';
import { listen } from '../support/listen.ts';
import { startUploadApp } from '../support/upload-app.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** The answer of the return where the store answers the app's HEAD in some way. */
async function returnWith(store: RequestListener) {
  const { url, close } = await listen(store);
  cleanUps.push(close);
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const app = await startUploadApp({
    bucket: { url, bucket: 'uploads', region: 'local', credentials },
  });
  cleanUps.push(() => app.close());
  const asked = await fetch(`${app.base}/s3/params?filename=a.png`);
  const { done } = (await asked.json()) as PresignedUpload;
  const answer = await fetch(done, { headers: { accept: 'application/json' } });
  const body = (await answer.json()) as Record<string, string>;
  return { status: answer.status, headers: answer.headers, body, reported: app.reported };
}

const answering =
  (status: number, headers = {}): RequestListener =>
  (_req, res) =>
    void res.writeHead(status, headers).end();

describe('nothing is reported that the store does not confirm', () => {
  it.each<[string, RequestListener, number, string]>([
    ['404', answering(404), 404, 'object_not_found'],
    ['403', answering(403), 502, 'confirm_forbidden'],
    ['500', answering(500), 503, 'confirm_unavailable'],
    ['503', answering(503), 503, 'confirm_unavailable'],
    ['429', answering(429), 503, 'confirm_unavailable'],
    ['a redirect', answering(301, { location: 'http://localhost:1/' }), 502, 'confirm_failed'],
    ['400', answering(400), 502, 'confirm_failed'],
    ['200 without an ETag', answering(200, { 'content-length': '5' }), 502, 'confirm_failed'],
    ['nothing and hangs up', (req) => void req.socket.destroy(), 503, 'confirm_unavailable'],
    ['nothing for 10 seconds', () => undefined, 503, 'confirm_unavailable'],
  ])(
    '%s',
    async (_, store, status, code) => {
      const answer = await returnWith(store);
      expect(answer.status).toBe(status);
      expect(answer.body['code']).toBe(code);
      expect(answer.headers.get('retry-after')).toBe(status === 503 ? '5' : null);
      expect(answer.reported).toEqual([]);
      // A store that is silent gets 10 seconds of the app's time.
    },
    15_000,
  );

  it('403 names the actions that have to be allowed', async () => {
    const { body } = await returnWith(answering(403));
    expect(body['message']).toContain('s3:GetObject');
    expect(body['message']).toContain('s3:ListBucket');
  });
});
