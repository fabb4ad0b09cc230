import { S3FormError } from '../policy/errors.ts';
import { baseName } from '../policy/field-values.ts';
import { type Accept, hasAcceptedExtension, isAccepted, matchesType, typeOf } from './accept.ts';

/** A file as a browser describes it before it is sent: any of it may be untrue. */
export interface ChosenFile {
  /** The name without directories, with nothing in it that a key can't have. */
  readonly filename: string;
  /** A MIME type; empty where the browser knows none. */
  readonly type: string;
  /** Bytes; not every client tells them. */
  readonly size?: number | undefined;
}

/** What a browser says of a file, not yet checked. */
export interface FileClaim {
  readonly filename: string;
  readonly type?: string | undefined;
  readonly size?: number | undefined;
}

const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * @throws {S3FormError} `filename_invalid`, `type_invalid`, `size_invalid`
 */
export function checkFile({ filename, type = '', size }: FileClaim): ChosenFile {
  if (!/^$|^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(;[ \w!#$&^.+=-]*)?$/.test(type) || type.length > 127) {
    throw new S3FormError('type_invalid', 'The parameter type must be a MIME type, or empty.');
  }
  if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0)) {
    throw new S3FormError('size_invalid', 'The parameter size must be a whole number of bytes.');
  }
  return { filename: safeName(filename), type: type.toLowerCase(), size };
}

function safeName(filename: unknown): string {
  const name = baseName(typeof filename === 'string' ? filename : '')
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '_')
    // Stores take these for variables.
    .replaceAll(/^\$|\$(?=[${])/g, '_')
    // Ceph takes blanks off the ends of a key.
    .trim();
  if (name !== '' && name !== '.' && name !== '..') return name;
  throw new S3FormError('filename_invalid', 'The parameter filename must be the name of a file.');
}

/** What a form takes, as far as it can be held against a file that has not been sent. */
export interface FileLimits {
  readonly accept: Accept;
  /** Bytes. */
  readonly minFileSize: number;
  readonly maxFileSize: number;
}

/**
 * Refuses what the store, or the return, would refuse after everything had been sent.
 *
 * @throws {S3FormError} `type_not_allowed`, `file_too_large`, `file_too_small`
 */
export function refuseFile(
  file: ChosenFile,
  { accept, minFileSize, maxFileSize }: FileLimits,
): void {
  const { filename, type, size } = file;
  // A browser's idea of a type depends on its machine, so an extension that is listed is enough:
  // what is signed is an accepted type, or the usual one of an accepted extension.
  const isTrue =
    !isKnown(type) || hasAcceptedExtension(filename, accept) || matchesType(type, accept);
  if (!isAccepted(filename, accept) || !isTrue) throw typeNotAllowed(accept);
  if (size === undefined) return;
  if (size > maxFileSize) {
    throw new S3FormError('file_too_large', `The file may have ${maxFileSize} bytes at the most.`);
  }
  if (size < minFileSize) {
    throw new S3FormError('file_too_small', `The file must have ${minFileSize} bytes at least.`);
  }
}

export function typeNotAllowed(accept: Accept): S3FormError {
  return new S3FormError('type_not_allowed', `Only ${accept.join(', ')} may be uploaded here.`);
}

/**
 * The type that a file is stored and served with: what the browser says, unless what may be
 * uploaded is listed and the browser's type is not among it.
 */
export function typeToStore({ filename, type }: ChosenFile, accept: Accept): string {
  if (isKnown(type) && matchesType(type, accept)) return type;
  return typeOf(filename, accept) ?? UNKNOWN_TYPE;
}

function isKnown(type: string): boolean {
  return type !== '' && type !== UNKNOWN_TYPE;
}
