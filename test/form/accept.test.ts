import { describe, expect, it } from 'vitest';
import {
  isAccepted,
  onlyType,
  parseAccept,
  typeOf,
  withExtensions,
} from '../../src/form/accept.ts';

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
    // The table of types gives these extensions to another type.
    [['text/xml'], 'feed.xml', true],
    [['audio/mp3'], 'song.mp3', true],
    [['application/x-zip-compressed'], 'a.ZIP', true],
    [['audio/mp3'], 'song.mp2', false],
    [['application/zip'], 'a.zip.html', false],
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
    [['application/zip'], ['application/zip', '.zip']],
    [
      ['image/jpeg', '.jpg'],
      ['image/jpeg', '.jpg', '.jpeg', '.jpe'],
    ],
    [
      ['image/*', '.x'],
      ['image/*', '.x'],
    ],
    [[], []],
  ])('%j with all extensions is %j', (accept, all) => {
    expect(withExtensions(parseAccept(accept))).toEqual(all);
  });

  it.each([
    ['a.zip', ['application/zip'], 'application/zip'],
    ['a.zip', ['application/x-zip-compressed'], 'application/x-zip-compressed'],
    ['a.xml', ['.xml', 'text/xml'], 'text/xml'],
    ['a.xml', ['text/*', 'image/png'], 'application/xml'],
    ['a.pdf', ['.pdf'], 'application/pdf'],
    ['a.pdf', [], 'application/pdf'],
    ['a.x', ['.x', 'image/png'], undefined],
  ])('the name %s, where %j is accepted, stands for %s', (name, accept, type) => {
    expect(typeOf(name, parseAccept(accept))).toBe(type);
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

  it('refuses a type that no name can be told to be of, unless extensions are listed as well', () => {
    expect(() => parseAccept(['image/png', 'image/jpg'])).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        message: expect.stringContaining('"image/jpg"'),
      }),
    );
    const accept = ['application/x-ours', '.ours'];
    expect(parseAccept(accept)).toEqual(accept);
    expect(isAccepted('a.ours', accept)).toBe(true);
  });

  it.each(['image/*', { 0: '.pdf' }, [1]])('wants an array of strings, not %j', (accept) => {
    expect(() => parseAccept(accept)).toThrow(TypeError);
  });
});
