import { invalidOption, type ShownErrorCode, show } from '../policy/errors.ts';
import { assertKnownOptions, assertRecord, assertString } from '../policy/options.ts';
import { fill, type Messages, type Plural, placeholdersOf } from './messages.ts';
import { english } from './messages-en.ts';
import { french } from './messages-fr.ts';

/** The language of one page or form, and all that it says. */
export interface Language {
  /** As `lang` attributes and `Intl` take it. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Messages;
}

/** Sentences of the app's own: any part of `Messages`. */
export type OwnMessages = {
  readonly [Name in keyof Messages]?:
    | (Messages[Name] extends string ? string : Partial<Messages[Name]>)
    | undefined;
};

/** The languages that this package speaks. */
const CATALOGUES: Readonly<Partial<Record<string, Messages>>> = { en: english, fr: french };

/**
 * The language as it was asked for, or English where the sentences are mostly English: where
 * neither this package nor the app has them, a page that claims to be in it would be read out wrong.
 *
 * @param hasScript whether the sentences of the script are said as well
 */
export function languageOf(tag: string, own: OwnMessages, hasScript: boolean): Language {
  const catalogue = CATALOGUES[new Intl.Locale(tag).language];
  const says = saysMost(english, own) && (!hasScript || saysMost(english.script, own.script));
  const speaks = catalogue !== undefined || says;
  return {
    tag: speaks ? tag : 'en',
    direction: speaks ? directionOf(tag) : 'ltr',
    messages: withOwn(catalogue ?? english, own),
  };
}

/** Whether more than half of the sentences of a group are the app's own, further groups aside. */
function saysMost(ours: object, own: object = {}): boolean {
  const sentences = Object.entries(ours).filter(
    ([, sentence]) => typeof sentence === 'string' || isPlural(sentence),
  );
  const given = new Map(Object.entries(own));
  const isGiven = ([name]: [string, unknown]) => given.get(name) !== undefined;
  return sentences.filter(isGiven).length > sentences.length / 2;
}

/** The scripts in use today that are written from right to left, by ISO 15924. */
const FROM_RIGHT = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa'];

/** `Intl.Locale` tells the direction itself, but not under one name in all versions of Node. */
function directionOf(tag: string): Language['direction'] {
  const { script = '' } = new Intl.Locale(tag).maximize();
  return FROM_RIGHT.includes(script) ? 'rtl' : 'ltr';
}

function withOwn<Catalogue extends object>(ours: Catalogue, own: object): Catalogue {
  const entries = Object.entries(ours).map(([name, sentence]) => {
    const given = (own as Record<string, unknown>)[name];
    if (given === undefined) return [name, sentence];
    // A plural is replaced as a whole, because its categories are those of its language.
    const isGroup = typeof sentence === 'object' && !isPlural(sentence);
    return [name, isGroup ? withOwn(sentence, given as object) : given];
  });
  return Object.fromEntries(entries) as Catalogue;
}

/**
 * @returns the tag as it is usually written
 * @throws {TypeError} where it is no string
 * @throws {S3FormError} `invalid_option`
 */
export function parseLanguageTag(lang: unknown): string {
  assertString('lang', lang);
  try {
    return new Intl.Locale(lang).toString();
  } catch {
    throw invalidOption('lang', `${show(lang)} is no language tag. Use one such as "en", "fr-CA".`);
  }
}

/**
 * @throws {TypeError} where a sentence is of the wrong kind
 * @throws {S3FormError} `unknown_option`, `invalid_option`
 */
export function parseMessages(messages: unknown): OwnMessages {
  checkGroup('messages', messages, english);
  return messages as OwnMessages;
}

function checkGroup(option: string, own: unknown, ours: object): void {
  assertRecord(option, own);
  assertKnownOptions(own, Object.keys(ours), option);
  for (const [name, given] of Object.entries(own)) {
    if (given === undefined) continue;
    const known: unknown = (ours as Record<string, unknown>)[name];
    const place = `${option}.${name}`;
    if (typeof known === 'string') checkSentence(place, given, placeholdersOf(known));
    else if (isPlural(known)) checkPlural(place, given, known);
    else checkGroup(place, given, known as object);
  }
}

/** What `Intl.PluralRules` sorts numbers into. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'];

function checkPlural(option: string, given: unknown, ours: Plural): void {
  assertRecord(option, given);
  assertKnownOptions(given, CATEGORIES, option);
  const placeholders = Object.values(ours).flatMap(placeholdersOf);
  const texts = Object.entries(given).filter(([, text]) => text !== undefined);
  for (const [category, text] of texts) checkSentence(`${option}.${category}`, text, placeholders);
  if (texts.some(([category]) => category === 'other')) return;
  throw invalidOption(option, 'it needs `other`, for the numbers that have no text of their own.');
}

function checkSentence(option: string, given: unknown, placeholders: readonly string[]): void {
  assertString(option, given);
  if (given.trim() === '') {
    throw invalidOption(option, 'it is empty. Leave it out to have the sentence of this package.');
  }
  for (const name of placeholdersOf(given)) {
    if (placeholders.includes(name)) continue;
    const known = [...new Set(placeholders)].map((one) => `{${one}}`).join(', ') || 'none';
    throw invalidOption(
      option,
      `${show(`{${name}}`)} is never filled in here. It can have ${known}.`,
    );
  }
}

function isPlural(sentence: unknown): sentence is Plural {
  return typeof sentence === 'object' && sentence !== null && 'other' in sentence;
}

/**
 * Fills in a sentence. Among words from right to left each value is isolated: `PDF. 10` would else
 * be read as one piece, in the wrong order.
 *
 * @see https://www.w3.org/International/questions/qa-bidi-unicode-controls
 */
export function say(
  { direction }: Language,
  sentence: string,
  values: Readonly<Record<string, string>>,
): string {
  if (direction === 'ltr') return fill(sentence, values);
  const isolated = Object.entries(values).map(([name, value]) => [name, `\u2068${value}\u2069`]);
  return fill(sentence, Object.fromEntries(isolated));
}

/** What a person reads for an error; the app's own mistakes are never shown. */
export function errorText({ messages }: Language, code: string): string | undefined {
  return Object.hasOwn(messages.errors, code) ? messages.errors[code as ShownErrorCode] : undefined;
}
