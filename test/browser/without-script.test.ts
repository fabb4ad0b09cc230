import helmet from 'helmet';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { requirement } from '../support/requirements.ts';
import { startUploadApp, type UploadApp, type UploadAppOptions } from '../support/upload-app.ts';

describe.skipIf(!requirement('chromium').available)(
  'without JavaScript in a browser (needs chromium)',
  () => {
    let browser: Browser;
    let page: Page;
    /** What the browser complained about: violations of the Content-Security-Policy among it. */
    let complaints: string[];
    const running: UploadApp[] = [];

    beforeAll(async () => {
      browser = await launchChromium({ isWhole: true });
    });
    afterAll(() => browser?.close());

    beforeEach(async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      page = await context.newPage();
      complaints = [];
      page.on('console', (message) => {
        // A browser asks each new origin for an icon, which is not for this package to have.
        if (!message.location().url.endsWith('/favicon.ico')) complaints.push(message.text());
      });
    });
    afterEach(async () => {
      await page.context().close();
      for (const app of running.splice(0)) await app.close();
    });

    const start = async (options?: UploadAppOptions): Promise<UploadApp> => {
      const app = await startUploadApp(options);
      running.push(app);
      return app;
    };
    const file = { name: 'été 👑.png', mimeType: 'image/png', buffer: Buffer.from('a picture') };
    const upload = async (): Promise<void> => {
      await page.getByLabel('Choose a file').setInputFiles(file);
      await page.getByRole('button', { name: 'Upload' }).click();
      await page.waitForLoadState();
    };

    it('a file arrives, and the person is told so', async () => {
      const app = await start();
      await page.goto(app.base);
      expect(new URL((await page.locator('form').getAttribute('action')) ?? '').origin).not.toBe(
        new URL(page.url()).origin,
      );
      await upload();
      expect(await page.getByRole('heading').textContent()).toBe('Your file has arrived');
      expect(await page.getByText(file.name).isVisible()).toBe(true);
      expect(page.url()).toMatch(new RegExp(`^${app.base}/done/`));
      expect(app.reported).toMatchObject([
        { key: `uploads/${app.reported[0]?.id}/${file.name}`, size: 9, confirmed: true },
      ]);
      expect(complaints).toEqual([]);
    });

    it('it is done with the keyboard alone', async () => {
      const app = await start({ form: { inputs: [{ name: 'x-amz-meta-title', label: 'Title' }] } });
      // Listening takes the browser a moment to begin with, so it is asked first.
      const chooser = page.waitForEvent('filechooser');
      await page.goto(app.base);
      const tabTo = async (control: string) => {
        await page.keyboard.press('Tab');
        await page.locator(`${control}:focus`).waitFor();
      };
      await tabTo('[name="x-amz-meta-title"]');
      await page.keyboard.type('From the keyboard');
      await tabTo('[name="file"]');
      await page.keyboard.press('Enter');
      await (await chooser).setFiles(file);
      await tabTo('button');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Your file has arrived' }).waitFor();
      expect(app.reported).toMatchObject([{ metadata: { title: 'From the keyboard' } }]);
    });

    it('nothing is sent as long as no file is chosen', async () => {
      const app = await start();
      await page.goto(app.base);
      await page.getByRole('button', { name: 'Upload' }).click();
      expect(page.url()).toBe(app.base);
      expect(app.files()).toEqual([]);
    });

    it("an embedded form works under an app's own strict policy", async () => {
      const app = await start({
        form: { baseUrl: '/upload' },
        routes: (express, uploads) =>
          void express.get('/profile', async (req, res) => {
            const { html, head } = await uploads.form(req);
            const directives = { 'default-src': ["'none'"], ...uploads.cspDirectives() };
            helmet.contentSecurityPolicy({ useDefaults: false, directives })(req, res, () => {});
            res.send(`<!doctype html><title>Profile</title>${head}<h1>Profile</h1>${html}`);
          }),
      });
      await page.goto(`${app.origin}/profile`);
      await upload();
      expect(await page.getByRole('heading').textContent()).toBe('Your file has arrived');
      expect(app.reported).toHaveLength(1);
      expect(complaints).toEqual([]);
    });

    it('a policy without the bucket stops the form, which shows that the check sees it', async () => {
      const app = await start({
        form: { baseUrl: '/upload' },
        routes: (express, uploads) =>
          void express.get('/profile', async (req, res) => {
            const { html } = await uploads.form(req);
            res.set('Content-Security-Policy', "form-action 'self'").send(html);
          }),
      });
      await page.goto(`${app.origin}/profile`);
      await page.getByLabel('Choose a file').setInputFiles(file);
      // There is no navigation to wait for.
      await page.getByRole('button', { name: 'Upload' }).click({ noWaitAfter: true });
      await expect.poll(() => complaints.join()).toContain('form-action');
      expect(page.url()).toBe(`${app.origin}/profile`);
      expect(app.reported).toEqual([]);
    });

    it.each([
      ['on a narrow screen', { width: 320, height: 640 }],
      ['on a wide screen', { width: 1280, height: 800 }],
    ])('nothing has to be scrolled sideways %s', async (_, viewport) => {
      const app = await start({ form: { accept: ['image/*', '.pdf', '.docx', '.xlsx'] } });
      await page.setViewportSize(viewport);
      for (const path of ['', '/done/x']) {
        await page.goto(app.base + path);
        const box = await page.locator('main').boundingBox();
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
      }
    });
  },
);
