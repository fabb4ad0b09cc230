/** Directives of a Content-Security-Policy, in the shape that helmet takes: `null` leaves one out. */
export type CspDirectives = Readonly<Record<string, readonly string[] | null>>;

interface Parties {
  /** The bucket's URL for browsers. */
  readonly bucketUrl: string;
  readonly baseUrl: string | undefined;
  /** Whether the form has its script. */
  readonly script: boolean;
}

/**
 * What a page with the form has to allow: posting to the bucket and coming back (browsers check
 * the redirect too, so both origins are listed), the style sheet, the script and its requests (to
 * the app it makes them on the page's own origin), and pictures from the bucket.
 *
 * @see https://www.w3.org/TR/CSP3/#directive-form-action
 */
export function formDirectives({ bucketUrl, baseUrl, script }: Parties): CspDirectives {
  const { origin: bucket, protocol } = new URL(bucketUrl);
  // The return address lies on another origin than the page where baseUrl is absolute.
  const app = baseUrl !== undefined && URL.canParse(baseUrl) ? [new URL(baseUrl).origin] : [];
  return {
    'form-action': ["'self'", ...app, bucket],
    'img-src': ["'self'", bucket],
    'style-src': ["'self'"],
    ...(script && { 'script-src': ["'self'"], 'connect-src': ["'self'", bucket] }),
    // A store without https would be asked for with https, and not be there.
    ...(protocol === 'http:' && { 'upgrade-insecure-requests': null }),
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

/** A copy that helmet, and the app, may change. */
export function toHelmet(directives: CspDirectives): Record<string, string[] | null> {
  return Object.fromEntries(
    Object.entries(directives).map(([name, list]) => [name, list && [...list]]),
  );
}
