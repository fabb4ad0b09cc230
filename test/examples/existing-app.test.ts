import { request } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { submitForm } from '../../src/testing/submit-form.ts';
import { launchChromium } from '../support/chromium.ts';
import { requirement } from '../support/requirements.ts';
import { locationOf } from '../support/upload-app.ts';
import { startExample } from './example.ts';

const ADA = '1';
const GRACE = '2';

/** One pixel, which browsers can show. */
const picture = {
  name: 'ada.png',
  content: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
};

/** Somebody with a browser of their own, as far as its cookies go. */
class Visitor {
  readonly #origin: string;
  #cookies = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  async logIn(user: string): Promise<this> {
    const answer = await this.post('/login', { user });
    const cookies = answer.headers.getSetCookie();
    this.#cookies = cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');
    return this;
  }

  get(address: string): Promise<Response> {
    return this.#ask(address, {});
  }

  post(address: string, fields: Record<string, string>): Promise<Response> {
    return this.#ask(address, { method: 'POST', body: new URLSearchParams(fields) });
  }

  async profile(): Promise<string> {
    return (await this.get('/profile')).text();
  }

  /** Uploads the picture with the profile's form and gives the return address, not yet opened. */
  async upload(): Promise<string> {
    return locationOf(await submitForm(await this.profile(), { file: picture }));
  }

  #ask(address: string, init: RequestInit): Promise<Response> {
    const headers = { cookie: this.#cookies };
    return fetch(new URL(address, this.#origin), { ...init, headers, redirect: 'manual' });
  }
}

describe('the example of an existing app', () => {
  let origin: string;
  let stranger: Visitor;
  let ada: Visitor;
  let grace: Visitor;
  beforeEach(async () => {
    ({ origin } = await startExample('existing-app'));
    stranger = new Visitor(origin);
    ada = await new Visitor(origin).logIn(ADA);
    grace = await new Visitor(origin).logIn(GRACE);
  });

  it('shows strangers the assets and nothing else of the mount', async () => {
    const done = await ada.upload();
    const params = '/upload/s3/params?filename=a.png&type=image/png';
    for (const address of ['/upload', params, done, '/upload/assets', '/profile']) {
      const answer = await stranger.get(address);
      expect([address, answer.status]).toEqual([address, 401]);
      expect(await answer.text()).not.toMatch(/x-amz|policy/i);
    }
    for (const address of ['/upload', params]) expect((await ada.get(address)).status).toBe(200);
    const [style = ''] = /\/upload\/assets\/[^"]+/.exec(await ada.profile()) ?? [];
    expect((await stranger.get(style)).status).toBe(200);
  });

  it('is not talked into more by a path that only begins with the assets', async () => {
    // `fetch` would resolve the dots, as a proxy would.
    const status = await new Promise((resolve) => {
      request(`${origin}`, { path: '/upload/assets/../s3/params?filename=a.png' }, (answer) => {
        resolve(answer.resume().statusCode);
      }).end();
    });
    expect(status).toBe(404);
  });

  it("refuses one user's return for another and takes it from the first", async () => {
    const done = await ada.upload();
    const refused = await grace.get(done);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('receipt_invalid');
    for (const visitor of [ada, grace]) expect(await visitor.profile()).not.toContain('Picture 1');

    expect(locationOf(await ada.get(done))).toMatch(/^\/profile\?receipt=/);
    expect(await ada.profile()).toContain('Picture 1');
    expect(await grace.profile()).not.toContain('Picture 1');
  });

  it('counts a picture once, however often its return is loaded', async () => {
    const done = await ada.upload();
    for (let loaded = 0; loaded < 3; loaded += 1) await ada.get(done);
    await ada.get(await ada.upload());
    const profile = await ada.profile();
    expect(profile).toContain('Picture 2');
    expect(profile).not.toContain('Picture 3');
  });

  it('loses neither file of a form that was sent twice', async () => {
    const page = await ada.profile();
    for (const name of ['one.png', 'two.png']) {
      const done = locationOf(await submitForm(page, { file: { ...picture, name } }));
      expect((await ada.get(done)).status).toBe(303);
    }
    const profile = await ada.profile();
    for (const name of ['one.png', 'two.png']) expect(profile).toContain(`/${name}?`);
  });

  it("believes the receipt in the app's own form only where it is this user's", async () => {
    const receipt = new URL(await ada.upload());
    const fields = { receipt: receipt.pathname + receipt.search, caption: 'Ada <3' };
    for (const [visitor, sent, status] of [
      [stranger, fields, 401],
      [grace, fields, 403],
      [ada, { ...fields, receipt: fields.receipt.replace('/done/', '/done/x') }, 403],
      [ada, { ...fields, receipt: fields.receipt.replace('ada.png', 'eve.png') }, 404],
      [ada, { caption: 'nothing else' }, 403],
    ] as const) {
      expect([sent, (await visitor.post('/profile', sent)).status]).toEqual([sent, status]);
      expect(await ada.profile()).not.toContain('<img');
    }
    expect((await ada.post('/profile', fields)).status).toBe(303);
    expect(await ada.profile()).toMatch(/<img src="[^"]+" alt="Ada &lt;3">/);
    expect(await grace.profile()).not.toContain('<img');
  });

  it("takes no picture of the router's own page for an avatar", async () => {
    const page = await (await ada.get('/upload')).text();
    const done = new URL(locationOf(await submitForm(page, { file: picture })));
    const fields = { receipt: done.pathname + done.search, caption: 'Ada' };
    expect((await ada.post('/profile', fields)).status).toBe(422);
  });
});

describe.skipIf(!requirement('chromium').available)(
  'the example of an existing app in a browser with JavaScript (needs chromium)',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium({ isWhole: true });
    });
    afterAll(() => browser?.close());

    /** Uploads with the script, under the app's own policy or with less in its `connect-src`. */
    const upload = async (connectSrc?: string) => {
      const { origin } = await startExample('existing-app');
      const page = await browser.newPage();
      await page.goto(origin);
      // From here on: to strangers the app says 401, which a browser notes.
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.getByRole('button', { name: 'Ada' }).click();
      if (connectSrc) {
        await page.route('**/profile', async (route) => {
          const response = await route.fetch();
          const headers = response.headers();
          const policy = headers['content-security-policy'] ?? '';
          headers['content-security-policy'] = policy.replace(
            /connect-src [^;]+/,
            `connect-src ${connectSrc}`,
          );
          await route.fulfill({ response, headers });
        });
        await page.reload();
      }
      await page.locator('form[data-ready]').waitFor();
      const buffer = picture.content;
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: picture.name, mimeType: 'image/png', buffer });
      await page.getByRole('button', { name: 'Upload', exact: true }).click();
      return { page, complaints };
    };

    it("sends with the script, under the app's own helmet, and violates nothing", async () => {
      const { page, complaints } = await upload();
      await page.getByRole('heading', { name: 'Your picture has arrived' }).waitFor();
      await page.getByLabel('What it shows').fill('Ada herself');
      await page.getByRole('button', { name: 'Use it' }).click();
      await page.getByRole('img', { name: 'Ada herself' }).waitFor();
      await page.waitForLoadState('load');
      expect(complaints).toEqual([]);
      await page.close();
    });

    it('is stopped by a connect-src without the bucket, which shows that the check sees it', async () => {
      const { page, complaints } = await upload("'self'");
      await expect.poll(() => complaints.join()).toContain('connect-src');
      await page.close();
    });
  },
);

