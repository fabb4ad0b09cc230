import type { Request } from 'express';
import { parse } from 'parse5';
import { afterEach, describe, expect, it } from 'vitest';
import type { FormContext, PresignedUpload } from '../../src/index.ts';
import { attributes, elements, fillForm, submitForm } from '../../src/testing/submit-form.ts';
import { postFile } from '../support/post-file.ts';
import {
  locationOf,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts';

const file = { name: 'photo.png', type: 'image/png', content: 'not really a picture' };
const running: UploadApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

/** An app whose page embeds the form with the context in its query, for the user in a header. */
async function start(form: SomeFormOptions = {}, embedded = true): Promise<UploadApp> {
  const app = await startUploadApp({
    form: { baseUrl: '/upload', bindTo: (req) => req.get('x-user') ?? 'nobody', ...form },
    routes: (express, uploads) => {
      if (!embedded) return;
      express.get('/page', async (req, res) => {
        const context = JSON.parse(String(req.query['context']));
        res.send((await uploads.form(req, { context })).html);
      });
      express.get('/params', async (req, res) => {
        const context = JSON.parse(String(req.query['context']));
        res.json(await uploads.presign(req, { filename: file.name, context }));
      });
    },
  });
  running.push(app);
  return app;
}

const json = { accept: 'application/json' };
const fetchAs = (user: string, url: string | URL, headers: Record<string, string> = {}) =>
  fetch(url, { headers: { 'x-user': user, ...headers } });
const pageFor = async (app: UploadApp, user: string, context: object) =>
  (
    await fetchAs(user, `${app.origin}/page?context=${encodeURIComponent(JSON.stringify(context))}`)
  ).text();

/** The signed context, as the script finds it on a page. */
function tokenOn(page: string): string {
  const form = elements(parse(page)).find(({ tagName }) => tagName === 'form');
  return JSON.parse((form && attributes(form)['data-s3-form']) ?? '{}').context;
}

describe('context', () => {
  it('comes back to the hook without script', async () => {
    const app = await start();
    const context = { kind: 'avatar', album: 7, tags: ['é', null] };
    const stored = await submitForm(await pageFor(app, 'ann', context), { file });
    expect((await fetchAs('ann', locationOf(stored))).status).toBe(200);
    expect(app.reported).toMatchObject([{ context }]);
  });

  it('comes back to the hook with script, over the JSON route', async () => {
    const key = (_req: Request, { id, context }: FormContext) => `${context?.['kind']}/${id}`;
    const app = await start({ key });
    const token = tokenOn(await pageFor(app, 'ann', { kind: 'avatar' }));
    const query = new URLSearchParams({ filename: 'a.png', context: token });
    const answer = await fetchAs('ann', `${app.base}/s3/params?${query}`);
    const params = (await answer.json()) as PresignedUpload;
    expect(params.fields['key']).toMatch(/^avatar\/[0-9a-f-]{36}$/);
    await postFile(params, new File(['x'], 'a.png'));
    expect((await fetchAs('ann', params.done, json)).status).toBe(200);
    expect(app.reported).toMatchObject([
      { key: params.fields['key'], context: { kind: 'avatar' } },
    ]);
  });

  it('reaches every option that may be a function, with the id, and nothing else does', async () => {
    const seen: FormContext[] = [];
    const option =
      <Value>(value: Value) =>
      (_req: Request, given: FormContext): Value => {
        seen.push(given);
        return value;
      };
    const options: SomeFormOptions = {
      keyPrefix: option('a/'),
      key: option('a/b'),
      maxFileSize: option(100),
      minFileSize: option(1),
      acl: option('private' as const),
      cacheControl: option('no-cache'),
      contentDisposition: option('inline'),
      contentEncoding: option('gzip'),
      contentType: option('text/plain'),
      expires: option(new Date(0)),
      tags: option({ a: 'b' }),
      storageClass: option('STANDARD' as const),
      serverSideEncryption: option(undefined),
      websiteRedirectLocation: option('/a'),
      checksum: option(undefined),
      contentMd5: option(undefined),
      metadata: { a: option('b') },
    };
    const app = await start(options);
    const { entries } = fillForm(await pageFor(app, 'ann', { kind: 'avatar' }), {});
    const id = new Map(entries).get('x-amz-meta-upload-id');
    expect(seen).toHaveLength(Object.keys(options).length);
    for (const given of seen) {
      expect(given).toEqual({ id, context: { kind: 'avatar' }, file: undefined });
    }
  });

  it('is refused when it was changed, or made for somebody else, or elsewhere', async () => {
    const secret = 's'.repeat(32);
    const [app, other] = [await start({ secret }), await start({ secret })];
    const token = tokenOn(await pageFor(app, 'ann', { kind: 'avatar' }));
    const ask = async (user: string, context: string, at = app) => {
      const query = new URLSearchParams({ filename: 'a.png', context });
      const answer = await fetchAs(user, `${at.base}/s3/params?${query}`);
      return [answer.status, ((await answer.json()) as { code?: string }).code];
    };
    const forged = `${Buffer.from('{"context":{"kind":"admin"}}').toString('base64url')}.${token.split('.')[1]}`;
    const refused = [403, 'context_invalid'];
    expect(await ask('ann', token)).toEqual([200, undefined]);
    expect(await ask('ann', forged)).toEqual(refused);
    expect(await ask('ann', '{"kind":"admin"}')).toEqual(refused);
    expect(await ask('bob', token)).toEqual(refused);
    expect(await ask('ann', token, other)).toEqual(refused);
    const { done } = (await (
      await fetchAs('ann', `${app.base}/s3/params?filename=a.png`)
    ).json()) as PresignedUpload;
    expect(await ask('ann', done.slice(done.lastIndexOf('/') + 1)), 'a receipt').toEqual(refused);
  });

  it.each([
    ['text'],
    [['a']],
    [{ a: 'x'.repeat(1100) }],
  ])('that can not be taken (%.40j) is for the app’s error handler, not for the visitor', async (context) => {
    const app = await start({}, false);
    const errors: Error[] = [];
    app.app.get('/page', async (req, res) => {
      await app.uploads
        .form(req, { context: context as never })
        .catch((error) => errors.push(error));
      await app.uploads
        .presign(req, { filename: 'a', context: context as never })
        .catch((error) => errors.push(error));
      res.end();
    });
    await fetch(`${app.origin}/page`);
    expect(errors).toHaveLength(2);
    for (const error of errors) expect(error.message).toMatch(/`context`/);
  });
});

describe('bindTo', () => {
  it.each([
    undefined,
    '',
    7,
    null,
    {},
  ])('that gives %j is the app’s mistake: it binds nobody', async (user) => {
    const app = await startUploadApp({ form: { bindTo: () => user as string } });
    running.push(app);
    const errors: unknown[] = [];
    app.app.use(((error, _req, res, _next) => {
      errors.push(error);
      res.status(500).end();
    }) satisfies import('express').ErrorRequestHandler);
    for (const path of ['', '/s3/params?filename=a', '/done/x.y?bucket=a&key=b&etag=c']) {
      expect((await fetch(app.base + path)).status).toBe(500);
    }
    expect(errors).toHaveLength(3);
    for (const error of errors) expect(error).toMatchObject({ message: /`bindTo`/ });
  });

  it('may be async', async () => {
    const app = await start({ bindTo: async (req) => String(req.get('x-user')) });
    const location = locationOf(await submitForm(await pageFor(app, 'ann', {}), { file }));
    expect((await fetchAs('bob', location)).status).toBe(403);
    expect((await fetchAs('ann', location)).status).toBe(200);
  });
});

it('what options come to for one request never reaches another: 200 at once, interleaved', async () => {
  const REQUESTS = 200;
  let waiting: (() => void)[] = [];
  /** Lets nobody on before all have come, and then in another order. */
  const allTogether = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length < REQUESTS) return;
      const all = waiting;
      waiting = [];
      for (const release of all.reverse()) setImmediate(release);
    });
  const app = await start({
    keyPrefix: async (req) => {
      await allTogether();
      return `${req.get('x-user')}/`;
    },
    metadata: {
      user: (req) => String(req.get('x-user')),
      context: (_, { context }) => String(context?.['of']),
    },
    maxFileSize: async (req) => 1000 + Number(req.get('x-user')),
  });
  await Promise.all(
    Array.from({ length: REQUESTS }, async (_, index) => {
      const user = String(index);
      const page = await pageFor(app, user, { of: index });
      const fields = new Map(fillForm(page, {}).entries);
      const receipt = JSON.parse(
        Buffer.from(
          /\/done\/([^.]+)/.exec(String(fields.get('success_action_redirect')))?.[1] ?? '',
          'base64url',
        ).toString(),
      );
      const policy = JSON.parse(Buffer.from(String(fields.get('Policy')), 'base64').toString());
      expect(fields.get('key')).toBe(`${user}/${receipt.id}/\${filename}`);
      expect(fields.get('x-amz-meta-user')).toBe(user);
      expect(fields.get('x-amz-meta-context')).toBe(user);
      expect(receipt).toMatchObject({
        key: { prefix: `${user}/${receipt.id}/` },
        context: { of: index },
      });
      expect(policy.conditions).toContainEqual(['content-length-range', 1, 1000 + index]);
      expect(policy.conditions).toContainEqual({ 'x-amz-meta-user': user });
    }),
  );
});
