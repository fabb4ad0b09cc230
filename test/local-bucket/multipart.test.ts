import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import {
  boundaryOf,
  MalformedMultipartError,
  readParts,
  readText,
} from '../../src/local-bucket/multipart.ts';
import { multipart } from './support.ts';

/** A body in chunks of some bytes each. */
async function* inChunks(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < body.length; start += size) yield body.subarray(start, start + size);
}

async function read(body: string, size = 7) {
  const parts = [];
  for await (const part of readParts(inChunks(Buffer.from(body), size), 'b')) {
    const { name, filename, offset, content } = part;
    parts.push({ name, filename, offset, text: (await readText(content, 1e6)).text });
  }
  return parts;
}

/** The one part whose disposition this is. */
async function readPart(disposition: string) {
  const [part] = await read(multipart([`${disposition}\r\n\r\nx`]));
  return part;
}

test.each([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data; boundary="a b;c"', 'a b;c'],
  ['Multipart/Form-Data;charset=utf-8;  BOUNDARY=abc; x=y', 'abc'],
  ["multipart/form-data; boundary=----'()+_,-./:=?", "----'()+_,-./:=?"],
  ['multipart/form-data; boundary=', undefined],
  ['multipart/form-data', undefined],
  ['', undefined],
])('the boundary of %j', (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary);
});

test.each([1, 2, 3, 5, 16, 61, 1_000_000])('a form in chunks of %i bytes', async (size) => {
  const texts = [
    '',
    '\r\n',
    '--b',
    '\r\n-',
    '\r\r\n--',
    'é🎉',
    '-b--\r\n',
    '\n--b\n',
    'x\r\n--\r\nb',
  ];
  const body = multipart(texts.map((text, i) => `form-data; name="${i}"\r\n\r\n${text}`));
  expect((await read(body, size)).map(({ name, text }) => [name, text])).toEqual(
    texts.map((text, i) => [`${i}`, text]),
  );
});

test('bytes survive as they are', async () => {
  const bytes = Buffer.from(Array.from({ length: 1024 }, (_, i) => i % 256));
  const [head, tail] = multipart(['form-data; name="file"\r\n\r\n|']).split('|') as [
    string,
    string,
  ];
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(tail)]);
  for await (const { content } of readParts(inChunks(body, 100), 'b')) {
    expect((await buffer(content)).equals(bytes)).toBe(true);
  }
});

test('a part tells how many bytes came before its content', async () => {
  const body = multipart(['form-data; name="a"\r\n\r\née', 'form-data; name="file"\r\n\r\nxyz']);
  const offset = (text: string) => Buffer.byteLength(body.slice(0, body.indexOf(text)));
  expect((await read(body)).map((part) => part.offset)).toEqual([offset('ée'), offset('xyz')]);
});

test('content that nobody reads is passed over', async () => {
  const body = multipart(['a', 'b', 'c'].map((name) => `form-data; name="${name}"\r\n\r\n${name}`));
  const names = [];
  for await (const { name } of readParts(inChunks(Buffer.from(body), 4), 'b')) names.push(name);
  expect(names).toEqual(['a', 'b', 'c']);
});

test('what stands before and after the form is ignored', async () => {
  const form = multipart(['form-data; name="a"\r\n\r\n1']);
  expect(await read(`before\r\n${form}after\r\n--b\r\n\r\n`)).toMatchObject([{ name: 'a' }]);
  expect(await read(multipart([]))).toEqual([]);
});

test.each<[string, string | undefined, string | undefined]>([
  ['form-data; name="a"', 'a', undefined],
  ['form-data; name=a; filename=b', 'a', 'b'],
  ['form-data;name="a";filename="b"', 'a', 'b'],
  ['FORM-DATA; NAME="a"; FileName="b"', 'a', 'b'],
  ['form-data; filename="b"; name="a"', 'a', 'b'],
  ['form-data; filename="b; name=c"; name="a"', 'a', 'b; name=c'],
  ['form-data; name="a; filename=c"', 'a; filename=c', undefined],
  ['form-data; name="a"; filename=""', 'a', ''],
  ['form-data; name=""', '', undefined],
  ['form-data; name="a"; filename="C:\\dir\\b.txt"', 'a', 'C:\\dir\\b.txt'],
  ['form-data; name="a"; filename="b\\"c.txt"', 'a', 'b"c.txt'],
  ['form-data; name="a"; filename="b%22c.txt"', 'a', 'b%22c.txt'],
  ['form-data; name="a"; filename="é 🎉.txt"', 'a', 'é 🎉.txt'],
  ['form-data', undefined, undefined],
  ['file; name="a"; filename="b"', undefined, undefined],
  ['form-data-not; name="a"', undefined, undefined],
])('the names in %s', async (disposition, name, filename) => {
  expect(await readPart(disposition)).toMatchObject({ name, filename, text: 'x' });
});

test.each([
  ['other headers', '--b\r\nX-A: 1\r\ncontent-disposition:form-data; name="a"\r\nX-B: 2\r\n\r\nx'],
  ['blanks after the boundary', '--b \t\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'],
])('%s are allowed', async (_, part) => {
  expect(await read(`${part}\r\n--b--`)).toMatchObject([{ name: 'a', text: 'x' }]);
});

test('a part without headers is no form data', async () => {
  expect(await read('--b\r\n\r\nx\r\n--b--')).toMatchObject([{ name: undefined, text: 'x' }]);
});

const COMPLETE = multipart(['form-data; name="a"\r\n\r\nx']).trimEnd();

test.each([
  ...Array.from({ length: COMPLETE.length }, (_, end) => COMPLETE.slice(0, end)),
  COMPLETE.replaceAll('\r\n', '\n'),
])('%j is malformed', async (body) => {
  await expect(read(body)).rejects.toThrow(MalformedMultipartError);
});

test.each([
  COMPLETE.replace(':', ''),
  COMPLETE.replace('--b\r\n', '--b x\r\n'),
])('%j has a malformed part', async (body) => {
  const parts = [];
  for await (const part of readParts(inChunks(Buffer.from(body), 7), 'b')) parts.push(part);
  expect(parts).toMatchObject([{ name: undefined, isMalformed: true }]);
});

test('of a text so many bytes are kept and all are counted', async () => {
  const text = await readText(inChunks(Buffer.from('abcdefghij'), 3), 7);
  expect(text).toEqual({ text: 'abcdefg', size: 10 });
});
