import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { type EveryPage, PAGE_NAMES, startEveryPage, VARIANTS } from '../support/every-page.ts';
import { isThorough, requirement } from '../support/requirements.ts';

describe.skipIf(!requirement('chromium').available)(
  'accessible without script is (needs chromium)',
  () => {
    let browser: Browser;
    let page: Page;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());
    afterEach(() => page?.close());

    const open = async (url: string): Promise<void> => {
      page = await browser.newPage({ viewport: { width: 320, height: 640 } });
      // Axe itself is a script, so the page is made what it is in a browser that runs none.
      await page.route(url, async (route) => {
        const response = await route.fetch();
        const body = (await response.text())
          .replaceAll(/<\/?noscript>/g, '')
          .replaceAll(/<script[^>]*><\/script>/g, '');
        await route.fulfill({ response, body });
      });
      // Where the leaving page goes to is nobody: the page stays.
      await page.route('https://elsewhere.example/**', (route) => route.fulfill({ status: 204 }));
      await page.goto(url);
    };

    const few = ['with all that is shown', 'from right to left'];
    const variants = VARIANTS.filter(([name]) => isThorough || few.includes(name));
    describe.each(variants)('%s', (_, form) => {
      let pages: EveryPage;
      beforeAll(async () => {
        pages = await startEveryPage(form);
      });
      afterAll(() => pages?.close());

      it.each(PAGE_NAMES)('%s, light and dark, on a narrow screen', async (name) => {
        await open(pages.urls[name]);
        expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await axeFindings(page), colorScheme).toEqual([]);
        }
        const width = await page.evaluate('document.documentElement.scrollWidth');
        expect(width, 'nothing has to be scrolled sideways').toBeLessThanOrEqual(320);
      });
    });

    it("an embedded form, whose colours are those of the page's own scheme", async () => {
      const pages = await startEveryPage({});
      try {
        await open(pages.urls.embedded);
        await page.emulateMedia({ colorScheme: 'dark' });
        const colour = () =>
          page.evaluate("getComputedStyle(document.querySelector('label')).color");
        // The page has no dark mode: light text would stand on white.
        expect(await colour()).toBe('rgb(27, 31, 36)');
        await page.evaluate("document.documentElement.style.colorScheme = 'light dark'");
        expect(await colour()).toBe('rgb(230, 234, 239)');
      } finally {
        await pages.close();
      }
    });

    it.each([
      ['a text of low contrast', "h1.style.color = '#aaa'", 'color-contrast'],
      ['an input without a label', "document.querySelector('label').remove()", 'label'],
      ['a language that does not exist', "document.documentElement.lang = 'xx-none'", 'html-lang'],
    ])('not so with %s, which axe finds', async (_, fault, rule) => {
      const pages = await startEveryPage({});
      try {
        await open(pages.urls.page);
        await page.evaluate(`const h1 = document.querySelector('h1'); ${fault}`);
        expect(await axeFindings(page)).toContainEqual(expect.stringMatching(`^${rule}`));
      } finally {
        await pages.close();
      }
    });
  },
);
