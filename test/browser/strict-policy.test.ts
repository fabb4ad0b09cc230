import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBusy, refuses } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import type { UploadAppOptions } from '../support/upload-app.ts';
import { textFile, type UploadPage, useUploadPages } from './upload-page.ts';

/** A page under nothing but what `cspDirectives()` gives, and Trusted Types. */
const strictPage = (body = ''): UploadAppOptions => ({
  form: { baseUrl: '/upload', accept: ['text/plain', 'image/*'] },
  routes: (express, uploads) => {
    express.get('/own', async (req, res) => {
      const { html, head } = await uploads.form(req);
      const directives = {
        'default-src': ["'none'"],
        ...uploads.cspDirectives(),
        'require-trusted-types-for': ["'script'"],
        'trusted-types': ["'none'"],
      };
      const policy = Object.entries(directives).flatMap(([name, sources]) =>
        sources === null ? [] : [[name, ...sources].join(' ')],
      );
      res.set('Content-Security-Policy', policy.join('; '));
      res.send(
        `<!doctype html><html lang="en"><title>Own</title>${head}<h1>Own</h1>${html}${body}`,
      );
    });
    express.get('/favicon.ico', (_req, res) => void res.sendStatus(204));
  },
});

describe.skipIf(!requirement('chromium').available)(
  'the strictest policy a page can have (needs chromium)',
  () => {
    const openPage = useUploadPages({ isWhole: true });
    let open: UploadPage;

    it('stops nothing that the script does', async () => {
      open = await openPage(strictPage(), { path: '/own' });
      const png = await open.page.screenshot();
      await open.choose(textFile('empty.txt', 0));
      await open.errors();
      await open.chooseAll(
        { name: 'picture.png', mimeType: 'image/png', buffer: png },
        textFile('removed.txt'),
        textFile('a.txt'),
      );
      await open.item('picture.png').locator('canvas').waitFor();
      await open.button('removed.txt', 'Remove').click();
      await open.submit();
      await open.at('a.txt', 'done');
      await open.at('picture.png', 'done');
      await open.summary();
      expect(open.reported()).toHaveLength(2);
      expect(open.complaints).toEqual([]);
    });

    it('stops no second attempt either; the answer itself is what the browser notes', async () => {
      open = await openPage(strictPage(), { path: '/own' });
      open.bucket.faults.push(isBusy);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
      expect(open.complaints).toEqual([expect.stringContaining('503')]);
    });

    it('stops neither folders that are dropped, nor pictures that are none, nor what the store says', async () => {
      open = await openPage(strictPage(), { path: '/own' });
      const directory = mkdtempSync(join(tmpdir(), 'dropped-'));
      mkdirSync(join(directory, 'trip'));
      writeFileSync(join(directory, 'trip/a.txt'), 'a');
      writeFileSync(join(directory, 'trip/broken.png'), 'no picture');
      await open.drop(join(directory, 'trip'));
      await open.at('broken.png', 'waiting');
      rmSync(join(directory, 'trip/a.txt'));
      expect(await open.item('broken.png').locator('.s3-form-thumb').textContent()).toBe('png');
      open.bucket.faults.push(refuses(403, 'AccessDenied', 'Access Denied'));
      await open.submit();
      expect(await open.at('broken.png', 'failed')).toMatch(/\(AccessDenied\)\.$/);
      expect(await open.at('a.txt', 'failed')).toMatch(/changed or removed/);
      rmSync(directory, { recursive: true });
      expect(open.complaints).toEqual([
        expect.stringContaining('403'),
        's3-form: refused 403 AccessDenied Access Denied',
      ]);
    });

    it.each([
      ['a script within the page', '<script>document.title = "planted"</script>', /inline script/],
      ['a style within the page', '<p style="color: red">planted</p>', /inline style/],
    ])('would stop %s, which shows that the check sees it', async (_, planted, complaint) => {
      open = await openPage(strictPage(planted), { path: '/own' });
      expect(open.complaints.join()).toMatch(complaint);
      expect(await open.page.title()).toBe('Own');
    });

    it('would stop markup made from text, which shows that Trusted Types are on', async () => {
      open = await openPage(strictPage(), { path: '/own' });
      const made = open.page.evaluate(() => {
        document.body.innerHTML = '<p>planted</p>';
      });
      await expect(made).rejects.toThrow(/TrustedHTML/);
    });
  },
);
