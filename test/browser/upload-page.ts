import type { RequestHandler } from 'express';
import type { Browser, BrowserContextOptions, FileChooser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ItemState } from '../../src/browser/item-view.ts';
import { type ChromiumOptions, launchChromium } from '../support/chromium.ts';
import { type FaultyBucket, startFaultyBucket } from '../support/faulty-bucket.ts';
import { startUploadApp, type UploadApp, type UploadAppOptions } from '../support/upload-app.ts';

export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export function textFile(name: string, size = 9): ChosenFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.alloc(size, 'content. ') };
}

/** Larger than what browsers and servers take on before anybody reads, so that it stops half way. */
export function largeFile(name: string): ChosenFile {
  return textFile(name, 12_000_000);
}

/** What the app is asked, and what it answers for once. */
export class Site {
  /** `params` and `done`, in order. */
  readonly asked: ('params' | 'done')[] = [];
  /** Answers instead of the app's, in order. */
  readonly faults: Record<'params' | 'done', RequestHandler[]> = { params: [], done: [] };

  readonly handler: RequestHandler = (req, res, next) => {
    const route = req.path === '/s3/params' ? 'params' : req.path.startsWith('/done/') && 'done';
    if (route) this.asked.push(route);
    const fault = route && this.faults[route].shift();
    if (fault) fault(req, res, next);
    else next();
  };
}

interface PageOptions extends BrowserContextOptions {
  /** @default the form's own page */
  readonly path?: string;
}

/** Opens pages in one browser for the tests of a suite, and closes each after its test. */
export function useUploadPages(
  options?: ChromiumOptions,
): (app?: UploadAppOptions, options?: PageOptions) => Promise<UploadPage> {
  let browser: Browser;
  let page: UploadPage | undefined;
  beforeAll(async () => {
    browser = await launchChromium(options);
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const opened = page;
    page = undefined;
    await opened?.close();
  });
  return async (app, options) => {
    page = await UploadPage.open(browser, app, options);
    return page;
  };
}

/** An app whose page is open in a browser, with a bucket that faults can be put into. */
export class UploadPage {
  readonly page: Page;
  readonly app: UploadApp;
  readonly bucket: FaultyBucket;
  /** What the browser complained about, its own requests for an icon aside. */
  readonly complaints: string[] = [];
  readonly site: Site;
  /** What the script threw and nobody caught. */
  readonly #crashes: Error[] = [];

