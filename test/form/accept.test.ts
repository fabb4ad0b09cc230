import { describe, expect, it } from 'vitest';
import { isAccepted, onlyType, parseAccept } from '../../src/form/accept.ts';

describe('accept', () => {
  it.each([
    [['image/*'], 'photo.JPG', true],
    [['image/*'], 'scan.pdf', false],
    [['image/*'], 'no-extension', false],
    [['.pdf'], 'scan.PDF', true],
    [['.pdf'], 'scan.pdf.exe', false],
    [['.tar.gz'], 'backup.tar.gz', true],
    [['application/pdf'], 'scan.pdf', true],
    [['application/pdf'], 'scan.png', false],
    [['image/*', '.pdf'], 'scan.pdf', true],
    [['IMAGE/PNG'], 'a.png', true],
    [[], 'anything at all', true],
  ])('%j and %j: %s', (accept, name, accepted) => {
    expect(isAccepted(name, parseAccept(accept))).toBe(accepted);
  });

  it.each([
    [['application/pdf'], 'application/pdf'],
    [['image/*'], undefined],
    [['.pdf'], undefined],
    [['image/png', 'image/jpeg'], undefined],
    [[], undefined],
  ])('%j can be enforced by the store as %s', (accept, type) => {
    expect(onlyType(parseAccept(accept))).toBe(type);
  });

  it.each([
    'pdf',
    'image/',
    '*/*',
    '.',
    'image/png,image/jpeg',
    '"><script>',
    '',
  ])('refuses %j, naming the option', (type) => {
    expect(() => parseAccept([type])).toThrow(
      expect.objectContaining({ code: 'invalid_option', option: 'accept' }),
    );
  });

  it.each(['image/*', { 0: '.pdf' }, [1]])('wants an array of strings, not %j', (accept) => {
    expect(() => parseAccept(accept)).toThrow(TypeError);
  });
});
