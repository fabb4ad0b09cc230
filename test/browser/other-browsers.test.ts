import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FaultyBucket, isBusy, startFaultyBucket } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import { startUploadApp, type UploadApp } from '../support/upload-app.ts';
import { type Send, startFirefox, startWebKit } from '../support/web-driver.ts';

describe.each([
  ['firefox', startFirefox],
  ['webkit', startWebKit],
] as const)('in other browsers', (name, start) => {
  describe.skipIf(!requirement(name).available)(`the form works (needs ${name})`, () => {
    const directory = mkdtempSync(join(tmpdir(), 'browser-'));
    const children: ChildProcess[] = [];
    let send: Send;
    let [bucket, app]: [FaultyBucket?, UploadApp?] = [];
    /** What the page's policy has stopped. */
    let violations: string[];

    beforeAll(async () => {
      send = await start(directory, children);
    });
    afterAll(async () => {
      await send('DeleteSession', 'DELETE ').catch(() => {});
      for (const child of children) {
        if (child.kill()) await once(child, 'exit');
      }
      rmSync(directory, { recursive: true, maxRetries: 5 });
    });
    afterEach(async () => {
      await app?.close();
      await bucket?.close();
    });

    const run = (script: string) =>
      send('ExecuteScript', 'POST /execute/sync', { script, args: [] });
    const find = async (value: string) => {
      const how = { using: 'css selector', value };
      return String(Object.values((await send('FindElement', 'POST /element', how)) as object)[0]);
    };
    const click = async (css: string) => {
      const id = await find(css);
      await send('ElementClick', `POST /element/${id}/click`, { id });
    };
    const type = async (css: string, text: string) => {
      const id = await find(css);
      await send('ElementSendKeys', `POST /element/${id}/value`, { id, text });
    };
    const choose = async (...names: string[]) => {
      const paths = names.map((name) => join(directory, name));
      for (const path of paths) writeFileSync(path, path.includes('large') ? 'too large' : 'file');
      await type('input[type=file]', paths.join('\n'));
    };
    const see = (css: string, texts: string[]) => {
      const script = `return [...document.querySelectorAll('${css}')].map((e) => e.textContent.replace(/[\\u2068\\u2069]/g, ''))`;
      return expect.poll(() => run(script), { timeout: 15_000 }).toEqual(texts);
    };
    /** Opens a page that allows nothing but what the form needs, and what is given. */
    const open = async (script = true, policy: object = {}) => {
      violations = [];
      bucket = await startFaultyBucket();
      const inputs = [{ name: 'x-amz-meta-title', label: 'Title' }] as const;
      const form = { baseUrl: '/upload', publicEndpoint: bucket.url, inputs, script };
      app = await startUploadApp({
        form: { ...form, maxFiles: 3, maxFileSize: 5 },
        routes: (express, uploads) => {
          express.get('/own', async (req, res) => {
            const { html, head } = await uploads.form(req);
            const allowed = { 'default-src': ["'none'"], ...uploads.cspDirectives(), ...policy };
            const given = Object.entries(allowed).filter(([, sources]) => sources !== null);
            const directives = given.map(([name, sources]) => [name, ...(sources ?? [])].join(' '));
            res.set('Content-Security-Policy', [...directives, 'report-uri /csp'].join('; '));
            res.send(`<!doctype html><title>Own</title>${head}${html}<a href="/else">Go</a>`);
          });
          express.get('/else', (_req, res) => void res.send('<h1>Else</h1>'));
          express.post('/csp', (req, res) => {
            req.on('data', (report) => violations.push(String(report)));
            res.sendStatus(204);
          });
        },
      });
      bucket.target = app.bucket.url;
      await send('Navigate', 'POST /url', { url: `${app.origin}/own` });
      if (script) await expect.poll(() => find('form[data-ready]')).toBeTruthy();
    };
    const reported = () =>
      app?.reported.map(({ key, metadata }) => [key.split('/').at(-1), metadata]);

    it('without the script', async () => {
      await open(false);
      await type('[type=text]', 'Été');
      await choose('été 👑.txt');
      await click('.s3-form-submit');
      await see('h1', ['Your file has arrived']);
      expect(reported()).toEqual([['été 👑.txt', { title: 'Été' }]]);
      expect(violations).toEqual([]);
    });

    it('with the script, under a policy that allows nothing else', async () => {
      await open();
      bucket?.faults.push(isBusy);
      await choose('été 👑.txt', 'large.txt', 'b.txt');
      await see('.s3-form-error', [
        'large.txt is too large (9 bytes). At most 5 bytes can be uploaded.',
      ]);
      await click('.s3-form-submit');
      await see('.s3-form-item[data-state=done] .s3-form-name', ['été 👑.txt', 'b.txt']);
      await see('.s3-form-summary', ['All 2 files are uploaded.']);
      expect(
        reported()
          ?.map(([name]) => name)
          .sort(),
      ).toEqual(['b.txt', 'été 👑.txt']);
      expect(violations).toEqual([]);
    });

    it('with a file that has become shorter since it was chosen, as far as the browser tells', async () => {
      await open();
      await choose('a.txt');
      await see('.s3-form-name', ['a.txt']);
      writeFileSync(join(directory, 'a.txt'), 'f');
      await click('.s3-form-submit');
      // WebKit takes what there is by then.
      const isTold = name === 'firefox';
      await see('.s3-form-status', [
        isTold ? 'a.txt was changed or removed after you chose it. Choose it again.' : 'Uploaded',
      ]);
      expect(app?.reported.map(({ size }) => size)).toEqual(isTold ? [] : [1]);
    });

    it('by the browser itself where the bucket has no CORS rules', async () => {
      await open();
      if (bucket) bucket.hasCors = false;
      await choose('a.txt');
      await click('.s3-form-submit');
      await see('h1', ['Your file has arrived']);
      expect(reported()).toHaveLength(1);
    });

    it('and says so where the policy stops it', async () => {
      await open(true, { 'connect-src': ["'self'"], 'form-action': ["'self'"] });
      await run('window.onunhandledrejection = () => { document.title = "Unhandled"; }');
      await choose('a.txt');
      await click('.s3-form-submit');
      await see('.s3-form-summary', ['The upload is not complete.']);
      expect(await run('return document.querySelector("li").textContent')).toMatch(
        /Security-Policy/,
      );
      expect(await run('return document.title')).toBe('Own');
    });

    it('again after the way back, with what was typed where the browser keeps the page', async () => {
      await open();
      await type('[type=text]', 'Typed');
      await run('window.isKept = true');
      await click('a');
      await see('h1', ['Else']);
      await send('Back', 'POST /back');
      await expect.poll(() => find('form[data-ready]')).toBeTruthy();
      // Firefox keeps no page that is marked as `no-store`.
      expect(await run('return window.isKept ?? null')).toBe(name === 'webkit' ? true : null);
      await choose('a.txt');
      await click('.s3-form-submit');
      await see('.s3-form-summary', ['Your file is uploaded.']);
      expect(reported()).toEqual([['a.txt', { title: name === 'webkit' ? 'Typed' : '' }]]);
    });
  });
});
