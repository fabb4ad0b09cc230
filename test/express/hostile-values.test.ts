import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { afterEach, describe, expect, it } from 'vitest';
import { english } from '../../src/form/messages-en.ts';
import { OUR_VIEWS, Renderer } from '../../src/form/renderer.ts';
import { S3FormError } from '../../src/index.ts';
import { attributes, elements, submitForm } from '../../src/testing/submit-form.ts';
import {
  locationOf,
  pageAt,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts';

const HOSTILE = [
  '"><script>alert(1)</script>',
  "' onfocus='alert(1)' autofocus='",
  '</form><form action="https://evil.example">',
  '<img src=x onerror=alert(1)>',
  '</title></style></textarea><!--',
  '&quot;&#34;&lt;script&gt;',
  '`$(alert)` <%= process.env %> {{7*7}} $& $1',
  '\u202egnp.exe\u2066 rtl',
  'ünïcödé 👑 \u0000'.replace('\u0000', ''),
];

const directories: string[] = [];
const running: UploadApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

async function start(form: SomeFormOptions): Promise<UploadApp> {
  const app = await startUploadApp({ form });
  running.push(app);
  return app;
}

/**
 * A page's elements and the names of their attributes: all that a value must not change. Without
 * script, as what stands in <noscript> is text to a browser that has it.
 */
function skeleton(page: string): string[] {
  return elements(parse(page, { scriptingEnabled: false })).map(
    (element) => `${element.tagName} ${Object.keys(attributes(element)).join(' ')}`,
  );
}

/** All that a person or a browser can read on a page. */
function texts(page: string): string[] {
  const below = (node: DefaultTreeAdapterTypes.Node): string[] => {
    if ('value' in node) return [node.value];
    return 'childNodes' in node ? node.childNodes.flatMap(below) : [];
  };
  const document = parse(page);
  return [
    ...below(document),
    ...elements(document).flatMap(({ attrs }) => attrs.map((a) => a.value)),
  ];
}

/** Every option that takes free text, filled with one value. */
function everywhere(value: string): SomeFormOptions {
  return {
    keyPrefix: `p/${value}/`,
    contentType: value,
    cacheControl: value,
    contentDisposition: value,
    metadata: { a: value, b: () => value },
    inputs: [{ name: 'x-amz-meta-c', label: value, startsWith: value, required: true }],
    fields: { [`x-ignore-${value}`]: value },
  };
}

describe('a hostile value', () => {
  it.each(HOSTILE)('%j in every option is nothing but text on the page', async (value) => {
    const benign = await pageAt((await start(everywhere('harmless'))).base);
    const page = await pageAt((await start(everywhere(value))).base);
    expect(skeleton(page)).toEqual(skeleton(benign));
    expect(texts(page).filter((text) => text.includes(value)).length).toBeGreaterThanOrEqual(8);
  });

  it.each(
    HOSTILE,
  )('%j as file name and metadata is nothing but text after the upload', async (value) => {
    const upload = async (text: string) => {
      const app = await start({ metadata: { note: text } });
      const file = { name: `${text}.png`, content: 'x' };
      const stored = await submitForm(await pageAt(app.base), { file });
      const page = await pageAt(locationOf(stored));
      return { page, key: app.reported[0]?.key ?? '', metadata: app.reported[0]?.metadata };
    };
    const benign = await upload('harmless');
    const hostile = await upload(value);
    expect(skeleton(hostile.page)).toEqual(skeleton(benign.page));
    expect(hostile.metadata).toEqual({ note: value });
    expect(texts(hostile.page)).toContain(value);
    expect(texts(hostile.page)).toContain(hostile.key.slice(hostile.key.lastIndexOf('/') + 1));
  });

  it.each<readonly [string, string]>([
    ...HOSTILE.map((value) => [JSON.stringify(value), value] as const),
    ['of 10,000 characters', 'x'.repeat(10_000)],
    ['of another header', '\r\nSet-Cookie: a=b'],
    ['of nothing visible', '\u0000'],
  ])('%s in the query or the path of a return is not repeated', async (_, value) => {
    const app = await start({});
    const page = await pageAt(app.base);
    const [done = ''] = /http:\/\/localhost[^"]+\/done\/[^"]+/.exec(page) ?? [];
    const query = (name: string, other: string) =>
      new URLSearchParams({ bucket: other, key: other, etag: other, [name]: value });
    for (const url of [
      `${done}?${query('key', 'uploads')}`,
      `${done}?${query('bucket', 'x')}`,
      `${app.base}/done/${encodeURIComponent(value)}`,
    ]) {
      const response = await fetch(url);
      const text = await response.text();
      expect(response.status).toBe(403);
      const scripts = skeleton(text).filter((element) => /script|img|iframe/.test(element));
      // Our own.
      expect(scripts).toEqual(['script type src']);
      expect(texts(text).filter((one) => one.includes(value))).toEqual([]);
    }
    expect(app.reported).toEqual([]);
  });

  it('of a line break is refused where a browser or a header would change it', async () => {
    for (const option of ['keyPrefix', 'contentType', 'cacheControl', 'contentDisposition']) {
      await expect(start({ [option]: 'a\nb/' })).rejects.toThrow(S3FormError);
    }
    await expect(start({ metadata: { a: 'a\r\nb' } })).rejects.toThrow(/line break/);
  });

  it('of 10,000 characters is refused where S3 would not read it, and shown where it may be', async () => {
    const long = 'x'.repeat(10_000);
    await expect(start({ keyPrefix: long })).rejects.toThrow(/1024/);
    await expect(start({ metadata: { a: long } })).rejects.toThrow(/2048/);
    const app = await start({ inputs: [{ name: 'x-amz-meta-a', label: long }] });
    expect(texts(await pageAt(app.base)).some((text) => text.includes(long))).toBe(true);
    const file = { name: long, content: 'x' };
    const refused = await submitForm(await pageAt(app.base), { file });
    expect(await refused.text()).toContain('<Code>KeyTooLongError</Code>');
    expect(app.files()).toEqual([]);
  });
});

describe("a hostile sentence of the app's own", () => {
  it.each(HOSTILE)('%j is nothing but text on all pages', async (value) => {
    // Braces are refused, because nothing would fill them in.
    const sentence = value.replaceAll(/[{}]/g, '');
    const names = Object.keys(english).filter((name) => !/^(kinds|errors|script)$/.test(name));
    const visit = async (text: string) => {
      const app = await start({
        messages: {
          ...Object.fromEntries(names.map((name) => [name, text])),
          errors: { receipt_invalid: text },
          kinds: { 'image/*': text },
        },
        accept: ['image/*'],
        inputs: [{ name: 'x-amz-meta-a', label: 'A' }],
      });
      const page = await pageAt(app.base);
      const done = await pageAt(
        locationOf(await submitForm(page, { file: { name: 'a.png', content: 'x' } })),
      );
      return [page, done, await (await fetch(`${app.base}/done/x`)).text()];
    };
    const pages = await visit(sentence);
    expect(pages.map(skeleton)).toEqual((await visit('harmless')).map(skeleton));
    for (const page of pages) {
      expect(texts(page).filter((text) => text.includes(sentence)).length).toBeGreaterThan(3);
    }
  });
});

describe('an unescaped output, planted into', () => {
  /** What a value of the app's or the visitor's is written into, by the template. */
  const templates = readdirSync(OUR_VIEWS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eta'))
    .map((name) => [name, readFileSync(join(OUR_VIEWS, name), 'utf8')] as const);
  const outputs = templates.flatMap(([name, template]) =>
    [...new Set(template.match(/<%= .*? %>/g))].map((output): [string, string] => [name, output]),
  );

  it('there are outputs to be planted', () => {
    expect(outputs.length).toBeGreaterThan(30);
  });

  it.each(outputs)('%s, %s, is found', (template, output) => {
    const views = mkdtempSync(join(tmpdir(), 'views-'));
    directories.push(views);
    cpSync(OUR_VIEWS, views, { recursive: true });
    const before = readFileSync(join(views, template), 'utf8');
    writeFileSync(join(views, template), before.replaceAll(output, output.replace('<%=', '<%~')));
    const value = '"></title></script><b>bold</b>';
    // Escaped as they are, no value changes anything.
    expect(everyPage(value, OUR_VIEWS)).toEqual(everyPage('harmless', OUR_VIEWS));
    expect(everyPage(value, views)).not.toEqual(everyPage('harmless', views));
  });

  /** The skeletons of all pages, with one value for everything that is no markup of ours. */
  function everyPage(value: string, views: string): string[][] {
    const renderer = new Renderer(views);
    const everything = templates.map(([, template]) => template).join('');
    const filled = (pattern: RegExp): Record<string, string> =>
      Object.fromEntries([...everything.matchAll(pattern)].map(([, name = '']) => [name, value]));
    const data = {
      ...filled(/\bit\.(\w+)/g),
      messages: filled(/\bit\.messages\.(\w+)/g),
      ...{ head: '', form: '', hidden: [[value, value]], facts: [[value, value]] },
      inputs: [{ name: value, label: value, value, required: false, maxLength: value }],
    };
    return ['page', 'upload-form', 'uploaded', 'leaving', 'error', 'partials/head']
      .map((template) => renderer.render(template, data))
      .map(skeleton);
  }
});
