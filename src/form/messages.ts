import type { ShownErrorCode } from '../policy/errors.ts';

/**
 * A sentence by number: one text for each category that the language has, `other` always.
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/Intl/PluralRules
 */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/**
 * Every sentence that a person gets to read, as plain text. What stands in braces is filled in:
 * a sentence may leave it out, but has no other.
 */
export interface Messages {
  readonly pageTitle: string;
  readonly chooseFile: string;
  readonly upload: string;
  /** Without script, what the store says to a refused upload is a page of XML. */
  readonly refusalHint: string;
  readonly optional: string;
  /** Where what is typed has to begin with `{prefix}`; browsers show it once it does not. */
  readonly startWith: string;
  /** Hint below the label: `{types}` is a list such as "images or PDF", `{max}` a size. */
  readonly limits: string;
  /** The same where any type is taken. */
  readonly sizeLimit: string;
  readonly uploadedTitle: string;
  readonly fileName: string;
  readonly fileSize: string;
  readonly fileType: string;
  readonly uploadAnother: string;
  /** On the page that leads to another site, whose host is `{site}`. */
  readonly goOn: string;
  readonly errorTitle: string;
  /** The browser's title of an error page: `{title}` is the heading. */
  readonly errorPageTitle: string;
  readonly backToForm: string;
  /** Where the same address may answer better in a moment. */
  readonly loadAgain: string;
  /** For who runs the site: `{code}` is the error's name. */
  readonly errorCode: string;
  /** Kinds of files, within a list. */
  readonly kinds: Readonly<Record<FileKind, string>>;
  /** What went wrong and what to do next. */
  readonly errors: Readonly<Record<ShownErrorCode, string>>;
  readonly script: ScriptMessages;
}

export type FileKind = 'audio/*' | 'image/*' | 'text/*' | 'video/*';

/**
 * The sentences of the browser script. `{name}` is a file's name, `{size}`, `{min}` and `{max}` are
 * sizes.
 */
export interface ScriptMessages {
  /** By the number of files that may be chosen, as `choose` and `drop`. */
  readonly label: Plural;
  readonly choose: Plural;
  readonly drop: Plural;
  readonly waiting: string;
  /** Upload was pressed, and others are before it. */
  readonly queued: string;
  readonly preparing: string;
  /** `{percent}` comes with its sign. */
  readonly uploading: string;
  /** All is sent, and the store has not answered yet. */
  readonly finishing: string;
  /** The store has it, and the app has not answered yet. */
  readonly confirming: string;
  readonly done: string;
  readonly cancelled: string;
  /** After all was sent. */
  readonly cancelledLate: string;
  readonly cancel: string;
  readonly remove: string;
  readonly retry: string;
  /** To where the app sends the person, once some files have failed. */
  readonly goOn: string;
  readonly noFile: string;
  /** `{types}` is a list such as "images or PDF". */
  readonly wrongType: string;
  readonly tooLarge: string;
  readonly tooSmall: string;
  readonly empty: string;
  readonly folder: string;
  readonly emptyFolder: string;
  readonly unreadable: string;
  readonly alreadyChosen: string;
  /** Below the first of many faults: `{count}` more. */
  readonly andMore: string;
  /** By the number `{max}`. */
  readonly tooMany: Plural;
  readonly changed: string;
  readonly offline: string;
  readonly lostRetrying: string;
  readonly busyRetrying: string;
  readonly lost: string;
  readonly unavailable: string;
  readonly siteUnavailable: string;
  readonly tooOften: string;
  readonly signedOut: string;
  readonly expired: string;
  /** `{code}` is what the store calls the fault. */
  readonly refused: string;
  /** `{reason}` is one of `errors`. */
  readonly siteRefused: string;
  readonly blockedCsp: string;
  readonly blockedCors: string;
  /** Where the browser itself posts the form. */
  readonly plain: string;
  readonly tooOld: string;
  readonly unconfirmed: string;
  /** `{reason}` is one of `errors`. */
  readonly notAccepted: string;
  /** By the number `{count}`. */
  readonly chosen: Plural;
  readonly removed: string;
  /** What a file is at, to be heard: `{status}` is one of the sentences above. */
  readonly about: string;
  /** By the number `{count}`. */
  readonly started: Plural;
  readonly uploadedOne: string;
  /** By the number `{total}`. */
  readonly summary: Plural;
  /** By the number `{total}`: `{done}` of them are complete, `{failed}` are not. */
  readonly summaryFailed: Plural;
}

/** Puts values into the braces of a sentence. */
export function fill(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(PLACEHOLDER, (braces, name) => values[name] ?? braces);
}

/** The names in the braces of a sentence. */
export function placeholdersOf(sentence: string): string[] {
  return [...sentence.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
}

const PLACEHOLDER = /\{([^{}]*)\}/g;
