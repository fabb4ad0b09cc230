import { expect, it } from 'vitest';
import { checkContext } from '../../src/form/context.ts';

it('a context is what its JSON says, and nobody else can change it', () => {
  const given = { kind: 'avatar', tags: ['a', 'b'], when: new Date(0), none: undefined };
  const context = checkContext(given);
  given.tags.push('c');
  expect(context).toEqual({ kind: 'avatar', tags: ['a', 'b'], when: '1970-01-01T00:00:00.000Z' });
});

it('a context is frozen to its depths, so that no option can change what is signed', () => {
  const context = checkContext({ kind: 'avatar', of: { id: 1 }, tags: ['a'] });
  for (const part of [context, context?.['of'], context?.['tags']]) {
    expect(Object.isFrozen(part)).toBe(true);
  }
});

it('there may be none', () => {
  expect(checkContext(undefined)).toBeUndefined();
});

it.each([
  'text',
  5,
  null,
  ['a'],
  new Map([['kind', 'avatar']]),
  true,
])('%j is a TypeError, which names the option', (context) => {
  expect(() => checkContext(context)).toThrow(TypeError);
  expect(() => checkContext(context)).toThrow(/`context`/);
});

it.each<[string, object]>([
  [
    'a circle',
    Object.defineProperty({} as { self?: object }, 'self', {
      enumerable: true,
      get() {
        return this;
      },
    }),
  ],
  ['a BigInt', { id: 1n }],
  ['an object that says it is a text', { toJSON: () => 'text' }],
  ['an object that says it is nothing', { toJSON: () => undefined }],
])('%s, which JSON can not carry, is a TypeError', (_, context) => {
  expect(() => checkContext(context)).toThrow(TypeError);
});

it('1,024 bytes are taken, and one more is refused', () => {
  const overhead = '{"a":""}'.length;
  // é has two bytes.
  const fits = { a: 'é'.repeat((1024 - overhead) / 2) };
  expect(checkContext(fits)).toEqual(fits);
  expect(() => checkContext({ a: `${fits.a}x` })).toThrow(
    expect.objectContaining({
      code: 'invalid_option',
      option: 'context',
      message: expect.stringContaining('1025 bytes'),
    }),
  );
});
