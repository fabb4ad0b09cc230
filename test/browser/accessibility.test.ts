import type { RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { ARABIC } from '../support/arabic.ts';
import { axeFindings } from '../support/axe.ts';
import { Gate, isBusy, refuses } from '../support/faulty-bucket.ts';
import { isThorough, requirement } from '../support/requirements.ts';
import type { SomeFormOptions } from '../support/upload-app.ts';
import { largeFile, textFile, type UploadPage, useUploadPages } from './upload-page.ts';

/** A way to a state, which is asserted before it is judged. */
type Reach = (open: UploadPage) => Promise<unknown>;

/** Files that are done, refused by the store, refused by the app, and not sent yet; and an error. */
const reachEverything: Reach = async (open) => {
  await open.chooseAll(textFile('done.txt'));
  await open.submit();
  await open.at('done.txt', 'done');
  const refusesOne: RequestHandler = (req, res, next) => {
    if (req.query['filename'] !== 'refused by the app.txt') next();
    else res.status(422).json({ error: 'No.', code: 'type_not_allowed', message: 'No.' });
  };
  open.site.faults.params.push(refusesOne, refusesOne);
  open.bucket.faults.push(refuses(403, 'AccessDenied', 'Access Denied'));
  await open.chooseAll(textFile('refused by the app.txt'), textFile('refused by the store.txt'));
  await open.submit();
  await open.at('refused by the app.txt', 'failed');
  await open.at('refused by the store.txt', 'failed');
  await open.summary();
  await open.chooseAll(textFile('later.txt'));
  await open.choose(textFile('nothing is in this file.txt', 0));
  await open.errors();
};

const IN_FRENCH: SomeFormOptions = { lang: 'fr', accept: ['.txt'] };
const IN_ARABIC: SomeFormOptions = { lang: 'ar', messages: ARABIC, accept: ['.txt'] };

const STATES: readonly (readonly [name: string, reach: Reach, form?: SomeFormOptions])[] = [
  ['with no file', async () => {}],
  ['with files of every fate', reachEverything],
  ['with files of every fate, in French', reachEverything, IN_FRENCH],
  ['with files of every fate, in Arabic', reachEverything, IN_ARABIC],
  [
    'while there is no network',
    async (open) => {
      await open.chooseAll(textFile('a.txt'));
      await open.page.context().setOffline(true);
      await open.submit();
      await open.item('a.txt').getByText('You are offline.').waitFor();
      await open.at('a.txt', 'preparing');
    },
  ],
  [
    'before another attempt',
    async (open) => {
      open.site.faults.params.push((_req, res) => {
        res.set('Retry-After', '20').sendStatus(503);
      });
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.item('a.txt').getByText('The server is busy.').waitFor();
      await open.at('a.txt', 'preparing');
    },
  ],
  [
    'with files that wait for others',
    async (open) => {
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer, gate.holdsAnswer, gate.holdsAnswer);
      await open.chooseAll(...['a', 'b', 'c', 'd'].map((name) => textFile(`${name}.txt`)));
      await open.submit();
      await open.at('c.txt', 'finishing');
      expect(await open.at('d.txt', 'waiting')).toBe('Waiting for its turn');
    },
  ],
  [
    'while the browser itself sends the form',
    async (open) => {
      open.bucket.hasCors = false;
      // A page that is being left can't be judged.
      await open.page.evaluate(() => {
        HTMLFormElement.prototype.submit = () => {};
      });
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.item('a.txt').getByText('Sending').waitFor();
      await open.at('a.txt', 'uploading');
    },
  ],
  [
    'with a way on where not all files have arrived',
    async (open) => {
      open.site.faults.done.push((_req, res) => {
        res.json({ upload: { id: 'x' }, redirect: '/thanks' });
      });
      await open.chooseAll(textFile('a.txt'));
      open.bucket.faults.push(refuses(403, 'AccessDenied', 'Access Denied'));
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.page.getByRole('link', { name: 'Go on' }).waitFor();
    },
  ],
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

    const states = STATES.filter(([, , form]) => isThorough || form !== IN_FRENCH).map(
      ([name, reach, form = {}]) => ({ name, reach, form }),
    );
    describe.each(states)('$name', ({ reach, form }) => {
      it('axe finds nothing, in light or dark colours', async () => {
        open = await openPage({ form });
        await reach(open);
        for (const colorScheme of ['light', 'dark'] as const) {
          await open.page.emulateMedia({ colorScheme });
          expect(await axeFindings(open.page), colorScheme).toEqual([]);
        }
      });

      it('is as wide as 320 pixels, with buttons of 44 and no text cut off', async () => {
        open = await openPage({ form }, { viewport: { width: 320, height: 640 } });
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
      await open.page.getByRole('button', { name: 'Your files Choose files' }).waitFor();
    });

    it('a list is one where there are files, and without marks as well', async () => {
      open = await openPage();
      const list = open.page.getByRole('list', { name: 'Your files' });
      expect(await list.count()).toBe(0);
      await open.chooseAll(textFile('a.txt'));
      expect(await list.count()).toBe(1);
      // Safari takes `list-style: none` for a list that is none.
      expect(await list.getAttribute('role')).toBe('list');
    });

    it('errors are told where they belong, and gone when they are mended', async () => {
      open = await openPage();
      await open.submit();
      await open.errors();
      const choose = open.page.locator('.s3-form-choose');
      // Buttons can't be invalid; they are described.
      expect(await choose.getAttribute('aria-invalid')).toBeNull();
      expect(await choose.evaluate((button) => button === document.activeElement)).toBe(true);
      const described = await choose.evaluate((button) =>
        (button.getAttribute('aria-describedby') ?? '')
          .split(' ')
          .map((id) => document.getElementById(id)?.innerText.trim()),
      );
      expect(described).toEqual(['Up to 25 MB.', 'Choose a file first.']);
      await open.chooseAll(textFile('a.txt'));
      expect(await open.page.locator('.s3-form-error').count()).toBe(0);
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
      // Nobody who reads on comes across it.
      await open.page.clock.runFor(1000);
      expect(await told()).toBe('');
    });

    it('what is told is told, in browsers without properties for ARIA as well', async () => {
      open = await openPage();
      // Firefox before 119 has none.
      await open.page.addInitScript(() => {
        for (const name of Object.keys(Object.getOwnPropertyDescriptors(Element.prototype))) {
          if (name === 'role' || name.startsWith('aria'))
            Reflect.deleteProperty(Element.prototype, name);
        }
      });
      await open.goto();
      expect(await open.page.evaluate(() => 'role' in Element.prototype)).toBe(false);
      await open.chooseAll(textFile('a.txt'));
      const client = await open.page.context().newCDPSession(open.page);
      const { nodes } = await client.send('Accessibility.getFullAXTree');
      const status = nodes.filter(({ role }) => role?.value === 'status');
      expect(status.map(({ ignored }) => ignored)).toEqual([false]);
      const live = status[0]?.properties?.find(({ name }) => name === 'live');
      expect(live?.value.value).toBe('polite');
      expect(await open.page.locator('.s3-form-list').getAttribute('role')).toBe('list');
      expect(await open.item('a.txt').locator('.s3-form-thumb').getAttribute('aria-hidden')).toBe(
        'true',
      );
    });

    it('what happens to a file is told with its name', async () => {
      open = await openPage();
      open.bucket.faults.push(isBusy, new Gate().holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      const told = await open.recordAnnouncements();
      await open.submit();
      await expect.poll(told).toContain('a.txt: The server is busy.');
      await open.at('a.txt', 'finishing');
      await open.button('a.txt', 'Cancel').click();
      await expect.poll(told).toContain('a.txt: Cancelled');
    });

    it('what is so for all files is told once', async () => {
      open = await openPage();
      await open.page.clock.install({ time: 0 });
      await open.goto();
      await open.page.clock.pauseAt(10_000);
      await open.chooseAll(textFile('a.txt'), textFile('b.txt'), textFile('c.txt'));
      await open.page.context().setOffline(true);
      await open.submit();
      await open.at('c.txt', 'preparing');
      await open.page.clock.runFor(1000);
      expect(await open.page.getByRole('status').textContent()).toMatch(
        /^Uploading \S+ files\. You are offline\.[^.]+\.$/,
      );
    });

    it.each([
      ['wide', 800],
      ['narrow', 320],
    ])('on a %s screen a failed file is read before its buttons are reached', async (shape, width) => {
      open = await openPage({}, { viewport: { width, height: 640 } });
      open.bucket.faults.push(refuses(403, 'AccessDenied', 'Access Denied'));
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'failed');
      const boxOf = async (part: string) => {
        const box = await open.page.locator(`.s3-form-${part}`).boundingBox();
        const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
        return { left: x, top: y, right: x + width, bottom: y + height };
      };
      const [name, size, status, retry] = await Promise.all(
        ['name', 'size', 'status', 'retry'].map(boxOf),
      );
      expect(size?.left).toBe(name?.left);
      expect(status?.left).toBe(name?.left);
      expect(size?.top).toBeGreaterThanOrEqual(name?.bottom ?? Number.NaN);
      expect(status?.top).toBeGreaterThanOrEqual(size?.bottom ?? Number.NaN);
      if (shape === 'narrow')
        expect(retry?.top).toBeGreaterThanOrEqual(status?.bottom ?? Number.NaN);
      else expect(retry?.bottom).toBeLessThanOrEqual(status?.top ?? Number.NaN);
    });

    it('everything is seen in forced colours, and nothing moves for who wants it so', async () => {
      open = await openPage({}, { forcedColors: 'active', reducedMotion: 'reduce' });
      open.bucket.faults.push(new Gate().holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      await open.choose(textFile('empty.txt', 0));
      await open.errors();
      const styleOf = (part: string) =>
        open.page.locator(`.s3-form-${part}`).evaluate((element) => {
          const style = getComputedStyle(element);
          const { borderInlineStartStyle: border, borderInlineStartColor: colour } = style;
          const { backgroundColor: background, animationName: animation } = style;
          return { border, colour, background, animation };
        });
      // What is told by a background alone elsewhere has an edge.
      for (const part of ['drop', 'choose', 'cancel', 'errors', 'bar', 'submit']) {
        const { border, colour, background } = await styleOf(part);
        expect(border, part).toMatch(/^(solid|dashed)$/);
        expect(colour, part).not.toMatch(/^rgba\(.*, 0\)$/);
        expect(colour, part).not.toBe(background);
      }
      const { colour } = await styleOf('drop');
      await open.page
        .locator('.s3-form-drop')
        .evaluate((zone) => zone.toggleAttribute('data-over', true));
      expect((await styleOf('drop')).colour).not.toBe(colour);
      expect((await styleOf('bar')).animation).toBe('none');
    });

    it('from right to left all lies on the other side, and each value in its own order', async () => {
      open = await openPage({ form: IN_ARABIC });
      open.bucket.faults.push(new Gate().holdsUpload);
      await open.chooseAll(largeFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'uploading');
      const left = async (part: string) =>
        (await open.page.locator(`.s3-form-${part}`).boundingBox())?.x ?? Number.NaN;
      expect(await left('thumb')).toBeGreaterThan(await left('name'));
      const names = await open.page.evaluate(() =>
        ['.s3-form-name', '.s3-form-name bdi'].map(
          (selector) => document.querySelector(selector)?.getBoundingClientRect().right,
        ),
      );
      expect(names[0]).toBe(names[1]);
      expect(await left('cancel')).toBeLessThan(await left('status'));
      await open.choose(textFile('b.pdf'));
      await open.errors();
      expect(await open.page.locator('.s3-form-error').textContent()).toBe(
        'نوع \u2068b.pdf\u2069 غير مقبول. الأنواع المقبولة: \u2068TXT\u2069.',
      );
      expect(await axeFindings(open.page)).toEqual([]);
    });
  },
);
