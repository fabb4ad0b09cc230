import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, JSHandle } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { requirement } from '../support/requirements.ts';
import { textFile, UploadPage } from './upload-page.ts';

describe.skipIf(!requirement('chromium').available)(
  'files come to the form (needs chromium)',
  () => {
    let browser: Browser;
    let open: UploadPage;
    let directory: string;

    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'dropped-'));
    });
    afterEach(async () => {
      await open?.close();
      rmSync(directory, { recursive: true });
    });

    /** Lets go of what a file manager holds, above the drop zone. */
    const drop = async (...names: string[]): Promise<void> => {
      const client = await open.page.context().newCDPSession(open.page);
      const box = await open.page.locator('.s3-form-drop').boundingBox();
      const data = {
        items: [],
        files: names.map((name) => join(directory, name)),
        dragOperationsMask: 1,
      };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 10];
        await client.send('Input.dispatchDragEvent', { type, x, y, data });
      }
    };
    const dataOf = (...files: string[]): Promise<JSHandle<DataTransfer>> =>
      open.page.evaluateHandle((names) => {
        const data = new DataTransfer();
        for (const name of names) data.items.add(new File(['content'], name));
        return data;
      }, files);

    it('with the mouse, dropped on the zone', async () => {
      open = await UploadPage.open(browser);
      writeFileSync(join(directory, 'a.txt'), 'a');
      writeFileSync(join(directory, 'b.txt'), 'b');
      await drop('a.txt', 'b.txt');
      await open.at('b.txt', 'waiting');
      await open.submit();
      await open.at('a.txt', 'done');
      await open.at('b.txt', 'done');
      expect(open.reported()).toHaveLength(2);
    });

    it('the zone shows that it would take them, and nothing but files', async () => {
      open = await UploadPage.open(browser);
      const zone = open.page.locator('.s3-form-drop');
      const over = open.page.locator('.s3-form-drop[data-over]');
      const dataTransfer = await dataOf('a.txt');
      await zone.dispatchEvent('dragenter', { dataTransfer });
      expect(await over.count()).toBe(1);
      await open.page.locator('form').dispatchEvent('dragleave', { dataTransfer });
      expect(await over.count()).toBe(0);
      await zone.dispatchEvent('dragover', { dataTransfer });
      expect(await over.count()).toBe(1);
      await zone.dispatchEvent('drop', { dataTransfer });
      expect(await over.count()).toBe(0);
      await open.at('a.txt', 'waiting');
      const text = await open.page.evaluateHandle(() => {
        const data = new DataTransfer();
        data.setData('text/plain', 'words');
        return data;
      });
      await zone.dispatchEvent('dragover', { dataTransfer: text });
      expect(await over.count()).toBe(0);
      await zone.dispatchEvent('drop', { dataTransfer: text });
      expect(await open.states()).toEqual({ 'a.txt': 'waiting' });
    });

    it('in a folder, with the folders in it', async () => {
      open = await UploadPage.open(browser, { form: { maxFiles: 10 } });
      mkdirSync(join(directory, 'trip/day 1/deep'), { recursive: true });
      for (const path of ['trip/a.txt', 'trip/day 1/b.txt', 'trip/day 1/deep/c.txt']) {
        writeFileSync(join(directory, path), path);
      }
      // Nobody means to upload what the system keeps there.
      writeFileSync(join(directory, 'trip/.DS_Store'), 'x');
      await drop('trip');
      await open.at('c.txt', 'waiting');
      expect(Object.keys(await open.states()).sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
      await open.submit();
      for (const name of ['a.txt', 'b.txt', 'c.txt']) await open.at(name, 'done');
    });

    it('in a folder with more files than the browser reads at once, up to the limit', async () => {
      open = await UploadPage.open(browser, { form: { maxFiles: 120 } });
      mkdirSync(join(directory, 'many'));
      for (let index = 0; index < 130; index++) {
        writeFileSync(join(directory, `many/${index}.txt`), String(index));
      }
      await drop('many');
      expect(await open.errors()).toEqual(['Only 120 files can be uploaded here.']);
      expect(Object.keys(await open.states())).toHaveLength(120);
    });

    it('an empty folder is said to be one', async () => {
      open = await UploadPage.open(browser);
      mkdirSync(join(directory, 'nothing'));
      await drop('nothing');
      expect(await open.errors()).toEqual(['The folder nothing holds no files.']);
    });

    it('pasted, but not into a field for text', async () => {
      const inputs = [{ name: 'x-amz-meta-title', label: 'Title' }];
      open = await UploadPage.open(browser, { form: { inputs } });
      const data = await dataOf('screenshot.png');
      const pasteAt = (selector: string) =>
        open.page.evaluate(
          ([selector, clipboardData]) => {
            const event = new ClipboardEvent('paste', {
              clipboardData,
              bubbles: true,
              cancelable: true,
            });
            return !document.querySelector(selector)?.dispatchEvent(event);
          },
          [selector, data] as const,
        );
      expect(await pasteAt('input[type=text]')).toBe(false);
      expect(await open.states()).toEqual({});
      expect(await pasteAt('.s3-form-choose')).toBe(true);
      await open.at('screenshot.png', 'waiting');
    });

    it('the same file twice is one file', async () => {
      open = await UploadPage.open(browser);
      writeFileSync(join(directory, 'a.txt'), 'a');
      await drop('a.txt');
      await open.at('a.txt', 'waiting');
      await drop('a.txt');
      writeFileSync(join(directory, 'b.txt'), 'b');
      await drop('b.txt');
      await open.at('b.txt', 'waiting');
      expect(await open.page.locator('.s3-form-item').count()).toBe(2);
    });

    it('with the keyboard alone, from the choice to the end', async () => {
      open = await UploadPage.open(browser);
      const { keyboard } = open.page;
      const focused = () => open.page.evaluate(() => document.activeElement?.className);
      const chooser = open.page.waitForEvent('filechooser');
      await keyboard.press('Tab');
      expect(await focused()).toBe('s3-form-choose');
      await keyboard.press('Enter');
      await (await chooser).setFiles([textFile('a.txt'), textFile('b.txt')]);
      await open.at('b.txt', 'waiting');
      await keyboard.press('Tab');
      expect(await focused()).toBe('s3-form-remove');
      await keyboard.press('Space');
      await open.item('a.txt').waitFor({ state: 'detached' });
      // To the next file's button, and from the last one's back to the chooser.
      expect(await focused()).toBe('s3-form-remove');
      await keyboard.press('Tab');
      expect(await focused()).toBe('s3-form-submit');
      await keyboard.press('Enter');
      await open.at('b.txt', 'done');
      expect(await focused()).toBe('s3-form-submit');
      expect(open.reported().map(({ name }) => name)).toEqual(['b.txt']);
    });
  },
);
