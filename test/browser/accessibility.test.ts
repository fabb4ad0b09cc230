import { describe, expect, it } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { Gate, isBusy, refuses } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import { largeFile, textFile, type UploadPage, useUploadPages } from './upload-page.ts';

/** The states of the form, each with a way to it; asserted before it is judged. */
const STATES: readonly (readonly [name: string, reach: (open: UploadPage) => Promise<unknown>])[] =
  [
    ['with no file', async () => {}],
    [
      'after a refusal',
      async (open) => {
        await open.choose(textFile('nothing is in this file.txt', 0));
        await open.errors();
      },
    ],
    [
      'with files to be uploaded',
      async (open) => {
        const png = await open.page.screenshot();
        await open.chooseAll(textFile('a.txt'), {
          name: 'picture.png',
          mimeType: 'image/png',
          buffer: png,
        });
        await open.item('picture.png').locator('canvas').waitFor();
        await open.at('a.txt', 'waiting');
      },
    ],
    [
      'while something hangs above the zone',
      async (open) => {
        const dataTransfer = await open.page.evaluateHandle(() => {
          const data = new DataTransfer();
          data.items.add(new File(['a'], 'a.txt'));
          return data;
        });
        await open.page.locator('.s3-form-drop').dispatchEvent('dragover', { dataTransfer });
        await open.page.locator('.s3-form-drop[data-over]').waitFor();
      },
    ],
    [
      'while the policy is asked for',
      async (open) => {
        open.site.faults.params.push(() => {});
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'preparing');
      },
    ],
    [
      'while a file is on its way',
      async (open) => {
        open.bucket.faults.push(new Gate().holdsUpload);
        await open.chooseAll(largeFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'uploading');
      },
    ],
    [
      'while the answer is awaited',
      async (open) => {
        open.bucket.faults.push(new Gate().holdsAnswer);
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'finishing');
      },
    ],
    [
      'while the file is confirmed',
      async (open) => {
        open.site.faults.done.push(() => {});
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'confirming');
      },
    ],
    [
      'with a file that is done, one that is cancelled, one that failed',
      async (open) => {
        open.bucket.faults.push(new Gate().holdsAnswer);
        await open.chooseAll(textFile('cancelled.txt'));
        await open.submit();
        await open.at('cancelled.txt', 'finishing');
        await open.button('cancelled.txt', 'Cancel').click();
        await open.at('cancelled.txt', 'cancelled');
        await open.chooseAll(textFile('done.txt'));
        await open.submit();
        await open.at('done.txt', 'done');
        open.bucket.faults.push(refuses(403, 'AccessDenied', 'Access Denied'));
        await open.chooseAll(textFile('refused by the store.txt'));
        await open.submit();
        await open.at('refused by the store.txt', 'failed');
        await open.summary();
      },
    ],
  ];

