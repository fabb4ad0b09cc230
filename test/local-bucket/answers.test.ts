import { expect, test } from 'vitest';
import {
  changed,
  ETAG,
  FILE_PART,
  fieldParts,
  multipart,
  post,
  postBody,
  signedForm,
  startTestBucket,
  textFile,
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
  ["a~b*c!'()", 'a%7Eb*c%21%27%28%29', "a~b*c!'()"],
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

test('the browser is sent on with the key as forms encode it', async () => {
  const bucket = await startTestBucket();
  const options = { key: "a~b*c!'()", successActionRedirect: 'http://app.example/' };
  const response = await post(bucket, signedForm(bucket, options));
  expect(response.headers.get('location')).toContain('&key=a%7Eb*c%21%27%28%29&');
});

test('an address is told at the host that was asked', async () => {
  const bucket = await startTestBucket();
  const address = bucket.address.replace('127.0.0.1', 'localhost');
  const response = await post({ ...bucket, address }, signedForm(bucket));
  expect(response.headers.get('location')).toBe(`${address}a.txt`);
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
  ['http://app.example/#a#b', `http://app.example/?${APPENDED}#a#b`],
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

/** What stands between `<Error>` and the ids. */
async function errorOf(response: Response): Promise<string | undefined> {
  return /<Error>(.*)<RequestId>/.exec(await response.text())?.[1];
}

test('a body that is no form is refused in the words of S3: errors 1 and 2', async () => {
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
])('a POST to %s is refused in the words of S3: errors 43 and 45', async (path, status, error) => {
  const bucket = await startTestBucket();
  const response = await fetch(`${bucket.url}/${path}`, { method: 'POST', body: 'x' });
  expect(response.status).toBe(status);
  expect(await errorOf(response)).toBe(error);
});
