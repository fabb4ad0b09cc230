import type { RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import { Gate, refuses } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import { largeFile, textFile, type UploadPage, useUploadPages } from './upload-page.ts';

describe.skipIf(!requirement('chromium').available)(
  'with the script in a browser (needs chromium)',
  () => {
    const openPage = useUploadPages();
    let open: UploadPage;

    it('a file arrives, and the person is told so', async () => {
      open = await openPage();
      const events = await open.recordEvents();
      await open.chooseAll(textFile('été 👑.txt'));
      expect(await open.at('été 👑.txt', 'waiting')).toBe('Ready to upload');
      expect(open.app.files()).toEqual([]);
      await open.submit();
      expect(await open.at('été 👑.txt', 'done')).toBe('Uploaded');
      expect(await open.summary()).toBe('Your file is uploaded.');
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

    it('five files go three at a time, each under an id of its own', async () => {
      open = await openPage();
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer, gate.holdsAnswer, gate.holdsAnswer);
      const names = ['1.txt', '2.txt', '3.txt', '4.txt', '5.txt'];
      await open.chooseAll(...names.map((name) => textFile(name)));
      await open.submit();
      for (const name of names.slice(0, 3)) await open.at(name, 'finishing');
      expect(await open.states()).toMatchObject({ '4.txt': 'waiting', '5.txt': 'waiting' });
      expect(await open.page.locator('form[data-busy]').count()).toBe(1);
      gate.open();
      for (const name of names) await open.at(name, 'done');
      expect(await open.summary()).toBe('All 5 files are uploaded.');
      expect(await open.page.locator('form[data-busy]').count()).toBe(0);
      expect(open.reportedNames().sort()).toEqual(names);
      expect(new Set(open.reported().map(({ id }) => id)).size).toBe(5);
    });

    it('what can not be sent is said before anything is sent', async () => {
      const form = {
        accept: ['text/plain', '.pdf'],
        maxFileSize: '1 kB',
        minFileSize: 2,
        maxFiles: 2,
      };
      open = await openPage({ form });
      const events = await open.recordEvents();
      await open.choose(
        textFile('large.txt', 2000),
        textFile('small.txt', 1),
        textFile('empty.txt', 0),
        { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('png') },
        // The browser gives no type to either.
        { name: 'SCAN.PDF', mimeType: '', buffer: Buffer.from('pdf') },
        textFile('1.txt'),
        textFile('2.txt'),
        textFile('3.txt'),
      );
      await open.item('1.txt').waitFor();
      expect(await open.errors()).toEqual([
        'large.txt is too large (2 kB). At most 1 kB can be uploaded.',
        'small.txt is too small (1 byte). It needs at least 2 bytes.',
        'empty.txt is empty. Choose another file.',
        'a.png has the wrong type. Allowed: TXT or PDF.',
        'Only 2 files can be uploaded here.',
      ]);
      expect(await open.states()).toEqual({ 'SCAN.PDF': 'waiting', '1.txt': 'waiting' });
      const rejected = (await events()).filter(({ type }) => type === 'reject');
      expect(rejected.map(({ detail }) => [detail['file'], detail['code']])).toEqual([
        ['large.txt', 'tooLarge'],
        ['small.txt', 'tooSmall'],
        ['empty.txt', 'empty'],
        ['a.png', 'wrongType'],
        ['2.txt', 'tooMany'],
        ['3.txt', 'tooMany'],
      ]);
      expect(open.site.asked).toEqual([]);
      expect(open.bucket.received).toEqual([]);
    });

    it('an only file is replaced by the next', async () => {
      open = await openPage({ form: { maxFiles: 1 } });
      await open.chooseAll(textFile('first.txt'));
      await open.chooseAll(textFile('second.txt'));
      expect(await open.states()).toEqual({ 'second.txt': 'waiting' });
      await open.submit();
      await open.at('second.txt', 'done');
      await open.chooseAll(textFile('third.txt'));
      expect(await open.states()).toEqual({ 'third.txt': 'waiting' });
      await open.submit();
      await open.at('third.txt', 'done');
      expect(open.reportedNames()).toEqual(['second.txt', 'third.txt']);
    });

    it('an only file stays where the page does not want the next', async () => {
      open = await openPage({ form: { maxFiles: 1 } });
      await open.chooseAll(textFile('first.txt'));
      await open.page.evaluate(() => {
        document.addEventListener('s3-form:add', (event) => event.preventDefault());
      });
      const events = await open.recordEvents();
      await open.choose(textFile('second.txt'));
      await expect.poll(async () => (await events()).map(({ type }) => type)).toEqual(['add']);
      expect(await open.states()).toEqual({ 'first.txt': 'waiting' });
    });

    it('a page is not told to delete what the app has taken over', async () => {
      open = await openPage({ form: { maxFiles: 1 } });
      open.site.faults.done.push((_req, res) => res.status(400).send('Not now'));
      const events = await open.recordEvents();
      await open.chooseAll(textFile('first.txt'));
      await open.submit();
      await open.at('first.txt', 'failed');
      await open.chooseAll(textFile('second.txt'));
      await open.submit();
      await open.at('second.txt', 'done');
      await open.chooseAll(textFile('third.txt'));
      const removed = (await events()).filter(({ type }) => type === 'remove');
      expect(removed.map(({ detail }) => [detail['file'], detail['key']])).toEqual([
        ['first.txt', expect.stringMatching(/^uploads\/.*\/first\.txt$/)],
        ['second.txt', undefined],
      ]);
    });

    it('a page is told to delete what the app refused after it was stored', async () => {
      open = await openPage();
      open.site.faults.done.push((_req, res) => {
        res.status(422).json({ error: 'No.', code: 'refused', message: 'No.' });
      });
      const events = await open.recordEvents(['remove']);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'failed');
      await open.button('a.txt', 'Remove').click();
      expect((await events()).map(({ detail }) => detail['key'])).toEqual([
        expect.stringMatching(/^uploads\/.*\/a\.txt$/),
      ]);
    });

    it('a file that failed gives way to itself, chosen again', async () => {
      open = await openPage();
      open.bucket.faults.push(
        refuses(403, 'AccessDenied', 'x'),
        refuses(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size'),
      );
      // Files of a browser's dialogue have a time, which must be the same.
      const choose = async (name: string, size: number) =>
        open.page.locator('input[type=file]').evaluate(
          (input, [name, size]) => {
            const data = new DataTransfer();
            data.items.add(
              new File(['x'.repeat(size)], name, { type: 'text/plain', lastModified: 1 }),
            );
            Object.assign(input, { files: data.files });
            input.dispatchEvent(new Event('change'));
          },
          [name, size] as const,
        );
      // Other content does not help against the first fault; nothing else against the second.
      for (const size of [9, 9, 8]) {
        await choose('a.txt', size);
        await open.at('a.txt', 'waiting');
        expect(await open.page.locator('.s3-form-item').count()).toBe(1);
        await open.submit();
        await open.at('a.txt', size === 8 ? 'done' : 'failed');
      }
      expect(open.stored()).toBe(1);
    });

    it('what is said of all files is gone while one is tried again', async () => {
      open = await openPage();
      const no = refuses(403, 'AccessDenied', 'x');
      const gate = new Gate();
      open.bucket.faults.push(no, no, gate.holdsAnswer);
      await open.chooseAll(textFile('a.txt'), textFile('b.txt'));
      await open.submit();
      await open.at('a.txt', 'failed');
      await open.at('b.txt', 'failed');
      expect(await open.summary()).toBe('0 of 2 files are complete, 2 not.');
      await open.button('a.txt', 'Try again').click();
      await open.at('a.txt', 'finishing');
      const summary = open.page.locator('.s3-form-summary');
      expect(await summary.textContent()).toBe('');
      await open.button('b.txt', 'Remove').click();
      await open.item('b.txt').waitFor({ state: 'detached' });
      expect(await summary.textContent()).toBe('');
      gate.open();
      await open.at('a.txt', 'done');
      expect(await open.summary()).toBe('Your file is uploaded.');
    });

    it('what has arrived takes no place from what comes after it', async () => {
      open = await openPage({ form: { maxFiles: 2 } });
      for (const names of [
        ['1.txt', '2.txt'],
        ['3.txt', '4.txt'],
      ]) {
        await open.chooseAll(...names.map((name) => textFile(name)));
        await open.submit();
        for (const name of names) await open.at(name, 'done');
      }
      await open.choose(textFile('5.txt'), textFile('6.txt'), textFile('7.txt'));
      expect(await open.errors()).toEqual(['Only 2 files can be uploaded here.']);
      expect(open.reported()).toHaveLength(4);
    });

    it('who has cancelled all there is, and then presses Upload, means it', async () => {
      open = await openPage();
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      await open.button('a.txt', 'Cancel').click();
      await open.at('a.txt', 'cancelled');
      // But not while there is another to be uploaded.
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.at('b.txt', 'done');
      expect(await open.states()).toEqual({ 'a.txt': 'cancelled', 'b.txt': 'done' });
      await open.submit();
      await open.at('a.txt', 'done');
      expect(open.reportedNames()).toEqual(['b.txt', 'a.txt']);
      gate.open();
    });

    it('another attempt wants what the form wants, too', async () => {
      const inputs = [{ name: 'x-amz-meta-title', label: 'Title', required: true }];
      open = await openPage({ form: { inputs } });
      open.bucket.faults.push(refuses(403, 'AccessDenied', 'x'));
      await open.chooseAll(textFile('a.txt'));
      await open.page.getByLabel('Title').fill('Holidays');
      await open.submit();
      await open.at('a.txt', 'failed');
      await open.page.getByLabel('Title').fill('');
      await open.button('a.txt', 'Try again').click();
      await open.page.locator('input:focus').waitFor();
      expect(await open.states()).toEqual({ 'a.txt': 'failed' });
      await open.page.getByLabel('Title').fill('Winter');
      await open.button('a.txt', 'Try again').click();
      await open.at('a.txt', 'done');
      expect(open.app.reported).toMatchObject([{ metadata: { title: 'Winter' } }]);
    });

    it('the app is told what a file is, and who asks', async () => {
      const isSignedIn: RequestHandler = (req, res, next) => {
        if (req.headers.cookie?.includes('session=of-ada')) next();
        else res.sendStatus(401);
      };
      open = await openPage(
        {
          form: { baseUrl: '/upload' },
          before: [isSignedIn],
          routes: (express, uploads) => {
            express.get('/own', async (req, res) => {
              const { html, head } = await uploads.form(req);
              res.cookie('session', 'of-ada', { httpOnly: true });
              res.send(
                `<!doctype html><title>Own</title>${head.replace(/<link[^>]*>/, '')}${html}`,
              );
            });
          },
        },
        { path: '/own' },
      );
      const queries: unknown[] = [];
      open.site.faults.params.push((req, _res, next) => {
        queries.push(req.query);
        next();
      });
      await open.chooseAll(textFile('a b&c.txt', 12));
      await open.submit();
      await open.at('a b&c.txt', 'done');
      expect(queries).toEqual([{ filename: 'a b&c.txt', type: 'text/plain', size: '12' }]);
      expect(open.reported()).toHaveLength(1);
    });

    it('how far a file is, the bar shows and the page is told', async () => {
      open = await openPage();
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsUpload);
      const events = await open.recordEvents(['progress']);
      const file = largeFile('a.txt');
      await open.chooseAll(file);
      await open.submit();
      const bar = open.item('a.txt').getByRole('progressbar');
      const share = () => bar.evaluate((bar) => (bar as HTMLProgressElement).value);
      await expect.poll(share).toBeGreaterThan(0);
      const { shown, said } = await open.item('a.txt').evaluate((item) => ({
        shown: item.querySelector('progress')?.value ?? Number.NaN,
        said: item.querySelector('.s3-form-status')?.textContent,
      }));
      expect(shown).toBeLessThan(1);
      expect(said).toBe(`\u2068${Math.round(shown * 100)}%\u2069 uploaded`);
      gate.open();
      await open.at('a.txt', 'done');
      const told = (await events()).map(({ detail }) => detail);
      const total = file.buffer.length;
      expect(told[0]).toEqual({ file: 'a.txt', loaded: 0, total });
      expect(told.at(-1)).toEqual({ file: 'a.txt', loaded: total, total });
      const loaded = told.map((detail) => Number(detail['loaded']));
      expect(loaded).toEqual([...loaded].sort((one, other) => one - other));
      expect(loaded.some((bytes) => bytes > 0 && bytes < total)).toBe(true);
    });

    it('a file that the page does not want is not added', async () => {
      open = await openPage();
      await open.page.evaluate(() => {
        document.addEventListener('s3-form:add', (event) => {
          if ((event as CustomEvent).detail.file.name === 'no.txt') event.preventDefault();
        });
      });
      await open.choose(textFile('no.txt'), textFile('yes.txt'));
      await open.item('yes.txt').waitFor();
      expect(await open.states()).toEqual({ 'yes.txt': 'waiting' });
    });

    it('pictures are shown as they are', async () => {
      open = await openPage();
      const png = await open.page.evaluate(async () => {
        const canvas = new OffscreenCanvas(200, 100);
        const context = canvas.getContext('2d');
        if (!context) throw new Error('no canvas');
        context.fillStyle = 'rgb(10 200 30)';
        context.fillRect(0, 0, 200, 100);
        return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
      });
      await open.chooseAll(
        { name: 'green.png', mimeType: 'image/png', buffer: Buffer.from(png) },
        { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') },
        textFile('a.txt'),
      );
      const pixel = await open
        .item('green.png')
        .locator('canvas')
        .evaluate((canvas) => {
          const { width, height } = canvas as HTMLCanvasElement;
          const context = (canvas as HTMLCanvasElement).getContext('2d');
          return [...(context?.getImageData(width - 1, height - 1, 1, 1).data ?? [])];
        });
      expect(pixel).toEqual([10, 200, 30, 255]);
      expect(await open.page.locator('canvas').count()).toBe(1);
      expect(await open.item('broken.png').locator('.s3-form-thumb').textContent()).toBe('png');
      expect(open.complaints).toEqual([]);
    });

    it('a picture that is off the list again is not read', async () => {
      open = await openPage();
      const buffer = await open.page.screenshot();
      await open.page.evaluate(() => {
        const { createImageBitmap } = window;
        const read: string[] = [];
        const goOn = new Promise((resolve) => addEventListener('go-on', resolve));
        Object.assign(window, { read });
        window.createImageBitmap = async (file: ImageBitmapSource) => {
          read.push((file as File).name);
          await goOn;
          return createImageBitmap(file);
        };
      });
      const names = ['a.png', 'b.png', 'c.png'];
      await open.chooseAll(...names.map((name) => ({ name, mimeType: 'image/png', buffer })));
      await open.button('b.png', 'Remove').click();
      await open.page.evaluate(() => dispatchEvent(new Event('go-on')));
      await open.item('c.png').locator('canvas').waitFor();
      expect(await open.page.evaluate('read')).toEqual(['a.png', 'c.png']);
    });

    it('nothing is sent twice by two clicks, nor without a file', async () => {
      open = await openPage();
      await open.submit();
      expect(await open.errors()).toEqual(['Choose a file first.']);
      await open.chooseAll(textFile('a.txt'));
      expect(await open.page.locator('.s3-form-error').count()).toBe(0);
      await open.page.locator('form').evaluate((form) => {
        for (let times = 0; times < 2; times += 1) (form as HTMLFormElement).requestSubmit();
      });
      await open.page.locator('.s3-form-submit').dblclick();
      await open.at('a.txt', 'done');
      expect(open.bucket.received.filter((method) => method === 'POST')).toHaveLength(1);
      expect(open.reported()).toHaveLength(1);
    });

    it('what the person types goes with each file', async () => {
      const inputs = [{ name: 'x-amz-meta-title', label: 'Title', required: true }];
      open = await openPage({ form: { inputs } });
      await open.chooseAll(textFile('a.txt'), textFile('b.txt'));
      await open.submit();
      // The browser itself wants the title first.
      expect(await open.states()).toEqual({ 'a.txt': 'waiting', 'b.txt': 'waiting' });
      await open.page.getByLabel('Title').fill('Holidays');
      await open.submit();
      await open.at('a.txt', 'done');
      await open.at('b.txt', 'done');
      expect(open.app.reported).toMatchObject([
        { metadata: { title: 'Holidays' } },
        { metadata: { title: 'Holidays' } },
      ]);
    });

    it('the key that the person types holds, below the id of each file', async () => {
      const inputs = [{ name: 'key', label: 'Where to' }];
      open = await openPage({ form: { inputs } });
      await open.chooseAll(textFile('a.txt'), textFile('b.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
      await open.at('b.txt', 'done');
      const key = open.page.getByLabel('Where to');
      await key.fill((await key.inputValue()).replace('${filename}', 'mine.txt'));
      await open.chooseAll(textFile('c.txt'));
      await open.submit();
      await open.at('c.txt', 'done');
      expect(open.reportedNames()).toEqual([
        expect.stringMatching(/^[ab]\.txt$/),
        expect.stringMatching(/^[ab]\.txt$/),
        'mine.txt',
      ]);
      for (const { key, id } of open.app.reported) expect(key).toContain(`uploads/${id}/`);
    });

    it('it speaks the language of the page, with its plurals', async () => {
      open = await openPage({ form: { lang: 'fr' } });
      expect(await open.page.locator('form').getAttribute('lang')).toBe('fr');
      await open.page.getByRole('button', { name: 'Vos fichiers Choisir des fichiers' }).waitFor();
      await open.chooseAll(textFile('a.txt', 1200));
      expect(await open.item('a.txt').locator('.s3-form-size').textContent()).toBe('1,2\u202fko');
      await open.page.getByRole('button', { name: 'Retirer a.txt' }).waitFor();
      await open.submit();
      expect(await open.at('a.txt', 'done')).toBe('Envoyé');
    });

    it('an embedded form keeps its context, and each of two forms its files', async () => {
      open = await openPage(
        {
          form: { baseUrl: '/upload' },
          routes: (express, uploads) =>
            void express.get('/profile', async (req, res) => {
              const [one, other] = [
                await uploads.form(req, { context: { kind: 'avatar' } }),
                await uploads.form(req, { context: { kind: 'cover' } }),
              ];
              res.send(`<!doctype html><title>Profile</title>${one.head}${one.html}${other.html}`);
            }),
        },
        { path: '/profile' },
      );
      for (const [index, name] of ['avatar.txt', 'cover.txt'].entries()) {
        const form = open.page.locator('form').nth(index);
        await form.locator('input[type=file]').setInputFiles(textFile(name));
        await form.locator('.s3-form-submit').click();
        await open.at(name, 'done');
      }
      expect(open.app.reported.map(({ context }) => context)).toEqual([
        { kind: 'avatar' },
        { kind: 'cover' },
      ]);
    });

    it('a form that comes later works too', async () => {
      open = await openPage();
      await open.page.evaluate(async () => {
        const text = await (await fetch(location.href)).text();
        const later = new DOMParser().parseFromString(text, 'text/html').querySelector('form');
        document.querySelector('form')?.replaceWith(later ?? '');
      });
      await open.page.locator('form[data-ready]').waitFor();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
    });

    it('a file that was chosen before the script came is not lost', async () => {
      open = await openPage();
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await open.page.route(/\.js$/, async (route) => {
        await released;
        await route.continue();
      });
      await open.page.goto(open.app.base, { waitUntil: 'commit' });
      await open.page.locator('input[type=file]').setInputFiles(textFile('early.txt'));
      release();
      await open.at('early.txt', 'waiting');
    });

    it('the person goes where the app says, once all files are there', async () => {
      const form = {
        onUploaded: (upload: { id: string }) => ({ redirect: `/thanks?id=${upload.id}` }),
      };
      open = await openPage({
        form,
        routes: (express) => void express.get('/thanks', (_req, res) => void res.send('Thanks')),
      });
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.at('b.txt', 'done');
      expect(open.page.url()).toBe(open.app.base);
      gate.open();
      await open.page.waitForURL(/\/thanks\?id=/);
    });

    it('with a file that failed, the person decides when to go on', async () => {
      open = await openPage({
        form: { onUploaded: () => ({ redirect: '/thanks' }) },
        routes: (express) => void express.get('/thanks', (_req, res) => void res.send('Thanks')),
      });
      const events = await open.recordEvents(['complete']);
      await open.chooseAll(textFile('a.txt'));
      await open.page.evaluate(() => {
        document.addEventListener('s3-form:complete', (event) => event.preventDefault(), {
          once: true,
        });
      });
      await open.submit();
      await open.page.getByRole('link', { name: 'Go on' }).waitFor();
      open.bucket.faults.push(refuses(403, 'AccessDenied', 'Access Denied'));
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.at('b.txt', 'failed');
      expect(await open.summary()).toBe('1 of 2 files are complete, 1 not. Go on');
      const redirect = `${open.app.origin}/thanks`;
      expect((await events()).map(({ detail }) => detail)).toEqual([
        { done: ['a.txt'], failed: [], redirect },
        { done: ['a.txt'], failed: ['b.txt'], redirect },
      ]);
      // What is chosen now, or is not taken, changes nothing of it.
      await open.chooseAll(textFile('c.txt'));
      await open.choose(textFile('empty.txt', 0));
      await open.errors();
      expect(await open.summary()).toBe('1 of 2 files are complete, 1 not. Go on');
      await open.page.getByRole('link', { name: 'Go on' }).click();
      await open.page.waitForURL(/\/thanks$/);
    });

    it('a file that is chosen meanwhile has not failed, and keeps the person here', async () => {
      open = await openPage({
        form: { onUploaded: () => ({ redirect: '/thanks' }) },
      });
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      await open.chooseAll(textFile('b.txt'));
      gate.open();
      expect(await open.summary()).toBe('Your file is uploaded. Go on');
      expect(await open.states()).toEqual({ 'a.txt': 'done', 'b.txt': 'waiting' });
      expect(open.page.url()).toBe(open.app.base);
    });

    it('a page that wants to stay, stays', async () => {
      open = await openPage({
        form: { onUploaded: () => ({ redirect: '/thanks' }) },
      });
      await open.page.evaluate(() => {
        document.addEventListener('s3-form:complete', (event) => {
          event.preventDefault();
          document.title = (event as CustomEvent).detail.redirect;
        });
      });
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
      await expect.poll(() => open.page.title()).toBe(`${open.app.origin}/thanks`);
      expect(open.page.url()).toBe(open.app.base);
    });

    it('the browser asks before it leaves an upload, and only then', async () => {
      open = await openPage();
      const asked: string[] = [];
      open.page.on('dialog', (dialog) => {
        asked.push(dialog.type());
        void dialog.accept();
      });
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.page.reload();
      expect(asked).toEqual([]);
      await open.page.locator('form[data-ready]').waitFor();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'finishing');
      await open.page.reload();
      expect(asked).toEqual(['beforeunload']);
      gate.open();
      await open.page.locator('form[data-ready]').waitFor();
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.at('b.txt', 'done');
      await open.summary();
      await open.page.reload();
      expect(asked).toEqual(['beforeunload']);
    });

    it('the way back from another page leads to a form as new', async () => {
      open = await openPage({
        form: { onUploaded: () => ({ redirect: '/thanks' }) },
        routes: (express) => void express.get('/thanks', (_req, res) => void res.send('Thanks')),
      });
      const id = () => open.page.locator('form').getAttribute('id');
      const first = await id();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.page.waitForURL(/\/thanks$/);
      await open.page.goBack();
      await expect.poll(id).not.toBe(first);
      await open.page.locator('form[data-ready]').waitFor();
      expect(await open.states()).toEqual({});
    });

    it.each([
      ['whose files are there is fetched anew', true],
      ['with files to be uploaded keeps them', false],
    ])('a page from the back-forward cache %s', async (_, isDone) => {
      open = await openPage();
      await open.chooseAll(textFile('a.txt'));
      if (isDone) {
        await open.submit();
        await open.at('a.txt', 'done');
        await open.summary();
      }
      const loaded = isDone ? open.page.waitForEvent('load') : undefined;
      await open.page.evaluate(() => {
        dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      });
      await loaded;
      await open.page.locator('form[data-ready]').waitFor();
      expect(await open.states()).toEqual(isDone ? {} : { 'a.txt': 'waiting' });
    });

    it('an unused page from the back-forward cache is fetched anew, but not what was typed there', async () => {
      open = await openPage({ form: { inputs: [{ name: 'x-amz-meta-title', label: 'Title' }] } });
      const comeBack = () =>
        open.page.evaluate(() => {
          dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        });
      const id = () => open.page.locator('form').getAttribute('id');
      const first = await id();
      const loaded = open.page.waitForEvent('load');
      await comeBack();
      await loaded;
      await open.page.locator('form[data-ready]').waitFor();
      const second = await id();
      expect(second).not.toBe(first);

      await open.page.getByLabel('Title').fill('Typed');
      await comeBack();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'done');
      expect(await id()).toBe(second);
      expect(open.app.reported).toMatchObject([{ metadata: { title: 'Typed' } }]);
    });
  },
);