describe.skipIf(!requirement('chromium').available)(
  'the script serves everybody (needs chromium)',
  () => {
    const openPage = useUploadPages();
    let open: UploadPage;

    describe.each(STATES)('%s', (_, reach) => {
      it('axe finds nothing, in light or dark colours', async () => {
        open = await openPage();
        await reach(open);
        for (const colorScheme of ['light', 'dark'] as const) {
          await open.page.emulateMedia({ colorScheme });
          expect(await axeFindings(open.page), colorScheme).toEqual([]);
        }
      });

      it('is as wide as 320 pixels, with buttons of 44 and no text cut off', async () => {
        open = await openPage({}, { viewport: { width: 320, height: 640 } });
        await reach(open);
        const sizes = await open.page.evaluate(() => ({
          page: document.documentElement.scrollWidth,
          small: [...document.querySelectorAll('button, a')]
            .filter((element) => element.checkVisibility())
            .filter((element) => {
              const { width, height } = element.getBoundingClientRect();
              return width < 44 || height < 44;
            })
            .map((element) => element.textContent),
          cut: [...document.querySelectorAll('.s3-form :not(.s3-form-vh)')]
            .filter(
              (element) =>
                element.checkVisibility() && element.scrollWidth > element.clientWidth + 1,
            )
            .filter((element) => getComputedStyle(element).display !== 'inline')
            .map((element) => element.className),
        }));
        expect(sizes).toEqual({ page: 320, small: [], cut: [] });
      });
    });

    it('a colour too pale and a button without a name would be found', async () => {
      open = await openPage();
      open.bucket.faults.push(new Gate().holdsUpload);
      await open.chooseAll(largeFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'uploading');
      await open.page.evaluate(() => {
        document.querySelector<HTMLElement>('.s3-form-status')?.style.setProperty('color', '#bbb');
        document.querySelector('.s3-form-cancel')?.removeAttribute('aria-labelledby');
        document.querySelector('.s3-form-cancel')?.replaceChildren();
      });
      const found = (await axeFindings(open.page)).join();
      expect(found).toContain('color-contrast');
      expect(found).toContain('button-name');
    });

    it('names say which file they are about', async () => {
      open = await openPage();
      open.bucket.faults.push(new Gate().holdsUpload);
      await open.chooseAll(largeFile('a.txt'));
      await open.page.getByRole('button', { name: 'Remove a.txt' }).waitFor();
      await open.submit();
      await open.at('a.txt', 'uploading');
      await open.page.getByRole('progressbar', { name: 'a.txt' }).waitFor();
      await open.page.getByRole('button', { name: 'Cancel a.txt' }).waitFor();
      await open.page.getByRole('list', { name: 'Your files' }).waitFor();
      const choose = open.page.getByRole('button', { name: 'Your files Choose files' });
      expect(await choose.getAttribute('aria-invalid')).toBeNull();
    });

    it('errors are told where they belong, and gone when they are mended', async () => {
      open = await openPage();
      await open.submit();
      await open.errors();
      const choose = open.page.locator('.s3-form-choose');
      expect(await choose.getAttribute('aria-invalid')).toBe('true');
      expect(await choose.evaluate((button) => button === document.activeElement)).toBe(true);
      const described = await choose.evaluate((button) =>
        (button.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.innerText.trim()),
      );
      expect(described).toEqual(['Up to 25 MB.', 'Choose a file first.']);
      await open.chooseAll(textFile('a.txt'));
      expect(await choose.getAttribute('aria-invalid')).toBeNull();
    });

    it('the focus stays where it was while files come and go', async () => {
      open = await openPage();
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer, refuses(403, 'AccessDenied', 'x'));
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      await open.button('a.txt', 'Cancel').focus();
      const focused = () => open.page.evaluate(() => document.activeElement?.className);
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.at('b.txt', 'failed');
      expect(await focused()).toBe('s3-form-submit');
      await open.button('a.txt', 'Cancel').focus();
      gate.open();
      await open.at('a.txt', 'done');
      // Its button is gone; that of another file would take a press that was meant for it.
      expect(await focused()).toBe('s3-form-item');
      expect(await open.page.evaluate(() => document.activeElement?.textContent)).toMatch(/a\.txt/);
    });

    it('screen readers are told of milestones, once in a second at the most', async () => {
      open = await openPage();
      await open.page.clock.install({ time: 0 });
      await open.goto();
      await open.page.clock.pauseAt(10_000);
      const status = open.page.getByRole('status');
      const told = async () => (await status.textContent())?.replaceAll(/[\u2068\u2069]/g, '');
      await open.chooseAll(textFile('a.txt'), textFile('b.txt'));
      await expect.poll(told).toBe('2 files chosen.');
      await open.submit();
      await open.at('a.txt', 'done');
      await open.at('b.txt', 'done');
      await open.page.clock.runFor(900);
      expect(await told()).toBe('2 files chosen.');
      await open.page.clock.runFor(100);
      expect(await told()).toMatch(
        /^Uploading 2 files\. (a|b)\.txt uploaded\. All 2 files are uploaded\.$/,
      );
      expect(await status.count()).toBe(1);
    });

    it('waiting is told as well', async () => {
      open = await openPage();
      open.bucket.faults.push(isBusy);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.page.getByRole('status').getByText('The server is busy.').waitFor();
      await open.at('a.txt', 'done');
    });

    it('everything is seen in forced colours, and nothing moves for who wants it so', async () => {
      open = await openPage({}, { forcedColors: 'active', reducedMotion: 'reduce' });
      open.bucket.faults.push(new Gate().holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      const styles = await open.page.locator('progress').evaluate((bar) => {
        const { borderStyle, animationName } = getComputedStyle(bar);
        return { borderStyle, animationName };
      });
      expect(styles).toEqual({ borderStyle: 'solid', animationName: 'none' });
    });

    it('from right to left all lies on the other side', async () => {
      open = await openPage();
      await open.page.locator('html').evaluate((html) => html.setAttribute('dir', 'rtl'));
      await open.page.locator('form').evaluate((form) => form.setAttribute('dir', 'rtl'));
      await open.chooseAll(textFile('a.txt'));
      const left = async (part: string) =>
        (await open.page.locator(`.s3-form-${part}`).boundingBox())?.x ?? Number.NaN;
      expect(await left('thumb')).toBeGreaterThan(await left('name'));
      const names = await open.page.evaluate(() =>
        ['.s3-form-name', '.s3-form-name bdi'].map(
          (selector) => document.querySelector(selector)?.getBoundingClientRect().right,
        ),
      );
      expect(names[0]).toBe(names[1]);
      expect(await left('remove')).toBeLessThan(await left('status'));
      expect(await axeFindings(open.page)).toEqual([]);
    });
  },
);
