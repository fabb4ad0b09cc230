import express from 'express';
import { parse } from 'parse5';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { french } from '../../src/form/messages-fr.ts';
import { s3Form } from '../../src/index.ts';
import { attributes, elements } from '../../src/testing/submit-form.ts';
import { ARABIC } from '../support/arabic.ts';
import type { SomeFormOptions } from '../support/upload-app.ts';

const bucket = {
  bucket: 'photos',
  region: 'fr-par',
  endpoint: 'https://s3.fr-par.scw.cloud',
  credentials: { accessKeyId: 'a', secretAccessKey: 'a-secret-access-key' },
};

function appWith(options: SomeFormOptions) {
  const uploads = s3Form({ ...bucket, baseUrl: '/upload', ...options } as never);
  const app = express()
    .use('/upload', uploads)
    .get('/own', async (req, res) => void res.send((await uploads.form(req)).html));
  app.use(((error, _req, res, _next) => {
    res.status(500).json({ code: error.code, option: error.option, message: error.message });
  }) satisfies express.ErrorRequestHandler);
  return app;
}

/** The attributes of the first element of a kind. */
function attributesOf(page: string, tag: string) {
  const found = elements(parse(page)).find(({ tagName }) => tagName === tag);
  return found ? attributes(found) : {};
}

describe('a language for everybody', () => {
  it('is English unless told, and said on page and form', async () => {
    const { text } = await request(appWith({})).get('/upload');
    expect(attributesOf(text, 'html')).toMatchObject({ lang: 'en', dir: 'ltr' });
    expect(attributesOf(text, 'form')).toMatchObject({ lang: 'en', dir: 'ltr' });
    expect(text).toContain('<h1>Upload a file</h1>');
  });

  it('is French on the page, the error page, in JSON and on an embedded form', async () => {
    const app = appWith({ lang: 'fr-CA', accept: ['image/*', '.pdf'] });
    const { text } = await request(app).get('/upload');
    expect(attributesOf(text, 'html')).toMatchObject({ lang: 'fr-CA', dir: 'ltr' });
    expect(text).toContain('<h1>Envoyer un fichier</h1>');
    expect(text).toContain('Images ou PDF. 10\u00a0Mo au maximum.');
    const error = await request(app).get('/upload/done/x').accept('html');
    expect(error.text).toContain('<title>Erreur\u202f: L’envoi n’a pas abouti</title>');
    const json = await request(app).get('/upload/done/x').accept('json');
    expect(json.body).toMatchObject({
      error:
        'Cette adresse ne vient pas de ce site ou a été modifiée. Envoyez le fichier à nouveau.',
      code: 'receipt_invalid',
      message: 'This receipt is not one that this app gave out here to this user.',
    });
    const { text: own } = await request(app).get('/own');
    expect(attributesOf(own, 'form')).toMatchObject({ lang: 'fr-CA', dir: 'ltr' });
  });

  it('is French in what the script is told, and in what the JSON route answers it', async () => {
    const app = appWith({ lang: 'fr', accept: ['image/*', '.pdf'] });
    const { text } = await request(app).get('/upload');
    const told = JSON.parse(String(attributesOf(text, 'form')['data-s3-form']));
    expect(told).toMatchObject({ lang: 'fr', types: 'images ou PDF' });
    expect(told.messages).toEqual(french.script);
    const query = { filename: 'a.exe', type: '', size: 1 };
    const { status, body } = await request(app).get('/upload/s3/params').query(query);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      error: 'Les fichiers de ce type ne sont pas acceptés. Choisissez un autre fichier.',
      code: 'type_not_allowed',
    });
  });

  it("is the app's own, from right to left", async () => {
    const app = appWith({ lang: 'ar', messages: ARABIC });
    for (const path of ['/upload', '/own']) {
      const { text } = await request(app).get(path);
      expect(attributesOf(text, 'form')).toMatchObject({ lang: 'ar', dir: 'rtl' });
      expect(text).toContain('اختر ملفًا');
    }
    const { text } = await request(app).get('/upload');
    expect(attributesOf(text, 'html')).toMatchObject({ lang: 'ar', dir: 'rtl' });
  });

  it('that the script would not speak is claimed only for a form without it', async () => {
    const messages = { ...ARABIC, script: undefined };
    for (const [script, lang] of [
      [true, 'en'],
      [false, 'ar'],
    ] as const) {
      const { text } = await request(appWith({ lang: 'ar', messages, script })).get('/upload');
      expect(attributesOf(text, 'html')['lang']).toBe(lang);
    }
  });

  it('that nobody gave is not claimed', async () => {
    const { text } = await request(appWith({ lang: 'ar' })).get('/upload');
    expect(attributesOf(text, 'html')).toMatchObject({ lang: 'en', dir: 'ltr' });
    expect(text).toContain('<h1>Upload a file</h1>');
  });
});

describe('a language for each visitor', () => {
  const app = appWith({
    lang: (req) => req.acceptsLanguages('en', 'fr') || 'en',
    messages: async (req) => (req.get('x-shop') ? { pageTitle: `Shop ${req.get('x-shop')}` } : {}),
  });

  it.each([
    ['fr-CH, fr;q=0.9, en;q=0.5', 'fr', 'Envoyer un fichier'],
    ['en-GB', 'en', 'Upload a file'],
    ['ja', 'en', 'Upload a file'],
  ])('%s reads %s', async (accepted, lang, title) => {
    const { text, headers } = await request(app).get('/upload').set('Accept-Language', accepted);
    expect(attributesOf(text, 'html')['lang']).toBe(lang);
    expect(text).toContain(`<h1>${title}</h1>`);
    // No cache keeps it, so none has to know by what it varies.
    expect(headers['cache-control']).toBe('no-store');
  });

  it('has sentences for each visitor too', async () => {
    const { text } = await request(app).get('/upload').set('X-Shop', '7 & 8');
    expect(text).toContain('<h1>Shop 7 &amp; 8</h1>');
  });

  it.each<[SomeFormOptions, object]>([
    [{ lang: () => 'en_US' }, { code: 'invalid_option', option: 'lang' }],
    [{ lang: (req) => req.acceptsLanguages('zu') as string }, { message: /must be a string/ }],
    [{ messages: () => ({ titel: 'x' }) as object }, { option: 'messages.titel' }],
    [{ messages: () => Promise.reject(new Error('no database')) }, { message: /no database/ }],
  ])('that is wrong, %j, is for the app to hear of, on every page', async (options, told) => {
    for (const path of ['/upload', '/upload/done/x']) {
      const { status, body } = await request(appWith(options))
        .get(path)
        .set('Accept-Language', 'en');
      expect(status).toBe(500);
      expect(body).toMatchObject(
        'message' in told ? { message: expect.stringMatching(told.message as RegExp) } : told,
      );
    }
  });
});
