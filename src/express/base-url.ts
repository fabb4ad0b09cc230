import type { Request } from 'express';
import { S3FormError } from '../policy/errors.ts';
import { isAbsoluteHttpUrl } from '../policy/options.ts';

/**
 * The absolute URL of the mount, without a final slash: the receipt is bound to it and the store
 * sends the browser back to it.
 *
 * @param configured the option `baseUrl`
 * @param mount the path the request came in through, where it came in through the mount
 * @throws {S3FormError} `base_url_required`, `host_invalid`
 */
export function baseUrlOf(
  req: Request,
  configured: string | undefined,
  mount: string | undefined,
): string {
  if (configured !== undefined && isAbsoluteHttpUrl(configured)) return configured;
  const path = configured ?? mount;
  if (path === undefined) {
    throw new S3FormError(
      'base_url_required',
      'Option `baseUrl` is required to use the form outside its mount. Set it to the path where the router is mounted, such as "/upload".',
      { option: 'baseUrl' },
    );
  }
  return originOf(req) + path.replace(/\/+$/, '');
}

/** The path of a base URL, for links between pages, which may be served on more than one host. */
export function mountPath(baseUrl: string): string {
  const path = URL.canParse(baseUrl) ? new URL(baseUrl).pathname : baseUrl;
  // Two slashes would begin another host's address.
  return path.replace(/^\/+/, '/').replace(/\/+$/, '');
}

/** Whether the request's headers name another origin than Express, which does not trust their sender. */
export function isForwardedUntrusted(req: Request): boolean {
  if (isSenderTrusted(req)) return false;
  const [protocol = ''] = (req.get('x-forwarded-proto') ?? '').split(',', 1);
  const host = req.get('x-forwarded-host') || req.get('host');
  const named = parseOrigin(protocol.trim() || req.protocol, host);
  return named !== undefined && named !== parseOrigin(req.protocol, req.get('host'));
}

/** The origin that the browser asked, as far as Express trusts the proxy to say it. */
function originOf(req: Request): string {
  const forwarded = isSenderTrusted(req) && req.get('x-forwarded-host');
  const origin = parseOrigin(req.protocol, forwarded || req.get('host'));
  if (origin !== undefined) return origin;
  throw new S3FormError('host_invalid', 'The request names no host to come back to.');
}

function isSenderTrusted(req: Request): boolean {
  const trusts = req.app.get('trust proxy fn') as (address: string, hop: number) => boolean;
  return trusts(req.socket.remoteAddress ?? '', 0);
}

function parseOrigin(protocol: string, hosts = ''): string | undefined {
  const [host = ''] = hosts.split(',', 1);
  const url = `${protocol}://${host.trim()}`;
  return isAbsoluteHttpUrl(url) ? new URL(url).origin : undefined;
}
