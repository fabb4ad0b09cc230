import { expect, test } from 'vitest';
import {
  changed,
  ETAG,
  FILE_PART,
  type FormEntry,
  fieldParts,
  formForKey,
  multipart,
  post,
  postBody,
  signedForm,
  startTestBucket,
  type TestBucket,
  textFile,
  without,
} from './support.ts';

test.each([
  ['nothing', undefined, 204],
  ['200', '200', 200],
  ['204', '204', 204],
  ['no status of S3', '404', 204],
  ['no number', 'abc', 204],
])('a form that asks for %s is answered without a body', async (_, status, expected) => {
  const bucket = await startTestBucket();
  const fields: Record<string, string> = status ? { success_action_status: status } : {};
  const response = await post(bucket, signedForm(bucket, { key: 'prefix/111222', fields }));
  expect(response.status).toBe(expected);
  expect(response.headers.get('etag')).toBe(ETAG);
  expect(response.headers.get('location')).toBe(`${bucket.address}prefix%2F111222`);
  expect(response.headers.get('content-type')).toBeNull();
  expect(await response.text()).toBe('');
});

test.each([
  ['président.jpg', 'pr%C3%A9sident.jpg', 'président.jpg'],
  ['prefix/111222', 'prefix%2F111222', 'prefix/111222'],
  ['a b{c}', 'a+b%7Bc%7D', 'a b{c}'],
  ['1+1=100%', '1%2B1%3D100%25', '1+1=100%'],
  ['<&>.txt', '%3C%26%3E.txt', '&lt;&amp;&gt;.txt'],
  ['👑 עברית', '%F0%9F%91%91+%D7%A2%D7%91%D7%A8%D7%99%D7%AA', '👑 עברית'],
])('201 tells of %s in XML', async (key, encoded, element) => {
  const bucket = await startTestBucket();
  const response = await post(bucket, signedForm(bucket, { key, successActionStatus: 201 }));
  expect(response.status).toBe(201);
  expect(response.headers.get('content-type')).toBe('application/xml');
  expect(response.headers.get('etag')).toBe(ETAG);
  expect(response.headers.get('location')).toBe(bucket.address + encoded);
  expect(await response.text()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      `<PostResponse><Location>${bucket.address}${encoded}</Location><Bucket>uploads</Bucket>` +
      `<Key>${element}</Key><ETag>${ETAG}</ETag></PostResponse>`,
  );
});

test('201 has no characters that XML has not', async () => {
  const bucket = await startTestBucket();
  const form = signedForm(bucket, {
    successActionStatus: 201,
    conditions: [['starts-with', '$key', '']],
  });
  const response = await post(bucket, changed(form, 'key', 'a\u0000b'));
  expect(await response.text()).toContain('<Key>a\ufffdb</Key>');
});

test.each([
  ['abcdef', '"e80b5017098950fc58aad83c8c14978e"'],
  ['something body', '"43281e21fce675ac3bcb3524b38ca4ed"'],
  ['', '"d41d8cd98f00b204e9800998ecf8427e"'],
])('the ETag is the MD5 of "%s"', async (content, etag) => {
  const bucket = await startTestBucket();
  const response = await post(bucket, signedForm(bucket, {}, textFile(content)));
  expect(response.headers.get('etag')).toBe(etag);
});

const APPENDED =
  'bucket=uploads&key=8329%2FUntitled+copy.sketch&etag=%22e80b5017098950fc58aad83c8c14978e%22';

test.each([
  ['http://app.example/done', `http://app.example/done?${APPENDED}`],
  ['http://app.example', `http://app.example?${APPENDED}`],
  [
    'https://app.example/done?md5=1&remote_url=https://x/y%20z',
    `https://app.example/done?md5=1&remote_url=https://x/y%20z&${APPENDED}`,
  ],
  ['http://app.example/done#top', `http://app.example/done?${APPENDED}#top`],
  ['http://app.example/?a=b#top?c', `http://app.example/?a=b&${APPENDED}#top?c`],
  ['http://app.example/ü?ä=ö', `http://app.example/%C3%BC?%C3%A4=%C3%B6&${APPENDED}`],
  ['http://app.example/#日', `http://app.example/?${APPENDED}#%E6%97%A5`],
])('the browser is sent to %s', async (successActionRedirect, location) => {
  const bucket = await startTestBucket();
  const options = { key: '8329/Untitled copy.sketch', successActionRedirect };
  const response = await post(bucket, signedForm(bucket, options));
  expect(response.status).toBe(303);
  expect(response.headers.get('location')).toBe(location);
  expect(await response.text()).toBe('');
});

test.each<[string, Record<string, string>, number]>([
  ['a redirect wins over a status', { success_action_redirect: 'http://a.b/c' }, 303],
  ['the old name of a redirect counts', { redirect: 'http://a.b/c' }, 303],
  ['a relative redirect counts for nothing', { success_action_redirect: '/done' }, 200],
])('%s', async (_, fields, status) => {
  const bucket = await startTestBucket();
  const response = await post(bucket, signedForm(bucket, { successActionStatus: 200, fields }));
  expect(response.status).toBe(status);
});

