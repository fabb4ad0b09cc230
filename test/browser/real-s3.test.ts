import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutsConnection, Gate, isBusy } from '../support/faulty-bucket.ts';
import { type RealS3, realS3 } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import { largeFile, textFile, type UploadPage, useUploadPages } from './upload-page.ts';

describe.skipIf(!requirement('chromium').available || !requirement('radosgw').available)(
  'the script before a real S3 server (needs chromium and radosgw)',
  () => {
    let s3: RealS3;
    const openPage = useUploadPages({ isWhole: true });
    let open: UploadPage;

    beforeAll(async () => {
      s3 = await realS3();
    });
    afterAll(() => s3?.stop());

    it('tells the truth of each of six files, and the app of each that arrived', async () => {
      open = await openPage({
        bucket: { ...s3, url: s3.endpoint },
        form: { maxFiles: 5, maxFileSize: '20 MB' },
      });
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsUpload);
      await open.chooseAll(largeFile('cancelled.txt'));
      await open.submit();
      await open.at('cancelled.txt', 'uploading');
      open.bucket.faults.push(isBusy, cutsConnection);
      await open.chooseAll(textFile('retried.txt'));
      await open.submit();
      await open.item('retried.txt').getByText('Trying again…').waitFor();
      await open.choose(
        textFile('too large.txt', 20_000_001),
        ...['été 👑.txt', 'two.txt', 'three.txt'].map((name) => textFile(name)),
      );
      expect(await open.errors()).toEqual([
        'too large.txt is too large (20.000001 MB). At most 20 MB can be uploaded.',
      ]);
      await open.at('three.txt', 'waiting');
      await open.submit();
      await open.button('cancelled.txt', 'Cancel').click();
      await open.at('cancelled.txt', 'cancelled');
      gate.open();
      const arrived = ['retried.txt', 'été 👑.txt', 'two.txt', 'three.txt'];
      for (const name of arrived) expect(await open.at(name, 'done')).toBe('Uploaded');
      expect(await open.summary()).toBe('4 of 5 files are complete, 1 not.');
      const reported = open.reported();
      expect(reported.map(({ name }) => name).sort()).toEqual([...arrived].sort());
      expect(new Set(reported.map(({ id }) => id)).size).toBe(4);
      for (const { confirmed, size } of open.app.reported) {
        expect({ confirmed, size }).toEqual({ confirmed: true, size: 9 });
      }
      expect(await open.states()).not.toHaveProperty('too large.txt');
    });

    it('a policy that has expired by the server’s own clock is renewed', async () => {
      open = await openPage({
        bucket: { ...s3, url: s3.endpoint },
        // The renewed policy has to arrive within this time too, however busy the machine is.
        form: { scriptExpiresIn: 5 },
      });
      // The page does not see that time goes by, as after a laptop has slept.
      await open.page.evaluate(() => {
        performance.now = () => 0;
      });
      const gate = new Gate();
      open.bucket.faults.push(gate.holdsUpload);
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      await expect.poll(() => open.bucket.received).toContain('POST');
      await new Promise((resolve) => setTimeout(resolve, 6000));
      gate.open();
      await open.at('a.txt', 'done');
      expect(open.site.asked).toEqual(['params', 'params', 'done']);
      expect(open.reported()).toHaveLength(1);
    });

    it('what the server itself refuses is told in words', async () => {
      open = await openPage({
        bucket: {
          ...s3,
          url: s3.endpoint,
          credentials: { ...s3.credentials, secretAccessKey: 'x' },
        },
      });
      await open.chooseAll(textFile('a.txt'));
      await open.submit();
      expect(await open.at('a.txt', 'failed')).toMatch(
        /^The file store refused a\.txt\..*\(\w+\)\.$/,
      );
      expect(open.reported()).toEqual([]);
    });
  },
);
