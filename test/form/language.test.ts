import { describe, expect, it } from 'vitest';
import {
  errorText,
  languageOf,
  type OwnMessages,
  parseLanguageTag,
  parseMessages,
} from '../../src/form/language.ts';
import { english } from '../../src/form/messages-en.ts';
import { french } from '../../src/form/messages-fr.ts';
import { ARABIC } from '../support/arabic.ts';

/** Sentences of another language, for all that stands on pages. */
const allOfPages = Object.fromEntries(
  Object.entries(english)
    .filter(([, sentence]) => typeof sentence === 'string')
    .map(([name]) => [name, 'نص']),
) as OwnMessages;

describe('a language', () => {
  it.each([
    ['en', 'en', english],
    ['en-GB', 'en-GB', english],
    ['fr', 'fr', french],
    ['fr-CA', 'fr-CA', french],
    // Nobody speaks it here: a page must not say that it is in it.
    ['de', 'en', english],
    ['ar', 'en', english],
    ['und', 'en', english],
  ])('%s speaks as %s', (tag, spoken, messages) => {
    expect(languageOf(tag, {}, true)).toEqual({ tag: spoken, direction: 'ltr', messages });
  });

  it('of the app is taken at its word once most sentences of a page are given', () => {
    expect(languageOf('ar', allOfPages, false)).toMatchObject({ tag: 'ar', direction: 'rtl' });
    const few = languageOf('ar', { pageTitle: 'رفع ملف' }, false);
    expect(few).toMatchObject({ tag: 'en', direction: 'ltr', messages: { pageTitle: 'رفع ملف' } });
  });

  it('wants most sentences of the script as well, where there is one', () => {
    expect(languageOf('ar', ARABIC, true)).toMatchObject({ tag: 'ar', direction: 'rtl' });
    for (const script of [undefined, { done: 'نص', waiting: 'نص' }]) {
      const language = languageOf('ar', { ...ARABIC, script }, true);
      expect(language).toMatchObject({ tag: 'en', direction: 'ltr' });
    }
    const { pageTitle } = ARABIC;
    const ofScript = languageOf('ar', { pageTitle, script: ARABIC.script }, true);
    expect(ofScript).toMatchObject({ tag: 'en', direction: 'ltr' });
  });

  it.each([
    ...[
      ['ar', 'rtl'],
      ['he', 'rtl'],
      ['iw', 'rtl'],
      ['fa', 'rtl'],
      ['ur', 'rtl'],
      ['yi', 'rtl'],
    ],
    ...[
      ['ps', 'rtl'],
      ['sd', 'rtl'],
      ['ug', 'rtl'],
      ['dv', 'rtl'],
      ['ckb', 'rtl'],
      ['syr', 'rtl'],
    ],
    ...[
      ['nqo', 'rtl'],
      ['ff-Adlm', 'rtl'],
      ['pa-Arab', 'rtl'],
      ['pa-PK', 'rtl'],
      ['az-IR', 'rtl'],
    ],
    ...[
      ['pa', 'ltr'],
      ['ar-Latn', 'ltr'],
      ['de', 'ltr'],
      ['ja', 'ltr'],
      ['az', 'ltr'],
      ['ff', 'ltr'],
    ],
  ])('%s is written %s', (tag = '', direction) => {
    expect(languageOf(tag, allOfPages, false).direction).toBe(direction);
  });
});

describe('sentences of the app', () => {
  it('win over ours, each by itself, and plurals as a whole', () => {
    const { messages } = languageOf(
      'fr',
      {
        pageTitle: 'Votre CV',
        errors: { receipt_expired: 'Trop tard.' },
        script: { choose: { other: 'Parcourir' } },
      },
      true,
    );
    expect(messages).toEqual({
      ...french,
      pageTitle: 'Votre CV',
      errors: { ...french.errors, receipt_expired: 'Trop tard.' },
      script: { ...french.script, choose: { other: 'Parcourir' } },
    });
  });

  it('that are not there leave ours in place', () => {
    const own = { pageTitle: undefined, errors: undefined, script: { done: undefined } };
    expect(languageOf('en', parseMessages(own), true).messages).toEqual(english);
  });

  it.each<[object, string, string, RegExp]>([
    [{ pagetitle: 'x' }, 'unknown_option', 'messages.pagetitle', /Did you mean `pageTitle`/],
    [{ errors: { expired: 'x' } }, 'unknown_option', 'messages.errors.expired', /receipt_expired/],
    [{ script: { colour: 'x' } }, 'unknown_option', 'messages.script.colour', /no option/],
    [
      { script: { choose: { single: 'x', other: 'y' } } },
      'unknown_option',
      'messages.script.choose.single',
      /one, two, few/,
    ],
    [{ script: { choose: { one: 'x' } } }, 'invalid_option', 'messages.script.choose', /`other`/],
    [{ limits: 'At most {maximum}' }, 'invalid_option', 'messages.limits', /\{types\}, \{max\}/],
    [{ upload: 'Upload {name}' }, 'invalid_option', 'messages.upload', /none/],
    [{ limits: '{ max }' }, 'invalid_option', 'messages.limits', /never filled in/],
    [
      { script: { chosen: { one: '{name}', other: '{number}' } } },
      'invalid_option',
      'messages.script.chosen.other',
      /\{name\}, \{count\}/,
    ],
    [{ pageTitle: ' ' }, 'invalid_option', 'messages.pageTitle', /empty/],
    [JSON.parse('{"__proto__": "x"}'), 'unknown_option', 'messages.__proto__', /no option/],
  ])('%j is refused: %s', (messages, code, option, fix) => {
    expect(() => parseMessages(messages)).toThrow(
      expect.objectContaining({ code, option, message: expect.stringMatching(fix) }),
    );
  });

  it.each<[unknown, RegExp]>([
    ['fr', /`messages` must be an object, not string/],
    [{ pageTitle: 5 }, /`messages.pageTitle` must be a string, not number/],
    [{ pageTitle: null }, /`messages.pageTitle` must be a string, not null/],
    [{ errors: 'x' }, /`messages.errors` must be an object/],
    [{ script: { choose: 'x' } }, /`messages.script.choose` must be an object/],
    [{ script: { choose: { other: ['x'] } } }, /`messages.script.choose.other` must be a string/],
  ])('%j is a TypeError', (messages, message) => {
    expect(() => parseMessages(messages)).toThrow(TypeError);
    expect(() => parseMessages(messages)).toThrow(message);
  });
});

describe('a language tag', () => {
  it.each([
    ['fr', 'fr'],
    ['FR-ca', 'fr-CA'],
    ['iw', 'he'],
    ['zh-hant-tw', 'zh-Hant-TW'],
  ])('%s is written %s', (given, tag) => {
    expect(parseLanguageTag(given)).toBe(tag);
  });

  it.each(['', 'français', 'en_US', 'en-', '"><script>'])('%j is refused', (lang) => {
    expect(() => parseLanguageTag(lang)).toThrow(
      expect.objectContaining({ code: 'invalid_option', option: 'lang' }),
    );
  });

  it.each([undefined, null, false, ['en']])('%j is a TypeError', (lang) => {
    expect(() => parseLanguageTag(lang)).toThrow(TypeError);
  });
});

it('an error has its sentence, a mistake of the app and any other name have none', () => {
  const language = languageOf('fr', {}, true);
  expect(errorText(language, 'receipt_expired')).toBe(french.errors.receipt_expired);
  expect(errorText(language, 'invalid_option')).toBeUndefined();
  expect(errorText(language, 'toString')).toBeUndefined();
});
