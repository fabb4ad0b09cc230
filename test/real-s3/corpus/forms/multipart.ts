import { BOUNDARY, type Change, CONTENT, type CorpusForm, field, type Part } from '../form.ts';

/** Another head for the file's part. */
function fileHead(head: string): Change {
  return { parts: (parts) => [...parts.slice(0, -1), { head, content: CONTENT }] };
}

/** Another head for each field's part, made of its name. */
function fieldHeads(headOf: (name: string) => string): Change {
  return {
    parts: (parts) => [
      ...parts.slice(0, -1).map((part) => ({ ...part, head: headOf(nameOf(part)) })),
      ...parts.slice(-1),
    ],
  };
}

function nameOf({ head }: Part): string {
  return /name="(.*?)"/.exec(head)?.[1] ?? '';
}

function afterFile(...more: readonly Part[]): Change {
  return { parts: (parts) => [...parts, ...more] };
}

const FORM_DATA = 'Content-Disposition: form-data';
const SECOND_FILE = { head: `${FORM_DATA}; name="file"; filename="b.jpg"`, content: 'second' };

/** How the form is cut into parts. */
export const MULTIPART: readonly CorpusForm[] = [
  [
    'multipart-boundary-missing',
    'a type without a boundary',
    { contentType: 'multipart/form-data' },
  ],
  [
    'multipart-boundary-empty',
    'a type with an empty boundary',
    {
      contentType: 'multipart/form-data; boundary=',
    },
  ],
  [
    'multipart-boundary-quoted',
    'a type whose boundary is in quotes',
    {
      contentType: `multipart/form-data; boundary="${BOUNDARY}"`,
    },
  ],
  [
    'multipart-boundary-other',
    'a type with a boundary that the body does not have',
    {
      contentType: 'multipart/form-data; boundary=another',
    },
  ],
  [
    'multipart-boundary-case',
    'a boundary in capitals',
    {
      contentType: `multipart/form-data; boundary=${BOUNDARY.toUpperCase()}`,
    },
  ],
  [
    'multipart-boundary-capitals',
    'the parameter’s name in capitals',
    {
      contentType: `multipart/form-data; BOUNDARY=${BOUNDARY}`,
    },
  ],
  [
    'multipart-boundary-long',
    'a boundary of 70 characters with punctuation',
    {
      contentType: `multipart/form-data; boundary="${"-'()+_,./:=?".repeat(5)}${'x'.repeat(10)}"`,
      body: (body) =>
        body.replaceAll(`--${BOUNDARY}`, `--${"-'()+_,./:=?".repeat(5)}${'x'.repeat(10)}`),
    },
  ],
  [
    'multipart-type-capitals',
    'the type in capitals',
    {
      contentType: `Multipart/Form-Data; boundary=${BOUNDARY}`,
    },
  ],
  [
    'multipart-type-charset',
    'a type with a charset before its boundary',
    {
      contentType: `multipart/form-data; charset=utf-8; boundary=${BOUNDARY}`,
    },
  ],
  [
    'multipart-type-without-blank',
    'a type without a blank after its semicolon',
    {
      contentType: `multipart/form-data;boundary=${BOUNDARY}`,
    },
  ],
  [
    'multipart-type-mixed',
    'the type multipart/mixed',
    {
      contentType: `multipart/mixed; boundary=${BOUNDARY}`,
    },
  ],
  [
    'multipart-type-urlencoded',
    'the type of forms without files',
    {
      contentType: 'application/x-www-form-urlencoded',
      body: () => 'key=user%2Fphoto.jpg&file=content',
    },
  ],
  ['multipart-type-text', 'the type text/plain', { contentType: 'text/plain' }],
  [
    'multipart-type-json',
    'JSON in place of a form',
    {
      contentType: 'application/json',
      body: () => '{"key":"user/photo.jpg"}',
    },
  ],
  ['multipart-type-empty', 'an empty type', { contentType: '' }],
  ['multipart-empty-body', 'an empty body', { body: () => '' }],
  ['multipart-no-parts', 'a last boundary and nothing else', { body: () => `--${BOUNDARY}--\r\n` }],
  ['multipart-text-body', 'a body without any boundary', { body: () => 'hello' }],
  [
    'multipart-without-end',
    'a body that lacks the last boundary',
    {
      body: (body) => body.replace(`\r\n--${BOUNDARY}--\r\n`, ''),
    },
  ],
  [
    'multipart-cut-end',
    'a last boundary that lacks its two dashes',
    {
      body: (body) => body.replace(`--${BOUNDARY}--\r\n`, `--${BOUNDARY}`),
    },
  ],
  [
    'multipart-end-without-line',
    'a last boundary without a line break',
    {
      body: (body) => body.slice(0, -2),
    },
  ],
  [
    'multipart-cut-fields',
    'a body that ends amid the fields',
    {
      body: (body) => body.slice(0, 300),
    },
  ],
  [
    'multipart-cut-file-head',
    'a body that ends amid the file’s headers',
    {
      body: (body) => body.slice(0, body.indexOf('filename=') + 4),
    },
  ],
  [
    'multipart-preamble',
    'a text before the first boundary',
    {
      body: (body) => `This is a form.\r\n${body}`,
    },
  ],
  [
    'multipart-empty-line-first',
    'an empty line before the first boundary',
    {
      body: (body) => `\r\n${body}`,
    },
  ],
  [
    'multipart-epilogue',
    'a text after the last boundary',
    {
      body: (body) => `${body}This was a form.\r\n`,
    },
  ],
  [
    'multipart-blank-after-boundary',
    'blanks after the boundaries',
    {
      body: (body) => body.replaceAll(`--${BOUNDARY}\r\n`, `--${BOUNDARY} \t\r\n`),
    },
  ],
  [
    'multipart-lf',
    'lines that end with LF alone',
    { body: (body) => body.replaceAll('\r\n', '\n') },
  ],
  [
    'multipart-boundary-in-file',
    'a file in which the boundary stands inside a line',
    {
      content: `a --${BOUNDARY} b`,
    },
  ],
  [
    'multipart-almost-boundary',
    'a file with a line that is all but the boundary',
    {
      content: `a\r\n--${BOUNDARY.slice(0, -1)}\r\nb`,
    },
  ],
  [
    'multipart-binary',
    'a file of all bytes there are',
    {
      content: Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
    },
  ],
  ['multipart-crlf-file', 'a file that ends with line breaks', { content: 'a\r\n\r\n' }],
  ['multipart-dashes-file', 'a file that ends with dashes', { content: 'a\r\n--' }],
  [
    'multipart-names-unquoted',
    'names without quotes',
    fieldHeads((name) => `${FORM_DATA}; name=${name}`),
  ],
  [
    'multipart-names-without-blank',
    'no blank before the names',
    fieldHeads((name) => `${FORM_DATA};name="${name}"`),
  ],
  [
    'multipart-headers-lower-case',
    'headers in lower case',
    fieldHeads((name) => `content-disposition: form-data; name="${name}"`),
  ],
  [
    'multipart-headers-capitals',
    'headers in capitals',
    fieldHeads((name) => `CONTENT-DISPOSITION: FORM-DATA; NAME="${name}"`),
  ],
  [
    'multipart-headers-without-blank',
    'no blank after the header’s colon',
    fieldHeads((name) => `Content-Disposition:form-data; name="${name}"`),
  ],
  [
    'multipart-headers-folded',
    'headers that go on in the next line',
    fieldHeads((name) => `Content-Disposition: form-data;\r\n name="${name}"`),
  ],
  [
    'multipart-fields-with-type',
    'a type for each field',
    fieldHeads((name) => `${FORM_DATA}; name="${name}"\r\nContent-Type: text/plain; charset=utf-8`),
  ],
  [
    'multipart-fields-type-first',
    'a type for each field before its name',
    fieldHeads((name) => `Content-Type: text/plain\r\n${FORM_DATA}; name="${name}"`),
  ],
  [
    'multipart-fields-with-length',
    'a length for each field',
    fieldHeads((name) => `${FORM_DATA}; name="${name}"\r\nContent-Length: 1`),
  ],
  [
    'multipart-fields-base64',
    'a transfer encoding for each field, which nobody applies',
    fieldHeads((name) => `${FORM_DATA}; name="${name}"\r\nContent-Transfer-Encoding: base64`),
  ],
  [
    'multipart-fields-with-filename',
    'a file’s name on every field, as Python’s requests sends',
    fieldHeads((name) => `${FORM_DATA}; name="${name}"; filename="${name}"`),
  ],
  [
    'multipart-filename-first',
    'the file’s name before the field’s',
    fileHead(`${FORM_DATA}; filename="a.jpg"; name="file"`),
  ],
  [
    'multipart-file-type',
    'a file whose part has a type',
    fileHead(`${FORM_DATA}; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg`),
  ],
  [
    'multipart-file-without-type',
    'a file whose part has no type',
    fileHead(`${FORM_DATA}; name="file"; filename="a.jpg"`),
  ],
  [
    'multipart-file-base64',
    'a file whose part has a transfer encoding',
    fileHead(`${FORM_DATA}; name="file"; filename="a.jpg"\r\nContent-Transfer-Encoding: base64`),
  ],
  [
    'multipart-file-length',
    'a file whose part has a length',
    fileHead(`${FORM_DATA}; name="file"; filename="a.jpg"\r\nContent-Length: 7`),
  ],
  [
    'multipart-file-capitals',
    'a file in the field FILE',
    fileHead(`${FORM_DATA}; name="FILE"; filename="a.jpg"`),
  ],
  [
    'multipart-file-unquoted',
    'a file whose names are without quotes',
    fileHead(`${FORM_DATA}; name=file; filename=a.jpg`),
  ],
  [
    'multipart-file-extended-name',
    'a file’s name of RFC 5987 beside the plain one',
    fileHead(`${FORM_DATA}; name="file"; filename="a.jpg"; filename*=UTF-8''b.jpg`),
  ],
  [
    'multipart-file-disposition',
    'a file of another disposition',
    fileHead('Content-Disposition: file; name="file"; filename="a.jpg"'),
  ],
  [
    'multipart-file-attachment',
    'a file without a field’s name',
    fileHead(`${FORM_DATA}; filename="a.jpg"`),
  ],
  [
    'multipart-file-other-name',
    'a file in a field of another name',
    fileHead(`${FORM_DATA}; name="upload"; filename="a.jpg"`),
  ],
  [
    'multipart-file-files',
    'a file in the field file[]',
    fileHead(`${FORM_DATA}; name="file[]"; filename="a.jpg"`),
  ],
  ['multipart-no-file', 'no file', { parts: (parts) => parts.slice(0, -1) }],
  ['multipart-file-alone', 'a file without any field', { parts: (parts) => parts.slice(-1) }],
  ['multipart-textarea', 'a text area as the file', fileHead(`${FORM_DATA}; name="file"`)],
  [
    'multipart-file-empty-name',
    'a file input in which nothing was chosen',
    {
      filename: '',
      content: '',
    },
  ],
  ['multipart-two-files', 'two files', afterFile(SECOND_FILE)],
  [
    'multipart-two-files-second-empty',
    'two file inputs, in the second of which nothing was chosen',
    afterFile({
      head: `${FORM_DATA}; name="file"; filename=""`,
      content: '',
    }),
  ],
  ['multipart-submit-after', 'a named button after the file', afterFile(field('submit', 'Upload'))],
  [
    'multipart-field-after',
    'an uncovered field after the file',
    afterFile(field('acl', 'public-read')),
  ],
  [
    'multipart-other-file-after',
    'a file of another name after the file',
    afterFile({
      head: `${FORM_DATA}; name="thumbnail"; filename="b.jpg"`,
      content: 'second',
    }),
  ],
  [
    'multipart-other-file-before',
    'a file of another name before the file',
    {
      parts: (parts) => [
        ...parts.slice(0, -1),
        { head: `${FORM_DATA}; name="thumbnail"; filename="b.jpg"`, content: 'first' },
        ...parts.slice(-1),
      ],
    },
  ],
  [
    'multipart-file-first',
    'the file before all fields',
    {
      parts: (parts) => [...parts.slice(-1), ...parts.slice(0, -1)],
    },
  ],
  [
    'multipart-key-after',
    'the key after the file',
    {
      parts: (parts) => [...parts.slice(1), ...parts.slice(0, 1)],
    },
  ],
  [
    'multipart-signature-after',
    'the signature after the file',
    {
      parts: (parts) => [...parts.slice(0, -2), ...parts.slice(-2).reverse()],
    },
  ],
  [
    'multipart-condition-after',
    'a field with a condition after the file',
    {
      conditions: [{ acl: 'public-read' }],
      ...afterFile(field('acl', 'public-read')),
    },
  ],
  [
    'multipart-nameless',
    'a part without headers among the fields',
    {
      parts: (parts) => [{ head: 'X-Nothing: here', content: 'x' }, ...parts],
    },
  ],
  ['multipart-empty-name', 'a field whose name is empty', { fields: { '': 'x' } }],
  [
    'multipart-quote-in-name',
    'a field whose name has a quote as browsers write it',
    {
      fields: { 'x-ignore-%22a%22': 'x' },
    },
  ],
  [
    'multipart-value-lines',
    'a field of several lines',
    {
      fields: { 'x-ignore-text': 'a\r\nb\r\n' },
    },
  ],
];
