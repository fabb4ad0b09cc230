import mime from 'mime-types';
import { invalidOption, show } from '../policy/errors.ts';

/** What a form takes: MIME types, `type/*` or extensions with their dot; empty takes anything. */
export type Accept = readonly string[];

/**
 * @throws {TypeError} where it is no array of strings
 * @throws {S3FormError} `invalid_option`, also for a type that no file name could be told to be of
 */
export function parseAccept(accept: unknown = []): Accept {
  if (!Array.isArray(accept) || !accept.every((type) => typeof type === 'string')) {
    throw new TypeError("Option `accept` must be an array such as ['image/*', '.pdf'].");
  }
  const hasExtensions = accept.some((type) => type.startsWith('.'));
  return accept.map((type) => {
    if (!/^(\.[a-z0-9.+_-]+|[a-z]+\/(\*|[a-z0-9.+_-]+))$/i.test(type)) {
      throw invalidOption(
        'accept',
        `${show(type)} is neither a MIME type ("application/pdf"), a kind ("image/*") nor an extension (".pdf").`,
      );
    }
    const lower = type.toLowerCase();
    if (!hasExtensions && !lower.endsWith('/*') && extensionOf(lower) === undefined) {
      throw invalidOption(
        'accept',
        `no extension is known for ${show(type)}, so no file would be taken for one. Correct it, leave it out, or list the extensions (".jpg") beside it.`,
      );
    }
    return lower;
  });
}

/** The one MIME type that is accepted, where there is but one: the only rule a store can enforce. */
export function onlyType(accept: Accept): string | undefined {
  const [type] = accept;
  return accept.length === 1 && type?.includes('/') && !type.endsWith('/*') ? type : undefined;
}

/**
 * The same with all extensions of the types in it, because machines differ in what type they take a
 * file for: Windows calls a ZIP archive `application/x-zip-compressed`.
 */
export function withExtensions(accept: Accept): Accept {
  const extensions = accept.flatMap((type) => mime.extensions[type] ?? []);
  return [...new Set([...accept, ...extensions.map((extension) => `.${extension}`)])];
}

/** Whether a file's name is of a type that is accepted, judged by its extension. */
export function isAccepted(name: string, accept: Accept): boolean {
  if (accept.length === 0) return true;
  return hasAcceptedExtension(name, accept) || matchesType(mime.lookup(name) || '', accept);
}

/** Whether a file's name ends in an extension that is listed, or that a listed type has. */
export function hasAcceptedExtension(name: string, accept: Accept): boolean {
  const lower = name.toLowerCase();
  return withExtensions(accept).some(
    (allowed) => allowed.startsWith('.') && lower.endsWith(allowed),
  );
}

/** The type that a file's name stands for: where it may be several, one that is accepted. */
export function typeOf(name: string, accept: Accept): string | undefined {
  const usual = mime.lookup(name) || undefined;
  if (usual !== undefined && matchesType(usual, accept)) return usual;
  const types = accept.filter((type) => !type.startsWith('.'));
  return types.find((type) => hasAcceptedExtension(name, [type])) ?? usual;
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

/** What people know a type by, where it is not the first of the extensions that it has. */
const KNOWN_BY: Readonly<Partial<Record<string, string>>> = {
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'video/quicktime': 'mov',
};

/** The extension that people know a MIME type by, without the dot: `PDF`. */
export function extensionOf(type: string): string | undefined {
  return KNOWN_BY[type] ?? (mime.extension(type) || undefined);
}
