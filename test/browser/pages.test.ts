import { describe, expect, it } from 'vitest';
import { Gate } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import type { UploadAppOptions } from '../support/upload-app.ts';
import { largeFile, textFile, type UploadPage, useUploadPages } from './upload-page.ts';

const twoForms: UploadAppOptions = {
  form: { baseUrl: '/upload' },
  routes: (express, uploads) =>
    void express.get('/two', async (req, res) => {
      const [one, other] = [await uploads.form(req), await uploads.form(req)];
      res.send(`<!doctype html><title>Two</title>${one.head}${one.html}${other.html}`);
    }),
};

describe.skipIf(!requirement('chromium').available)(
  'the script in pages of all kinds (needs chromium)',
  () => {
    const openPage = useUploadPages();
    let open: UploadPage;

    /** In one of several forms. */
    const upload = async (index: number, file = textFile(`${index}.txt`)): Promise<void> => {
      const form = open.page.locator('form').nth(index);
      await form.locator('input[type=file]').setInputFiles(file);
      await form.locator('.s3-form-submit').click();
    };

    it('one form that is done leaves the other its guard', async () => {
      open = await openPage(twoForms, { path: '/two' });
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsUpload);
      const mayLeave = () =>
        open.page.evaluate(() => dispatchEvent(new Event('beforeunload', { cancelable: true })));
      await upload(0, largeFile('0.txt'));
      await open.at('0.txt', 'uploading');
      await upload(1);
      await open.at('1.txt', 'done');
      await open.page.locator('form:not([data-busy]) .s3-form-summary').last().waitFor();
      expect(await mayLeave()).toBe(false);
      gate.open();
      await open.at('0.txt', 'done');
      await expect.poll(mayLeave).toBe(true);
    });

    it('the way back keeps what another form has still to upload', async () => {
      open = await openPage(twoForms, { path: '/two' });
      await upload(0);
      await open.at('0.txt', 'done');
      const other = open.page.locator('form').nth(1);
      await other.locator('input[type=file]').setInputFiles(textFile('1.txt'));
      await open.at('1.txt', 'waiting');
      await open.page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      });
      await other.locator('.s3-form-submit').click();
      await open.at('1.txt', 'done');
      expect(await open.states()).toEqual({ '0.txt': 'done', '1.txt': 'done' });
    });

    it.each([
      ['as an element', (form: Element) => form.replaceWith(form.cloneNode(true))],
      [
        'as text',
        (form: Element) => {
          form.insertAdjacentHTML('afterend', form.outerHTML);
          form.remove();
        },
      ],
    ])('a form that a library has kept %s, and puts back, works', async (_, putBack) => {
      open = await openPage();
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer);
      await open.choose(textFile('empty.txt', 0));
      await open.errors();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      await open.page.locator('form').evaluate(putBack);
      gate.open();
      await expect.poll(() => open.states()).toEqual({});
      expect(await open.page.locator('.s3-form-drop').count()).toBe(1);
      expect(await open.page.locator('.s3-form-error').count()).toBe(0);
      expect(await open.page.getByRole('status').count()).toBe(1);
      expect(await open.page.locator('form[data-busy]').count()).toBe(0);
      await open.page.getByRole('button', { name: 'Your files Choose files' }).waitFor();
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.at('b.txt', 'done');
    });

    it('a form that is taken out of its page leads nowhere', async () => {
      let visits = 0;
      open = await openPage({
        form: { onUploaded: () => ({ redirect: '/thanks' }) },
        routes: (express) =>
          void express.get('/thanks', (_req, res) => {
            visits += 1;
            res.send('Thanks');
          }),
      });
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      await open.page.locator('form').evaluate((form) => {
        form.addEventListener('s3-form:complete', (event) => {
          document.title = (event as CustomEvent).detail.redirect;
        });
        form.remove();
      });
      gate.open();
      await expect.poll(() => open.page.title()).toBe(`${open.app.origin}/thanks`);
      // What was on its way would have come before this.
      await open.page.evaluate(() => fetch(location.href));
      expect(visits).toBe(0);
      expect(open.page.url()).toBe(open.app.base);
    });

    it.each([
      ['some years old has all of it', ['any', 'timeout'], true],
      ['older than that keeps the form as it is', ['any', 'timeout', 'throwIfAborted'], false],
    ])('a browser that is %s', async (_, unknown, isEnhanced) => {
      open = await openPage();
      await open.page.addInitScript((unknown) => {
        for (const name of unknown) {
          Reflect.deleteProperty(AbortSignal, name);
          Reflect.deleteProperty(AbortSignal.prototype, name);
        }
        Reflect.deleteProperty(URL, 'canParse');
      }, unknown);
      await open.page.goto(open.app.base, { waitUntil: 'load' });
      expect(await open.page.locator('form[data-ready]').count()).toBe(isEnhanced ? 1 : 0);
      await open.page.locator('input[type=file]').setInputFiles(textFile('a.txt'));
      await open.submit();
      if (isEnhanced) await open.at('a.txt', 'done');
      else await open.page.getByRole('heading', { name: 'Your file has arrived' }).waitFor();
      expect(open.reported()).toHaveLength(1);
    });
  },
);
