import mime from 'mime-types';
import { invalidOption, show } from '../policy/errors.ts';

/** What a form takes: MIME types, `type/*` or extensions with their dot; empty takes anything. */
export type Accept = readonly string[];

/**
 * @throws {TypeError} where it is no array of strings
 * @throws {S3FormError} `invalid_option`
 */
export function parseAccept(accept: unknown = []): Accept {
  if (!Array.isArray(accept) || !accept.every((type) => typeof type === 'string')) {
    throw new TypeError("Option `accept` must be an array such as ['image/*', '.pdf'].");
  }
  return accept.map((type) => {
    if (!/^(\.[a-z0-9.+_-]+|[a-z]+\/(\*|[a-z0-9.+_-]+))$/i.test(type)) {
      throw invalidOption(
        'accept',
        `${show(type)} is neither a MIME type ("application/pdf"), a kind ("image/*") nor an extension (".pdf").`,
      );
    }
    return type.toLowerCase();
  });
}

/** The one MIME type that is accepted, where there is but one: the only rule a store can enforce. */
export function onlyType(accept: Accept): string | undefined {
  const [type] = accept;
  return accept.length === 1 && type?.includes('/') && !type.endsWith('/*') ? type : undefined;
}

/** Whether a file's name is of a type that is accepted, judged by its extension. */
export function isAccepted(name: string, accept: Accept): boolean {
  if (accept.length === 0) return true;
  return hasAcceptedExtension(name, accept) || matchesType(mime.lookup(name) || '', accept);
}

/** Whether a file's name ends in an extension that is itself accepted, whatever its type. */
export function hasAcceptedExtension(name: string, accept: Accept): boolean {
  const lower = name.toLowerCase();
  return accept.some((allowed) => allowed.startsWith('.') && lower.endsWith(allowed));
}

/** Whether a MIME type is one of those that are accepted; extensions say nothing of it. */
export function matchesType(type: string, accept: Accept): boolean {
  const [essence = ''] = type.split(';', 1);
  return (
    accept.length === 0 ||
    accept.some((allowed) =>
      allowed.endsWith('/*') ? essence.startsWith(allowed.slice(0, -1)) : essence === allowed,
    )
  );
}

/** The extension that people know a MIME type by, without the dot: `PDF`. */
export function extensionOf(type: string): string | undefined {
  return mime.extension(type) || undefined;
}
