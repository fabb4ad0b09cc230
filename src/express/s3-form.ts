import { finished } from 'node:stream';
import express, {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { type CorsRules, corsRules } from '../bucket/cors.ts';
import { signedObjectUrl } from '../bucket/objects.ts';
import { type ChosenFile, checkFile, type FileClaim } from '../form/chosen-file.ts';
import { checkContext } from '../form/context.ts';
import { errorText } from '../form/language.ts';
import { S3FormError } from '../policy/errors.ts';
import { assertKnownOptions, assertObject } from '../policy/options.ts';
import { warnOfIpv6, warnOfOtherMount, warnOfUntrustedProxy } from './address-warnings.ts';
import { baseUrlOf, mountPath } from './base-url.ts';
import { confirmReturn, parseReturn } from './confirm-return.ts';
import { formDirectives, toHelmet } from './content-security-policy.ts';
import { only, prefersJson, queryOf, sendHtml, waitFor } from './handlers.ts';
import { type FormOrder, mintForm, mintProbe } from './mint.ts';
import { readOptions, type S3FormOptions } from './options.ts';
import { pageHeaders } from './page-headers.ts';
import { type PageContext, Pages } from './pages.ts';
import { reportUpload } from './report-upload.ts';
import type { Upload } from './upload.ts';
import { Warnings } from './warnings.ts';

/** A form to be put into any page. */
export interface EmbeddedForm {
  /** The form element. */
  readonly html: string;
  /** The link of the style sheet and the script's tag, for the page's head. */
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

/** A policy for one file, as the script and clients such as Uppy take it. */
export interface PresignedUpload {
  readonly method: 'POST';
  readonly url: string;
  /** None: a form needs no headers of its own. */
  readonly headers: Readonly<Record<string, never>>;
  /** All fields but the file, in their order. */
  readonly fields: Readonly<Record<string, string>>;
  /** Seconds in which the upload can begin. */
  readonly expires: number;
  /** Where the upload is reported: asked for JSON, with the store's `bucket`, `key` and `etag`. */
  readonly done: string;
}

/** What a form or a policy is asked for. */
interface FormRequest {
  /** Of any type whose values JSON can carry, be it an `interface`. */
  readonly context?: object;
}

/** An Express router with the upload page, and what other routes of the app need. */
export interface S3Form extends Router {
  /** The bucket's URL, which forms post to. */
  readonly url: string;
  /**
   * A form for a page of the app's own. It marks the answer as `no-store`, because what it carries
   * is a permission. `context` is plain JSON of 1,024 bytes at the most, readable for who sees the
   * form and changed by nobody; it comes back as `upload.context`.
   *
   * @throws {TypeError} where the context is no plain object of what JSON can carry, or `bindTo`
   *   gives no string
   * @throws {S3FormError} `unknown_option`, `base_url_required`, and what an option's function gave
   *   wrong
   */
  form(req: Request, given?: FormRequest): Promise<EmbeddedForm>;
  /**
   * A policy for one file: what the JSON route answers. It marks the answer as `no-store`.
   *
   * @throws {TypeError} as `form` does
   * @throws {S3FormError} `unknown_option`, `base_url_required`, `filename_invalid`,
   *   `type_invalid`, `size_invalid`, `type_not_allowed`, `file_too_large`, `file_too_small`
   */
  presign(req: Request, file: FileClaim & FormRequest): Promise<PresignedUpload>;
  /**
   * The upload behind a return address (or the receipt in it, where the key was known beforehand)
   * that came in through a form of the app's own. The store is asked, as at the return itself.
   *
   * @throws {S3FormError} `base_url_required`, and the codes of a return
   */
  verify(req: Request, receipt: string): Promise<Upload>;
  /**
   * A link to a private object; `expiresIn` in seconds, 300 unless told.
   *
   * @throws {TypeError} where an argument is of the wrong kind
   * @throws {S3FormError} `unknown_option`, `invalid_option`, `credentials_unavailable`
   */
  signedUrl(key: string, options?: { readonly expiresIn?: number }): Promise<string>;
  /** What the Content-Security-Policy of a page with an embedded form has to allow. */
  cspDirectives(): Record<string, string[] | null>;
  /**
   * The CORS rules that the bucket needs for uploads by script from these origins.
   *
   * @throws {TypeError} where they are no array of strings
   * @throws {S3FormError} `invalid_option` for what is no origin
   */
  corsRules(origins: readonly string[]): CorsRules;
}

/**
 * Makes the router: the upload page at its root, `/s3/params` for policies of single files,
 * `/done/…` where the store sends the browser back to, and `/assets/…`. What can be wrong with the
 * options is wrong here, not at the first upload.
 *
 * @throws {TypeError} where an option is of the wrong kind
 * @throws {S3FormError} where an option has a value that could not work; its `option` says which
 */
export function s3Form(options: S3FormOptions): S3Form {
  const settings = readOptions(options);
  const { userOf } = settings;
  const pages = new Pages(settings);
  const warnings = new Warnings();
  const directives = formDirectives({ ...settings, bucketUrl: settings.store.publicUrl });
  mintProbe(settings);
  warnOfIpv6(settings.store.publicUrl, warnings);

  const baseUrlFor = (req: Request, mount?: string) => {
    const baseUrl = baseUrlOf(req, settings.baseUrl, mount);
    warnOfUntrustedProxy(req, settings.baseUrl, warnings);
    return baseUrl;
  };
  const baseUrlIn = (req: Request) => {
    warnOfOtherMount(req, settings.baseUrl, warnings);
    return baseUrlFor(req, req.baseUrl);
  };
  const pageFor = async (req: Request, mount: string): Promise<PageContext> => ({
    mount: mountPath(mount),
    language: await settings.languageFor(req),
  });
  const pageIn = (req: Request) => pageFor(req, settings.baseUrl ?? req.baseUrl);

  const showPage: RequestHandler = async (req, res) => {
    const page = await pageIn(req);
    const order = { baseUrl: baseUrlIn(req), context: undefined, user: await userOf(req) };
    const minted = await mintForm(settings, req, order);
    sendHtml(res, pages.uploadPage(pages.form(minted, page), page));
  };

  const presign = async (req: Request, order: FormOrder): Promise<PresignedUpload> => {
    const { post, expiresIn, done } = await mintForm(settings, req, order);
    return {
      method: 'POST',
      url: post.url,
      headers: {},
      fields: post.fields,
      expires: expiresIn,
      done,
    };
  };

  const sendParams: RequestHandler = async (req, res) => {
    const query = queryOf(req);
    const [file, token] = [readFile(query), query.get('context')];
    const [baseUrl, user] = [baseUrlIn(req), await userOf(req)];
    const holder = { baseUrl, bucket: settings.bucket, user, now: new Date() };
    const context = token ? settings.contexts.read(token, holder).context : undefined;
    res.json(await presign(req, { baseUrl, context: checkContext(context), user, file }));
  };

  const takeReturn: RequestHandler = async (req, res) => {
    const [baseUrl, user] = [baseUrlIn(req), await userOf(req)];
    const upload = await confirmReturn(settings, {
      ...parseReturn(req.originalUrl),
      baseUrl,
      user,
    });
    const redirect = await reportUpload(settings, upload, req, baseUrl);
    if (prefersJson(req, res)) res.json({ upload, ...(redirect && { redirect }) });
    else if (redirect === undefined) sendHtml(res, pages.uploadedPage(upload, await pageIn(req)));
    // Browsers hold every redirect after a form against form-action, where this origin is not listed.
    else if (isElsewhere(redirect, baseUrl))
      sendHtml(res, pages.leavingPage(redirect, await pageIn(req)));
    else res.redirect(303, redirect);
  };

  const sendAsset: RequestHandler = (req, res, next) => {
    const asset = pages.assets.get(String(req.params['name']));
    if (asset === undefined) return next();
    res.set('Cache-Control', 'public, max-age=31536000, immutable');
    res.set('X-Content-Type-Options', 'nosniff');
    const isGzipped = req.acceptsEncodings('gzip', 'identity') === 'gzip';
    if (isGzipped) res.set('Content-Encoding', 'gzip');
    const body = isGzipped ? asset.gzipped : asset.content;
    res.vary('Accept-Encoding').type(asset.type).send(body);
  };

  const answerError = async (
    error: unknown,
    req: Request,
    res: Response,
    next: NextFunction,
    isForProgram: IsForProgram,
  ): Promise<void> => {
    // Whatever else went wrong is for the app's error handler, and not for a visitor to read.
    if (!(error instanceof S3FormError)) throw error;
    const { code, status, message } = error;
    const page = await pageIn(req);
    const text = errorText(page.language, code);
    if (text === undefined) throw error;
    const thrown = thrownByHook(error);
    const isPassing = status === 503 || thrown !== undefined;
    const html = isForProgram(req, res)
      ? undefined
      : pages.errorPage({ text, code, isPassing }, page);
    res.status(status);
    if (thrown !== undefined) {
      // The visitor is answered here, and then the app's error handler is told what its hook
      // threw. The last one of Express ends the connection, which nobody shall count on by then.
      finished(res.set('Connection', 'close'), () => next(thrown));
    } else if (status >= 500) warnings.report(error);
    if (error.headers) res.set(error.headers);
    if (html === undefined) res.json({ error: text, code, message });
    else sendHtml(res, html);
  };

  const sendError =
    (isForProgram: IsForProgram): ErrorRequestHandler =>
    (error: unknown, req, res, next) => {
      // Where not even an error can be shown, what the hook threw still says more than that.
      answerError(error, req, res, next, isForProgram).catch((fault) =>
        next(thrownByHook(error) ?? fault),
      );
    };

  const router = express.Router({ mergeParams: true });
  const headers = pageHeaders(directives);
  router.all('/', headers, only('GET', 'HEAD'), waitFor(showPage));
  router.all('/s3/params', headers, only('GET'), waitFor(sendParams));
  router.use(
    '/s3',
    sendError(() => true),
  );
  // A HEAD that ran the hook would let every link checker report an upload.
  // Without a parameter, which Express would decode, and leave to the app where it can't.
  router.all(/^\/done\/[^/]+\/?$/i, headers, only('GET'), waitFor(takeReturn));
  router.all('/assets/:name', only('GET', 'HEAD'), sendAsset);
  router.use(sendError(prefersJson));

  return Object.assign(router, {
    url: settings.store.publicUrl,
    form: async (req: Request, given: FormRequest = {}): Promise<EmbeddedForm> => {
      const { context } = checkGiven('form', given, ['context']);
      const baseUrl = baseUrlFor(req);
      const page = await pageFor(req, baseUrl);
      const order = { baseUrl, context: checkContext(context), user: await userOf(req) };
      const minted = await mintForm(settings, req, order);
      req.res?.set('Cache-Control', 'no-store');
      const { post, id, done } = minted;
      return {
        html: pages.form(minted, page),
        head: pages.head(page.mount),
        ...{ url: post.url, fields: post.fields, id, done },
      };
    },
    presign: async (req: Request, given: FileClaim & FormRequest) => {
      const known = ['filename', 'type', 'size', 'context'];
      const { context, ...claim } = checkGiven('presign', given, known);
      const presigned = await presign(req, {
        baseUrl: baseUrlFor(req),
        context: checkContext(context),
        file: checkFile(claim),
        user: await userOf(req),
      });
      req.res?.set('Cache-Control', 'no-store');
      return presigned;
    },
    verify: async (req: Request, receipt: string) => {
      const [baseUrl, user] = [baseUrlFor(req), await userOf(req)];
      return confirmReturn(settings, { ...parseReturn(receipt), baseUrl, user });
    },
    signedUrl: async (key: string, given: { readonly expiresIn?: number } = {}) => {
      checkGiven('signedUrl', given, ['expiresIn']);
      const { region, store } = settings;
      const credentials = await settings.credentials();
      return signedObjectUrl({ url: store.publicUrl, region, credentials }, key, given);
    },
    cspDirectives: () => toHelmet(directives),
    corsRules,
  });
}

/** Refuses what a method would pass over without a word. */
function checkGiven<Given extends object>(
  method: string,
  given: Given,
  known: readonly string[],
): Given {
  assertObject(`options of ${method}()`, given);
  assertKnownOptions(given, known, method);
  return given;
}

/** What a client says of its file. Uppy's Companion says more, which is nobody's to believe. */
function readFile(query: URLSearchParams): ChosenFile {
  const size = query.get('size');
  return checkFile({
    filename: query.get('filename') ?? '',
    type: query.get('type') ?? '',
    size: size === null ? undefined : /^\d+$/.test(size) ? Number(size) : Number.NaN,
  });
}

type IsForProgram = (req: Request, res: Response) => boolean;

/** What the app's hook threw; the error that tells of it where that is nothing. */
function thrownByHook(error: unknown): unknown {
  if (!(error instanceof S3FormError) || error.code !== 'on_uploaded_failed') return undefined;
  return error.cause || error;
}

function isElsewhere(redirect: string, baseUrl: string): boolean {
  return new URL(redirect, baseUrl).origin !== new URL(baseUrl).origin;
}
