import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresignedUpload } from '../../src/index.ts';
import type { LocalBucket } from '../../src/local-bucket/index.ts';
import { type FormEntry, fillForm, postForm, submitForm } from '../../src/testing/submit-form.ts';
import { postFile } from '../support/post-file.ts';
import { type RealS3, realS3 } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import {
  locationOf,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts';

const file = { name: 'photo.png', type: 'image/png', content: 'not really a picture' };
const running: UploadApp[] = [];
let real: RealS3 | undefined;

afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

/** An app whose users say in a header who they are. */
async function start(form: SomeFormOptions = {}, local?: LocalBucket): Promise<UploadApp> {
  const bucket = real ? { ...real, url: real.endpoint } : local;
  const app = await startUploadApp({
    ...(bucket && { bucket }),
    form: { bindTo: (req) => req.get('x-user') ?? 'nobody', ...form },
  });
  running.push(app);
  return app;
}

const as = (user: string) => ({ headers: { 'x-user': user, accept: 'text/html' } });
const pageFor = async (app: UploadApp, user: string) => (await fetch(app.base, as(user))).text();
const returnedTo = async (app: UploadApp, user: string, values = {}) =>
  new URL(locationOf(await submitForm(await pageFor(app, user), { file, values })));
const doneOf = (page: string) =>
  String(new Map(fillForm(page, {}).entries).get('success_action_redirect'));

async function answer(url: URL | string, user: string): Promise<[status: number, code: unknown]> {
  const response = await fetch(url, { headers: { 'x-user': user, accept: 'application/json' } });
  return [response.status, ((await response.json()) as { code?: unknown }).code];
}

async function presigned(app: UploadApp, user: string): Promise<PresignedUpload> {
  const query = new URLSearchParams({ filename: file.name, type: file.type });
  return (await (
    await fetch(`${app.base}/s3/params?${query}`, as(user))
  ).json()) as PresignedUpload;
}

function forgedReturns(): void {
  it('who uploaded is believed', async () => {
    const app = await start();
    expect(await answer(await returnedTo(app, 'ann'), 'ann')).toEqual([200, undefined]);
    expect(app.reported).toHaveLength(1);
  });

  it('a file that was never uploaded', async () => {
    const app = await start();
    const done = new URL(doneOf(await pageFor(app, 'ann')));
    const key = `uploads/${JSON.parse(payloadOf(done.href)).id}/photo.png`;
    done.search = String(new URLSearchParams({ bucket: app.uploadedTo, key, etag: '"a"' }));
    expect(await answer(done, 'ann')).toEqual([404, 'object_not_found']);
    expect(await answer((await presigned(app, 'ann')).done, 'ann')).toEqual([
      404,
      'object_not_found',
    ]);
    expect(app.reported).toEqual([]);
  });

  it('an older object at the very key', async () => {
    const app = await start({ key: 'exact/me.png' });
    const older = await returnedTo(app, 'ann');
    const done = new URL(doneOf(await pageFor(app, 'ann')));
    done.search = older.search;
    expect(await answer(done, 'ann')).toEqual([403, 'object_mismatch']);
    expect(await answer((await presigned(app, 'ann')).done, 'ann')).toEqual([
      403,
      'object_mismatch',
    ]);
    expect(app.reported).toEqual([]);
  });

  it('an object that was replaced since', async () => {
    const app = await start({ key: 'exact/replaced.png' });
    // Through the same form, so that nothing but the ETag tells the one object from the other.
    const page = await pageFor(app, 'ann');
    const uploaded = async (content: string) =>
      new URL(locationOf(await submitForm(page, { file: { ...file, content } })));
    const [first, second] = [await uploaded('the first'), await uploaded('the second')];
    expect(await answer(first, 'ann')).toEqual([403, 'object_mismatch']);
    expect(app.reported).toEqual([]);
    const refusal = await (await fetch(first, as('ann'))).text();
    expect(refusal).toContain('another file has taken its place');
    expect(await answer(second, 'ann')).toEqual([200, undefined]);
  });

  it("another user's object under a prefix that all of them share", async () => {
    const app = await start({ key: 'shared/${filename}' });
    const named = async (user: string) => {
      const page = await pageFor(app, user);
      const chosen = { ...file, name: `${user}.png`, content: `of ${user}` };
      return new URL(locationOf(await submitForm(page, { file: chosen })));
    };
    const [ann, bob] = [await named('ann'), await named('bob')];
    const [annsClaim, bobsClaim] = [new URL(ann), new URL(bob)];
    annsClaim.search = bob.search;
    bobsClaim.search = ann.search;
    expect(await answer(annsClaim, 'ann')).toEqual([403, 'object_mismatch']);
    expect(await answer(bobsClaim, 'bob')).toEqual([403, 'object_mismatch']);
    expect(app.reported).toEqual([]);
    expect(await answer(ann, 'ann')).toEqual([200, undefined]);
    expect(await answer(bob, 'bob')).toEqual([200, undefined]);
    expect(app.reported).toMatchObject([{ key: 'shared/ann.png' }, { key: 'shared/bob.png' }]);
  });

  it('what a form of other limits has put below its very prefix', async () => {
    const app = await start({ accept: ['image/png'], maxFileSize: 10 });
    const lax = await start({ key: 'uploads/${filename}' }, app.bucket);
    const done = new URL(doneOf(await pageFor(app, 'ann')));
    const { id } = JSON.parse(payloadOf(done.href));
    const form = fillForm(await pageFor(lax, 'ann'), { file });
    const entries = form.entries.map(
      ([name, value]): FormEntry =>
        name === 'key' ? [name, `uploads/${id}/evil.png`] : [name, value],
    );
    const stored = await postForm({ action: form.action, entries });
    expect(stored.status).toBe(303);
    done.search = new URL(locationOf(stored)).search;
    expect(await answer(done, 'ann')).toEqual([403, 'object_mismatch']);
    expect(app.reported).toEqual([]);
  });

  it('a key that somebody else typed', async () => {
    const app = await start({
      key: 'typed/',
      inputs: [{ name: 'key', label: 'Path', startsWith: 'typed/' }],
    });
    const ann = await returnedTo(app, 'ann', { key: 'typed/ann.png' });
    const bob = await returnedTo(app, 'bob', { key: 'typed/bob.png' });
    const claim = new URL(ann);
    claim.search = bob.search;
    expect(await answer(claim, 'ann')).toEqual([403, 'object_mismatch']);
    claim.searchParams.set('key', 'elsewhere/bob.png');
    expect(await answer(claim, 'ann')).toEqual([403, 'return_mismatch']);
    expect(app.reported).toEqual([]);
    expect(await answer(ann, 'ann')).toEqual([200, undefined]);
  });

  it('the return, or the policy, of another user', async () => {
    const app = await start();
    const returned = await returnedTo(app, 'ann');
    expect(await answer(returned, 'bob')).toEqual([403, 'receipt_invalid']);
    const params = await presigned(app, 'ann');
    expect((await postFile(params, new File(['x'], file.name))).status).toBe(201);
    expect(await answer(params.done, 'bob')).toEqual([403, 'receipt_invalid']);
    expect(app.reported).toEqual([]);
    expect(await answer(params.done, 'ann')).toEqual([200, undefined]);
  });

  it.each<[string, SomeFormOptions]>([
    ['app, with another secret', { secret: 'another secret'.repeat(3) }],
    ['mount', { baseUrl: 'http://localhost:1/other' }],
    ['bucket', { bucket: 'others' }],
  ])('a return to another %s', async (_, other) => {
    // They agree in all that a receipt is held against, but for what the test is about.
    const baseUrl = 'http://localhost:1/upload';
    const same = { baseUrl, secret: 'a secret'.repeat(4) };
    const app = await start(same);
    const [twin, stranger] = [
      await start(same, app.bucket),
      await start({ ...same, ...other }, app.bucket),
    ];
    const returned = await returnedTo(app, 'ann');
    const at = ({ base }: UploadApp) => returned.href.replace(baseUrl, base);
    expect(await answer(at(stranger), 'ann')).toEqual([403, 'receipt_invalid']);
    expect(stranger.reported).toEqual([]);
    expect(await answer(at(twin), 'ann')).toEqual([200, undefined]);
  });
}

const payloadOf = (done: string) =>
  Buffer.from(/\/done\/([^.]+)/.exec(done)?.[1] ?? '', 'base64url').toString();

describe('a return that is refused, on the local bucket:', () => {
  forgedReturns();

  describe('by its time', () => {
    const HOUR = 3_600_000;
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) });
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('a long upload may return until a day after its policy has ended, and not later', async () => {
      const app = await start({ formExpiresIn: 3600 });
      const returned = await returnedTo(app, 'ann');
      vi.setSystemTime(Date.UTC(2026, 0, 1) + 25 * HOUR);
      expect(await answer(returned, 'ann')).toEqual([200, undefined]);
      vi.setSystemTime(Date.UTC(2026, 0, 1) + 25 * HOUR + 1000);
      expect(await answer(returned, 'ann')).toEqual([410, 'receipt_expired']);
      expect(app.reported).toHaveLength(1);
    });
  });

  it('a bucket that is not the form’s own', async () => {
    const app = await start();
    const returned = await returnedTo(app, 'ann');
    returned.searchParams.set('bucket', 'others');
    expect(await answer(returned, 'ann')).toEqual([403, 'return_mismatch']);
  });
});

describe.skipIf(!requirement('radosgw').available)(
  'a return that is refused, on a real server (needs radosgw):',
  () => {
    beforeAll(async () => {
      real = await realS3();
    });
    afterAll(async () => {
      await real?.stop();
      real = undefined;
    });
    forgedReturns();
  },
);
