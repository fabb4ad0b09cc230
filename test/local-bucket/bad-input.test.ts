import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { MalformedMultipartError, readParts } from '../../src/local-bucket/multipart.ts';
import {
  CONTENT,
  FILE_PART,
  fieldParts,
  multipart,
  postBody,
  readKey,
  signedForm,
  startTestBucket,
  statusAndCode,
  store,
  type TestBucket,
} from './support.ts';

/** Milliseconds after which a test has hung. */
const DEADLINE = 60_000;
const property = { interruptAfterTimeLimit: DEADLINE / 2, markInterruptAsFailure: true };

const goodBody = (bucket: TestBucket) => multipart([...fieldParts(signedForm(bucket)), FILE_PART]);

const headOf = (bucket: TestBucket, framing: string, type = 'multipart/form-data; boundary=b') =>
  `POST /${bucket.bucket}/ HTTP/1.1\r\nHost: ${new URL(bucket.url).host}\r\nConnection: close\r\n` +
  `Content-Type: ${type}\r\n${framing}\r\n\r\n`;

async function open(bucket: TestBucket): Promise<Socket> {
  const socket = connect(Number(new URL(bucket.url).port), '127.0.0.1').on('error', () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Sends a body in pieces and gives the status of the answer. */
async function sendPieces(bucket: TestBucket, body: Buffer, pieceLength: number): Promise<number> {
  const socket = await open(bucket);
  const answer = text(socket);
  socket.write(headOf(bucket, `Content-Length: ${body.length}`));
  for (let start = 0; start < body.length; start += pieceLength) {
    socket.write(body.subarray(start, start + pieceLength));
    await new Promise(setImmediate);
  }
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(await answer)?.[1]);
}

/** That a bucket is none the worse for what came before. */
async function stillWorks(bucket: TestBucket): Promise<void> {
  await store(bucket, { key: 'next' });
  expect(await readKey(bucket, 'next')).toMatchObject({ status: 200, body: CONTENT });
}

/** What bodies are made of, in an order that nobody would choose. */
const pieces = fc.oneof(
  fc
    .constantFrom(
      ...['--b', '\r\n--b', '\r\n--b\r\n', '--b--', '\r\n', '\n', '\r', '-', ':', ';', '"', '\\"'],
      ...['Content-Disposition: form-data; name="key"', '; filename="a"', 'form-data', 'name=""'],
      ...['Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n', '\0', '\xff'],
      'x'.repeat(3000),
    )
    .map((piece) => Buffer.from(piece, 'latin1')),
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
);

describe('whatever body comes, it is answered, and nothing of what is refused is stored', () => {
  test(
    'bodies of random pieces',
    async () => {
      const bucket = await startTestBucket();
      const before = bucket.files();
      await fc.assert(
        fc.asyncProperty(
          fc.array(pieces, { maxLength: 40 }),
          fc.integer({ min: 1, max: 200 }),
          async (all, length) => {
            const body = Buffer.concat([Buffer.from('--b\r\n'), ...all]);
            expect(await sendPieces(bucket, body, length)).toBe(400);
            expect(bucket.files()).toEqual(before);
          },
        ),
        { ...property, numRuns: 200 },
      );
      await stillWorks(bucket);
    },
    DEADLINE,
  );

  test(
    'good forms with a piece in the wrong place, or without one',
    async () => {
      const bucket = await startTestBucket();
      const good = Buffer.from(goodBody(bucket));
      await store(bucket, {}, 'before');
      const before = bucket.files();
      await fc.assert(
        fc.asyncProperty(fc.nat(good.length), fc.nat(30), pieces, async (start, removed, piece) => {
          const body = Buffer.concat([
            good.subarray(0, start),
            piece,
            good.subarray(start + removed),
          ]);
          const status = await sendPieces(bucket, body, 1000);
          expect([204, 400, 403]).toContain(status);
          if (status !== 204)
            expect(await readKey(bucket, 'a.txt')).toMatchObject({ body: 'before' });
          else await store(bucket, {}, 'before');
          // Content files have random names, but there are no more of them.
          expect(bucket.files()).toHaveLength(before.length);
        }),
        { ...property, numRuns: 200 },
      );
      await stillWorks(bucket);
    },
    DEADLINE,
  );

  test(
    'good forms that are cut off anywhere, with the connection',
    async () => {
      const bucket = await startTestBucket();
      const before = bucket.files();
      const good = Buffer.from(goodBody(bucket));
      await fc.assert(
        fc.asyncProperty(fc.nat(good.length - 1), fc.boolean(), async (end, isReset) => {
          const socket = await open(bucket);
          socket.write(headOf(bucket, `Content-Length: ${good.length}`));
          await new Promise((resolve) => socket.write(good.subarray(0, end), resolve));
          if (isReset) socket.resetAndDestroy();
          else socket.destroy();
        }),
        {
          ...property,
          numRuns: 100,
          // Behind the closing boundary, where the form itself has all of it.
          examples: [1, 2].flatMap((missing): [number, boolean][] => [
            [good.length - missing, true],
            [good.length - missing, false],
          ]),
        },
      );
      await expect.poll(() => bucket.files(), { timeout: 10_000 }).toEqual(before);
      await stillWorks(bucket);
    },
    DEADLINE,
  );

  test.each<[string, number, string | undefined, (bucket: TestBucket) => string | Buffer]>([
    [
      '1,000 parts before the file',
      400,
      'MaxPostPreDataLengthExceeded',
      (bucket) =>
        multipart([
          ...Array.from({ length: 1000 }, (_, i) => `form-data; name="x-ignore-${i}"\r\n\r\n`),
          ...fieldParts(signedForm(bucket)),
          FILE_PART,
        ]),
    ],
    [
      '1,000 parts after the file',
      204,
      undefined,
      (bucket) =>
        multipart([
          ...fieldParts(signedForm(bucket)),
          FILE_PART,
          ...Array.from({ length: 1000 }, (_, i) => `form-data; name="${i}"\r\n\r\n`),
        ]),
    ],
    [
      '1,000 files',
      400,
      'InvalidArgument',
      (bucket) => multipart([...fieldParts(signedForm(bucket)), ...Array(1000).fill(FILE_PART)]),
    ],
    [
      'a field name of 1 MB',
      400,
      'MaxPostPreDataLengthExceeded',
      (bucket) =>
        multipart([
          `form-data; name="x-ignore-${'n'.repeat(1_000_000)}"\r\n\r\nx`,
          ...fieldParts(signedForm(bucket)),
          FILE_PART,
        ]),
    ],
    [
      'a long field and no end',
      400,
      'MaxPostPreDataLengthExceeded',
      () => `--b\r\nContent-Disposition: form-data; name="x-ignore-a"\r\n\r\n${'x'.repeat(20_480)}`,
    ],
    [
      'a field and no end',
      400,
      'MalformedPOSTRequest',
      () => `--b\r\nContent-Disposition: form-data; name="x-ignore-a"\r\n\r\n${'x'.repeat(20_300)}`,
    ],
    [
      'a long field, a file and no end',
      400,
      'MaxPostPreDataLengthExceeded',
      (bucket) =>
        goodBody(bucket)
          .replace('\r\n\r\na.txt', `\r\n\r\n${'a'.repeat(20_480)}`)
          .replace('--b--', ''),
    ],
    [
      'a file and no end',
      400,
      'MalformedPOSTRequest',
      (bucket) => goodBody(bucket).replace(CONTENT, 'x'.repeat(100_000)).replace('--b--', ''),
    ],
    [
      'a file name of 1 MB',
      400,
      'MaxPostPreDataLengthExceeded',
      (bucket) =>
        multipart([
          ...fieldParts(signedForm(bucket)),
          `form-data; name="file"; filename="${'n'.repeat(1_000_000)}"\r\n\r\nx`,
        ]),
    ],
    [
      'quotes without an end in a header',
      400,
      'MaxPostPreDataLengthExceeded',
      (bucket) =>
        multipart([
          `form-data; ${'a="'.repeat(100_000)}\r\n\r\nx`,
          ...fieldParts(signedForm(bucket)),
          FILE_PART,
        ]),
    ],
    [
      'a beginning of 1 MB',
      400,
      'MaxPostPreDataLengthExceeded',
      (bucket) => `${'x'.repeat(1_000_000)}\r\n${goodBody(bucket)}`,
    ],
    [
      'bytes that are no UTF-8 in an ignored field',
      204,
      undefined,
      (bucket) =>
        Buffer.from(
          multipart([
            'form-data; name="x-ignore-\xff"\r\n\r\n\xfe\xff',
            ...fieldParts(signedForm(bucket)),
            FILE_PART,
          ]),
          'latin1',
        ),
    ],
    [
      'bytes that are no UTF-8 in the key',
      403,
      'AccessDenied',
      (bucket) =>
        Buffer.from(goodBody(bucket).replace('\r\n\r\na.txt', '\r\n\r\n\xff.txt'), 'latin1'),
    ],
    [
      'lists in lists for a policy',
      400,
      'MaxPostPreDataLengthExceeded',
      (bucket) => {
        const deep = Buffer.from('['.repeat(100_000)).toString('base64');
        return multipart([
          ...fieldParts(
            signedForm(bucket).map(([name, value]) => [name, name === 'Policy' ? deep : value]),
          ),
          FILE_PART,
        ]);
      },
    ],
  ])(
    '%s: %i',
    async (_, status, code, bodyFor) => {
      const bucket = await startTestBucket();
      const before = bucket.files();
      const body = bodyFor(bucket);
      expect(await statusAndCode(await postBody(bucket, body as string))).toEqual([status, code]);
      if (status !== 204) expect(bucket.files()).toEqual(before);
      await stillWorks(bucket);
    },
    DEADLINE,
  );

  test.each([
    'multipart/form-data; boundary="',
    'multipart/form-data; boundary=""',
    `multipart/form-data; boundary=${'b'.repeat(10_000)}`,
    'multipart/form-data; boundary=(.*)+$',
    'multipart/form-data; boundary=b; boundary=c',
    'multipart/form-data; boundary = b',
    'multipart/form-data; xboundary=b',
    `multipart/form-data${'; a=b'.repeat(2000)}`,
    `multipart/form-data;${' '.repeat(10_000)}`,
  ])(
    'the type %.50s',
    async (type) => {
      const bucket = await startTestBucket();
      const socket = await open(bucket);
      const answer = text(socket);
      const body = goodBody(bucket);
      socket.write(headOf(bucket, `Content-Length: ${Buffer.byteLength(body)}`, type) + body);
      expect(await answer).toMatch(/^HTTP\/1\.1 (204|400) /);
      await stillWorks(bucket);
    },
    DEADLINE,
  );
});

test(
  'whatever a GET or HEAD asks for, it is answered',
  async () => {
    const bucket = await startTestBucket();
    const { port, hostname } = new URL(bucket.url);
    const words = `/ // /uploads/ ? & = % %00 %zz %2f .. [ ] : @ http:// \\ # " * ÿ a tagging`;
    const signed = 'X-Amz-Signature=a X-Amz-Expires=-1 X-Amz-Algorithm=AWS4-HMAC-SHA256';
    const piece = fc.constantFrom(...`${words} ${signed}`.split(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'HEAD'),
        fc.constantFrom(hostname, 'uploads.localhost', 'uploads.localhost.', '.localhost', ''),
        fc.array(piece, { maxLength: 8 }),
        async (method, host, pieces) => {
          const asked = request({
            hostname,
            port,
            method,
            path: `/${pieces.join('')}`,
            headers: { host },
          });
          const [response] = (await once(asked.end(), 'response')) as [IncomingMessage];
          response.resume();
          expect([400, 403, 404, 405]).toContain(response.statusCode);
        },
      ),
      { ...property, numRuns: 500 },
    );
    await stillWorks(bucket);
  },
  DEADLINE,
);

