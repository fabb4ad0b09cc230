import { describe, expect, it } from 'vitest';
import { fill, type Messages, placeholdersOf } from '../../src/form/messages.ts';
import { english } from '../../src/form/messages-en.ts';
import { french } from '../../src/form/messages-fr.ts';
import { S3FormError, type S3FormErrorCode } from '../../src/policy/errors.ts';

const catalogues: [string, Messages][] = [
  ['en', english],
  ['fr', french],
];

/** Every sentence by its place (`script.choose.one`), of a plural each category. */
function sentences(catalogue: object, within = ''): [place: string, sentence: string][] {
  return Object.entries(catalogue).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[within + name, value]] : sentences(value, `${within}${name}.`),
  );
}

/** The places and what is filled in at each; a plural counts as one sentence. */
function shape(catalogue: object): Record<string, string[]> {
  const names: Record<string, Set<string>> = {};
  for (const [place, sentence] of sentences(catalogue)) {
    const own = place.replace(/\.(zero|one|two|few|many|other)$/, '');
    names[own] = new Set([...(names[own] ?? []), ...placeholdersOf(sentence)]);
  }
  return Object.fromEntries(Object.entries(names).map(([name, set]) => [name, [...set].sort()]));
}

function differences(one: object, other: object): string[] {
  const [left, right] = [shape(one), shape(other)];
  const places = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return places.filter((place) => String(left[place]) !== String(right[place]));
}

describe('the catalogues', () => {
  it('say the same in each language', () => {
    expect(differences(english, french)).toEqual([]);
  });

  it('would be found out without a sentence, a plural, or what is filled in', () => {
    const { uploadAnother: _, ...withoutSentence } = french;
    expect(differences(english, withoutSentence)).toEqual(['uploadAnother']);
    const { summary: __, ...withoutPlural } = french.script;
    expect(differences(english, { ...french, script: withoutPlural })).toEqual(['script.summary']);
    expect(differences(english, { ...french, goOn: 'Continuer' })).toEqual(['goOn']);
    expect(differences(english, { ...french, upload: 'Envoyer {name}' })).toEqual(['upload']);
  });

  it.each(catalogues)('%s has a text for each category but that of millions', (tag, catalogue) => {
    const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
    const plurals = Object.entries(catalogue.script).filter(([, one]) => typeof one === 'object');
    expect(plurals.length).toBeGreaterThan(5);
    for (const [name, plural] of plurals) {
      expect(Object.keys(plural), name).toEqual(pluralCategories.filter((one) => one !== 'many'));
    }
  });

  it.each(catalogues)('%s explains no mistake of the app, and has no empty sentence', (_, one) => {
    for (const code of Object.keys(one.errors) as S3FormErrorCode[]) {
      // The hook is the app's own, but the person's file has arrived all the same.
      if (code === 'on_uploaded_failed') continue;
      expect(new S3FormError(code, '').status, code).not.toBe(500);
    }
    expect(sentences(one).filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it('French has its narrow spaces, its apostrophes and no English ones', () => {
    const at = (pattern: RegExp) => sentences(french).filter(([, text]) => pattern.test(text));
    expect(at(/[:;!?»]/).length).toBeGreaterThan(3);
    expect(at(/(?<!\u202f)[:;!?»]/)).toEqual([]);
    expect(at(/['"]/)).toEqual([]);
  });
});

describe('fill', () => {
  it.each([
    ['Up to {max}.', { max: '10 MB' }, 'Up to 10 MB.'],
    ['{a}{b}{a}', { a: '1', b: '2' }, '121'],
    ['{name}', { name: '{name} $& {other}' }, '{name} $& {other}'],
    ['{unknown} {', {}, '{unknown} {'],
  ])('%j with %j is %j', (sentence, values, text) => {
    expect(fill(sentence, values)).toBe(text);
  });
});
