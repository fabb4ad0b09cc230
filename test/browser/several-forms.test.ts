import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Upload } from '../../src/index.ts';
import { Gate } from '../support/faulty-bucket.ts';
import { listen } from '../support/listen.ts';
import { requirement } from '../support/requirements.ts';
import type { UploadAppOptions } from '../support/upload-app.ts';
import { textFile, type UploadPage, useUploadPages } from './upload-page.ts';

/** A page with two kinds of upload, each with a mount, and so a script, of its own. */
const TWO_KINDS: UploadAppOptions = {
  form: { baseUrl: '/upload' },
  routes: (express, uploads, more) => {
    const photos = more({ baseUrl: '/photos' });
    express.use('/photos', photos);
    express.get('/own', async (req, res) => {
      const [one, other] = [await uploads.form(req), await photos.form(req)];
      res.send(`<!doctype html><title>Own</title>${one.head}${other.head}${one.html}${other.html}`);
    });
  },
};

/** A page with two forms of one kind, which send the person to different pages. */
const TWO_OF_A_KIND: UploadAppOptions = {
  form: {
    baseUrl: '/upload',
    onUploaded: ({ context }: Upload) => ({ redirect: `/thanks-for-${context?.['kind']}` }),
  },
  routes: (express, uploads) => {
    express.get('/own', async (req, res) => {
      const [one, other] = [
        await uploads.form(req, { context: { kind: 'avatar' } }),
        await uploads.form(req, { context: { kind: 'cover' } }),
      ];
      res.send(`<!doctype html><title>Own</title>${one.head}${one.html}${other.html}`);
    });
    express.get('/thanks-for-:kind', (_req, res) => void res.send('Thanks'));
  },
};

describe.skipIf(!requirement('chromium').available)(
  'several forms on a page (needs chromium)',
  () => {
    const openPage = useUploadPages();
    let open: UploadPage;

    const formAt = (index: number): Locator => open.page.locator('form').nth(index);
    const chooseIn = async (index: number, name: string) => {
      await formAt(index).locator('input[type=file]').setInputFiles(textFile(name));
      await open.at(name, 'waiting');
    };
    const submit = (index: number) => formAt(index).locator('.s3-form-submit').click();
    const dropIn = async (index: number, name: string) => {
      const dataTransfer = await open.page.evaluateHandle((name) => {
        const data = new DataTransfer();
        data.items.add(new File(['content'], name, { type: 'text/plain' }));
        return data;
      }, name);
      await formAt(index).locator('.s3-form-drop').first().dispatchEvent('drop', { dataTransfer });
      await open.at(name, 'waiting');
    };

    it('each of its own kind takes every file once, though each brings the script', async () => {
      open = await openPage(TWO_KINDS, { path: '/own' });
      expect(await open.page.locator('script[src*="/photos/"]').count()).toBe(1);
      expect(await open.page.locator('script[src*="/upload/"]').count()).toBe(1);
      const names = ['chosen 0.txt', 'chosen 1.txt', 'dropped 0.txt', 'dropped 1.txt'];
      for (const index of [0, 1]) {
        await chooseIn(index, `chosen ${index}.txt`);
        await dropIn(index, `dropped ${index}.txt`);
        expect(await formAt(index).locator('.s3-form-item').count()).toBe(2);
        expect(await formAt(index).locator('.s3-form-drop').count()).toBe(1);
        await submit(index);
      }
      for (const name of names) await open.at(name, 'done');
      expect(open.reportedNames().sort()).toEqual(names);
      expect(open.stored()).toBe(4);
      expect(open.bucket.received.filter((method) => method === 'POST')).toHaveLength(4);
      expect(open.complaints).toEqual([]);
    });

    it('the one that is through first does not take the page from the other', async () => {
      open = await openPage(TWO_OF_A_KIND, { path: '/own' });
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer);
      await chooseIn(1, 'cover.txt');
      await submit(1);
      await open.at('cover.txt', 'finishing');
      await chooseIn(0, 'avatar.txt');
      await submit(0);
      await open.at('avatar.txt', 'done');
      const goOn = formAt(0).getByRole('link', { name: 'Go on' });
      expect(await goOn.getAttribute('href')).toBe(`${open.app.origin}/thanks-for-avatar`);
      gate.open();
      await open.page.waitForURL(/\/thanks-for-cover$/);
    });

    it('one whose description is broken stays as it was drawn, and stops no other', async () => {
      const { routes, ...app } = TWO_OF_A_KIND;
      open = await openPage(
        {
          ...app,
          routes: (express, uploads, more) => {
            express.use('/own', (_req, res, next) => {
              const { send } = res;
              res.send = (body) =>
                send.call(res, String(body).replace(/data-s3-form="\{/, 'data-s3-form="'));
              next();
            });
            routes?.(express, uploads, more);
          },
        },
        { path: '/own' },
      );
      await chooseIn(1, 'cover.txt');
      await submit(1);
      await open.page.waitForURL(/\/thanks-for-cover$/);
      await open.goto('/own');
      expect(await open.page.locator('form[data-ready]').count()).toBe(1);
      expect(await formAt(0).locator('input[type=file]').isVisible()).toBe(true);
      // Once, and not again for each change of the page.
      await open.page.evaluate(() => document.body.append('more'));
      expect(open.complaints.filter((text) => /SyntaxError/.test(text))).toHaveLength(2);
    });

    it('on another host of the site the app is told there, where its answer can be read', async () => {
      // One server under two names, of which the app knows one.
      let answer: Parameters<typeof listen>[0] = () => {};
      const front = await listen((req, res) => answer(req, res));
      const { port } = new URL(front.url);
      open = await openPage(
        {
          form: {
            baseUrl: `http://localhost:${port}/upload`,
            onUploaded: (upload: Upload) => {
              open.app.reported.push(upload);
              return { redirect: '/thanks' };
            },
          },
          routes: (express, uploads) => {
            express.get('/own', async (req, res) => {
              const { html, head } = await uploads.form(req);
              res.send(`<!doctype html><title>Own</title>${head}${html}`);
            });
            express.get('/thanks', (_req, res) => void res.send('Thanks'));
          },
        },
        { path: '/own' },
      );
      answer = open.app.app;
      await open.page.goto(`http://www.localhost:${port}/own`);
      const events = await open.recordEvents(['success']);
      await open.page.evaluate(() => {
        document.addEventListener('s3-form:complete', (event) => event.preventDefault());
      });
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
      expect(open.site.asked).toEqual(['params', 'done']);
      expect(open.reported()).toHaveLength(1);
      expect((await events())[0]?.detail['done']).toContain(`http://localhost:${port}/upload/done`);
      // And goes on where the person is signed in.
      const goOn = open.page.getByRole('link', { name: 'Go on' });
      expect(await goOn.getAttribute('href')).toBe(`http://www.localhost:${port}/thanks`);
      front.close();
    });
  },
);
