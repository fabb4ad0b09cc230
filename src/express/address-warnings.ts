import type { Request } from 'express';
import { show } from '../policy/errors.ts';
import { isAbsoluteHttpUrl } from '../policy/options.ts';
import { isForwardedUntrusted, mountPath } from './base-url.ts';
import type { Warnings } from './warnings.ts';

/** No CSP source can be an IPv6 address: https://www.w3.org/TR/CSP3/#grammardef-host-part */
export function warnOfIpv6(bucketUrl: string, warnings: Warnings): void {
  const { origin, hostname } = new URL(bucketUrl);
  if (!hostname.startsWith('[')) return;
  warnings.once(
    'S3FORM_IPV6_ENDPOINT',
    `No Content-Security-Policy can name an IPv6 address, so browsers block uploads to ${origin} from every page that has a policy, the router's own among them. Use a host name as \`endpoint\`, or as \`publicEndpoint\`.`,
  );
}

/** Where the proxy's word does not count, the return address is not the one that browsers know. */
export function warnOfUntrustedProxy(
  req: Request,
  configured: string | undefined,
  warnings: Warnings,
): void {
  if (configured !== undefined && isAbsoluteHttpUrl(configured)) return;
  if (!isForwardedUntrusted(req)) return;
  warnings.once(
    'S3FORM_UNTRUSTED_PROXY',
    "X-Forwarded-Proto or X-Forwarded-Host of a request names another address than Express does, which does not trust its sender. If that is your proxy, browsers will block the way back from every upload without script: set Express's `trust proxy` to the proxy's address, or option `baseUrl` to an absolute URL. If it is none of yours, a visitor made the header up, and all is well.",
  );
}

/**
 * Where `baseUrl` and the mount disagree, forms may return to where nobody answers. A proxy that
 * strips a part of the path leaves the end of it, which is the mount.
 */
export function warnOfOtherMount(
  req: Request,
  configured: string | undefined,
  warnings: Warnings,
): void {
  if (configured === undefined) return;
  const [expected, mount] = [pathOf(configured), pathOf(req.baseUrl)];
  if (expected.endsWith(mount)) return;
  // One that adds a part may be there as well, where there is any.
  if (mount.endsWith(expected) && isForwarded(req)) return;
  warnings.once(
    'S3FORM_OTHER_MOUNT',
    `Option \`baseUrl\`: forms return to ${show(expected || '/')}, but the router is mounted at ${show(mount || '/')}. Set \`baseUrl\` to the mount's whole path as browsers see it. If a proxy or another mount leads from the one to the other, all is well.`,
  );
}

/** As Express compares paths. */
function pathOf(url: string): string {
  return mountPath(url).toLowerCase();
}

function isForwarded(req: Request): boolean {
  return ['via', 'forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'].some(
    (name) => req.get(name) !== undefined,
  );
}
