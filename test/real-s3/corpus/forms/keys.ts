import type { Change, CorpusForm } from '../form.ts';

/** Any key is allowed. */
const ANY = { without: ['key'], conditions: [['starts-with', '$key', '']] } as const;

function key(value: string): Change {
  return { ...ANY, fields: { key: value } };
}

/** A key in which stands the file's name. */
function named(value: string, filename: string | undefined): Change {
  return { ...ANY, fields: { key: value }, filename };
}

/** A text of so many bytes. */
function bytes(beginning: string, count: number): string {
  return beginning + 'x'.repeat(count - Buffer.byteLength(beginning));
}

export const KEYS: readonly CorpusForm[] = [
  ['key-exact', 'a key that is exactly the policy’s', { exact: { key: 'user/exact.jpg' } }],
  ['key-elsewhere', 'a key outside of the policy’s prefix', { fields: { key: 'elsewhere/a.jpg' } }],
  ['key-prefix-alone', 'a key that is the policy’s prefix', { fields: { key: 'user/' } }],
  [
    'key-prefix-case',
    'a key with the policy’s prefix in capitals',
    { fields: { key: 'USER/a.jpg' } },
  ],
  ['key-missing', 'no key', { fields: { key: undefined } }],
  ['key-empty', 'an empty key', key('')],
  ['key-blank', 'a key of one blank', key(' ')],
  ['key-blanks-around', 'a key with blanks around it', key(' a ')],
  ['key-blanks-inside', 'a key with blanks inside', key('a  b.jpg')],
  ['key-leading-slash', 'a key that begins with a slash', key('/a.jpg')],
  ['key-slash', 'a key of one slash', key('/')],
  ['key-double-slash', 'a key with two slashes', key('a//b.jpg')],
  ['key-trailing-slash', 'a key that ends with a slash', key('a/b/')],
  ['key-dot-segments', 'a key with .. inside', key('a/../b.jpg')],
  ['key-dot', 'a key of one dot', key('.')],
  ['key-dots-first', 'a key that begins with ../', key('../a.jpg')],
  ['key-backslash', 'a key with backslashes', key('a\\b.jpg')],
  ['key-unicode', 'a key outside of ASCII', key('été/日本語/👑.jpg')],
  ['key-decomposed', 'a key with a decomposed letter', key('e\u0301.jpg')],
  ['key-zero-width', 'a key with characters that nobody sees', key('a\u200db\u00ad.jpg')],
  [
    'key-url-characters',
    'a key with all that URLs have a meaning for',
    key('a?b#c&d=e+f%20g;h@i:j.jpg'),
  ],
  ['key-percent', 'a key with percent signs that encode nothing', key('100%/50%zz')],
  ['key-xml', 'a key with what XML has a meaning for', key('<a>&"\'.jpg')],
  [
    'key-xml-201',
    'a key with what XML has a meaning for, told in XML',
    {
      without: ['key'],
      conditions: [['starts-with', '$key', '']],
      fields: { key: '<a> & b/é.jpg' },
      exact: { success_action_status: '201' },
    },
  ],
  ['key-quotes', 'a key in quotes', key('"a".jpg')],
  ['key-brackets', 'a key with brackets and braces', key('{a}[b](c)|^`~.jpg')],
  ['key-tab', 'a key with a tab', key('a\tb.jpg')],
  ['key-line-break', 'a key with a line break', key('a\r\nb.jpg')],
  ['key-control', 'a key with a control character', key('a\u0001b.jpg')],
  ['key-dollar', 'a key with a dollar sign', key('a$b.jpg')],
  [
    'key-double-dollar',
    'a key with two dollar signs',
    {
      exact: { key: 'user/0267$$Copy.csv' },
    },
  ],
  ['key-underscore', 'a key that begins with an underscore', key('_a.jpg')],
  ['key-1024', 'a key of 1,024 bytes', key(bytes('long/', 1024))],
  ['key-1025', 'a key of 1,025 bytes', key(bytes('long/', 1025))],
  [
    'key-1024-unicode',
    'a key of 1,024 bytes and fewer characters',
    key(bytes('é'.repeat(500), 1024)),
  ],
  [
    'key-1025-unicode',
    'a key of 1,025 bytes and 525 characters',
    key(bytes('é'.repeat(500), 1025)),
  ],
  [
    'key-1025-by-name',
    'a key that becomes too long by the file’s name',
    named(`${'x'.repeat(1_000)}\${filename}`, 'a-name-of-twenty-five.jpg'),
  ],
  [
    'key-1024-by-name',
    'a key that the variable alone makes too long',
    named(`${'x'.repeat(1_018)}\${filename}`, 'a.jpg'),
  ],
];

