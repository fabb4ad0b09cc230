import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { afterEach, describe, expect, it } from 'vitest';
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

/** A page's elements and the names of their attributes: all that a value must not change. */
function skeleton(page: string): string[] {
  return elements(parse(page)).map(
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
      expect(skeleton(text).filter((element) => /script|img|iframe/.test(element))).toEqual([]);
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

describe('an unescaped output, planted into', () => {
  /** What a value of the app's or the visitor's is written into, by the template. */
  const outputs: [template: string, output: string][] = readdirSync(OUR_VIEWS, {
    recursive: true,
    encoding: 'utf8',
  })
    .filter((name) => name.endsWith('.eta'))
    .flatMap((name) =>
      [...readFileSync(join(OUR_VIEWS, name), 'utf8').matchAll(/<%= (.*?) %>/g)]
        .map(([output, expression = '']) => [name, output, expression] as const)
        // Sentences and ids of this package's own.
        .filter(
          ([, , expression]) => !/^it\.(messages\.|id$|language$|code$|text$)/.test(expression),
        )
        .filter(([, , expression]) => !/^(it\.limits|it\.maxLength|it\.action)$/.test(expression))
        .map(([template, output]): [string, string] => [template, output]),
    );

  it('there are outputs to be planted', () => {
    expect(outputs.length).toBeGreaterThan(10);
  });

  it.each(outputs)('%s, %s, is found', (template, output) => {
    const views = mkdtempSync(join(tmpdir(), 'views-'));
    directories.push(views);
    cpSync(OUR_VIEWS, views, { recursive: true });
    const before = readFileSync(join(views, template), 'utf8');
    writeFileSync(join(views, template), before.replaceAll(output, output.replace('<%=', '<%~')));
    const benign = everyPage('harmless', views);
    const hostile = everyPage('"><b>bold</b>', views);
    // Escaped as they are, no value changes anything.
    expect(everyPage('"><b>bold</b>', OUR_VIEWS)).toEqual(everyPage('harmless', OUR_VIEWS));
    expect(hostile).not.toEqual(benign);
  });

  /** The skeletons of all pages, with one value for everything that is not this package's own. */
  function everyPage(value: string, views: string): string[][] {
    const renderer = new Renderer(views);
    const text = { limits: '', messages: {}, language: 'en', code: '', text: '' };
    const page = { ...text, title: value, head: '', formUrl: value };
    const input = { name: value, label: value, value, required: false, maxLength: 1 };
    const form = { id: 'f', action: '', hidden: [[value, value]], inputs: [input], accept: value };
    return [
      renderer.render('page', { ...page, form: '' }),
      renderer.render('upload-form', { ...text, ...form }),
      renderer.render('uploaded', { ...page, name: value, facts: [[value, value]] }),
      renderer.render('leaving', { ...page, redirect: value }),
      renderer.render('error', page),
      renderer.render('partials/head', { style: value }),
    ].map(skeleton);
  }
});
