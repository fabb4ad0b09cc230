import type { ErrorRequestHandler } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { submitForm } from '../../src/testing/submit-form.ts';
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

const accepting = (accept: string) => ({ headers: { accept } });

describe('an onUploaded that throws', () => {
  /** An app whose hook fails so often, and what its error handler was told. */
  async function failing(times: number, ...thrown: [unknown?]) {
    const [error] = thrown.length > 0 ? thrown : [new Error('a secret of the database')];
    const told: unknown[] = [];
    let left = times;
    const taken: string[] = [];
    const app = await startUploadApp({
      form: {
        onUploaded: async (upload) => {
          if (left-- > 0) throw error;
          taken.push(upload.id);
        },
      },
    });
    running.push(app);
    app.app.use(((error, _req, res, next) => {
      told.push(error);
      // As Express's own guide asks.
      if (res.headersSent) next(error);
      else res.status(500).end();
    }) satisfies ErrorRequestHandler);
    const location = locationOf(await submitForm(await pageAt(app.base), { file }));
    return { told, taken, location };
  }

  it('is an error page for people, and a line in the app’s error handler', async () => {
    const { told, location } = await failing(1);
    const page = await fetch(location, accepting('text/html'));
    expect(page.status).toBe(500);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    const text = await page.text();
    expect(text).toContain('this site could not take it over');
    expect(text).not.toContain('database');
    await expect.poll(() => told).toEqual([new Error('a secret of the database')]);
  });

  it('is a 500 in JSON for programs, and a line in the app’s error handler', async () => {
    const { told, location } = await failing(1);
    const answer = await fetch(location, accepting('application/json'));
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      code: 'on_uploaded_failed',
      error: expect.stringContaining('could not take it over'),
      message: 'The app could not take the upload over.',
    });
    await expect.poll(() => told).toHaveLength(1);
  });

  it('can succeed when the page is loaded again', async () => {
    const { taken, location } = await failing(2);
    const statuses: number[] = [];
    for (let time = 0; time < 4; time++) statuses.push((await fetch(location)).status);
    expect(statuses).toEqual([500, 500, 200, 200]);
    expect(taken).toHaveLength(2);
    expect(new Set(taken).size, 'one id for both').toBe(1);
  });

  it('ends the connection, which an error handler of the app could end too', async () => {
    const { location } = await failing(1);
    expect((await fetch(location)).headers.get('connection')).toBe('close');
    expect((await fetch(location)).headers.get('connection')).not.toBe('close');
  });

  it.each([
    undefined,
    null,
    0,
    '',
    'a text',
    7,
  ])('tells the error handler of it, even of %j, though Express takes nothing for no error', async (thrown) => {
    const { told, location } = await failing(1, thrown);
    expect((await fetch(location)).status).toBe(500);
    await expect.poll(() => told).toHaveLength(1);
    if (thrown) expect(told).toEqual([thrown]);
    else expect(told).toMatchObject([{ code: 'on_uploaded_failed' }]);
  });

  it.each<[string, SomeFormOptions]>([
    [
      'no page can be drawn',
      {
        lang: (req) => {
          if (req.path.startsWith('/done/')) throw new Error('no language');
          return 'en';
        },
        onUploaded: () => {
          throw new Error('of the hook');
        },
      },
    ],
    [
      'the hook itself has answered',
      {
        onUploaded: (_upload, req) => {
          req.res?.send('mine');
          throw new Error('of the hook');
        },
      },
    ],
  ])('is what the error handler is told of, once, also where %s', async (_, form) => {
    const told: unknown[] = [];
    const app = await startUploadApp({ form });
    running.push(app);
    app.app.use(((error, _req, res, _next) => {
      told.push(error);
      if (!res.headersSent) res.status(500).end();
    }) satisfies ErrorRequestHandler);
    await fetch(locationOf(await submitForm(await pageAt(app.base), { file })));
    await expect.poll(() => told).toEqual([new Error('of the hook')]);
  });
});

it('a program that has no error handler of its own has a page, and no stack on it', async () => {
  const app = await startUploadApp({
    form: {
      onUploaded: () => {
        throw new Error('inside');
      },
    },
  });
  running.push(app);
  // Express prints what nobody took, but not in tests of its own.
  app.app.set('env', 'test');
  const location = locationOf(await submitForm(await pageAt(app.base), { file }));
  for (const accept of ['text/html', 'application/json', '*/*']) {
    const text = await (await fetch(location, accepting(accept))).text();
    expect(text).toContain('on_uploaded_failed');
    expect(text).not.toMatch(/inside|at .*\.ts|node_modules/);
  }
});

it('a visitor who has gone before the hook fails does not keep it from the error handler', async () => {
  const told: unknown[] = [];
  let fail = (_: Error): void => undefined;
  let gone: Promise<unknown> = Promise.resolve();
  const app = await startUploadApp({
    form: {
      onUploaded: (_upload, req) => {
        gone = new Promise((resolve) => req.once('close', resolve));
        return new Promise((_, reject) => {
          fail = reject;
        });
      },
    },
  });
  running.push(app);
  app.app.use(((error, _req, _res, next) => {
    told.push(error);
    next(error);
  }) satisfies ErrorRequestHandler);
  app.app.set('env', 'test');
  const location = locationOf(await submitForm(await pageAt(app.base), { file }));
  const impatience = new AbortController();
  const answer = fetch(location, { signal: impatience.signal }).catch(() => 'aborted');
  const called = fail;
  await expect.poll(() => fail).not.toBe(called);
  impatience.abort();
  expect(await answer).toBe('aborted');
  await gone;
  fail(new Error('too late'));
  await expect.poll(() => told).toEqual([new Error('too late')]);
});

it('an error handler that answers without looking does no harm', async () => {
  const app = await startUploadApp({
    form: {
      onUploaded: () => {
        throw new Error('inside');
      },
    },
  });
  running.push(app);
  app.app.set('env', 'test');
  app.app.use(((_error, _req, res, _next) => {
    res.status(500).json({ mine: true });
  }) satisfies ErrorRequestHandler);
  const location = locationOf(await submitForm(await pageAt(app.base), { file }));
  for (let time = 0; time < 3; time++) {
    expect(await (await fetch(location)).text()).toContain('on_uploaded_failed');
  }
});

describe('a redirect', () => {
  const answer = async (redirect: string | URL) => {
    const app = await startUploadApp({ form: { onUploaded: () => ({ redirect }) } });
    running.push(app);
    app.app.set('env', 'test');
    const location = locationOf(await submitForm(await pageAt(app.base), { file }));
    return fetch(location, { redirect: 'manual' });
  };

  it('may be a URL', async () => {
    const { status, headers } = await answer('/photos?a=1');
    expect([status, headers.get('location')]).toEqual([303, '/photos?a=1']);
    const elsewhere = await answer(new URL('https://elsewhere.example/photos'));
    expect(await elsewhere.text()).toContain('href="https://elsewhere.example/photos"');
  });

  it('that is empty is none: it would load the return again and again', async () => {
    const { status, headers } = await answer('');
    expect([status, headers.get('location')]).toEqual([200, null]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://[',
    'mailto:a@b.example',
    new URL('mailto:a@b.example'),
    // A browser takes these from the return address on, and not from the mount.
    'thanks',
    '#top',
    '?ok=1',
    './',
    'https:thanks',
  ])('to %s is the hook’s mistake', async (redirect) => {
    const response = await answer(redirect);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain(`"${redirect}"`);
  });
});
