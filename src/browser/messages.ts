import type { Config } from './config.ts';

/** Sentences by the categories of `Intl.PluralRules`. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** Chosen by a number. */
type PluralKey =
  | 'label'
  | 'choose'
  | 'drop'
  | 'tooMany'
  | 'chosen'
  | 'started'
  | 'summary'
  | 'summaryFailed';

export type SentenceKey =
  // What a file is at.
  | 'waiting'
  | 'queued'
  | 'preparing'
  | 'uploading'
  | 'finishing'
  | 'confirming'
  | 'done'
  | 'cancelled'
  | 'cancelledLate'
  // Buttons.
  | 'cancel'
  | 'remove'
  | 'retry'
  | 'goOn'
  // Why a file is not taken.
  | 'noFile'
  | 'wrongType'
  | 'tooLarge'
  | 'tooSmall'
  | 'empty'
  | 'folder'
  | 'emptyFolder'
  | 'unreadable'
  | 'alreadyChosen'
  | 'andMore'
  // What went wrong on its way.
  | 'changed'
  | 'offline'
  | 'lostRetrying'
  | 'busyRetrying'
  | 'lost'
  | 'unavailable'
  | 'siteUnavailable'
  | 'tooOften'
  | 'signedOut'
  | 'expired'
  | 'refused'
  | 'siteRefused'
  | 'blockedCsp'
  | 'blockedCors'
  | 'plain'
  | 'tooOld'
  | 'unconfirmed'
  | 'notAccepted'
  // What only screen readers are told.
  | 'about'
  | 'removed'
  | 'uploadedOne';

/** Every sentence of the script, with `{placeholders}`; the server gives them. */
export type Messages = Readonly<Record<PluralKey, Plural> & Record<SentenceKey, string>>;

type Values = Readonly<Record<string, string>>;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Speaks to the person in the form's language. */
export class Speech {
  readonly #messages: Messages;
  readonly #language: string;

  constructor({ messages, lang }: Config) {
    this.#messages = messages;
    this.#language = lang;
  }

  say(key: SentenceKey, values?: Values): string {
    return fill(this.#messages[key], values);
  }

  sayFor(key: PluralKey, count: number, values?: Values): string {
    const forms = this.#messages[key];
    const category = new Intl.PluralRules(this.#language).select(count);
    return fill(forms[category] ?? forms.other ?? '', values);
  }

  number(value: number, options?: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(this.#language, options).format(value);
  }

  percent(share: number): string {
    return this.number(share, { style: 'percent' });
  }

  /** 1 MB is 1000² bytes. */
  size(bytes: number, decimals = 1): string {
    const power = Math.min(3, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    return this.number(bytes / 1000 ** power, {
      style: 'unit',
      unit: UNITS[power] ?? 'byte',
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits: decimals,
    });
  }
}

/** Each value reads in its own direction, whatever the sentence around it does. */
function fill(sentence: string, values: Values = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => `\u2068${values[name]}\u2069`);
}
