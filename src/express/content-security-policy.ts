/** Directives of a Content-Security-Policy, in the shape that helmet takes. */
export type CspDirectives = Readonly<Record<string, readonly string[]>>;

/**
 * What a page with the form has to allow: posting to the bucket and coming back (browsers check
 * the redirect too, so both origins are listed), the style sheet, and pictures from the bucket.
 *
 * @see https://www.w3.org/TR/CSP3/#directive-form-action
 */
export function formDirectives(bucketUrl: string, baseUrl: string | undefined): CspDirectives {
  const bucket = new URL(bucketUrl).origin;
  // The return address lies on another origin than the page where baseUrl is absolute.
  const app = baseUrl !== undefined && URL.canParse(baseUrl) ? [new URL(baseUrl).origin] : [];
  return {
    'form-action': ["'self'", ...app, bucket],
    'img-src': ["'self'", bucket],
    'style-src': ["'self'"],
  };
}

/** The whole policy of this package's own pages: nothing but what the form needs. */
export function pageDirectives(directives: CspDirectives): CspDirectives {
  return {
    'default-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'self'"],
    ...directives,
  };
}
