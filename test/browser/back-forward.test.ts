import type { Express } from 'express';
import { describe, expect, it } from 'vitest';
import { requirement } from '../support/requirements.ts';
import type { UploadAppOptions } from '../support/upload-app.ts';
import { textFile, type UploadPage, useUploadPages } from './upload-page.ts';

const CONTROLS =
  '<label>Size <select><option>S<option>M</select></label>' +
  '<label>Age <input type=range></label><label>Mine <input type=checkbox checked></label>' +
  '<label>Note <textarea></textarea></label>';

/** A page of the app's own that browsers keep, because it has no `no-store`; and one to go to. */
const keptPage: UploadAppOptions = {
  form: { baseUrl: '/upload' },
  routes: (express: Express, uploads) => {
    express.get('/own', async (req, res) => {
      const { html, head } = await uploads.form(req);
      res.set('Cache-Control', 'no-cache');
      res.send(`<!doctype html><title>Own</title>${head}${html}<form>${CONTROLS}</form>`);
    });
    express.get('/else', (_req, res) => void res.send('<!doctype html><title>Else</title>'));
  },
};

describe.skipIf(!requirement('chromium').available)(
  'the way back to a page (needs chromium)',
  () => {
    const openPage = useUploadPages({ isWhole: true, keepsPages: true });
    let open: UploadPage;

    const id = () => open.page.locator('.s3-form').getAttribute('id');
    /** Leaves the page and comes back to it; says whether the browser had kept it. */
    const leaveAndComeBack = async (): Promise<boolean> => {
      await open.page.evaluate(() => {
        sessionStorage.setItem('kept', 'no');
        addEventListener('pageshow', ({ persisted }) => {
          if (persisted) sessionStorage.setItem('kept', 'yes');
        });
      });
      await open.page.goto(`${open.app.origin}/else`);
      // A page that was kept is not loaded.
      await open.page.goBack({ waitUntil: 'commit' });
      await open.page.locator('form[data-ready]').waitFor();
      return (await open.page.evaluate(() => sessionStorage.getItem('kept'))) === 'yes';
    };

    it('is to a form with new permissions, where the browser has kept it unused', async () => {
      open = await openPage(keptPage, { path: '/own' });
      const first = await id();
      expect(await leaveAndComeBack()).toBe(true);
      await expect.poll(id).not.toBe(first);
      await open.page.locator('form[data-ready]').waitFor();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
    });

    it('is to an empty form where all its files have gone their way', async () => {
      open = await openPage(keptPage, { path: '/own' });
      const first = await id();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
      await open.summary();
      expect(await leaveAndComeBack()).toBe(true);
      await expect.poll(id).not.toBe(first);
      expect(await open.states()).toEqual({});
    });

    it('is to an empty form where the browser itself has sent its file', async () => {
      open = await openPage(keptPage, { path: '/own' });
      open.bucket.hasCors = false;
      const first = await id();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.page.getByRole('heading', { name: 'Your file has arrived' }).waitFor();
      await open.page.goBack({ waitUntil: 'commit' });
      await open.page.locator('form[data-ready]').waitFor();
      await expect.poll(id).not.toBe(first);
      expect(await open.states()).toEqual({});
    });

    it.each<readonly [string, () => Promise<unknown>]>([
      ['files that are still to be uploaded', () => open.chooseAll(textFile('a.txt'))],
      ['a choice', () => open.page.getByLabel('Size').selectOption('M')],
      ['a number', () => open.page.getByLabel('Age').fill('70')],
      ['a mark', () => open.page.getByLabel('Mine').uncheck()],
      ['words', () => open.page.getByLabel('Note').fill('Typed')],
    ])('is to the very page, where somebody has left %s', async (_, act) => {
      open = await openPage(keptPage, { path: '/own' });
      const first = await id();
      await act();
      const filled = () =>
        open.page.evaluate(() => [
          ...[...document.querySelectorAll('select, textarea')].map(
            (one) => 'value' in one && one.value,
          ),
          ...[...document.querySelectorAll<HTMLInputElement>('input')]
            .filter(({ type }) => type === 'range' || type === 'checkbox')
            .map(({ value, checked }) => [value, checked]),
        ]);
      const before = await filled();
      expect(await leaveAndComeBack()).toBe(true);
      expect(await id()).toBe(first);
      expect(await filled()).toEqual(before);
      if (await open.page.locator('.s3-form-item').count()) {
        await open.submit();
        await open.at('a.txt', 'done');
      }
    });

    it("is to a new page of the router's own, which is not kept", async () => {
      const { routes } = keptPage;
      open = await openPage(routes ? { routes } : {});
      const first = await id();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
      expect(await leaveAndComeBack()).toBe(false);
      await expect.poll(id).not.toBe(first);
      await open.page.locator('form[data-ready]').waitFor();
      expect(await open.states()).toEqual({});
    });
  },
);
