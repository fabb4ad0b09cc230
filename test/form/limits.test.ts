import { expect, it } from 'vitest';
import { parseAccept } from '../../src/form/accept.ts';
import { languageOf } from '../../src/form/language.ts';
import { limitsText, typeName, typesText } from '../../src/form/limits.ts';

it.each([
  ['en', [], 'Up to 10 MB.'],
  ['en', ['.pdf'], 'PDF. Up to 10 MB.'],
  ['en', ['image/*', '.pdf'], 'Images or PDF. Up to 10 MB.'],
  ['en', ['.jpg', '.png', 'application/pdf'], 'JPG, PNG, or PDF. Up to 10 MB.'],
  ['en', ['.pdf', 'application/pdf'], 'PDF. Up to 10 MB.'],
  ['en', ['audio/mpeg', 'video/quicktime', 'audio/ogg'], 'MP3, MOV, or OGG. Up to 10 MB.'],
  ['en', ['application/x-unheard-of', '.x'], 'Application/x-unheard-of or X. Up to 10 MB.'],
  ['fr', [], '10\u202fMo au maximum.'],
  [
    'fr-CA',
    ['video/*', 'audio/*', '.pdf'],
    'Vidéos, fichiers audio ou PDF. 10\u00a0Mo au maximum.',
  ],
])('%s: what may be chosen, %j, is said as %j', (tag, accept, text) => {
  const language = languageOf(tag, {}, true);
  const types = typesText(parseAccept(accept), language);
  expect(limitsText(types, 10_000_000, language)).toBe(text);
});

it("an app's own words stand in the list", () => {
  const own = { limits: 'En çok {max}: {types}', kinds: { 'image/*': 'image' } };
  const language = languageOf('tr', own, true);
  const types = typesText(['image/*', '.pdf'], language);
  expect(types).toBe('image or PDF');
  expect(limitsText(types, 1000, language)).toBe('En çok 1 kB: Image or PDF');
  expect(typesText([], language)).toBe('');
});

it('numbers and names keep their own direction among words from right to left', () => {
  const words = languageOf('en', { limits: 'x {types}. y {max}' }, true);
  expect(limitsText('PDF', 1000, words)).toBe('x PDF. y 1 kB');
  expect(limitsText('PDF', 1000, { ...words, direction: 'rtl' })).toBe(
    'x \u2068PDF\u2069. y \u20681 kB\u2069',
  );
});

it.each([
  ['.tar.gz', 'TAR.GZ'],
  ['image/png', 'PNG'],
  ['application/pdf', 'PDF'],
  ['text/vnd.unheard-of', 'text/vnd.unheard-of'],
])('people call %s %s', (type, name) => {
  expect(typeName(type)).toBe(name);
});
