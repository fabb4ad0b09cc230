import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { headObject, signedObjectUrl } from '../../src/bucket/objects.ts';
import type { S3FormOptions } from '../../src/index.ts';
import { bucketUrl } from '../../src/policy/bucket-url.ts';
import { fillForm, postForm } from '../../src/testing/submit-form.ts';
import { type RealS3, startRadosgw } from '../support/radosgw.ts';
import { isForeignServer } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import { locationOf, pageAt, startUploadApp, type UploadApp } from '../support/upload-app.ts';
import { accessTo, mintFor, post, resolveLocalhost } from './bucket-client.ts';

type Addresses = Pick<S3FormOptions, 'endpoint' | 'publicEndpoint' | 'addressing'>;

/** The bucket's URLs for the app and for browsers. PORT and BUCKET stand for the server's. */
const ADDRESSES: [what: string, options: Addresses, app: string, browser: string][] = [
  [
    'the path',
    { endpoint: 'http://localhost:PORT' },
    'http://localhost:PORT/BUCKET/',
    'http://localhost:PORT/BUCKET/',
  ],
  [
    'the host',
    { endpoint: 'http://localhost:PORT', addressing: 'virtual-hosted' },
    'http://BUCKET.localhost:PORT/',
    'http://BUCKET.localhost:PORT/',
  ],
  [
    'the path, with a name for browsers only',
    { endpoint: 'http://127.0.0.1:PORT', publicEndpoint: 'http://localhost:PORT' },
    'http://127.0.0.1:PORT/BUCKET/',
    'http://localhost:PORT/BUCKET/',
  ],
  [
    'the path, with an IP address for browsers only',
    { endpoint: 'http://localhost:PORT/', publicEndpoint: 'http://127.0.0.1:PORT/' },
    'http://localhost:PORT/BUCKET/',
    'http://127.0.0.1:PORT/BUCKET/',
  ],
];

describe.skipIf(!requirement('radosgw').available || isForeignServer)(
  "a bucket's addresses (needs radosgw of its own)",
  () => {
    let s3: RealS3;
    const running: UploadApp[] = [];

    beforeAll(async () => {
      s3 = await startRadosgw();
    });
    beforeEach(resolveLocalhost);
    afterAll(() => s3?.stop());
    afterEach(async () => {
      vi.restoreAllMocks();
      for (const app of running.splice(0)) await app.close();
    });

    const fill = (url: string) =>
      url.replace('PORT', new URL(s3.endpoint).port).replace('BUCKET', s3.bucket);

    it.each(
      ADDRESSES,
    )('are called, each by whom it is for: %s', async (_, options, app, browser) => {
      const filled = Object.entries(options).map(([name, value]) => [name, fill(String(value))]);
      const uploads = await startUploadApp({
        bucket: { ...s3, url: s3.endpoint },
        form: Object.fromEntries(filled),
      });
      running.push(uploads);
      const requests = vi.spyOn(globalThis, 'fetch');

      const file = { name: 'été 👑.txt', content: 'a picture, so to say' };
      const form = fillForm(await pageAt(uploads.base), { file });
      expect(form.action).toBe(fill(browser));
      const stored = await postForm(form);
      expect((await fetch(locationOf(stored))).status).toBe(200);

      const heads = requests.mock.calls.filter(([, init]) => init?.method === 'HEAD');
      expect(heads).toHaveLength(1);
      expect(String(heads[0]?.[0])).toMatch(new RegExp(`^${fill(app)}uploads/`));

      const [upload] = uploads.reported;
      expect(upload).toMatchObject({ confirmed: true, size: file.content.length });
      const link = await uploads.uploads.signedUrl(String(upload?.key));
      expect(link).toMatch(new RegExp(`^${fill(browser)}uploads/`));
      expect(await (await fetch(link)).text()).toBe(file.content);
    });

    it('lead to one and the same object', async () => {
      const endpoint = `http://${s3.virtualHostedDomain}`;
      const minted = mintFor(s3, { endpoint, addressing: 'virtual-hosted' });
      expect(minted.url).toBe(`http://${s3.bucket}.${s3.virtualHostedDomain}/`);
      expect((await post(minted)).status).toBe(204);
      const key = String(minted.fields['key']);
      const url = bucketUrl({ ...s3, endpoint, addressing: 'virtual-hosted' });
      const [inPath, inHost] = [accessTo(s3), { ...accessTo(s3), url }];
      expect(await headObject(inHost, key)).toEqual(await headObject(inPath, key));
      expect(await (await fetch(signedObjectUrl(inHost, key))).text()).toBe('content');
    });

    it('take no form that was signed for another bucket', async () => {
      const endpoint = `http://${s3.virtualHostedDomain}`;
      const minted = mintFor(s3, { endpoint, addressing: 'virtual-hosted', bucket: 'another' });
      const url = bucketUrl({ ...s3, endpoint, addressing: 'virtual-hosted' });
      expect((await post({ ...minted, url })).status).toBe(403);
    });
  },
);
