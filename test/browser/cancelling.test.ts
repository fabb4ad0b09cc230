import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { cutsConnection, type Fault, Gate } from '../support/faulty-bucket.ts';
import { requirement } from '../support/requirements.ts';
import { largeFile, textFile, type UploadPage, useUploadPages } from './upload-page.ts';

describe.skipIf(!requirement('chromium').available)(
  'whoever cancels an upload (needs chromium)',
  () => {
    const openPage = useUploadPages();
    let open: UploadPage;

    const posts = () => open.bucket.received.filter((method) => method === 'POST').length;

    /** Stops the script when it looks into a file, after it has done so many times. */
    const holdReading = async (passed: number) => {
      await open.page.evaluate((passed) => {
        const { arrayBuffer } = Blob.prototype;
        let reads = 0;
        Blob.prototype.arrayBuffer = async function () {
          if (reads++ === passed) {
            await new Promise((resolve) => Object.assign(window, { read: resolve }));
          }
          return arrayBuffer.call(this);
        };
      }, passed);
      return {
        isHeld: () => expect.poll(() => open.page.evaluate('Boolean(window.read)')).toBe(true),
        goOn: () => open.page.evaluate('read()'),
      };
    };

    it('stores nothing, and can try again', async () => {
      open = await openPage();
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsUpload);
      await open.chooseAll(largeFile('large.txt'));
      await open.submit();
      await open.at('large.txt', 'uploading');
      await open.chooseAll(textFile('small.txt'));
      await open.submit();
      await open.at('small.txt', 'done');
      const told = await open.recordAnnouncements();
      await open.button('large.txt', 'Cancel').click();
      expect(await open.at('large.txt', 'cancelled')).toBe('Cancelled');
      await expect.poll(told).toContain('large.txt: Cancelled');
      gate.open();
      expect(await open.summary()).toBe('1 of 2 files are complete, 1 not.');
      expect(open.reportedNames()).toEqual(['small.txt']);
      await open.button('large.txt', 'Try again').click();
      await open.at('large.txt', 'done');
      expect(await open.summary()).toBe('All 2 files are uploaded.');
      expect(open.reportedNames()).toEqual(['small.txt', 'large.txt']);
      expect(open.stored()).toBe(2);
      expect(open.complaints).toEqual([]);
    });

    it('when all was sent is told that it may be there', async () => {
      open = await openPage();
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsAnswer);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      expect(await open.at('a.txt', 'finishing')).toBe('Finishing…');
      await open.button('a.txt', 'Cancel').click();
      expect(await open.at('a.txt', 'cancelled')).toBe(
        'Cancelled. The file store may have kept it already.',
      );
      expect(await open.summary()).toBe('The upload is not complete.');
      gate.open();
      await expect.poll(() => open.stored()).toBe(1);
      // Another file has gone all its way meanwhile.
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.at('b.txt', 'done');
      expect(open.reportedNames()).toEqual(['b.txt']);
    });

    it.each<readonly [when: string, passedReads: number, faults: Fault[], posts: number]>([
      ['before it is sent does not have it sent', 0, [], 0],
      [
        'while it is found out why there was no answer is told nothing else',
        1,
        [cutsConnection],
        1,
      ],
    ])('%s', async (_, passedReads, faults, sent) => {
      open = await openPage();
      open.bucket.faults.push(...faults);
      await open.chooseAll(textFile('a.txt'));
      const reading = await holdReading(passedReads);
      await open.submit();
      await reading.isHeld();
      await open.button('a.txt', 'Cancel').click();
      const told = await open.recordStatus('a.txt');
      await reading.goOn();
      // Another file has gone all its way meanwhile.
      await open.chooseAll(textFile('b.txt'));
      await open.submit();
      await open.at('b.txt', 'done');
      expect(await open.states()).toEqual({ 'a.txt': 'cancelled', 'b.txt': 'done' });
      expect(await told()).toEqual([]);
      expect(posts()).toBe(sent + 1);
      expect(open.stored()).toBe(1);
    });

    it('while the browser itself sends it stops the browser', async () => {
      open = await openPage({
        routes: (express) => void express.get('/held', (_req, res) => void res.json(posts() === 3)),
      });
      open.bucket.hasCors = false;
      const passes: Fault = (_incoming, _response, pass) => pass();
      const gate = new Gate();
      // Two requests without a file find out that CORS rules are missing.
      open.bucket.faults.push(passes, passes, gate.holdsUpload);
      await open.chooseAll(largeFile('a.txt'));
      // Meanwhile nobody outside of the page can click.
      await open.page.evaluate(() => {
        const cancelOnceHeld = async () => {
          const held = await (await fetch('/held')).json();
          if (held) document.querySelector<HTMLElement>('.s3-form-cancel')?.click();
          else setTimeout(cancelOnceHeld, 100);
        };
        void cancelOnceHeld();
      });
      await open.page.locator('.s3-form-submit').click({ noWaitAfter: true });
      await expect.poll(posts).toBe(3);
      expect(await open.at('a.txt', 'cancelled')).toBe(
        'Cancelled. The file store may have kept it already.',
      );
      expect(await open.summary()).toBe('The upload is not complete.');
      gate.open();
      open.bucket.hasCors = true;
      // What the browser is no longer to send does not lie about in its own control.
      const input = open.page.locator('input[type=file]');
      expect(await input.evaluate((input) => (input as HTMLInputElement).files?.length)).toBe(0);
      await open.button('a.txt', 'Try again').click();
      await open.at('a.txt', 'done');
      expect(await open.summary()).toBe('Your file is uploaded.');
      expect(open.stored()).toBe(1);
      expect(open.reported()).toHaveLength(1);
    });

    it('need not, where a store takes connections and never answers', async () => {
      const silent = createServer(() => {});
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { port } = silent.address() as AddressInfo;
      open = await openPage({ form: { publicEndpoint: `http://127.0.0.1:${port}` } });
      await open.page.clock.install();
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await open.at('a.txt', 'uploading');
      const goOn = async () => {
        await open.page.clock.fastForward(11_000);
        return open.item('a.txt').textContent();
      };
      await expect.poll(goOn, { timeout: 20_000 }).toContain('Trying again');
      silent.closeAllConnections();
      await new Promise((resolve) => silent.close(resolve));
    });
  },
);
