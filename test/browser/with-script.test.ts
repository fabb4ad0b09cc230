import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { Gate } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import { largeFile, textFile, UploadPage } from './upload-page.ts';

describe.skipIf(!requirement('chromium').available)(
  'with the script in a browser (needs chromium)',
  () => {
    let browser: Browser;
    let open: UploadPage;

    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());
    afterEach(() => open?.close());

    it('a file arrives, and the person is told so', async () => {
      open = await UploadPage.open(browser);
      const events = await open.recordEvents();
      await open.chooseAll(textFile('été 👑.txt'));
      expect(await open.at('été 👑.txt', 'waiting')).toBe('Ready to upload');
      expect(open.app.files()).toEqual([]);
      await open.submit();
      expect(await open.at('été 👑.txt', 'done')).toBe('Uploaded');
      expect(await open.page.locator('.s3-form-summary').textContent()).toBe(
        'Your file is uploaded.',
      );
      const [upload] = open.app.reported;
      expect(open.app.reported).toMatchObject([
        { key: `uploads/${upload?.id}/été 👑.txt`, size: 9, type: 'text/plain', confirmed: true },
      ]);
      expect(await events()).toMatchObject([
        { type: 'add', detail: { file: 'été 👑.txt' } },
        {
          type: 'success',
          detail: {
            file: 'été 👑.txt',
            key: upload?.key,
            etag: upload?.etag,
            location: expect.stringContaining('/uploads/'),
            done: expect.stringContaining(`${open.app.base}/done/`),
            upload: { id: upload?.id, size: 9 },
          },
        },
        { type: 'complete', detail: {} },
      ]);
      expect(open.complaints).toEqual([]);
    });
  },
);
