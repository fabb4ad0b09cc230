import type { Request } from 'express';
import {
  type Language,
  languageOf,
  type OwnMessages,
  parseLanguageTag,
  parseMessages,
} from '../form/language.ts';

type ForVisitor<Value> = Value | ((req: Request) => Value | Promise<Value>);

/** The options that decide what a person reads. */
export interface LanguageOptions {
  /**
   * A language tag (BCP 47). English and French are complete; any other language takes English for
   * what `messages` does not give. A language for each visitor:
   * `(req) => req.acceptsLanguages('en', 'fr') || 'en'`.
   *
   * @default 'en'
   */
  readonly lang?: ForVisitor<string> | undefined;
  /**
   * Sentences that win over those of this package, as plain text. `{max}` and the like are filled
   * in.
   */
  readonly messages?: ForVisitor<OwnMessages> | undefined;
}

/** The language of whoever asks. */
export type LanguageFor = (req: Request) => Promise<Language>;

/**
 * Checks what is known without a request; what a function gives is checked when it gives it.
 *
 * @throws {TypeError} where a value is of the wrong kind
 * @throws {S3FormError} `unknown_option`, `invalid_option`
 */
export function readLanguage(
  { lang = 'en', messages = {} }: LanguageOptions,
  hasScript: boolean,
): LanguageFor {
  if (typeof lang !== 'function' && typeof messages !== 'function') {
    const always = languageOf(parseLanguageTag(lang), parseMessages(messages), hasScript);
    return async () => always;
  }
  const toTag = valueFor(lang, parseLanguageTag);
  const toMessages = valueFor(messages, parseMessages);
  return async (req) => languageOf(await toTag(req), await toMessages(req), hasScript);
}

function valueFor<Value extends string | object>(
  option: ForVisitor<Value>,
  parse: (given: unknown) => Value,
): (req: Request) => Value | Promise<Value> {
  if (typeof option === 'function') return async (req) => parse(await option(req));
  const value = parse(option);
  return () => value;
}
