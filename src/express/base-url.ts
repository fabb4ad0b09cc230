import type { Request } from 'express';
import { S3FormError } from '../policy/errors.ts';

/**
 * The absolute URL of the mount, without a final slash: the receipt is bound to it and the store
 * sends the browser back to it.
 *
 * @param configured the option `baseUrl`
 * @param mount the path the request came in through, where it came in through the mount
 * @throws {S3FormError} `base_url_required`
 */
export function baseUrlOf(
  req: Request,
  configured: string | undefined,
  mount: string | undefined,
): string {
  if (configured !== undefined && !configured.startsWith('/') && configured !== '') {
    return configured;
  }
  const path = configured ?? mount;
  const origin = originOf(req);
  if (path !== undefined && origin !== undefined) return origin + path.replace(/\/+$/, '');
  throw new S3FormError(
    'base_url_required',
    path === undefined
      ? 'Option `baseUrl` is required to use the form outside its mount. Set it to the path where the router is mounted, such as "/upload".'
      : 'The request names no usable host. Set `baseUrl` to an absolute URL.',
    { option: 'baseUrl' },
  );
}

/** The origin that the browser asked, as far as Express trusts the proxy to say it. */
function originOf(req: Request): string | undefined {
  const trusts = req.app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  const forwarded = trusts(req.socket.remoteAddress ?? '', 0) && req.get('x-forwarded-host');
  const [host] = (forwarded || req.get('host') || '').split(',', 1);
  const url = `${req.protocol}://${host?.trim()}`;
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
