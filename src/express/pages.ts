import { formatBytes } from '../form/bytes.ts';
import { type Language, say } from '../form/language.ts';
import { typeName } from '../form/limits.ts';
import { Renderer } from '../form/renderer.ts';
import { uploadFormView } from '../form/upload-form.ts';
import { type Asset, loadScript, loadStyle } from './assets.ts';
import type { MintedForm } from './mint.ts';
import type { Settings } from './options.ts';
import type { Upload } from './upload.ts';

/** Where and in which language a page is shown. */
export interface PageContext {
  /** Path of the mount, without a final slash. */
  readonly mount: string;
  readonly language: Language;
}

/** Draws the form and the pages of the mount. */
export class Pages {
  /** What pages link to, by its name. */
  readonly assets: ReadonlyMap<string, Asset>;
  readonly #settings: Settings;
  readonly #renderer: Renderer;
  readonly #style = loadStyle();
  readonly #script: Asset | undefined;

  constructor(settings: Settings) {
    const { script, sourceMap } = settings.script ? loadScript() : {};
    const assets = [this.#style, script, sourceMap].filter((asset) => asset !== undefined);
    this.assets = new Map(assets.map((asset) => [asset.name, asset]));
    this.#settings = settings;
    this.#renderer = new Renderer(settings.views);
    this.#script = script;
  }

  /** The form element alone. */
  form(minted: MintedForm, { mount, language }: PageContext): string {
    const { inputs, accept, maxFiles, script } = this.#settings;
    const params = `${mount}/s3/params`;
    const parts = { ...minted, inputs, accept, language, script: script && { params, maxFiles } };
    return this.#renderer.render('upload-form', uploadFormView(parts));
  }

  /** The links to style sheet and script, for a page's head; like all links they stay within the mount. */
  head(mount: string): string {
    const address = (asset: Asset | undefined) => asset && `${mount}/assets/${asset.name}`;
    return this.#renderer.render('partials/head', {
      style: address(this.#style),
      script: address(this.#script),
    });
  }

  uploadPage(form: string, context: PageContext): string {
    return this.#page('page', context.language.messages.pageTitle, context, { form });
  }

  uploadedPage(upload: Upload, context: PageContext): string {
    const { messages, tag } = context.language;
    const facts = upload.confirmed
      ? [
          [messages.fileSize, formatBytes(upload.size, tag)],
          ...(isUnknown(upload.type) ? [] : [[messages.fileType, typeName(upload.type)]]),
          ...Object.entries(upload.metadata).filter(([, value]) => value !== ''),
        ]
      : [];
    // A typed key may end in a slash, and a file without a name would be none.
    const name = upload.key.slice(upload.key.lastIndexOf('/') + 1) || upload.key;
    return this.#page('uploaded', messages.uploadedTitle, context, { upload, name, facts });
  }

  /** Goes on to another origin, at once and by a link. */
  leavingPage(redirect: string, context: PageContext): string {
    const { messages } = context.language;
    // Another origin may be written without a scheme.
    const { host } = new URL(redirect, 'http://any.invalid');
    const goOn = say(context.language, messages.goOn, { site: host });
    return this.#page('leaving', messages.uploadedTitle, context, { redirect, goOn });
  }

  errorPage({ text, code, isPassing }: ShownError, context: PageContext): string {
    const { errorTitle, errorPageTitle, errorCode } = context.language.messages;
    return this.#page('error', errorTitle, context, {
      windowTitle: say(context.language, errorPageTitle, { title: errorTitle }),
      ...{ text, isPassing },
      code: say(context.language, errorCode, { code }),
    });
  }

  #page(template: string, title: string, { mount, language }: PageContext, data: object): string {
    return this.#renderer.render(template, {
      title,
      windowTitle: title,
      language: language.tag,
      direction: language.direction,
      head: this.head(mount),
      formUrl: `${mount}/`,
      messages: language.messages,
      ...data,
    });
  }
}

/** What S3 calls a file whose type nobody said means nothing to a person. */
function isUnknown(type: string): boolean {
  return type.endsWith('/octet-stream');
}

/** What a person gets to know of an error. */
export interface ShownError {
  readonly text: string;
  readonly code: string;
  /** Whether the same address may answer better in a moment. */
  readonly isPassing: boolean;
}
