import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { requirement } from '../support/requirements.ts';
import { startUploadApp, type UploadApp } from '../support/upload-app.ts';

describe.skipIf(!requirement('chromium').available)(
  'what the person types (needs chromium)',
  () => {
    let browser: Browser;
    let page: Page;
    let app: UploadApp;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());
    afterEach(async () => {
      await page?.context().close();
      await app?.close();
    });

    it.each([
      ['with the script', true],
      ['without script', false],
    ])('is sent only where the store will take it, %s', async (_, javaScriptEnabled) => {
      const inputs = [
        { name: 'key', label: 'Where to' },
        { name: 'x-amz-meta-title', label: 'Title', startsWith: 'Vol. (1) & [-' },
      ];
      app = await startUploadApp({ form: { inputs, key: 'docs.d/${filename}' } });
      const context = await browser.newContext({ javaScriptEnabled });
      page = await context.newPage();
      const posts: string[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST') posts.push(request.url());
      });
      await page.goto(app.base);
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
      const [key, title] = [page.getByLabel('Where to'), page.getByLabel('Title')];
      const invalid = page.locator('input[type=text]:invalid');
      expect(await invalid.count(), 'as it comes').toBe(0);

      const button = page.locator('.s3-form-submit');
      const refuses = async (field: typeof key, text: string, hint: string) => {
        const before = await field.inputValue();
        await field.fill(text);
        await button.click();
        expect(await invalid.count(), text).toBe(1);
        expect(await field.and(page.locator(':focus')).count(), text).toBe(1);
        expect(await field.getAttribute('title')).toBe(hint);
        await field.fill(before);
      };
      await refuses(title, 'Volume', 'Start with “Vol. (1) & [-”.');
      await refuses(title, '', 'Start with “Vol. (1) & [-”.');
      await refuses(key, 'docsxd/a.txt', 'Start with “docs.d/”.');
      expect(posts).toEqual([]);
      expect(app.files()).toEqual([]);

      await key.fill('docs.d/mine/${filename}');
      await title.fill('Vol. (1) & [-] of two');
      await button.click();
      await expect.poll(() => app.reported).toHaveLength(1);
      expect(app.reported).toMatchObject([
        { key: 'docs.d/mine/a.txt', metadata: { title: 'Vol. (1) & [-] of two' } },
      ]);
      expect(posts).toHaveLength(1);
    });
  },
);
