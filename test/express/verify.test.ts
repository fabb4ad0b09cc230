import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { type PresignedUpload, S3FormError, s3Form, type Upload } from '../../src/index.ts';
import { submitForm } from '../../src/testing/submit-form.ts';
import { postFile } from '../support/post-file.ts';
import {
  locationOf,
  pageAt,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts';

const file = { name: 'photo.png', type: 'image/png', content: 'not really a picture' };
const running: UploadApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

/** An app with a form of its own, in whose `receipt` an upload comes in. */
async function start(form: SomeFormOptions = {}) {
  const verified: (Upload | Error)[] = [];
  const app = await startUploadApp({
    form: { baseUrl: '/upload', bindTo: (req) => req.get('x-user') ?? 'nobody', ...form },
    routes: (app, uploads) =>
      app.post('/save', express.urlencoded({ extended: false }), async (req, res) => {
        verified.push(await uploads.verify(req, req.body.receipt).catch((error: Error) => error));
        res.end();
      }),
  });
  running.push(app);
  const save = async (receipt: string | undefined, user = 'nobody') => {
    const body = new URLSearchParams(receipt === undefined ? {} : { receipt });
    await fetch(`${app.origin}/save`, { method: 'POST', body, headers: { 'x-user': user } });
    return verified.at(-1);
  };
  return { app, save };
}

async function uploadByScript(app: UploadApp): Promise<PresignedUpload> {
  const query = new URLSearchParams({ filename: file.name, type: file.type });
  const params = (await (await fetch(`${app.base}/s3/params?${query}`)).json()) as PresignedUpload;
  await postFile(params, new File([file.content], file.name));
  return params;
}

describe('verify()', () => {
  it('gives the upload behind a return address, whole or its path alone', async () => {
    const { app, save } = await start();
    const { href, pathname, search } = new URL(
      locationOf(await submitForm(await pageAt(app.base), { file })),
    );
    const expected = { confirmed: true, key: expect.stringMatching(/photo\.png$/), size: 20 };
    expect(await save(href)).toMatchObject(expected);
    expect(await save(pathname + search)).toMatchObject(expected);
    expect(await save(pathname.slice(pathname.lastIndexOf('/') + 1) + search)).toMatchObject(
      expected,
    );
    expect(app.reported, 'the hook is for the return').toEqual([]);
  });

  it('needs no more than the receipt where the key was known beforehand, as with the script', async () => {
    const { app, save } = await start();
    const { done, fields } = await uploadByScript(app);
    const expected = { confirmed: true, key: fields['key'], size: 20, type: 'image/png' };
    expect(await save(done)).toMatchObject(expected);
    expect(await save(done.slice(done.lastIndexOf('/') + 1))).toMatchObject(expected);
  });

  it('refuses what the return refuses', async () => {
    const { app, save } = await start();
    const { done } = await uploadByScript(app);
    const codeOf = async (receipt: string | undefined, user?: string) => {
      const error = await save(receipt, user);
      expect(error).toBeInstanceOf(S3FormError);
      return (error as S3FormError).code;
    };
    expect(await codeOf('')).toBe('receipt_invalid');
    expect(await codeOf(undefined), 'a field that is not there').toBe('receipt_invalid');
    for (const address of ['http://[', '//', 'https:///', 'https://x:99999/', 'http://a b/']) {
      expect(await codeOf(address), `${address}, which is no address`).toBe('receipt_invalid');
    }
    expect(await codeOf(`${done}x`)).toBe('receipt_invalid');
    expect(await codeOf(done, 'somebody-else')).toBe('receipt_invalid');
    const query = new URLSearchParams({ bucket: 'uploads', key: 'another', etag: 'a' });
    expect(await codeOf(`${done}?${query}`)).toBe('return_mismatch');
    const never = await fetch(`${app.base}/s3/params?filename=a`);
    expect(await codeOf(((await never.json()) as PresignedUpload).done)).toBe('object_not_found');
  });

  it('asks for the whole address where the key was not known', async () => {
    const { app, save } = await start();
    const location = locationOf(await submitForm(await pageAt(app.base), { file }));
    expect(await save(location.split('?', 1)[0] ?? '')).toMatchObject({
      code: 'return_incomplete',
    });
  });

  it('with confirm: none gives a claim, and so needs what the store has said', async () => {
    const { app, save } = await start({ confirm: 'none' });
    const { done, fields } = await uploadByScript(app);
    expect(await save(done)).toMatchObject({ code: 'return_incomplete' });
    const query = new URLSearchParams({ bucket: 'uploads', key: fields['key'] ?? '', etag: '"a"' });
    expect(await save(`${done}?${query}`)).toMatchObject({ confirmed: false, etag: 'a' });
  });

  it('needs baseUrl, since it is called outside the mount', async () => {
    const uploads = s3Form({
      ...{ bucket: 'photos', region: 'fr-par', provider: 'scaleway' },
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    await expect(uploads.verify({} as express.Request, 'x')).rejects.toMatchObject({
      code: 'base_url_required',
    });
  });
});
