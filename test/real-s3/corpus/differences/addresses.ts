import { because, type KnownDifference } from './because.ts';
import { XML_OF_201 } from './reasons.ts';

export const ADDRESS_DIFFERENCES: readonly KnownDifference[] = [
  ...because(
    'S3 answers 405 to a POST at the address of an object (its general error); radosgw takes the form there too.',
    [['204', '405 MethodNotAllowed', ['bucket-with-key', 'host-and-path']]],
  ),
  ...because(
    'The name of a host is the same in any case (RFC 4343), also on S3; radosgw looks for a bucket in capitals.',
    [['404 NoSuchBucket', '204', ['host-capitals']]],
  ),
  ...because(XML_OF_201, [
    [
      'element ETag: 9a0364b9e99bb480dd25e1f0284c8555; element Location: localhost/uploads/user%2Fphoto.jpg',
      'element ETag: "9a0364b9e99bb480dd25e1f0284c8555"; element Location: http://uploads.localhost/user%2Fphoto.jpg',
      ['host-201'],
    ],
  ]),
  ...because(
    'What S3 makes of a form without a length is not known, and ours takes it; radosgw wants to know the length.',
    [['411 MissingContentLength', '204', ['header-chunked']]],
  ),
  ...because(
    'S3 refuses a header that says other than the field of its meaning (documented); radosgw stores the file all the same.',
    [['204', '400 InvalidRequest', ['header-class-conflict', 'header-acl-conflict']]],
  ),
];
