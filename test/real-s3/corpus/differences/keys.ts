import { because, type KnownDifference } from './because.ts';
import { TRIMMED, XML_OF_201 } from './reasons.ts';

export const KEY_DIFFERENCES: readonly KnownDifference[] = [
  ...because(TRIMMED, [
    ['400 InvalidArgument', '204', ['key-blank']],
    ['key: a', 'key:  a ', ['key-blanks-around']],
  ]),
  ...because(XML_OF_201, [
    [
      'element ETag: 9a0364b9e99bb480dd25e1f0284c8555; element Location: localhost/uploads/%3Ca%3E%20%26%20b%2F%C3%A9.jpg',
      'element ETag: "9a0364b9e99bb480dd25e1f0284c8555"; element Location: http://SERVER/uploads/%3Ca%3E+%26+b%2F%C3%A9.jpg',
      ['key-xml-201'],
    ],
  ]),
  ...because(
    'S3 refuses a key of more than 1,024 bytes (captured); radosgw stores the file, though nobody can read it.',
    [['204', '400 KeyTooLongError', ['key-1025', 'key-1025-unicode', 'key-1025-by-name']]],
  ),
  ...because(
    'On S3 the variable is replaced (documented, without a limit); on radosgw its first occurrence is.',
    [['key: photo.jpg/${filename}', 'key: photo.jpg/photo.jpg', ['filename-twice']]],
  ),
  ...because(
    "S3 takes what follows the last slash or backslash of the file's name (documented); radosgw takes all of it.",
    [
      ['204', '403 AccessDenied', ['filename-fits-prefix']],
      ['key: a/b/c/photo.jpg', 'key: a/photo.jpg', ['filename-path']],
      ['key: a/C:\\b\\photo.jpg', 'key: a/photo.jpg', ['filename-windows-path']],
      ['key: a/b\\c/d\\e.jpg', 'key: a/e.jpg', ['filename-mixed-path']],
      ['key: a/b/', 'key: a/', ['filename-ends-with-slash']],
    ],
  ),
  ...because(
    "Without a file's name S3 leaves the variable as it stands (recorded); radosgw removes it.",
    [['key: a/', 'key: a/${filename}', ['filename-missing']]],
  ),
  ...because(
    'In quotes a semicolon separates nothing and \\" is a quote (RFC 2183, and curl), S3\'s own reading being unknown; radosgw knows neither.',
    [
      ['key: a/"b', 'key: a/b;c.jpg', ['filename-semicolon']],
      ['key: a/b\\"c.jpg', 'key: a/b"c.jpg', ['filename-backslash-quote']],
    ],
  ),
  ...because(
    'On S3 every field knows the variable (documented, and captured for the redirect); on radosgw the key alone does.',
    [
      ['x-amz-meta-name: ${filename}', 'x-amz-meta-name: photo.jpg', ['filename-in-metadata']],
      ['204', '403 AccessDenied', ['filename-in-metadata-literal']],
      ['403 AccessDenied', '204', ['filename-in-metadata-expanded']],
      ['content-type: image/${filename}', 'content-type: image/png', ['filename-in-type']],
      [
        'redirect: http://localhost/${filename}?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        'redirect: http://localhost/photo.jpg?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        ['filename-in-redirect'],
      ],
      ['303', '403 AccessDenied', ['filename-in-redirect-literal']],
    ],
  ),
];