export const FILENAMES: readonly CorpusForm[] = [
  ['filename-end', 'the file’s name at the end of the key', named('a/${filename}', 'photo.jpg')],
  [
    'filename-middle',
    'the file’s name in the middle of the key',
    named('a/${filename}.bak', 'photo.jpg'),
  ],
  [
    'filename-start',
    'the file’s name at the start of the key',
    named('${filename}/a', 'photo.jpg'),
  ],
  ['filename-alone', 'the file’s name as the key', named('${filename}', 'photo.jpg')],
  [
    'filename-twice',
    'the file’s name twice in the key',
    named('${filename}/${filename}', 'photo.jpg'),
  ],
  [
    'filename-prefix',
    'a key whose policy has what comes before the file’s name',
    {
      fields: { key: 'user/${filename}' },
    },
  ],
  [
    'filename-literal',
    'a policy that wants the variable itself',
    {
      without: ['key'],
      conditions: [{ key: 'user/${filename}' }],
      fields: { key: 'user/${filename}' },
    },
  ],
  [
    'filename-expanded',
    'a policy that has the file’s name itself',
    {
      without: ['key'],
      conditions: [{ key: 'user/photo.jpg' }],
      fields: { key: 'user/${filename}' },
    },
  ],
  [
    'filename-escapes-prefix',
    'a file’s name at the start that leaves the policy’s prefix',
    {
      fields: { key: '${filename}' },
      filename: 'photo.jpg',
    },
  ],
  [
    'filename-fits-prefix',
    'a file’s name with a path that has the policy’s prefix',
    {
      fields: { key: '${filename}' },
      filename: 'user/photo.jpg',
    },
  ],
  ['filename-path', 'a file’s name with directories', named('a/${filename}', 'b/c/photo.jpg')],
  [
    'filename-windows-path',
    'a file’s name with directories of Windows',
    named('a/${filename}', 'C:\\b\\photo.jpg'),
  ],
  [
    'filename-mixed-path',
    'a file’s name with slashes of both kinds',
    named('a/${filename}', 'b\\c/d\\e.jpg'),
  ],
  [
    'filename-ends-with-slash',
    'a file’s name that ends with a slash',
    named('a/${filename}', 'b/'),
  ],
  ['filename-dots', 'a file’s name of two dots', named('a/${filename}', '..')],
  ['filename-missing', 'no file’s name for the variable', named('a/${filename}', undefined)],
  ['filename-empty', 'an empty file’s name for the variable', named('a/${filename}', '')],
  ['filename-empty-alone', 'an empty file’s name as the key', named('${filename}', '')],
  ['filename-missing-unused', 'no file’s name, and no variable', { filename: undefined }],
  ['filename-empty-unused', 'an empty file’s name, and no variable', { filename: '' }],
  ['filename-unicode', 'a file’s name outside of ASCII', named('a/${filename}', 'été 👑.jpg')],
  ['filename-blanks', 'a file’s name with blanks around it', named('a/${filename}', ' b c ')],
  ['filename-semicolon', 'a file’s name with a semicolon', named('a/${filename}', 'b;c.jpg')],
  [
    'filename-equals',
    'a file’s name with an equals sign and a comma',
    named('a/${filename}', 'b=c,d.jpg'),
  ],
  [
    'filename-percent-quote',
    'a file’s name with a quote as browsers write it',
    named('a/${filename}', 'b%22c.jpg'),
  ],
  [
    'filename-backslash-quote',
    'a file’s name with a quote as curl writes it',
    named('a/${filename}', 'b\\"c.jpg'),
  ],
  [
    'filename-variable',
    'a file that is named like the variable',
    named('a/${filename}', '${filename}'),
  ],
  ['filename-dollar', 'a file’s name with dollar signs', named('a/${filename}', '$&$1.jpg')],
  ['filename-capitals', 'the variable in capitals', named('a/${FILENAME}', 'photo.jpg')],
  ['filename-without-braces', 'the variable without its braces', named('a/$filename', 'photo.jpg')],
  ['filename-open', 'the variable without its end', named('a/${filename', 'photo.jpg')],
  [
    'filename-in-metadata',
    'the variable in metadata',
    {
      fields: { 'x-amz-meta-name': '${filename}' },
      conditions: [['starts-with', '$x-amz-meta-name', '']],
    },
  ],
  [
    'filename-in-metadata-literal',
    'the variable in metadata, which the policy wants as it stands',
    {
      exact: { 'x-amz-meta-name': '${filename}' },
    },
  ],
  [
    'filename-in-metadata-expanded',
    'the variable in metadata, the policy having the file’s name',
    {
      fields: { 'x-amz-meta-name': '${filename}' },
      conditions: [{ 'x-amz-meta-name': 'photo.jpg' }],
    },
  ],
  [
    'filename-in-type',
    'the variable in Content-Type',
    {
      fields: { 'Content-Type': 'image/${filename}' },
      conditions: [['starts-with', '$Content-Type', 'image/']],
      filename: 'png',
    },
  ],
  [
    'filename-in-redirect',
    'the variable in success_action_redirect',
    {
      fields: { success_action_redirect: 'http://localhost/${filename}' },
      conditions: [['starts-with', '$success_action_redirect', 'http://localhost/']],
    },
  ],
  [
    'filename-in-redirect-literal',
    'the variable in success_action_redirect, which the policy wants as it stands',
    {
      exact: { success_action_redirect: 'http://localhost/${filename}' },
    },
  ],
];
