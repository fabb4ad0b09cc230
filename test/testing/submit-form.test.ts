import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { headObject } from '../../src/bucket/objects.ts';
import { createPresignedPost } from '../../src/policy/index.ts';
import { fillForm, submitForm } from '../../src/testing/submit-form.ts';
import { startTestBucket } from '../local-bucket/support.ts';

function page(content: string, attributes = 'method="post" enctype="multipart/form-data"'): string {
  return `<!doctype html><title>Upload</title><form action="http://s/uploads/" ${attributes}>${content}</form>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/** The entries as text; of a file its name, type and size. */
function entriesOf(html: string, fillIn: Parameters<typeof fillForm>[1] = {}): string[][] {
  return fillForm(html, fillIn).entries.map(([name, value]) =>
    typeof value === 'string' ? [name, value] : [name, value.name, value.type, `${value.size}`],
  );
}

test('a form is filled in, in the order of the document', () => {
  const html = page(`
    <input type="hidden" name="key" value="a">
    <p><label>Title <input name="title" value="before"></label></p>
    <fieldset><div><input type="text" name="untouched" value="default"></div></fieldset>
    <input name="empty">
    <input type="file" name="file">
    <input type="hidden" name="last" value="z">`);
  const file = { name: 'é.txt', type: 'text/plain', content: 'abc' };
  expect(fillForm(html, {}).action).toBe('http://s/uploads/');
  expect(entriesOf(html, { file, values: { title: 'typed', empty: '' } })).toEqual([
    ['key', 'a'],
    ['title', 'typed'],
    ['untouched', 'default'],
    ['empty', ''],
    ['file', 'é.txt', 'text/plain', '3'],
    ['last', 'z'],
  ]);
});

test.each([
  ['disabled controls', '<input name="a" value="1" disabled>'],
  ['nameless controls', '<input value="1"><input name="" value="2">'],
  ['buttons', '<input type="submit" name="a" value="1"><input type="button" name="b">'],
  ['other buttons', '<input type="reset" name="a"><button name="b" value="1">Go</button>'],
  ['controls after the form', '</form><input name="a" value="1">'],
  ['controls that are none', '<!-- <input name="a"> --><template><input name="b"></template>'],
  ['controls of another form', '</form><form><input name="a" value="1">'],
])('left out: %s', (_, html) => {
  expect(entriesOf(page(html))).toEqual([]);
});

test('entities are decoded', () => {
  const html = page('<input name="a&amp;b" value="&lt;&#39;&quot;&eacute;&#x1F389;&amp;amp;">');
  expect(entriesOf(html)).toEqual([['a&b', '<\'"é🎉&amp;']]);
});

test('a file that was not chosen is sent as browsers send it', () => {
  const html = page('<input type="file" name="file">');
  expect(entriesOf(html)).toEqual([['file', '', 'application/octet-stream', '0']]);
});

test.each([
  ['markup', '"><script>alert(1)</script>'],
  ['entities', '&amp; &lt; &#0;'],
  ['percents', '%22 %0A + ?'],
  ['variables', '${filename} $$ {{x}} <%= y %>'],
  ['blanks around', '  a  '],
  ['Unicode', 'e\u0301 שלום 🎉 \u202e'],
])('%s survives as it is', (_, value) => {
  const html = page(
    `<input type="hidden" name="${escapeHtml(value)}" value="${escapeHtml(value)}">`,
  );
  expect(entriesOf(html)).toEqual([[value, value]]);
});

test.each([
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
])('a field called %s is a field', (name) => {
  expect(entriesOf(page(`<input name="${name}" value="a">`))).toEqual([[name, 'a']]);
});

test('keywords of HTML are read in any case', () => {
  const html = page(
    '<INPUT TYPE="FILE" NAME="file"><input type="SUBMIT" name="a">',
    'METHOD="POST" enctype="Multipart/Form-Data"',
  );
  expect(entriesOf(html)).toEqual([['file', '', 'application/octet-stream', '0']]);
});

test.each([
  ['no form', '<p>Nothing here</p>', 'The page has no form.'],
  ['no page', '', 'The page has no form.'],
  ['a form of another method', page('', 'enctype="multipart/form-data"'), 'does not post'],
  ['a form of another type', page('', 'method="post"'), 'does not post'],
  ['a form without address', '<form method="post" enctype="multipart/form-data">', 'to an address'],
])('a page with %s is refused', (_, html, message) => {
  expect(() => fillForm(html, {})).toThrow(message);
});

test('a form is posted byte by byte as browsers do', async () => {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    response.writeHead(303, { Location: '/elsewhere' }).end(body);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const html = page('<input name="a&quot;b" value="1&#10;2"><input type="file" name="file">');
  const response = await submitForm(html.replace('http://s/', `http://127.0.0.1:${port}/`), {
    file: { name: 'a"b\r\nc\\d.txt', content: new Uint8Array([0x61, 0x62]) },
  });
  expect(response.status).toBe(303);
  const body = await response.text();
  const boundary = body.split('\r\n', 1)[0] ?? '';
  expect(body.replaceAll(boundary, '--b').trimEnd()).toBe(
    [
      ...['--b', 'Content-Disposition: form-data; name="a%22b"', '', '1\r\n2', '--b'],
      'Content-Disposition: form-data; name="file"; filename="a%22b%0D%0Ac\\d.txt"',
      ...['Content-Type: application/octet-stream', '', 'ab', '--b--'],
    ].join('\r\n'),
  );
});

test('a page of signed fields uploads to a bucket', async () => {
  const { bucket, region, credentials, url: endpoint, access } = await startTestBucket();
  const metadata = { markup: '"><b>&amp;', unicode: 'é 🎉', typed: '' };
  const { url, fields } = createPresignedPost({
    ...{ bucket, region, credentials, endpoint, metadata, key: 'u/${filename}' },
    conditions: [['starts-with', '$x-amz-meta-typed', '']],
  });
  const inputs = Object.entries(fields).map(
    ([name, value]) => `<input name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const html = page(`${inputs.join('')}<input type="file" name="file">`);
  const response = await submitForm(html.replace('http://s/uploads/', url), {
    file: { name: 'a.txt', content: 'abcdef' },
    values: { 'x-amz-meta-typed': 'by hand' },
  });
  expect(response.status).toBe(204);
  expect(await headObject(access, 'u/a.txt')).toMatchObject({
    size: 6,
    metadata: { ...metadata, typed: 'by hand' },
  });
});