test('an error is XML in the order of S3, told apart by its ids', async () => {
  const bucket = await startTestBucket();
  const ids = /<RequestId>[^<]+<\/RequestId><HostId>[^<]+<\/HostId>(?=<\/Error>$)/;
  const response = await post(bucket, without(signedForm(bucket), 'key'));
  const xml = await response.text();
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/xml');
  expect(xml).toMatch(ids);
  expect(xml.replace(ids, '')).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
      '<Error><Code>InvalidArgument</Code>' +
      "<Message>Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.</Message>" +
      '<ArgumentName>key</ArgumentName><ArgumentValue></ArgumentValue></Error>',
  );
});

/** What stands between `<Error>` and the ids. */
async function errorOf(response: Response): Promise<string | undefined> {
  return /<Error>(.*)<RequestId>/.exec(await response.text())?.[1];
}

test.each<[string, (bucket: TestBucket) => FormEntry[], string]>([
  [
    'a changed ACL',
    (bucket) => changed(signedForm(bucket, { acl: 'private' }), 'acl', 'public-read'),
    '<Code>AccessDenied</Code><Message>Invalid according to Policy: Policy Condition failed: ["eq", "$acl", "private"]</Message>',
  ],
  [
    'a field that the policy does not name',
    (bucket) => [['Filename', 'a.txt'], ...signedForm(bucket)],
    '<Code>AccessDenied</Code><Message>Invalid according to Policy: Extra input fields: filename</Message>',
  ],
  [
    'an expired policy',
    (bucket) => signedForm(bucket, { now: new Date('2020-01-01T00:00:00Z') }),
    '<Code>AccessDenied</Code><Message>Invalid according to Policy: Policy expired.</Message>',
  ],
  [
    'a large file',
    (bucket) => signedForm(bucket, { contentLengthRange: [0, 10] }, textFile('twelve bytes')),
    '<Code>EntityTooLarge</Code><Message>Your proposed upload exceeds the maximum allowed size</Message><ProposedSize>12</ProposedSize><MaxSizeAllowed>10</MaxSizeAllowed>',
  ],
  [
    'a small file',
    (bucket) => signedForm(bucket, { contentLengthRange: [5, 10] }, textFile('1')),
    '<Code>EntityTooSmall</Code><Message>Your proposed upload is smaller than the minimum allowed size</Message><ProposedSize>1</ProposedSize><MinSizeAllowed>5</MinSizeAllowed>',
  ],
  [
    'no file',
    (bucket) => without(signedForm(bucket), 'file'),
    '<Code>InvalidArgument</Code><Message>POST requires exactly one file upload per request.</Message><ArgumentName>file</ArgumentName><ArgumentValue>0</ArgumentValue>',
  ],
  [
    'a key of 1,025 bytes',
    (bucket) => formForKey(bucket, 'k'.repeat(1025)),
    '<Code>KeyTooLongError</Code><Message>Your key is too long</Message><Size>1025</Size><MaxSizeAllowed>1024</MaxSizeAllowed>',
  ],
  [
    'text that looks like XML',
    (bucket) => changed(signedForm(bucket), 'X-Amz-Date', '<&">'),
    '<Code>InvalidArgument</Code><Message>X-Amz-Date must be formated via ISO8601 Long format</Message><ArgumentName>X-Amz-Date</ArgumentName><ArgumentValue>&lt;&amp;"&gt;</ArgumentValue>',
  ],
])('%s is refused in the words of S3', async (_, form, error) => {
  const bucket = await startTestBucket();
  expect(await errorOf(await post(bucket, form(bucket)))).toBe(error);
});

test('a changed signature is refused with what was signed', async () => {
  const bucket = await startTestBucket();
  const form = [...changed(changed(signedForm(bucket), 'Policy', 'e30='), 'X-Amz-Signature', '00')];
  expect(await errorOf(await post(bucket, form))).toBe(
    '<Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message>' +
      `<AWSAccessKeyId>${bucket.credentials.accessKeyId}</AWSAccessKeyId><StringToSign>e30=</StringToSign>` +
      '<SignatureProvided>00</SignatureProvided><StringToSignBytes>65 33 30 3d</StringToSignBytes>',
  );
});

test('a body that is no form is refused in the words of S3', async () => {
  const bucket = await startTestBucket();
  const body = multipart([...fieldParts(signedForm(bucket)), FILE_PART]);
  expect(await errorOf(await postBody(bucket, body, 'text/plain'))).toBe(
    '<Code>PreconditionFailed</Code><Message>At least one of the pre-conditions you specified did not hold</Message><Condition>Bucket POST must be of the enclosure-type multipart/form-data</Condition>',
  );
  expect(await errorOf(await postBody(bucket, body, 'multipart/form-data'))).toBe(
    '<Code>MalformedPOSTRequest</Code><Message>The body of your POST request is not well-formed multipart/form-data.</Message>',
  );
});

test.each([
  [
    'uploads/a.txt',
    405,
    '<Code>MethodNotAllowed</Code><Message>The specified method is not allowed against this resource.</Message><Method>POST</Method><ResourceType>OBJECT</ResourceType>',
  ],
  [
    'another/',
    404,
    '<Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>another</BucketName>',
  ],
])('a POST to %s is refused in the words of S3', async (path, status, error) => {
  const bucket = await startTestBucket();
  const response = await fetch(`${bucket.url}/${path}`, { method: 'POST', body: 'x' });
  expect(response.status).toBe(status);
  expect(await errorOf(response)).toBe(error);
});
