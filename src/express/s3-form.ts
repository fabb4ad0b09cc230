import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import helmet from 'helmet';
import { signedObjectUrl } from '../bucket/objects.ts';
import { errorText } from '../form/language.ts';
import { S3FormError } from '../policy/errors.ts';
import { baseUrlOf, mountPath } from './base-url.ts';
import { confirmReturn } from './confirm-return.ts';
import { type CspDirectives, formDirectives, pageDirectives } from './content-security-policy.ts';
import { mintForm, mintProbe } from './mint.ts';
import { readOptions, type S3FormOptions } from './options.ts';
import { type PageContext, Pages } from './pages.ts';
import { Warnings } from './warnings.ts';

/** A form to be put into any page. */
export interface EmbeddedForm {
  /** The form element. */
  readonly html: string;
  /** The style sheet's link, for the page's head. */
  readonly head: string;
  /** Where the form posts to. */
  readonly url: string;
  /** All fields but the file, in their order. */
  readonly fields: Readonly<Record<string, string>>;
  /** The form's UUID; it comes back as `upload.id`. */
  readonly id: string;
  /** Where the store sends the browser after the upload. */
  readonly done: string;
}

/** An Express router with the upload page, and what other routes of the app need. */
export interface S3Form extends Router {
  /** The bucket's URL, which forms post to. */
  readonly url: string;
  /**
   * A form for a page of the app's own. It marks the answer as `no-store`, because what it carries
   * is a permission.
   *
   * @throws {S3FormError} `base_url_required`, and what an option's function gave wrong
   */
  form(req: Request): Promise<EmbeddedForm>;
  /** A link to a private object; `expiresIn` in seconds, 300 unless told. */
  signedUrl(key: string, options?: { readonly expiresIn?: number }): Promise<string>;
  /** What the Content-Security-Policy of a page with an embedded form has to allow. */
  cspDirectives(): Record<string, string[]>;
}

/**
 * Makes the router: the upload page at its root, `/done/…` where the store sends the browser back
 * to, and `/assets/…`. What can be wrong with the options is wrong here, not at the first upload.
 *
 * @throws {TypeError} where an option is of the wrong kind
 * @throws {S3FormError} where an option has a value that could not work; its `option` says which
 */
