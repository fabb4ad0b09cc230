import type { CorpusForm } from '../form.ts';

/** Where a form is posted: the bucket in the path or in the host, or somewhere else. */
export const ADDRESSES: readonly CorpusForm[] = [
  ['bucket-other-address', 'the form posted to a bucket that is not there', { path: '/another' }],
  ['bucket-trailing-slash', 'the bucket’s address with a slash at its end', { path: '/uploads/' }],
  ['bucket-query', 'the bucket’s address with a query', { path: '/uploads?a=b' }],
  [
    'bucket-with-key',
    'the form posted to an object’s address',
    { path: '/uploads/user/photo.jpg' },
  ],
  ['bucket-none', 'the form posted to the service’s own address', { path: '/' }],
  ['host-bucket', 'the bucket in the name of the host', { subdomain: 'uploads', path: '/' }],
  [
    'host-capitals',
    'the bucket in the name of the host, in capitals',
    {
      subdomain: 'UPLOADS',
      path: '/',
    },
  ],
  [
    'host-query',
    'the bucket in the name of the host, with a query',
    {
      subdomain: 'uploads',
      path: '/?a=b',
    },
  ],
  [
    'host-201',
    'the bucket in the name of the host, told in XML',
    {
      subdomain: 'uploads',
      path: '/',
      exact: { success_action_status: '201' },
    },
  ],
  [
    'host-redirect',
    'the bucket in the name of the host, told in a redirect',
    {
      subdomain: 'uploads',
      path: '/',
      exact: { success_action_redirect: 'http://localhost/done' },
    },
  ],
  [
    'host-other',
    'a bucket that is not there in the name of the host',
    {
      subdomain: 'another',
      path: '/',
    },
  ],
  [
    'host-other-condition',
    'the bucket in the name of the host, the condition for another',
    {
      subdomain: 'uploads',
      path: '/',
      without: ['bucket'],
      conditions: [{ bucket: 'another' }],
    },
  ],
  [
    'host-and-path',
    'the bucket in the name of the host and in the path',
    {
      subdomain: 'uploads',
      path: '/uploads',
    },
  ],
];

/** What the request's own headers say. */
export const HEADERS: readonly CorpusForm[] = [
  [
    'header-expect',
    'a request that expects to be told to go on',
    {
      headers: { Expect: '100-continue' },
    },
  ],
  [
    'header-chunked',
    'a request in chunks, without a length',
    {
      headers: { 'Transfer-Encoding': 'chunked' },
    },
  ],
  [
    'header-origin',
    'a request from a page of another origin',
    {
      headers: { Origin: 'http://localhost:3000' },
    },
  ],
  [
    'header-acl',
    'an ACL in a header in place of a field',
    {
      headers: { 'x-amz-acl': 'public-read' },
    },
  ],
  [
    'header-metadata',
    'metadata in a header in place of a field',
    {
      headers: { 'x-amz-meta-a': 'b' },
    },
  ],
  [
    'header-acl-conflict',
    'an ACL in a header, and another in a field',
    {
      exact: { acl: 'private' },
      headers: { 'x-amz-acl': 'public-read' },
    },
  ],
  [
    'header-class-conflict',
    'a storage class in a header, and another in a field',
    {
      exact: { 'x-amz-storage-class': 'STANDARD' },
      headers: { 'x-amz-storage-class': 'STANDARD_IA' },
    },
  ],
];
