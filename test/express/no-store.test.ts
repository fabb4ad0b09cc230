import { afterEach, describe, expect, it } from 'vitest';
import { submitForm } from '../../src/testing/submit-form.ts';
import { locationOf, pageAt, startUploadApp, type UploadApp } from '../support/upload-app.ts';

const running: UploadApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

async function start(): Promise<UploadApp> {
  const app = await startUploadApp({
    form: { baseUrl: '/upload' },
    routes: (express, uploads) => {
      express.get('/form', async (req, res) => void res.json(await uploads.form(req)));
      express.get('/presign', async (req, res) => {
        res.json(await uploads.presign(req, { filename: 'a.png', context: { a: 1 } }));
      });
    },
  });
  running.push(app);
  return app;
}

const returnOf = async ({ base }: UploadApp) =>
  locationOf(await submitForm(await pageAt(base), { file: { name: 'a.png', content: 'a' } }));

describe('no cache may keep', () => {
  it.each<[string, (app: UploadApp) => string | Promise<string>, RequestInit?]>([
    ['the page', ({ base }) => `${base}/`],
    ['a policy for a script', ({ base }) => `${base}/s3/params?filename=a.png`],
    ['a refusal of one', ({ base }) => `${base}/s3/params`],
    ["a form on the app's own page", ({ origin }) => `${origin}/form`],
    ["a policy that the app's own route gives", ({ origin }) => `${origin}/presign`],
    ['a return', returnOf],
    ['a return as JSON', returnOf, { headers: { accept: 'application/json' } }],
    ['a return that is refused', ({ base }) => `${base}/done/x`],
    ['a method that is refused', ({ base }) => `${base}/done/x`, { method: 'POST' }],
  ])('%s', async (_, address, init) => {
    const app = await start();
    const answer = await fetch(await address(app), init);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});
