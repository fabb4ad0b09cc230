import { expect, it } from 'vitest';
import { allowsKey } from '../../src/form/receipt.ts';

it.each([
  [{ exact: 'a/b.png' }, 'a/b.png', true],
  [{ exact: 'a/b.png' }, 'a/b.pngx', false],
  [{ exact: 'a/b.png' }, 'A/b.png', false],
  [{ prefix: 'a/' }, 'a/anything', true],
  [{ prefix: 'a/' }, 'b/a/', false],
  [{ prefix: '' }, 'anything', true],
] as const)('the rule %j on the key %j: %s', (rule, key, allowed) => {
  expect(allowsKey(rule, key)).toBe(allowed);
});
