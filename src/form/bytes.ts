import { invalidOption, show } from '../policy/errors.ts';
import { unitFormat } from './formatters.ts';

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  KIB: 1024,
  MIB: 1024 ** 2,
  GIB: 1024 ** 3,
};

/** A size: bytes, or a text such as `'10 MB'` (1 MB = 1000² bytes, 1 MiB = 1024²). */
export type Bytes = number | string;

/**
 * The bytes that a size stands for.
 *
 * @throws {TypeError} where it is neither number nor string
 * @throws {S3FormError} `invalid_option`
 */
export function parseBytes(option: string, size: unknown): number {
  if (typeof size !== 'number' && typeof size !== 'string') {
    throw new TypeError(`Option \`${option}\` must be bytes or a text such as '10 MB'.`);
  }
  const bytes = typeof size === 'number' ? size : parseText(size);
  if (bytes === undefined || !Number.isSafeInteger(bytes) || bytes < 0) {
    throw invalidOption(
      option,
      `${show(size)} is no size. Give whole bytes or a text such as "10 MB", "500 kB", "1 GiB".`,
    );
  }
  return bytes;
}

function parseText(text: string): number | undefined {
  const [, number, unit = 'B'] = /^(\d+(?:\.\d+)?)\s*([kmg]?i?b)?$/i.exec(text.trim()) ?? [];
  const factor = UNITS[unit.toUpperCase()];
  return number === undefined || factor === undefined
    ? undefined
    : Math.round(Number(number) * factor);
}

/** A size for people, in the language's own way: `1.2 MB`. */
export function formatBytes(bytes: number, language: string): string {
  const [unit, factor]: [string, number] =
    bytes < 1000
      ? ['byte', 1]
      : bytes < 1000 ** 2
        ? ['kilobyte', 1000]
        : bytes < 1000 ** 3
          ? ['megabyte', 1000 ** 2]
          : ['gigabyte', 1000 ** 3];
  return unitFormat(language, unit).format(bytes / factor);
}
