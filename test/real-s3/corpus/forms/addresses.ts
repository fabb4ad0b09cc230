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