  private constructor(page: Page, app: UploadApp, bucket: FaultyBucket, site: Site) {
    this.site = site;
    this.page = page;
    this.app = app;
    this.bucket = bucket;
    page.on('console', (message) => {
      if (message.type() === 'warning' || message.type() === 'error') {
        if (!message.location().url.endsWith('/favicon.ico')) this.complaints.push(message.text());
      }
    });
    page.on('pageerror', (error) => this.#crashes.push(error));
  }

  static async open(
    browser: Browser,
    { form, before = [], ...options }: UploadAppOptions = {},
    { path, ...context }: PageOptions = {},
  ): Promise<UploadPage> {
    const bucket = await startFaultyBucket();
    const site = new Site();
    const app = await startUploadApp({
      ...options,
      before: [site.handler, ...before],
      form: { publicEndpoint: bucket.url, maxFiles: 5, maxFileSize: '25 MB', ...form },
    });
    bucket.target = options.bucket?.url ?? app.bucket.url;
    const page = await (await browser.newContext(context)).newPage();
    const opened = new UploadPage(page, app, bucket, site);
    await opened.goto(path);
    return opened;
  }

  async goto(path?: string): Promise<void> {
    await this.page.goto(path === undefined ? this.app.base : this.app.origin + path);
    await this.page.locator('form[data-ready]').first().waitFor();
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.app.close();
    await this.bucket.close();
    const [crash] = this.#crashes;
    if (crash) throw crash;
  }

  /** Chooses files as a person does, by the button and the browser's dialogue. */
  async choose(...files: ChosenFile[]): Promise<void> {
    const chooser: Promise<FileChooser> = this.page.waitForEvent('filechooser');
    await this.page.locator('.s3-form-choose').click();
    await (await chooser).setFiles(files);
  }

  /** Chooses files and waits until they are all in the list. */
  async chooseAll(...files: ChosenFile[]): Promise<void> {
    await this.choose(...files);
    for (const { name } of files) await this.item(name).waitFor();
  }

  /** Lets go of what a file manager holds, above the drop zone. */
  async drop(...files: string[]): Promise<void> {
    const client = await this.page.context().newCDPSession(this.page);
    const box = await this.page.locator('.s3-form-drop').boundingBox();
    const [x, y] = [(box?.x ?? 0) + 10, (box?.y ?? 0) + 10];
    const data = { items: [], files, dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await client.send('Input.dispatchDragEvent', { type, x, y, data });
    }
  }

  async submit(): Promise<void> {
    // A form that the page's policy blocks may look like a navigation that never ends.
    await this.page.locator('.s3-form-submit').click({ noWaitAfter: true });
  }

  item(name: string) {
    return this.page.locator('.s3-form-item', {
      has: this.page.locator('.s3-form-name', { hasText: name }),
    });
  }

  /** Waits until a file is at a state, and gives what is said about it. */
  async at(name: string, state: ItemState): Promise<string> {
    const item = this.item(name);
    await item.and(this.page.locator(`[data-state="${state}"]`)).waitFor();
    return plain(await item.locator('.s3-form-status').textContent());
  }

  button(name: string, action: 'Cancel' | 'Remove' | 'Try again') {
    return this.page.getByRole('button', { name: `${action} ${name}`, exact: true });
  }

  /** What is said when all is through. */
  async summary(): Promise<string> {
    await this.page.locator('.s3-form-summary').waitFor();
    return plain(await this.page.locator('.s3-form-summary').textContent());
  }

  async errors(): Promise<string[]> {
    await this.page.locator('.s3-form-error').first().waitFor();
    return (await this.page.locator('.s3-form-error').allTextContents()).map(plain);
  }

  /** States by file name. */
  states(): Promise<Record<string, string>> {
    return this.page
      .locator('.s3-form-item')
      .evaluateAll((items) =>
        Object.fromEntries(
          items.map((item) => [
            item.querySelector('.s3-form-name')?.textContent ?? '',
            (item as HTMLElement).dataset['state'] ?? '',
          ]),
        ),
      );
  }

  /** How many objects the local bucket has. */
  stored(): number {
    return this.app.files().filter((name) => name.endsWith('.json')).length;
  }

  /** Names of the files that `onUploaded` was told of, with their ids. */
  reported(): { name: string; id: string }[] {
    return this.app.reported.map(({ key, id }) => ({
      name: key.slice(key.lastIndexOf('/') + 1),
      id,
    }));
  }

  reportedNames(): string[] {
    return this.reported().map(({ name }) => name);
  }

  /** Notes all that is said about a file. */
  async recordStatus(name: string): Promise<() => Promise<string[]>> {
    await this.item(name)
      .locator('.s3-form-status')
      .evaluate((status) => {
        const said: (string | null)[] = [];
        Object.assign(window, { said });
        new MutationObserver(() => said.push(status.textContent)).observe(status, {
          childList: true,
        });
      });
    return async () => (await this.page.evaluate<string[]>('said')).map(plain);
  }

  /** Notes all that screen readers are told, which is not there for long. */
  async recordAnnouncements(): Promise<() => Promise<string>> {
    await this.page.getByRole('status').evaluate((status) => {
      const told: (string | null)[] = [];
      Object.assign(window, { told });
      new MutationObserver(() => told.push(status.textContent)).observe(status, {
        childList: true,
      });
    });
    return async () => plain((await this.page.evaluate<string[]>('told')).join('\n'));
  }

  /** Notes the names of the script's events, and what they say; of files their names. */
  async recordEvents(
    names = ['add', 'reject', 'success', 'error', 'remove', 'complete', 'blocked'],
  ): Promise<() => Promise<{ type: string; detail: Record<string, unknown> }[]>> {
    await this.page.evaluate((names) => {
      const events: unknown[] = [];
      Object.assign(window, { events });
      const named = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(named);
        return value instanceof File ? value.name : value;
      };
      for (const name of names) {
        document.addEventListener(`s3-form:${name}`, (event) => {
          const detail = Object.entries((event as CustomEvent).detail);
          events.push({
            type: name,
            detail: Object.fromEntries(detail.map(([key, value]) => [key, named(value)])),
          });
        });
      }
    }, names);
    return () => this.page.evaluate('events');
  }
}

/** Without the marks that isolate a file's name from its sentence. */
function plain(text: string | null): string {
  return (text ?? '').replaceAll(/[\u2068\u2069]/g, '').trim();
}