test(
  'a form that comes byte by byte costs no more than its bytes',
  async () => {
    const length = 500_000;
    const body = Buffer.from(
      multipart([`form-data; name="file"\r\n\r\n${'\r\n--'.repeat(length / 4)}`]),
    );
    const bytes = (async function* () {
      for (const byte of body) yield Buffer.of(byte);
    })();
    const read = async () => {
      for await (const _ of readParts(bytes, 'b'.repeat(60)));
    };
    // No part has this boundary.
    await expect(read()).rejects.toThrow(MalformedMultipartError);
  },
  DEADLINE,
);

describe('a body without an end', () => {
  const MEGABYTE = 1024 * 1024;
  const SENT = 300 * MEGABYTE;

  const fields = (bucket: TestBucket, most = 5 * MEGABYTE) =>
    multipart(fieldParts(signedForm(bucket, { contentLengthRange: [0, most] }))).replace(
      '--b--\r\n',
      '',
    );
  const filePart = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';

  const content = Buffer.alloc(MEGABYTE, 'x');
  /** A hundred files without content, whose names are long. */
  const files = Buffer.from(
    filePart
      .replace('"a"', `"${'n'.repeat(10_000)}"`)
      .concat('\r\n')
      .repeat(100),
  );

  test.each<[string, (bucket: TestBucket) => string, Buffer?]>([
    ['before its first boundary', () => ''],
    ['in a header', () => '--b\r\nX-A: '],
    ['in a field', () => '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\n'],
    ['in a file', (bucket) => fields(bucket) + filePart],
    ['in a file that is refused already', () => filePart],
    ['in a second file', (bucket) => `${fields(bucket)}${filePart}x\r\n${filePart}`],
    ['in a header after the file', (bucket) => `${fields(bucket)}${filePart}x\r\n--b\r\nX-A: `],
    ['in ever more files', (bucket) => `${fields(bucket)}${filePart}x\r\n`, files],
  ])(
    '%s takes neither memory nor disk, and leaves nothing',
    async (_, beginning, chunk = content) => {
      const bucket = await startTestBucket();
      const before = bucket.files();
      const socket = await open(bucket);
      socket.write(headOf(bucket, 'Content-Length: 9000000000') + beginning(bucket));
      const memory = process.memoryUsage().rss;
      for (let sent = 0; sent < SENT; sent += chunk.length) {
        if (!socket.write(chunk)) await once(socket, 'drain');
      }
      expect(process.memoryUsage().rss - memory).toBeLessThan(SENT / 2);
      const staging = join(bucket.directory, 'staging');
      for (const name of readdirSync(staging)) {
        expect(statSync(join(staging, name)).size).toBeLessThanOrEqual(5 * MEGABYTE);
      }
      socket.destroy();
      await expect.poll(() => bucket.files(), { timeout: 10_000 }).toEqual(before);
      await stillWorks(bucket);
    },
    DEADLINE,
  );

  test(
    'is told its whole size when it ends after all',
    async () => {
      const bucket = await startTestBucket();
      const size = 50 * MEGABYTE;
      const body = `${fields(bucket) + filePart + 'x'.repeat(size)}\r\n--b--\r\n`;
      const answer = await (await postBody(bucket, body)).text();
      expect(answer).toContain(
        `<ProposedSize>${size}</ProposedSize><MaxSizeAllowed>5242880</MaxSizeAllowed>`,
      );
    },
    DEADLINE,
  );
});

