import { expect, it } from 'vitest';
import { parseAccept } from '../../src/form/accept.ts';
import { messages } from '../../src/form/messages.ts';

it.each([
  [[], 'Up to 10 MB.'],
  [['.pdf'], 'PDF. Up to 10 MB.'],
  [['image/*', '.pdf'], 'Images or PDF. Up to 10 MB.'],
  [['.jpg', '.png', 'application/pdf'], 'JPG, PNG, or PDF. Up to 10 MB.'],
  [['.pdf', 'application/pdf'], 'PDF. Up to 10 MB.'],
  [['application/x-unheard-of'], 'Application/x-unheard-of. Up to 10 MB.'],
])('what may be chosen, %j, is said as %j', (accept, text) => {
  expect(messages.limits(parseAccept(accept), 10_000_000)).toBe(text);
});
