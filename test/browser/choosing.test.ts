import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSHandle } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Gate } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import { largeFile, textFile, type UploadPage, useUploadPages } from './upload-page.ts';

describe.skipIf(!requirement('chromium').available)(
  'files come to the form (needs chromium)',
  () => {
    const openPage = useUploadPages();
    let open: UploadPage;
    let directory: string;

    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'dropped-'));
    });
    afterEach(() => rmSync(directory, { recursive: true }));

    const drop = (...names: string[]) => open.drop(...names.map((name) => join(directory, name)));
    /** Changes what file systems do to the page, by the prototypes of their entries. */
    const changeEntries = (change: (prototype: object) => void): Promise<void> =>
      open.page.evaluate((text) => {
        const change = new Function(`return ${text}`)();
        const { webkitGetAsEntry } = DataTransferItem.prototype;
        const changed = new Set<object>();
        DataTransferItem.prototype.webkitGetAsEntry = function () {
          const entry = webkitGetAsEntry.call(this);
          const prototype = Object.getPrototypeOf(entry);
          if (!changed.has(prototype)) change(prototype);
          changed.add(prototype);
          return entry;
        };
      }, change.toString());
    const dataOf = (...files: string[]): Promise<JSHandle<DataTransfer>> =>
      open.page.evaluateHandle((names) => {
        const data = new DataTransfer();
        for (const name of names) data.items.add(new File(['content'], name));
        return data;
      }, files);

    it('with the mouse, dropped on the zone', async () => {
      open = await openPage();
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
      open = await openPage();
      const zone = open.page.locator('.s3-form-drop');
      const over = open.page.locator('.s3-form-drop[data-over]');
      const dataTransfer = await dataOf('a.txt');
      await zone.dispatchEvent('dragenter', { dataTransfer });
      expect(await over.count()).toBe(1);
      // From one element of the form to another.
      await zone.evaluate((zone) => {
        const relatedTarget = zone.querySelector('button');
        zone.dispatchEvent(new DragEvent('dragleave', { relatedTarget, bubbles: true }));
      });
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
      open = await openPage({ form: { maxFiles: 10 } });
      mkdirSync(join(directory, 'trip/day 1/deep'), { recursive: true });
      for (const path of ['trip/a.txt', 'trip/day 1/b.txt', 'trip/day 1/deep/c.txt']) {
        writeFileSync(join(directory, path), path);
      }
      // Nobody means to upload what the system keeps there.
      writeFileSync(join(directory, 'trip/.DS_Store'), 'x');
      await drop('trip');
      await open.at('c.txt', 'waiting');
      expect(Object.keys(await open.states()).sort()).toEqual([
        'trip/a.txt',
        'trip/day 1/b.txt',
        'trip/day 1/deep/c.txt',
      ]);
      await open.submit();
      for (const name of ['a.txt', 'b.txt', 'c.txt']) await open.at(name, 'done');
    });

    it('in a folder with more files than the browser reads at once, up to the limit', async () => {
      open = await openPage({ form: { maxFiles: 120 } });
      mkdirSync(join(directory, 'many'));
      for (let index = 0; index < 130; index++) {
        writeFileSync(join(directory, `many/${index}.txt`), String(index));
      }
      await drop('many');
      expect(await open.errors()).toEqual(['Only 120 files can be uploaded here.']);
      expect(Object.keys(await open.states())).toHaveLength(120);
    });

    it('in a folder with many that are not wanted, of which the first few are named', async () => {
      open = await openPage({ form: { accept: ['.txt'] } });
      mkdirSync(join(directory, 'mixed'));
      for (let index = 0; index < 60; index++) {
        writeFileSync(join(directory, `mixed/a${index}.bin`), 'a');
      }
      for (const name of ['y.txt', 'z.txt']) writeFileSync(join(directory, 'mixed', name), 'a');
      await drop('mixed');
      await open.at('z.txt', 'waiting');
      expect(Object.keys(await open.states()).sort()).toEqual(['mixed/y.txt', 'mixed/z.txt']);
      const errors = await open.errors();
      expect(errors).toHaveLength(6);
      expect(errors[0]).toMatch(/^mixed\/a\d+\.bin has the wrong type\. Allowed: TXT\.$/);
      expect(errors[5]).toBe('And 55 more.');
      await expect
        .poll(async () => (await open.page.getByRole('status').textContent())?.length)
        .toBeGreaterThan(0);
      expect((await open.page.getByRole('status').textContent())?.length).toBeLessThan(500);
    });

    it('in a folder with more than anybody would look through, which is said', async () => {
      open = await openPage({ form: { accept: ['.txt'] } });
      mkdirSync(join(directory, 'disk'));
      writeFileSync(join(directory, 'disk/0.bin'), 'a');
      // As many as on a disk, without the disk.
      await changeEntries((prototype) => {
        const { createReader } = prototype as FileSystemDirectoryEntry;
        Object.assign(prototype, {
          createReader(this: FileSystemDirectoryEntry) {
            const reader = createReader.call(this);
            const readEntries = (onRead: (entries: FileSystemEntry[]) => void) =>
              reader.readEntries((entries) => {
                const { name, fullPath } = entries[0] as FileSystemEntry;
                const one = new File(['a'], name, { type: 'application/octet-stream' });
                const file = (onFile: (file: File) => void) => onFile(one);
                onRead(new Array(20_000).fill({ name, fullPath, file }));
              });
            return { readEntries };
          },
        });
      });
      await drop('disk');
      await open.errors();
      expect((await open.errors())[0]).toBe('disk is a folder. Choose the files in it.');
      expect(await open.states()).toEqual({});
    });

    it('in two folders under one name, size and time, each by its folder', async () => {
      open = await openPage();
      for (const folder of ['x', 'y']) {
        mkdirSync(join(directory, folder));
        writeFileSync(join(directory, folder, 'index.txt'), folder);
        utimesSync(join(directory, folder, 'index.txt'), 1e9, 1e9);
      }
      await drop('x', 'y');
      await open.at('y/index.txt', 'waiting');
      expect(await open.states()).toEqual({ 'x/index.txt': 'waiting', 'y/index.txt': 'waiting' });
      await open.button('x/index.txt', 'Remove').waitFor();
      await open.button('y/index.txt', 'Remove').waitFor();
      await open.submit();
      await open.at('y/index.txt', 'done');
      await open.at('x/index.txt', 'done');
      expect(open.reported()).toHaveLength(2);
    });

    it.each([
      ['a file', 'good/locked.txt', 'good/locked.txt'],
      ['a folder', 'good/locked', 'good/locked/b.txt'],
    ])('%s that cannot be read is named, and the others are taken', async (_, path, file) => {
      open = await openPage();
      await changeEntries((prototype) => {
        const { file, createReader } = prototype as FileSystemFileEntry & FileSystemDirectoryEntry;
        const fails = (_: unknown, onError?: (error: DOMException) => void) =>
          onError?.(new DOMException('Locked', 'NotReadableError'));
        const isLocked = ({ name }: FileSystemEntry) => name.startsWith('locked');
        Object.assign(prototype, {
          file(this: FileSystemFileEntry, ...given: Parameters<typeof file>) {
            (isLocked(this) ? fails : file).apply(this, given);
          },
          createReader(this: FileSystemDirectoryEntry) {
            const reader = createReader.call(this);
            return isLocked(this) ? { readEntries: fails } : reader;
          },
        });
      });
      mkdirSync(join(directory, 'good/locked'), { recursive: true });
      for (const name of ['good/a.txt', 'c.txt', file]) writeFileSync(join(directory, name), 'a');
      if (path !== 'good/locked') rmSync(join(directory, 'good/locked'), { recursive: true });
      await drop('good', 'c.txt');
      await open.at('c.txt', 'waiting');
      expect(await open.states()).toEqual({ 'good/a.txt': 'waiting', 'c.txt': 'waiting' });
      expect(await open.errors()).toEqual([`${path} cannot be read.`]);
    });

    it('an empty folder is said to be one', async () => {
      open = await openPage();
      mkdirSync(join(directory, 'nothing'));
      await drop('nothing');
      expect(await open.errors()).toEqual(['The folder nothing holds no files.']);
    });

    it('pasted, but not into a field for text', async () => {
      const inputs = [{ name: 'x-amz-meta-title', label: 'Title' }];
      open = await openPage({ form: { inputs } });
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
      // Firefox's event for a button comes from the body.
      expect(await pasteAt('body')).toBe(false);
      await open.page.focus('.s3-form-choose');
      expect(await pasteAt('body')).toBe(true);
      await open.at('screenshot.png', 'waiting');
      await open.page.click('.s3-form-remove');
      expect(await pasteAt('.s3-form-choose')).toBe(true);
      await open.at('screenshot.png', 'waiting');
    });

    it('the same file twice is one file', async () => {
      open = await openPage();
      writeFileSync(join(directory, 'a.txt'), 'a');
      await drop('a.txt');
      await open.at('a.txt', 'waiting');
      await drop('a.txt');
      expect(await open.errors()).toEqual(['a.txt is in the list already.']);
      writeFileSync(join(directory, 'b.txt'), 'b');
      await drop('b.txt');
      await open.at('b.txt', 'waiting');
      expect(await open.page.locator('.s3-form-item').count()).toBe(2);
    });

    it('a double click on Cancel does not remove the file', async () => {
      open = await openPage();
      open.bucket.faults.push(new Gate().holdsUpload);
      await open.chooseAll(largeFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'uploading');
      await open.button('a.txt', 'Cancel').dblclick();
      expect(await open.states()).toEqual({ 'a.txt': 'cancelled' });
    });

    it('a double click on Remove removes one file', async () => {
      open = await openPage();
      await open.chooseAll(textFile('a.txt'), textFile('b.txt'));
      await open.button('a.txt', 'Remove').dblclick();
      expect(await open.states()).toEqual({ 'b.txt': 'waiting' });
    });

    it('a key held down on Remove removes one file', async () => {
      open = await openPage();
      await open.chooseAll(textFile('a.txt'), textFile('b.txt'), textFile('c.txt'));
      await open.button('a.txt', 'Remove').focus();
      for (let times = 0; times < 3; times++) await open.page.keyboard.down('Enter');
      await open.page.keyboard.up('Enter');
      expect(Object.keys(await open.states())).toEqual(['b.txt', 'c.txt']);
      // And is not in the way of the next press.
      await open.page.keyboard.press('Enter');
      expect(Object.keys(await open.states())).toEqual(['c.txt']);
    });

    it('with the keyboard alone, from the choice to the end', async () => {
      open = await openPage();
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
      expect(open.reportedNames()).toEqual(['b.txt']);
    });

    it('with the keyboard alone, cancelled and tried again', async () => {
      open = await openPage();
      const { keyboard } = open.page;
      open.bucket.faults.push(new Gate().holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.page.locator('.s3-form-submit').focus();
      await keyboard.press('Enter');
      await open.at('a.txt', 'finishing');
      await keyboard.press('Shift+Tab');
      await open.page.locator('.s3-form-cancel:focus').waitFor();
      await keyboard.press('Enter');
      await open.at('a.txt', 'cancelled');
      // Still in the row, but on no button that a second press would work.
      await open.page.locator('.s3-form-item:focus').waitFor();
      await keyboard.press('Tab');
      await open.page.locator('.s3-form-retry:focus').waitFor();
      await keyboard.press('Enter');
      await open.at('a.txt', 'done');
      expect(open.reportedNames()).toEqual(['a.txt']);
    });
  },
);
