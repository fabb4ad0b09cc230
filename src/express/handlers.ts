import type { Request, RequestHandler, Response } from 'express';
import { S3FormError } from '../policy/errors.ts';

/** Lets these methods pass and refuses all others. */
export function only(...methods: readonly string[]): RequestHandler {
  return (req, res, next) => {
    if (methods.includes(req.method)) return next();
    res.set('Allow', methods.join(', '));
    next(new S3FormError('method_not_allowed', `Only ${methods.join(' and ')} are answered here.`));
  };
}

/** Express 4 does not wait for handlers. */
export function waitFor(handler: RequestHandler): RequestHandler {
  return (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next);
  };
}

export function prefersJson(req: Request, res: Response): boolean {
  res.vary('Accept');
  return req.accepts(['html', 'json']) === 'json';
}

/** Not `res.send`, whose ETag is wasted on a page that is never the same twice. */
export function sendHtml(res: Response, html: string): void {
  res.type('html').end(html);
}

/** The query parser is the app's to choose; this reads what clients and stores write. */
export function queryOf(req: Request): URLSearchParams {
  const start = req.originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : req.originalUrl.slice(start));
}
