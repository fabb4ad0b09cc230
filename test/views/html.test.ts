import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OUR_VIEWS } from '../../src/form/renderer.ts';
import {
  type EveryPage,
  PAGE_NAMES,
  type PageName,
  startEveryPage,
  VARIANTS,
} from '../support/every-page.ts';

/** All rules that html-validate recommends, and those for whole documents. */
const html = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // In lower case, as the rest of the page.
    'doctype-style': ['error', { style: 'lowercase' }],
    // Style and script come from the app itself, as the page does.
    'require-sri': ['error', { target: 'crossorigin' }],
  },
});

/** What html-validate finds: one line for each fault. */
async function faultsAt(url: string): Promise<string[]> {
  const page = await (await fetch(url)).text();
  const { results } = await html.validateString(page);
  return results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line, column }) => `${ruleId}: ${message} (${line}:${column})`,
    ),
  );
}

describe.each(VARIANTS)('%s, valid HTML is', (_, form) => {
  let pages: EveryPage;
  beforeAll(async () => {
    pages = await startEveryPage(form);
  });
  afterAll(() => pages?.close());

  it.each(PAGE_NAMES)('%s', async (name) => {
    expect(await faultsAt(pages.urls[name])).toEqual([]);
  });
});

describe('a fault is found that is planted into', () => {
  let views: string;
  let pages: EveryPage | undefined;
  afterEach(async () => {
    await pages?.close();
    rmSync(views, { recursive: true });
  });

  it.each<[template: string, before: string, after: string, PageName, rule: string]>([
    ['partials/file-input.eta', 'for="<%= it.id %>-file"', '', 'page', 'input-missing-label'],
    ['partials/file-input.eta', '-file" name', '-hint" name', 'embedded', 'no-dup-id'],
    [
      'partials/layout.eta',
      ' lang="<%= it.language %>"',
      '',
      'leaving',
      'element-required-attributes',
    ],
    ['partials/layout.eta', '</main>', '', 'error', 'close-order'],
    ['error.eta', '<a class', '<a style="color: red" class', 'passing', 'no-inline-style'],
    ['uploaded.eta', '<dt>', '<dt><img src="/a.png">', 'uploaded', 'wcag/h37'],
  ])('%s: %s', async (template, before, after, page, rule) => {
    views = mkdtempSync(join(tmpdir(), 'views-'));
    cpSync(OUR_VIEWS, views, { recursive: true });
    const text = readFileSync(join(views, template), 'utf8');
    expect(text).toContain(before);
    writeFileSync(join(views, template), text.replace(before, after));
    pages = await startEveryPage({ views });
    expect(await faultsAt(pages.urls[page])).toContainEqual(expect.stringMatching(`^${rule}: `));
  });
});
