import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { describe, expect, it } from 'vitest';
import {
  cutsConnection,
  type Fault,
  Gate,
  isBusy,
  losesAnswer,
  refuses,
} from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import type { UploadAppOptions } from '../support/upload-app.ts';
import { largeFile, textFile, type UploadPage, useUploadPages } from './upload-page.ts';

const isExpired = refuses(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');

const says =
  (status: number, body: string | object, headers: Record<string, string> = {}): RequestHandler =>
  (_req, res) =>
    void res.status(status).set(headers).send(body);

/** A page of the app's own under a policy without the bucket. */
const pageUnder = (policy: (bucket: URL) => string): UploadAppOptions => ({
  form: { baseUrl: '/upload' },
  routes: (express, uploads) =>
    void express.get('/own', async (req, res) => {
      const { html, head } = await uploads.form(req);
      res.set('Content-Security-Policy', policy(new URL(uploads.url)));
      res.send(`<!doctype html><title>Own</title>${head}${html}`);
    }),
});

describe.skipIf(!requirement('chromium').available)(
  'faults on the way from a browser (needs chromium)',
  () => {
    const openPage = useUploadPages();
    let open: UploadPage;

    /** Uploads a file under faults, one for each attempt. */
    const start = async (faults: Fault[], options?: UploadAppOptions, file = textFile('a.txt')) => {
      open = await openPage(options);
      open.bucket.faults.push(...faults);
      await open.chooseAll(file);
      await open.submit();
    };
    const posts = () => open.bucket.received.filter((method) => method === 'POST').length;
    /** A locator would wait for the end of a navigation that is stopped. */
    const textOf = (selector: string) =>
      open.page.evaluate(
        (selector) => document.querySelector(selector)?.textContent ?? undefined,
        selector,
      );
    /** Has the script wait no longer than a moment, and notes how long it would have. */
    const waitInNoTime = (chance: number) =>
      open.page.evaluate((chance) => {
        const { setTimeout } = window;
        const waits: number[] = [];
        Math.random = () => chance;
        // Other waits of the script are for what hangs, or for screen readers.
        const others = [50, 1000, 10_000, 60_000, 120_000, 300_000];
        const noted = (run: () => void, wait: number) => {
          if (others.includes(wait)) return setTimeout(run, wait);
          waits.push(wait);
          return setTimeout(run, 0);
        };
        Object.assign(window, { waits, setTimeout: noted });
      }, chance);
    const waited = async () => (await open.page.evaluate<number[]>('waits')).map(Math.round);
    const mints = () => open.site.asked.filter((route) => route === 'params').length;

    describe('that pass', () => {
      it.each<readonly [string, Fault[]]>([
        ['two answers that the store is busy', [isBusy, isBusy]],
        ['a store that is out of order', [refuses(500, 'InternalError', 'We encountered …')]],
        ['a connection that is cut', [cutsConnection]],
        ['a store that waited too long', [refuses(400, 'RequestTimeout', 'Your socket …')]],
        ['too many requests', [refuses(429, 'TooManyRequests', 'Slow down')]],
      ])('%s: it is tried again under the same policy', async (_, faults) => {
        await start([...faults]);
        await open.at('a.txt', 'done');
        expect(posts()).toBe(faults.length + 1);
        expect(mints()).toBe(1);
        expect(open.reported()).toHaveLength(1);
      });

      it('the person sees why it takes longer', async () => {
        await start([isBusy, cutsConnection]);
        const status = open.item('a.txt').locator('.s3-form-status');
        await status.getByText('The server is busy. Trying again…').waitFor();
        expect(await open.states()).toEqual({ 'a.txt': 'preparing' });
        await status.getByText('The connection was lost. Trying again…').waitFor();
        await open.at('a.txt', 'done');
      });

      it('an answer that got lost: the file is stored again under its key, and told of once', async () => {
        open = await openPage();
        open.bucket.faults.push(losesAnswer(open.bucket));
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'done');
        expect(posts()).toBe(2);
        expect(open.stored()).toBe(1);
        expect(open.reported()).toHaveLength(1);
      });

      it('a policy that the store holds for expired is renewed without a word', async () => {
        await start([isExpired]);
        await open.at('a.txt', 'done');
        expect(mints()).toBe(2);
        expect(open.stored()).toBe(1);
        expect(open.reported()).toHaveLength(1);
      });

      it('keys of the app that the store holds for expired are renewed with the policy', async () => {
        await start([refuses(400, 'ExpiredToken', 'The token is no longer good.')]);
        await open.at('a.txt', 'done');
        expect(mints()).toBe(2);
        expect(open.complaints.filter((text) => text.startsWith('s3-form:'))).toEqual([]);
      });

      it.each([
        ['the least', 0, [750, 1500, 3000]],
        ['about the most', 0.998, [1249, 2498, 4996]],
      ])('the waits between attempts double, by chance: %s', async (_, chance, waits) => {
        open = await openPage();
        await waitInNoTime(chance);
        open.bucket.faults.push(isBusy, isBusy, isBusy, isBusy);
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'failed');
        expect(await waited()).toEqual(waits);
      });

      it('a wait that the server asks for is kept, where it is longer', async () => {
        open = await openPage();
        await waitInNoTime(0.5);
        const busy = (wait: string) => says(503, 'Busy', { 'Retry-After': wait });
        open.site.faults.params.push(busy('7'), busy('1'), busy('30'));
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'done');
        expect(await waited()).toEqual([7000, 2000, 30_000]);
      });

      it('a policy that expires while the store is busy is renewed', async () => {
        const gate = new Gate();
        const isBusyLate: Fault = (incoming, response, pass) =>
          gate.holdsUpload(incoming, response, () => isBusy(incoming, response, pass));
        // The renewed policy has to arrive within this time too, however busy the machine is.
        await start([isBusyLate], { form: { scriptExpiresIn: 5 } });
        await expect.poll(posts).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5000));
        gate.open();
        await open.at('a.txt', 'done');
        expect(mints()).toBe(2);
        // The store was not asked with what had expired.
        expect(posts()).toBe(2);
        expect(open.reported()).toHaveLength(1);
      });

      it('a connection on which nothing moves is given up and made anew', async () => {
        open = await openPage();
        await open.page.clock.install();
        const gate = new Gate();
        open.bucket.faults.push(gate.holdsUpload);
        await open.chooseAll(largeFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'uploading');
        await expect.poll(posts).toBe(1);
        await open.page.clock.fastForward(100_000);
        expect(posts()).toBe(1);
        // Longer than what is left, for the system takes on a little more meanwhile.
        await open.page.clock.fastForward(119_000);
        await expect.poll(posts).toBe(2);
        await open.at('a.txt', 'done');
        gate.open();
      });

      it('a network that is gone is waited for, however long', async () => {
        open = await openPage();
        await open.chooseAll(textFile('a.txt'));
        await open.page.context().setOffline(true);
        await open.submit();
        await open.page.getByText('You are offline.').first().waitFor();
        await open.page.context().setOffline(false);
        await open.at('a.txt', 'done');
        expect(open.reported()).toHaveLength(1);
        // Nothing was tried in vain.
        expect(open.complaints).toEqual([]);
      });

      it('a network that goes in the midst of a file is waited for', async () => {
        await start([new Gate().holdsUpload], {}, largeFile('a.txt'));
        await open.at('a.txt', 'uploading');
        const told = await open.recordStatus('a.txt');
        await open.page.context().setOffline(true);
        open.bucket.goDown();
        await open.page.getByText('You are offline.').first().waitFor();
        open.bucket.comeBack();
        await open.page.context().setOffline(false);
        await open.at('a.txt', 'done');
        expect(open.reported()).toHaveLength(1);
        const [before, after] = (await told()).join('\n').split('You are offline.');
        expect(before).not.toContain('The connection was lost');
        expect(after).toMatch(/\d% uploaded/);
      });

      it("the app's own: asked again, for the policy as for the confirmation", async () => {
        open = await openPage();
        open.site.faults.params.push(says(503, 'Busy'), (req) => req.socket.destroy());
        open.site.faults.done.push(
          says(
            503,
            { error: 'x', code: 'confirm_unavailable', message: 'x' },
            { 'Retry-After': '1' },
          ),
        );
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'confirming');
        await open.at('a.txt', 'done');
        expect(open.site.asked).toEqual(['params', 'params', 'params', 'done', 'done']);
        expect(posts()).toBe(1);
      });
    });

    describe('that stay', () => {
      it("the app's own limit: said in its words, at once where it asks for a long wait", async () => {
        open = await openPage();
        const error = 'You have sent enough for an hour.';
        const body = { error, code: 'too_many', message: 'The limit is 10.' };
        open.site.faults.params.push(says(429, body, { 'Retry-After': '60' }));
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(`a.txt was not taken. ${error}`);
        expect(open.site.asked).toEqual(['params']);
      });

      it("the app's own limit, without its words", async () => {
        open = await openPage();
        open.site.faults.params.push(says(429, 'Too many requests', { 'Retry-After': '3600' }));
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          'a.txt could not be uploaded, because there were too many uploads at once. Try again in a minute.',
        );
        expect(open.site.asked).toEqual(['params']);
      });

      it('what has arrived was not refused, whatever the app says of a moment', async () => {
        open = await openPage();
        const body = { error: 'Enough.', code: 'too_many', message: 'The limit is 10.' };
        open.site.faults.done.push(says(429, body, { 'Retry-After': '60' }));
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          'a.txt has arrived, but this site could not confirm it. Try again.',
        );
        await open.button('a.txt', 'Try again').click();
        await open.at('a.txt', 'done');
        expect(posts()).toBe(1);
      });

      it('a store that is always busy: said, and tried again when the person wants', async () => {
        await start([isBusy, isBusy, isBusy, isBusy]);
        expect(await open.at('a.txt', 'failed')).toBe(
          'a.txt could not be uploaded, because the file store is not working. Try again later.',
        );
        expect(posts()).toBe(4);
        expect(await open.summary()).toBe('The upload is not complete.');
        await open.button('a.txt', 'Try again').click();
        await open.at('a.txt', 'done');
        expect(await open.summary()).toBe('Your file is uploaded.');
      });

      it.each([
        [
          'a refusal by the store',
          refuses(403, 'AccessDenied', 'Access Denied'),
          'The file store refused a.txt. You cannot mend that, but the people who run this site can: tell them (AccessDenied).',
          true,
        ],
        [
          'a wrong signature',
          refuses(403, 'SignatureDoesNotMatch', 'The request signature we calculated …'),
          'The file store refused a.txt. You cannot mend that, but the people who run this site can: tell them (SignatureDoesNotMatch).',
          true,
        ],
        [
          'a file that the store finds too large',
          refuses(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size'),
          'a.txt is too large (9 bytes). At most 25 MB can be uploaded.',
          false,
        ],
        [
          'a file that the store finds too small',
          refuses(400, 'EntityTooSmall', 'Your proposed upload is smaller …'),
          'a.txt is too small (9 bytes). It needs at least 1 byte.',
          false,
        ],
      ])('%s is told in words', async (_, fault, words, canRetry) => {
        open = await openPage();
        const events = await open.recordEvents();
        open.bucket.faults.push(fault);
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(words);
        expect(await open.button('a.txt', 'Try again').count()).toBe(canRetry ? 1 : 0);
        expect(posts()).toBe(1);
        const [error] = (await events()).filter(({ type }) => type === 'error');
        expect(error?.detail).toMatchObject({
          file: 'a.txt',
          code: expect.stringMatching(/^[A-Z]\w+$/),
          status: expect.any(Number),
          detail: expect.any(String),
        });
        // For who can mend it: what a browser notes of itself is the status alone.
        const { code, status, detail } = error?.detail ?? {};
        expect(open.complaints).toEqual([
          expect.stringContaining(String(status)),
          ...(canRetry ? [`s3-form: refused ${status} ${code} ${detail}`] : []),
        ]);
      });

      it('a policy that is expired twice', async () => {
        await start([isExpired, isExpired]);
        expect(await open.at('a.txt', 'failed')).toBe(
          'a.txt took too long: the permission to upload it has expired. Try again.',
        );
        expect(mints()).toBe(2);
      });

      it.each([
        ['removed', (path: string) => rmSync(path)],
        ['changed', (path: string) => writeFileSync(path, 'other and longer content')],
      ])('a file that was %s after it was chosen', async (_, change) => {
        const directory = mkdtempSync(join(tmpdir(), 'chosen-'));
        const path = join(directory, 'mine.txt');
        writeFileSync(path, 'content');
        open = await openPage();
        await open.page.locator('input[type=file]').setInputFiles(path);
        await open.at('mine.txt', 'waiting');
        change(path);
        await open.submit();
        expect(await open.at('mine.txt', 'failed')).toBe(
          'mine.txt was changed or removed after you chose it. Choose it again.',
        );
        expect(await open.button('mine.txt', 'Try again').count()).toBe(0);
        expect(posts()).toBe(0);
        rmSync(directory, { recursive: true });
      });

      it.each([
        ['type_not_allowed', false],
        ['type_invalid', false],
        ['file_too_large', false],
        ['file_too_small', false],
        ['filename_invalid', false],
        ['size_invalid', false],
        ['quota_is_full', true],
      ])("the app's refusal, in its own words: %s", async (code, canRetry) => {
        open = await openPage();
        open.site.faults.params.push(says(422, { error: 'Not this.', code, message: 'x' }));
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe('a.txt was not taken. Not this.');
        expect(await open.button('a.txt', 'Try again').count()).toBe(canRetry ? 1 : 0);
        // Which is for the person alone to mend.
        expect(open.complaints).toEqual([expect.stringContaining('422')]);
      });

      it.each<readonly [string, RequestHandler]>([
        ['a refusal', says(401, 'Who are you?')],
        ['a page to sign in', says(200, '<h1>Sign in</h1>')],
        ['the way to such a page elsewhere', (_req, res) => res.redirect('http://127.0.0.1:9/')],
      ])('a session that has ended, by %s', async (_, fault) => {
        open = await openPage();
        open.site.faults.params.push(fault);
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toMatch(/signed out/);
        expect(posts()).toBe(0);
        expect(open.page.url()).toBe(open.app.base);
      });

      it('a confirmation that fails: only it is tried again', async () => {
        open = await openPage();
        const down = says(500, 'Down');
        open.site.faults.done.push(down, down, down, down);
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          'a.txt has arrived, but this site could not confirm it. Try again.',
        );
        expect(open.reported()).toEqual([]);
        await open.button('a.txt', 'Try again').click();
        await open.at('a.txt', 'done');
        expect(posts()).toBe(1);
        expect(mints()).toBe(1);
        expect(open.reported()).toHaveLength(1);
      });

      it('a hook that fails runs once for each time that the person wants', async () => {
        let runs = 0;
        open = await openPage({
          form: {
            onUploaded: () => {
              runs += 1;
              if (runs === 1) throw new Error('The database is away.');
            },
          },
          routes: (express) => {
            const isSilent: ErrorRequestHandler = (_error, _req, _res, _next) => {};
            express.use(isSilent);
          },
        });
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          'a.txt was sent, but this site did not accept it. The file has arrived, but this site could not take it over. Load this page again in a moment.',
        );
        expect(runs).toBe(1);
        await open.button('a.txt', 'Try again').click();
        await open.at('a.txt', 'done');
        expect(runs).toBe(2);
        expect(posts()).toBe(1);
      });

      it('a store that the app may not look into is told as such, and not asked again', async () => {
        open = await openPage();
        const error = 'Tell the people who run this site.';
        open.site.faults.done.push(
          says(502, { error, code: 'confirm_forbidden', message: 'HEAD answered 403.' }),
        );
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          `a.txt was sent, but this site did not accept it. ${error}`,
        );
        expect(open.site.asked).toEqual(['params', 'done']);
      });

      it('an app that takes minutes for a file is not asked again meanwhile', async () => {
        open = await openPage();
        await open.page.clock.install();
        let goOn = () => {};
        open.site.faults.done.push((_req, _res, next) => {
          goOn = next;
        });
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'confirming');
        await expect.poll(() => open.site.asked).toContain('done');
        await open.page.clock.fastForward(270_000);
        // A second try would follow at once.
        await open.page.clock.fastForward(5_000);
        goOn();
        await open.at('a.txt', 'done');
        expect(open.site.asked).toEqual(['params', 'done']);
        expect(open.reported()).toHaveLength(1);
      });

      it('a file that the app does not want, though it has arrived', async () => {
        open = await openPage();
        open.site.faults.done.push(
          says(422, { error: 'No.', code: 'type_not_allowed', message: 'no' }),
        );
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          'a.txt was sent, but this site did not accept it. No.',
        );
        expect(await open.summary()).toBe('The upload is not complete.');
        expect(await open.button('a.txt', 'Try again').count()).toBe(0);
      });

      it('a file that the app could not find is sent again', async () => {
        open = await openPage();
        const error = 'The file did not arrive. Upload it again.';
        open.site.faults.done.push(says(404, { error, code: 'object_not_found', message: 'x' }));
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          `a.txt was sent, but this site did not accept it. ${error}`,
        );
        await open.button('a.txt', 'Try again').click();
        await open.at('a.txt', 'done');
        expect(posts()).toBe(2);
        expect(mints()).toBe(2);
      });
    });

    describe('of who set the site up', () => {
      it('a bucket without CORS: the browser itself sends an only file', async () => {
        open = await openPage();
        open.bucket.hasCors = false;
        await open.chooseAll(textFile('a.txt'));
        const blocked = open.page.evaluate(
          () =>
            new Promise((resolve) => {
              document.addEventListener('s3-form:blocked', (event) => {
                resolve((event as CustomEvent).detail.why);
              });
            }),
        );
        await open.submit();
        expect(await blocked).toBe('cors');
        expect(open.complaints).toContain('s3-form: blockedCors 0  ');
        await open.page.getByRole('heading', { name: 'Your file has arrived' }).waitFor();
        expect(open.reportedNames()).toEqual(['a.txt']);
        expect(open.stored()).toBe(1);
      });

      it('a bucket without CORS: of several files none is sent, and it is said why', async () => {
        open = await openPage();
        open.bucket.hasCors = false;
        await open.chooseAll(textFile('a.txt'), textFile('b.txt'));
        await open.submit();
        for (const name of ['a.txt', 'b.txt']) {
          expect(await open.at(name, 'failed')).toBe(
            'The file store takes no files from this page. Tell the people who run this site (CORS).',
          );
        }
        expect(open.stored()).toBe(0);
      });

      it('a bucket without CORS: what the store would not take any more is not sent', async () => {
        open = await openPage();
        open.bucket.hasCors = false;
        await open.page.clock.setSystemTime(Date.now() + 7 * 24 * 3_600_000);
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          'This page has been open for too long. Load it again.',
        );
        expect(await open.button('a.txt', 'Try again').count()).toBe(0);
        expect(await open.summary()).toBe('The upload is not complete.');
        expect(open.page.url()).toBe(open.app.base);
        expect(open.stored()).toBe(0);
        // By the time that went by, and not by a clock that is wrong.
        await open.page.reload();
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.page.waitForURL(/\/done\//);
        expect(open.reported()).toHaveLength(1);
      });

      it('a page may have another way than to send the form', async () => {
        open = await openPage();
        open.bucket.hasCors = false;
        await open.page.evaluate(() => {
          document.addEventListener('s3-form:blocked', (event) => event.preventDefault());
        });
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toMatch(/\(CORS\)/);
        expect(open.stored()).toBe(0);
      });

      it('a policy of the page that forbids the request: the browser sends the form', async () => {
        const options = pageUnder(
          ({ origin }) => `connect-src 'self'; form-action 'self' ${origin}`,
        );
        open = await openPage(options, { path: '/own' });
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.page.getByRole('heading', { name: 'Your file has arrived' }).waitFor();
        expect(open.reported()).toHaveLength(1);
      });

      it('a policy of the page that forbids all of it is told from missing CORS', async () => {
        const options = pageUnder(() => `connect-src 'self'; form-action 'self'`);
        open = await openPage(options, { path: '/own' });
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await expect.poll(() => textOf('.s3-form-status')).toMatch(/\(Content-Security-Policy\)/);
        expect(await textOf('.s3-form-item[data-state=failed]')).toBeDefined();
        expect(await textOf('.s3-form-summary')).toBe('The upload is not complete.');
        // What is over is not stopped, which would stop all else in the page.
        await open.page.evaluate(() => {
          window.stop = () => document.body.append('stopped');
          document.querySelector<HTMLElement>('.s3-form-remove')?.click();
        });
        expect(await open.states()).toEqual({});
        expect(await textOf('body')).not.toContain('stopped');
        expect(open.bucket.received).toEqual([]);
        expect(open.complaints).toContain('s3-form: blockedCsp 0  ');
      });

      it('a policy of the page that forbids to ask the app', async () => {
        const options = pageUnder(() => `connect-src 'none'; form-action 'self'`);
        open = await openPage(options, { path: '/own' });
        await open.chooseAll(textFile('a.txt'), textFile('b.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toMatch(/\(Content-Security-Policy\)/);
        expect(open.site.asked).toEqual([]);
      });

      it('a policy of the page that forbids to tell the app: nothing is stored twice', async () => {
        const options = pageUnder(
          ({ origin }) => `connect-src ${origin} http://localhost:*/upload/s3/params`,
        );
        open = await openPage(options, { path: '/own' });
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          'The settings of this page stop the upload. Tell the people who run this site (Content-Security-Policy).',
        );
        expect(open.complaints).toContain('s3-form: blockedCsp 0  ');
        await open.button('a.txt', 'Try again').click();
        await open.at('a.txt', 'confirming');
        await open.at('a.txt', 'failed');
        expect(posts()).toBe(1);
        expect(open.stored()).toBe(1);
        expect(open.site.asked).toEqual(['params']);
        expect(open.page.url()).toBe(`${open.app.origin}/own`);
      });

      it('a request of somebody else that the policy forbade is no reason', async () => {
        const options = pageUnder(({ href }) => `connect-src 'self' ${href}`);
        open = await openPage(options, { path: '/own' });
        const { origin } = new URL(open.bucket.url);
        await open.page.evaluate((origin) => fetch(`${origin}/else`).catch(() => {}), origin);
        expect(open.complaints.join()).toContain('/else');
        open.bucket.faults.push(cutsConnection);
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        await open.at('a.txt', 'done');
        expect(open.page.url()).toBe(`${open.app.origin}/own`);
      });

      it('a store that is not there is told from missing CORS', async () => {
        open = await openPage({ form: { publicEndpoint: 'http://127.0.0.1:9' } });
        await open.chooseAll(textFile('a.txt'));
        await open.submit();
        expect(await open.at('a.txt', 'failed')).toBe(
          'a.txt could not be uploaded. Check your connection and try again.',
        );
      });
    });
  },
);