export function s3Form(options: S3FormOptions): S3Form {
  const settings = readOptions(options);
  const pages = new Pages(settings);
  const warnings = new Warnings();
  const directives = formDirectives(settings.store.publicUrl, settings.baseUrl);
  mintProbe(settings);

  const baseUrlIn = (req: Request) => baseUrlOf(req, settings.baseUrl, req.baseUrl);
  const pageFor = async (req: Request): Promise<PageContext> => ({
    mount: mountPath(settings.baseUrl ?? req.baseUrl),
    language: await settings.languageFor(req),
  });

  const showPage: RequestHandler = async (req, res) => {
    const baseUrl = baseUrlIn(req);
    const page = await pageFor(req);
    const form = pages.form(await mintForm(settings, req, baseUrl), page.language);
    sendHtml(res, pages.uploadPage(form, page));
  };

  const takeReturn: RequestHandler = async (req, res) => {
    const baseUrl = baseUrlIn(req);
    const upload = await confirmReturn(settings, req, baseUrl);
    const redirect = redirectOf(await settings.onUploaded?.(upload as never, req));
    if (prefersJson(req, res)) res.json({ upload, ...(redirect && { redirect }) });
    else if (redirect === undefined) sendHtml(res, pages.uploadedPage(upload, await pageFor(req)));
    // Browsers hold every redirect after a form against form-action, where this origin is not listed.
    else if (isElsewhere(redirect, baseUrl))
      sendHtml(res, pages.leavingPage(redirect, await pageFor(req)));
    else res.redirect(303, redirect);
  };

  const sendStyle: RequestHandler = (req, res, next) => {
    if (req.params['name'] !== pages.style.name) return next();
    res.set('Cache-Control', 'public, max-age=31536000, immutable');
    res.set('X-Content-Type-Options', 'nosniff');
    res.type(pages.style.type).send(pages.style.content);
  };

  const answerError = async (error: unknown, req: Request, res: Response): Promise<void> => {
    // Whatever else went wrong is for the app's error handler, and not for a visitor to read.
    if (!(error instanceof S3FormError)) throw error;
    const page = await pageFor(req);
    const text = errorText(page.language, error.code);
    if (text === undefined) throw error;
    const { code, status, message } = error;
    res.status(status);
    if (status >= 500) warnings.report(error);
    if (error.headers) res.set(error.headers);
    if (prefersJson(req, res)) res.json({ error: text, code, message });
    else sendHtml(res, pages.errorPage({ text, code, isPassing: status === 503 }, page));
  };

  const sendError: ErrorRequestHandler = (error: unknown, req, res, next) => {
    answerError(error, req, res).catch(next);
  };

  const router = express.Router({ mergeParams: true });
  const headers = pageHeaders(directives);
  router.all('/', headers, only('GET', 'HEAD'), waitFor(showPage));
  // A HEAD that ran the hook would let every link checker report an upload.
  router.all('/done/:receipt', headers, only('GET'), waitFor(takeReturn));
  router.all('/assets/:name', only('GET', 'HEAD'), sendStyle);
  router.use(sendError);

  return Object.assign(router, {
    url: settings.store.publicUrl,
    form: async (req: Request): Promise<EmbeddedForm> => {
      const baseUrl = baseUrlOf(req, settings.baseUrl, undefined);
      const language = await settings.languageFor(req);
      const minted = await mintForm(settings, req, baseUrl);
      req.res?.set('Cache-Control', 'no-store');
      return {
        html: pages.form(minted, language),
        head: pages.head(mountPath(baseUrl)),
        url: minted.post.url,
        fields: minted.post.fields,
        id: minted.id,
        done: minted.done,
      };
    },
    signedUrl: async (key: string, given: { readonly expiresIn?: number } = {}) => {
      const { region, store } = settings;
      const credentials = await settings.credentials();
      return signedObjectUrl({ url: store.publicUrl, region, credentials }, key, given);
    },
    cspDirectives: () => mutable(directives),
  });
}

/**
 * The headers of this package's own pages. Nothing that would outlive the page, such as HSTS: that
 * is for the app to decide.
 */
function pageHeaders(directives: CspDirectives): RequestHandler[] {
  return [
    (_req, res, next) => {
      res.set('Cache-Control', 'no-store');
      next();
    },
    helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: mutable(pageDirectives(directives)),
    }),
    helmet.xContentTypeOptions(),
    // With no-referrer browsers would post the form with `Origin: null`.
    helmet.referrerPolicy({ policy: 'strict-origin-when-cross-origin' }),
  ];
}

function mutable(directives: CspDirectives): Record<string, string[]> {
  return Object.fromEntries(Object.entries(directives).map(([name, list]) => [name, [...list]]));
}

function only(...methods: readonly string[]): RequestHandler {
  return (req, res, next) => {
    if (methods.includes(req.method)) return next();
    res.set('Allow', methods.join(', '));
    next(new S3FormError('method_not_allowed', `Only ${methods.join(' and ')} are answered here.`));
  };
}

/** Where the hook sends the person; apps may return other things from it, which are theirs alone. */
function redirectOf(answer: unknown): string | undefined {
  const redirect = (answer as { redirect?: unknown } | null | undefined)?.redirect;
  return typeof redirect === 'string' ? redirect : undefined;
}

function isElsewhere(redirect: string, baseUrl: string): boolean {
  return (
    URL.canParse(redirect, baseUrl) && new URL(redirect, baseUrl).origin !== new URL(baseUrl).origin
  );
}

/** Express 4 does not wait for handlers. */
function waitFor(handler: RequestHandler): RequestHandler {
  return (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };
}

function prefersJson(req: Request, res: Response): boolean {
  res.vary('Accept');
  return req.accepts(['html', 'json']) === 'json';
}

/** Not `res.send`, whose ETag is wasted on a page that is never the same twice. */
function sendHtml(res: Response, html: string): void {
  res.type('html').end(html);
}