describe.skipIf(!requirement('chromium').available)(
  'the example of an existing app in a browser without JavaScript (needs chromium)',
  () => {
    let browser: Browser;
    let page: Page;
    /** What the browser complained about: violations of the Content-Security-Policy among it. */
    let complaints: string[];
    beforeAll(async () => {
      browser = await launchChromium({ isWhole: true });
    });
    afterAll(() => browser?.close());
    beforeEach(async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      page = await context.newPage();
      complaints = [];
      page.on('console', (message) => complaints.push(message.text()));
    });
    afterEach(() => page.context().close());

    const logIn = async () => {
      const { origin } = await startExample('existing-app');
      await page.goto(origin);
      complaints = [];
      await page.getByRole('button', { name: 'Ada' }).click();
      await page.getByRole('heading', { name: 'Profile of Ada' }).waitFor();
      return origin;
    };
    const choose = () =>
      page.getByLabel('Choose a file').setInputFiles({
        name: picture.name,
        mimeType: 'image/png',
        buffer: picture.content,
      });

    const uploadAvatar = async () => {
      await choose();
      await page.getByRole('button', { name: 'Upload' }).click();
      await page.getByRole('heading', { name: 'Your picture has arrived' }).waitFor();
      await page.getByLabel('What it shows').fill('Ada herself');
      await page.getByRole('button', { name: 'Use it' }).click();
      await page.getByRole('img', { name: 'Ada herself' }).waitFor();
    };
    /** Loads the profile again, under a policy in which a directive has no more than this. */
    const reloadWith = async (directive: string, sources: string) => {
      await page.route('**/profile', async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        const policy = headers['content-security-policy'] ?? '';
        headers['content-security-policy'] = policy.replace(
          new RegExp(`${directive} [^;]+`),
          `${directive} ${sources}`,
        );
        await route.fulfill({ response, headers });
      });
      await page.reload();
    };

    it('goes from the login to the new avatar, under a policy that nothing violates', async () => {
      const origin = await logIn();
      const post = page.waitForRequest((asked) => asked.method() === 'POST');
      await uploadAvatar();
      expect(page.url()).toBe(`${origin}/profile`);
      const sent = await post;
      expect(await sent.headerValue('origin')).toBe(origin);
      const avatar = page.getByRole('img', { name: 'Ada herself' });
      const source = new URL((await avatar.getAttribute('src')) ?? '');
      expect(source.origin).toBe(new URL(sent.url()).origin);
      expect(source.origin).not.toBe(origin);
      await page.waitForLoadState('load');
      // In place of a picture that it may not show, a browser would show what it is called.
      expect((await avatar.boundingBox())?.width).toBe(1);
      expect(complaints).toEqual([]);
    });

    it('is stopped by a form-action without the bucket, which shows that the check sees it', async () => {
      await logIn();
      await reloadWith('form-action', "'self'");
      await choose();
      // There is no navigation to wait for.
      await page.getByRole('button', { name: 'Upload' }).click({ noWaitAfter: true });
      await expect.poll(() => complaints.join()).toContain('form-action');
    });

    it('shows no avatar under an img-src without the bucket, which shows the same', async () => {
      await logIn();
      await uploadAvatar();
      await reloadWith('img-src', "'self' data:");
      await expect.poll(() => complaints.join()).toContain('img-src');
    });
  },
);
