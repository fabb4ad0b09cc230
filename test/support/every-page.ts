import { submitForm } from '../../src/testing/submit-form.ts';
import { ARABIC } from './arabic.ts';
import {
  locationOf,
  pageAt,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
} from './upload-app.ts';

/** What changes the pages that this package draws. */
export const VARIANTS: readonly (readonly [name: string, form: SomeFormOptions])[] = [
  ['with no options', {}],
  [
    'with all that is shown',
    {
      accept: ['image/*', '.pdf', '.docx'],
      inputs: [
        { name: 'key', label: 'Where to' },
        { name: 'x-amz-meta-title', label: 'Title', required: true },
        { name: 'x-amz-meta-note', label: 'Note' },
      ],
      contentType: 'image/png',
      metadata: { album: 'Été & hiver' },
    },
  ],
  ['without the script', { script: false }],
  ['in French', { lang: 'fr', accept: ['image/*', '.pdf'], contentType: 'image/png' }],
  [
    'from right to left',
    { lang: 'ar', messages: ARABIC, accept: ['image/*', '.pdf'], contentType: 'image/png' },
  ],
];

export interface EveryPage {
  /** A page of each kind, by its name. */
  readonly urls: Readonly<Record<PageName, string>>;
  close(): Promise<void>;
}

export const PAGE_NAMES = ['page', 'embedded', 'uploaded', 'leaving', 'error', 'passing'] as const;

export type PageName = (typeof PAGE_NAMES)[number];

/** Starts apps that show every page there is: `passing` is an error that may pass by itself. */
export async function startEveryPage(form: SomeFormOptions): Promise<EveryPage> {
  const running: UploadApp[] = [];
  const start = async (more: SomeFormOptions): Promise<UploadApp> => {
    const app = await startUploadApp({
      form: { baseUrl: '/upload', ...form, ...more },
      routes: (express, uploads) =>
        void express.get('/own', async (req, res) => {
          const { head, html } = await uploads.form(req);
          res.send(
            `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Own</title>${head}</head>` +
              `<body><main><h1>Own</h1>${html}</main></body></html>`,
          );
        }),
    });
    running.push(app);
    return app;
  };
  const upload = async (app: UploadApp): Promise<string> => {
    const file = { name: 'a photo with a rather long name, taken in summer.png', content: 'x' };
    return locationOf(await submitForm(await pageAt(app.base), { file }));
  };
  const app = await start({});
  const redirect = 'https://elsewhere.example/photos?a=1&b=2';
  const leaving = await start({ onUploaded: () => ({ redirect }) });
  const withoutCredentials = await start({
    secret: 'of the app'.repeat(4),
    credentials: () => Promise.reject(new Error('There are none.')),
  });
  return {
    urls: {
      page: `${app.base}/`,
      embedded: `${app.origin}/own`,
      uploaded: await upload(app),
      leaving: await upload(leaving),
      error: `${app.base}/done/x`,
      passing: `${withoutCredentials.base}/`,
    },
    close: async () => {
      for (const one of running.splice(0)) await one.close();
    },
  };
}
