import { describe, expect, it } from 'vitest';
import { checkFile, refuseFile, typeToStore } from '../../src/form/chosen-file.ts';

const file = { filename: 'photo.png', type: 'image/png', size: 9 };

describe('what a client says of a file', () => {
  it('is taken as it is where it can be', () => {
    expect(checkFile(file)).toEqual(file);
    expect(checkFile({ filename: 'a' })).toEqual({ filename: 'a', type: '', size: undefined });
    expect(checkFile({ ...file, type: 'text/plain;charset=utf-8' }).type).toBe(
      'text/plain;charset=utf-8',
    );
  });

  it.each([
    ['C:\\Users\\me\\photo.png', 'photo.png'],
    ['a/b/../photo.png', 'photo.png'],
    ['été 👑.png', 'été 👑.png'],
    [' photo.png ', 'photo.png'],
    ['line\nbreak\u0000\u0085.png', 'line_break__.png'],
    ['half \ud83d.png', 'half _.png'],
    // Recorded: Amazon S3 takes one dollar sign, and refuses forms whose key has two.
    ['cost $5.png', 'cost $5.png'],
    ['0267$$Copy.csv', '0267_$Copy.csv'],
    ['${filename}.png', '_{filename}.png'],
    ['a${filename}.png', 'a_{filename}.png'],
    ['$a.png', '_a.png'],
  ])('the name %j becomes %j', (filename, expected) => {
    expect(checkFile({ ...file, filename }).filename).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    '..',
    'a/',
    'a/..',
    '\\',
    5,
    undefined,
  ])('the name %j is none', (filename) => {
    expect(() => checkFile({ ...file, filename: filename as string })).toThrow(
      expect.objectContaining({ code: 'filename_invalid', status: 400 }),
    );
  });

  it.each([
    'image',
    'image/',
    '/png',
    'image/png\r\nx: y',
    'image/png, text/html',
    'a/b c',
  ])('the type %j is none', (type) => {
    expect(() => checkFile({ ...file, type })).toThrow(
      expect.objectContaining({ code: 'type_invalid', status: 400 }),
    );
  });

  it.each([
    -1,
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 60,
    '9',
  ])('the size %j is none', (size) => {
    expect(() => checkFile({ ...file, size: size as number })).toThrow(
      expect.objectContaining({ code: 'size_invalid', status: 400 }),
    );
  });
});

describe('a file', () => {
  const limits = { accept: [], minFileSize: 2, maxFileSize: 10 };

  it.each([
    ['photo.png', 'image/png', ['image/*']],
    ['photo.PNG', '', ['image/*']],
    ['photo.png', 'application/octet-stream', ['image/png']],
    ['a.pdf', 'application/pdf', ['image/*', '.pdf']],
    // A machine's own idea of a type does not count against an extension that is listed.
    ['a.ts', 'text/vnd.trolltech.linguist', ['.ts']],
    ['a.html', 'text/html', []],
    // Nor against one of a type that is: so say Windows, Excel there, and others.
    ['a.zip', 'application/x-zip-compressed', ['application/zip', '.pdf']],
    ['a.csv', 'application/vnd.ms-excel', ['text/csv']],
    ['a.mp3', 'audio/mp3', ['audio/mpeg']],
    ['a.zip', 'text/html', ['application/zip']],
  ])('%s of the type %j is taken where %j is accepted', (filename, type, accept) => {
    expect(() => refuseFile({ filename, type }, { ...limits, accept })).not.toThrow();
  });

  it.each([
    ['page.html', 'image/png', ['image/*']],
    ['photo.png', 'text/html', ['image/*']],
    ['photo', 'image/png', ['image/*']],
    ['photo.png', 'image/png', ['image/jpeg']],
    ['a.pdf.exe', 'application/pdf', ['.pdf']],
    ['a.html', 'application/zip', ['application/zip']],
    ['a.zip.html', 'application/zip', ['application/zip']],
    ['a.htm', 'text/csv', ['text/csv', 'image/*']],
  ])('%s of the type %j is refused where %j is accepted', (filename, type, accept) => {
    expect(() => refuseFile({ filename, type }, { ...limits, accept })).toThrow(
      expect.objectContaining({ code: 'type_not_allowed', status: 422 }),
    );
  });

  it('is held against both sizes, where its own is known', () => {
    const sized = (size?: number) => () => refuseFile({ ...file, size }, limits);
    expect(sized(2)).not.toThrow();
    expect(sized(10)).not.toThrow();
    expect(sized()).not.toThrow();
    expect(sized(11)).toThrow(expect.objectContaining({ code: 'file_too_large', status: 413 }));
    expect(sized(1)).toThrow(expect.objectContaining({ code: 'file_too_small', status: 422 }));
  });
});

it.each([
  ['photo.png', 'image/png', [], 'image/png'],
  ['photo.png', '', [], 'image/png'],
  ['photo.png', 'application/octet-stream', [], 'image/png'],
  ['photo', '', [], 'application/octet-stream'],
  ['notes.txt', 'text/plain;charset=utf-8', [], 'text/plain;charset=utf-8'],
  ['photo.png', 'image/apng', ['image/*'], 'image/apng'],
  // Whoever lists extensions alone does not want the browser's word for the type.
  ['a.pdf', 'text/html', ['.pdf'], 'application/pdf'],
  // An extension lets the file in, but not the type that somebody says.
  ['a.zip', 'application/x-zip-compressed', ['application/zip', '.csv'], 'application/zip'],
  ['a.csv', 'application/vnd.ms-excel', ['application/zip', 'text/csv'], 'text/csv'],
  ['a.zip', 'text/html', ['application/zip', 'image/*'], 'application/zip'],
  ['a.xml', 'text/html', ['image/*', 'text/xml'], 'text/xml'],
  ['a.xml', '', ['image/*', 'text/xml'], 'text/xml'],
  ['a.x', 'text/html', ['.x'], 'application/octet-stream'],
])('%s of the type %j, where %j is accepted, is stored as %s', (filename, type, accept, stored) => {
  expect(typeToStore({ filename, type }, accept)).toBe(stored);
});