const STALLS: [string, (body: string) => number][] = [
  ['before the body', () => 0],
  ['in a boundary', () => 2],
  ['in a header', () => 20],
  ['in a field', (body) => body.indexOf('a.txt') + 2],
  ['in the file', (body) => body.indexOf(CONTENT) + 3],
  ['before the last boundary is closed', (body) => body.length - 3],
];

describe('a client that stalls is cut off', () => {
  const MINUTE = 60_000;
  const IN_THE_TEST = 1500;

  /** Makes the server's minute a short one. */
  function hurry(): void {
    const setTimeout = Socket.prototype.setTimeout;
    const spy = vi.spyOn(Socket.prototype, 'setTimeout').mockImplementation(function (
      this: Socket,
      milliseconds,
      ...rest
    ) {
      return setTimeout.call(this, milliseconds === MINUTE ? IN_THE_TEST : milliseconds, ...rest);
    });
    onTestFinished(() => spy.mockRestore());
  }

  test.each(STALLS)(
    '%s',
    async (_, end) => {
      hurry();
      const bucket = await startTestBucket();
      const before = bucket.files();
      const body = goodBody(bucket);
      const socket = await open(bucket);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.resume();
      socket.write(headOf(bucket, `Content-Length: ${body.length}`) + body.slice(0, end(body)));
      await closed;
      await expect.poll(() => bucket.files(), { timeout: 10_000 }).toEqual(before);
      await stillWorks(bucket);
    },
    DEADLINE,
  );

  test(
    'but not one that is slow',
    async () => {
      hurry();
      const bucket = await startTestBucket();
      const socket = await open(bucket);
      const answer = text(socket);
      const body = goodBody(bucket);
      socket.write(headOf(bucket, `Content-Length: ${body.length}`));
      for (let sent = 0; sent < body.length; sent += body.length / 30) {
        socket.write(body.slice(sent, sent + body.length / 30));
        await new Promise((resolve) => setTimeout(resolve, IN_THE_TEST / 20));
      }
      expect(await answer).toMatch(/^HTTP\/1\.1 204 /);
    },
    DEADLINE,
  );
});

describe('a client that stalls is ended by close()', () => {
  test.each(STALLS)(
    '%s',
    async (_, end) => {
      const bucket = await startTestBucket();
      const before = bucket.files();
      const body = goodBody(bucket);
      const socket = await open(bucket);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      await new Promise((resolve) =>
        socket.write(
          headOf(bucket, `Content-Length: ${body.length}`) + body.slice(0, end(body)),
          resolve,
        ),
      );
      await bucket.close();
      await closed;
      expect(bucket.files()).toEqual(before);
    },
    DEADLINE,
  );
});
