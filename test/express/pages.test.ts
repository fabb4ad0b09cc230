import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { afterEach, describe, expect, it } from 'vitest';
import { attributes, elements, submitForm } from '../../src/testing/submit-form.ts';
import {
  locationOf,
  pageAt,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts';

const running: UploadApp[] = [];
afterEach(async () => {
  for (const app of running.splice(0)) await app.close();
});

async function start(form: SomeFormOptions = {}): Promise<UploadApp> {
  const app = await startUploadApp({ form });
  running.push(app);
  return app;
}

/** The address at which an upload is confirmed. */
async function upload(app: UploadApp, name = 'photo.png'): Promise<string> {
  return locationOf(await submitForm(await pageAt(app.base), { file: { name, content: 'abc' } }));
}

function textsOf(page: string, tag: string): string[] {
  const below = (node: DefaultTreeAdapterTypes.Node): string => {
    if ('value' in node) return node.value;
    return 'childNodes' in node ? node.childNodes.map(below).join('') : '';
  };
  const found = elements(parse(page, { scriptingEnabled: false }));
  return found.filter(({ tagName }) => tagName === tag).map(below);
}

function linksOf(page: string): (string | undefined)[][] {
  const links = elements(parse(page)).filter(({ tagName }) => tagName === 'a');
  const texts = textsOf(page, 'a');
  return links.map((link, index) => [texts[index], attributes(link)['href']]);
}

describe('the page after an upload', () => {
  it('tells name, size, type and what was stored along, and leads to the next upload', async () => {
    const app = await start({
      contentType: 'image/png',
      metadata: { album: 'Été', empty: '' },
    });
    const page = await pageAt(await upload(app));
    expect(textsOf(page, 'title')).toEqual(['Your file has arrived']);
    expect(textsOf(page, 'h1')).toEqual(['Your file has arrived']);
    expect(textsOf(page, 'dt')).toEqual(['File', 'Size', 'Type', 'album']);
    expect(textsOf(page, 'dd')).toEqual(['photo.png', '3 bytes', 'PNG', 'Été']);
    expect(linksOf(page)).toEqual([['Upload another file', '/upload/']]);
  });

  it('names the file by its whole key where that ends in a slash', async () => {
    const app = await start({ inputs: [{ name: 'key', label: 'Key', startsWith: 'uploads/' }] });
    const fillIn = { file: { name: 'a.png', content: 'abc' }, values: { key: 'uploads/mine/' } };
    const page = await pageAt(locationOf(await submitForm(await pageAt(app.base), fillIn)));
    expect(textsOf(page, 'dd')).toEqual(['uploads/mine/', '3 bytes']);
  });

  it('claims no type where nobody said one, and nothing but the name unless confirmed', async () => {
    expect(textsOf(await pageAt(await upload(await start())), 'dt')).toEqual(['File', 'Size']);
    const unasked = await pageAt(await upload(await start({ confirm: 'none' })));
    expect(textsOf(unasked, 'dt')).toEqual(['File']);
  });

  it('names the site that it leads to', async () => {
    const app = await start({ onUploaded: () => ({ redirect: '//elsewhere.example:8443/a' }) });
    expect(linksOf(await pageAt(await upload(app)))).toEqual([
      ['Go on to elsewhere.example:8443', '//elsewhere.example:8443/a'],
    ]);
  });
});

describe('an error page', () => {
  it('is known by its title, says what to do next and leads there', async () => {
    const page = await (await fetch(`${(await start()).base}/done/x`)).text();
    expect(textsOf(page, 'title')).toEqual(['Error: The upload could not be completed']);
    expect(textsOf(page, 'h1')).toEqual(['The upload could not be completed']);
    expect(textsOf(page, 'p')).toEqual([
      'This address was not given out by this site, or has been changed. Upload the file again.',
      'Go to the upload page',
      'Code: receipt_invalid',
    ]);
    expect(linksOf(page)).toEqual([['Go to the upload page', '/upload/']]);
  });

  it.each<[string, SomeFormOptions, (app: UploadApp) => Promise<string>, number]>([
    [
      'credentials that are not there',
      { secret: 's'.repeat(32), credentials: () => Promise.reject(new Error('none')) },
      async (app) => app.base,
      503,
    ],
    [
      'a hook that failed',
      { onUploaded: () => Promise.reject(new Error('no database')) },
      (app) => upload(app),
      500,
    ],
  ])('offers to load it again for %s', async (_, form, urlIn, status) => {
    const app = await start(form);
    const response = await fetch(await urlIn(app));
    expect(response.status).toBe(status);
    expect(linksOf(await response.text())).toEqual([
      ['Load this page again', ''],
      ['Go to the upload page', '/upload/'],
    ]);
  });
});

describe('the hint for browsers without script', () => {
  const hint = 'If a page of code appears, the file was refused: go back and choose another.';

  it('is for those alone, where the form has a script', async () => {
    const page = await pageAt((await start()).base);
    expect(textsOf(page, 'noscript').map((text) => text.trim())).toEqual([hint]);
  });

  it('is for all, where it has none', async () => {
    const page = await pageAt((await start({ script: false })).base);
    expect(textsOf(page, 'noscript')).toEqual([]);
    expect(textsOf(page, 'p')).toContain(hint);
  });
});
