import { because, type KnownDifference } from './because.ts';
import { XML_OF_201 } from './reasons.ts';

export const SUCCESS_DIFFERENCES: readonly KnownDifference[] = [
  ...because(XML_OF_201, [
    [
      'element ETag: 9a0364b9e99bb480dd25e1f0284c8555; element Location: localhost/uploads/user%2Fphoto.jpg',
      'element ETag: "9a0364b9e99bb480dd25e1f0284c8555"; element Location: http://SERVER/uploads/user%2Fphoto.jpg',
      ['status-201'],
    ],
    [
      'element ETag: 9a0364b9e99bb480dd25e1f0284c8555; element Location: localhost/uploads/user%2Fa%20b%2B%C3%BC.jpg',
      'element ETag: "9a0364b9e99bb480dd25e1f0284c8555"; element Location: http://SERVER/uploads/user%2Fa+b%2B%C3%BC.jpg',
      ['status-201-key'],
    ],
  ]),
  ...because(
    'S3 takes every status but 200 and 201 for 204 (documented); radosgw refuses what is no number, after it has stored the file.',
    [['400 InvalidArgument, but the file is stored', '204', ['status-words', 'status-fraction']]],
  ),
  ...because(
    'S3 knows the texts 200, 201 and 204, and takes any other for 204 (documented); radosgw reads a number.',
    [['200', '204', ['status-zeros', 'status-blank']]],
  ),
  ...because(
    'S3 keeps the query of a redirect and adds to it with & (captured), ours before a fragment; radosgw adds a further ? at the end of all.',
    [
      [
        'redirect: http://localhost/done?a=b?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        'redirect: http://localhost/done?a=b&bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        ['redirect-query'],
      ],
      [
        'redirect: http://localhost/done?u=https://a/b c&d=%2F?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        'redirect: http://localhost/done?u=https://a/b c&d=%2F&bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        ['redirect-query-encoded'],
      ],
      [
        'redirect: http://localhost/done??bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        'redirect: http://localhost/done?&bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        ['redirect-empty-query'],
      ],
      [
        'redirect: http://localhost/done#there?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        'redirect: http://localhost/done?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22#there',
        ['redirect-fragment'],
      ],
      [
        'redirect: http://localhost/done?a=b#there?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        'redirect: http://localhost/done?a=b&bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22#there',
        ['redirect-query-fragment'],
      ],
    ],
  ),
  ...because(
    'Headers carry ASCII in one line, so ours encodes all else, S3 being unknown; radosgw sends the bytes as they are, even where they begin a further header.',
    [
      [
        'redirect: http://localhost/Ã©tÃ©?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        'redirect: http://localhost/%C3%A9t%C3%A9?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        ['redirect-unicode'],
      ],
      [
        'redirect: http://localhost/a',
        'redirect: http://localhost/a%0D%0ASet-Cookie: a=b?bucket=uploads&key=user%2Fphoto.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        ['redirect-line-break'],
      ],
    ],
  ),
  ...because(
    'S3 passes over a redirect that it cannot read as a URL (documented, and recorded for a path), which ours takes for http and https; radosgw sends the browser wherever it says.',
    [
      [
        '303',
        '204',
        [
          'redirect-relative',
          'redirect-relative-name',
          'redirect-without-scheme',
          'redirect-empty',
          'redirect-ftp',
          'redirect-javascript',
          'redirect-mailto',
          'redirect-broken',
          'redirect-no-host',
        ],
      ],
      ['303', '200', ['redirect-relative-and-status']],
    ],
  ),
  ...because(
    'S3 writes the key in a redirect as forms are encoded, with + for blanks (captured); radosgw has %20.',
    [
      [
        'redirect: http://localhost/done?bucket=uploads&key=user%2Fa%20b%26c%3Dd%2B%C3%BC.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        'redirect: http://localhost/done?bucket=uploads&key=user%2Fa+b%26c%3Dd%2B%C3%BC.jpg&etag=%229a0364b9e99bb480dd25e1f0284c8555%22',
        ['redirect-key'],
      ],
    ],
  ),
  ...because(
    'S3 uses the older field where the newer is not sent (documented); radosgw passes over it.',
    [
      ['204', '303', ['redirect-old']],
      ['200', '303', ['redirect-old-and-status']],
    ],
  ),
];
