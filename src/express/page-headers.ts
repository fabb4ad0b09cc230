import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { type CspDirectives, pageDirectives, toHelmet } from './content-security-policy.ts';

/**
 * The headers of this package's own pages. Nothing that would outlive the page, such as HSTS: that
 * is for the app to decide.
 */
export function pageHeaders(directives: CspDirectives): RequestHandler[] {
  return [
    (_req, res, next) => {
      res.set('Cache-Control', 'no-store');
      next();
    },
    helmet.contentSecurityPolicy({
      useDefaults: false,
      directives: toHelmet(pageDirectives(directives)),
    }),
    helmet.xContentTypeOptions(),
    // With no-referrer browsers would post the form with `Origin: null`.
    helmet.referrerPolicy({ policy: 'strict-origin-when-cross-origin' }),
  ];
}
