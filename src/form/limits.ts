import { type Accept, extensionOf } from './accept.ts';
import { formatBytes } from './bytes.ts';
import { choiceFormat } from './formatters.ts';
import { type Language, say } from './language.ts';
import type { FileKind } from './messages.ts';

/**
 * What may be chosen, as the form's hint says it: `Images or PDF. Up to 10 MB.`
 *
 * @param types as `typesText` says them
 */
export function limitsText(types: string, maxFileSize: number, language: Language): string {
  const { messages, tag } = language;
  const max = formatBytes(maxFileSize, tag);
  if (types === '') return say(language, messages.sizeLimit, { max });
  const [first = ''] = types;
  return say(language, messages.limits, {
    max,
    types: first.toLocaleUpperCase(tag) + types.slice(first.length),
  });
}

/** What types may be chosen, within a sentence: `images or PDF`; empty for any. */
export function typesText(accept: Accept, { messages, tag }: Language): string {
  const names = accept.map((type) => messages.kinds[type as FileKind] ?? typeName(type));
  return choiceFormat(tag).format(new Set(names));
}

/** What people call a type: `PDF` for `application/pdf` as for `.pdf`. */
export function typeName(type: string): string {
  if (type.startsWith('.')) return type.slice(1).toUpperCase();
  return extensionOf(type)?.toUpperCase() ?? type;
}
