import type { Change, CorpusForm } from '../form.ts';

function status(value: string): Change {
  return { exact: { success_action_status: value } };
}

function redirect(url: string): Change {
  return { exact: { success_action_redirect: url } };
}

/** What is answered to a stored file. */
export const SUCCESS: readonly CorpusForm[] = [
  ['status-200', 'the status 200', status('200')],
  ['status-201', 'the status 201', status('201')],
  ['status-204', 'the status 204', status('204')],
  [
    'status-201-key',
    'the status 201 with a key that needs encoding',
    {
      exact: { success_action_status: '201', key: 'user/a b+ü.jpg' },
    },
  ],
  ['status-202', 'the status 202, which S3 does not have', status('202')],
  ['status-404', 'the status 404', status('404')],
  ['status-303', 'the status 303 without an address', status('303')],
  ['status-words', 'a status that is no number', status('abc')],
  ['status-empty', 'an empty status', status('')],
  ['status-zero', 'the status 0', status('0')],
  ['status-negative', 'a negative status', status('-200')],
  ['status-zeros', 'a status with a zero before it', status('0200')],
  ['status-blank', 'a status with a blank before it', status(' 200')],
  ['status-fraction', 'a status with a fraction', status('200.0')],
  ['redirect-absolute', 'a redirect', redirect('http://localhost/done')],
  ['redirect-https', 'a redirect to https', redirect('https://example.com/done')],
  [
    'redirect-scheme-capitals',
    'a redirect whose scheme is in capitals',
    redirect('HTTP://localhost/done'),
  ],
  ['redirect-port', 'a redirect to a port and a host of IPv6', redirect('http://[::1]:3000/done')],
  ['redirect-origin', 'a redirect without a path', redirect('http://localhost')],
  ['redirect-query', 'a redirect with a query', redirect('http://localhost/done?a=b')],
  [
    'redirect-query-encoded',
    'a redirect whose query is partly encoded',
    redirect('http://localhost/done?u=https://a/b c&d=%2F'),
  ],
  [
    'redirect-empty-query',
    'a redirect that ends with a question mark',
    redirect('http://localhost/done?'),
  ],
  ['redirect-fragment', 'a redirect with a fragment', redirect('http://localhost/done#there')],
  [
    'redirect-query-fragment',
    'a redirect with query and fragment',
    redirect('http://localhost/done?a=b#there'),
  ],
  ['redirect-unicode', 'a redirect outside of ASCII', redirect('http://localhost/été')],
  [
    'redirect-encoded',
    'a redirect with an encoded path',
    redirect('http://localhost/%C3%A9t%C3%A9'),
  ],
  ['redirect-relative', 'a redirect that is a path', redirect('/done')],
  ['redirect-relative-name', 'a redirect that is a name', redirect('done.html')],
  ['redirect-without-scheme', 'a redirect without its scheme', redirect('//localhost/done')],
  ['redirect-empty', 'an empty redirect', redirect('')],
  ['redirect-ftp', 'a redirect to ftp', redirect('ftp://localhost/done')],
  ['redirect-javascript', 'a redirect to a script', redirect('javascript:alert(1)')],
  ['redirect-mailto', 'a redirect to a mail address', redirect('mailto:ada@example.com')],
  ['redirect-broken', 'a redirect with a broken host', redirect('http://[')],
  ['redirect-no-host', 'a redirect without a host', redirect('http://')],
  [
    'redirect-line-break',
    'a redirect with a line break',
    redirect('http://localhost/a\r\nSet-Cookie: a=b'),
  ],
  [
    'redirect-key',
    'a redirect for a key that needs encoding',
    {
      exact: { success_action_redirect: 'http://localhost/done', key: 'user/a b&c=d+ü.jpg' },
    },
  ],
  [
    'redirect-and-status',
    'a redirect and the status 201',
    {
      exact: { success_action_redirect: 'http://localhost/done', success_action_status: '201' },
    },
  ],
  [
    'redirect-relative-and-status',
    'a redirect that is a path, and the status 200',
    {
      exact: { success_action_redirect: '/done', success_action_status: '200' },
    },
  ],
  ['redirect-old', 'the older field redirect', { exact: { redirect: 'http://localhost/old' } }],
  [
    'redirect-old-relative',
    'the older field redirect with a path',
    { exact: { redirect: '/old' } },
  ],
  [
    'redirect-old-and-new',
    'the older field redirect and the newer',
    {
      exact: { redirect: 'http://localhost/old', success_action_redirect: 'http://localhost/new' },
    },
  ],
  [
    'redirect-old-and-status',
    'the older field redirect and the status 200',
    {
      exact: { redirect: 'http://localhost/old', success_action_status: '200' },
    },
  ],
  [
    'redirect-on-refusal',
    'a redirect in a form that is refused',
    {
      exact: { success_action_redirect: 'http://localhost/done' },
      fields: { key: 'elsewhere/a.jpg' },
    },
  ],
];
