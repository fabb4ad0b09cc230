import { formatBytes } from '../form/bytes.ts';
import { LANGUAGE, messages } from '../form/messages.ts';
import { Renderer } from '../form/renderer.ts';
import { uploadFormView } from '../form/upload-form.ts';
import { loadStyle } from './assets.ts';
import type { MintedForm } from './mint.ts';
import type { Settings } from './options.ts';
import type { Upload } from './upload.ts';

/** Draws the form and the pages of the mount. */
export class Pages {
  readonly style = loadStyle();
  readonly #settings: Settings;
  readonly #renderer: Renderer;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#renderer = new Renderer(settings.views);
  }

  /** The form element alone. */
  form(minted: MintedForm, mount: string): string {
    const { inputs, accept, maxFiles, script } = this.#settings;
    const params = `${mount}/s3/params`;
    const parts = { ...minted, inputs, accept, script: script && { params, maxFiles } };
    return this.#renderer.render('upload-form', uploadFormView(parts));
  }

  /** The link to the style sheet, for a page's head; like all links it stays within the mount. */
  head(mount: string): string {
    return this.#renderer.render('partials/head', { style: `${mount}/assets/${this.style.name}` });
  }

  uploadPage(form: string, mount: string): string {
    return this.#page('page', messages.pageTitle, mount, { form });
  }

  uploadedPage(upload: Upload, mount: string): string {
    const facts = upload.confirmed
      ? [
          [messages.fileSize, formatBytes(upload.size, LANGUAGE)],
          // What S3 calls a file whose type nobody said means nothing to a person.
          ...(upload.type.endsWith('/octet-stream') ? [] : [[messages.fileType, upload.type]]),
          ...Object.entries(upload.metadata),
        ]
      : [];
    const name = upload.key.slice(upload.key.lastIndexOf('/') + 1);
    return this.#page('uploaded', messages.uploadedTitle, mount, { upload, name, facts });
  }

  /** Goes on to another origin, at once and by a link. */
  leavingPage(redirect: string, mount: string): string {
    return this.#page('leaving', messages.leavingTitle, mount, { redirect });
  }

  errorPage(error: { text: string; code: string }, mount: string): string {
    return this.#page('error', messages.errorTitle, mount, error);
  }

  #page(template: string, title: string, mount: string, data: object): string {
    return this.#renderer.render(template, {
      title,
      language: LANGUAGE,
      head: this.head(mount),
      formUrl: `${mount}/`,
      messages,
      ...data,
    });
  }
}
