import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { headObject, signedObjectUrl } from '../../src/bucket/objects.ts';
import type { PresignedPostOptions } from '../../src/policy/index.ts';
import {
  CONTENT,
  changed,
  FILE_PART,
  type FormEntry,
  fieldParts,
  multipart,
  post,
  postBody,
  readKey,
  signedForm,
  startTestBucket,
  statusAndCode,
  store,
  type TestBucket,
  textFile,
  without,
} from './support.ts';

type MakeForm = (bucket: TestBucket) => FormEntry[];

/** Forms that are refused for how they are put together; all others are rows of S3's answers. */
const REFUSED_FORMS: [what: string, status: number, code: string, form: MakeForm][] = [
  [
    'a form signed with another secret',
    403,
    'SignatureDoesNotMatch',
    (bucket) =>
      signedForm({ ...bucket, credentials: { ...bucket.credentials, secretAccessKey: 'other' } }),
  ],
  [
    'a file much too large',
    400,
    'EntityTooLarge',
    (bucket) =>
      signedForm(bucket, { contentLengthRange: [0, 100_000] }, textFile(Buffer.alloc(1_000_000))),
  ],
  ['the file before the fields', 400, 'InvalidArgument', (bucket) => signedForm(bucket).reverse()],
  [
    'the file before the signature',
    400,
    'InvalidArgument',
    (bucket) => {
      const form = signedForm(bucket);
      return [...without(form, 'X-Amz-Signature'), ...form.slice(-2, -1)];
    },
  ],
  [
    'two files',
    400,
    'InvalidArgument',
    (bucket) => [...signedForm(bucket), ['file', textFile('second')]],
  ],
  [
    'a file of another field',
    400,
    'InvalidArgument',
    (bucket) => [...without(signedForm(bucket), 'file'), ['x-ignore-upload', textFile()]],
  ],
  [
    'very many fields',
    400,
    'MaxPostPreDataLengthExceeded',
    (bucket) => [
      ...Array.from({ length: 3000 }, (_, i): FormEntry => [`x-ignore-${i}`, '']),
      ...signedForm(bucket),
    ],
  ],
];

describe('refused, with nothing left of it', () => {
  test.each(REFUSED_FORMS)('%s', async (_, status, code, form) => {
    const bucket = await startTestBucket();
    await store(bucket, {}, 'before');
    const before = bucket.files();
    expect(await statusAndCode(await post(bucket, form(bucket)))).toEqual([status, code]);
    expect(bucket.files()).toEqual(before);
    expect(await readKey(bucket, 'a.txt')).toMatchObject({ status: 200, body: 'before' });
  });

  const complete = (bucket: TestBucket) =>
    multipart([...fieldParts(signedForm(bucket)), FILE_PART]);

  test.each<[string, number, string, (bucket: TestBucket) => string, string?]>([
    ['text', 412, 'PreconditionFailed', complete, 'text/plain'],
    ['a form of another type', 412, 'PreconditionFailed', complete, 'multipart/mixed; boundary=b'],
    ['a form without boundary', 400, 'MalformedPOSTRequest', complete, 'multipart/form-data'],
    ['an empty boundary', 400, 'MalformedPOSTRequest', complete, 'multipart/form-data; boundary='],
    ['a wrong boundary', 400, 'MalformedPOSTRequest', complete, 'multipart/form-data; boundary=c'],
    ['no body', 400, 'MalformedPOSTRequest', () => ''],
    [
      'a body that ends in the closing boundary',
      400,
      'MalformedPOSTRequest',
      (bucket) => complete(bucket).replace('--b--\r\n', '--b'),
    ],
    [
      'a body that ends in the file',
      400,
      'MalformedPOSTRequest',
      (bucket) => complete(bucket).split('cdef')[0] ?? '',
    ],
    [
      "a body that ends in the file's header",
      400,
      'MalformedPOSTRequest',
      (bucket) => complete(bucket).split('; filename')[0] ?? '',
    ],
    [
      'a body that ends in a field',
      400,
      'MalformedPOSTRequest',
      (bucket) => complete(bucket).slice(0, 100),
    ],
    [
      'a body that ends in a second file',
      400,
      'MalformedPOSTRequest',
      (bucket) => complete(bucket).replace('--b--', `--b\r\nContent-Disposition: ${FILE_PART}`),
    ],
    [
      'a header that is none',
      400,
      'MalformedPOSTRequest',
      (bucket) => complete(bucket).replace('--b', '--b\r\nno header\r\n\r\n\r\n--b'),
    ],
    [
      'a header that is none, before a large file',
      400,
      'MalformedPOSTRequest',
      (bucket) =>
        complete(bucket)
          .replace('--b', '--b\r\nno header\r\n\r\n\r\n--b')
          .replace(CONTENT, 'x'.repeat(5_000_000)),
    ],
    [
      'a file that is no form data',
      400,
      'InvalidArgument',
      (bucket) => complete(bucket).replace('form-data; name="file"', 'file; name="file"'),
    ],
  ])(
    '%s',
    async (_, status, code, body, type) => {
      const bucket = await startTestBucket();
      await store(bucket, {}, 'before');
      const before = bucket.files();
      expect(await statusAndCode(await postBody(bucket, body(bucket), type))).toEqual([
        status,
        code,
      ]);
      expect(bucket.files()).toEqual(before);
      expect(await readKey(bucket, 'a.txt')).toMatchObject({ status: 200, body: 'before' });
    },
    10_000,
  );

  test('many bodies at once that end in the file', async () => {
    const bucket = await startTestBucket();
    const before = bucket.files();
    const body = complete(bucket).split('cdef')[0] ?? '';
    const answers = await Promise.all(Array.from({ length: 50 }, () => postBody(bucket, body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([400]));
    expect(bucket.files()).toEqual(before);
  });

  test('a form for another bucket', async () => {
    const bucket = await startTestBucket();
    const before = bucket.files();
    const form = signedForm({ ...bucket, bucket: 'another' }, {}, textFile(Buffer.alloc(500_000)));
    const body = new FormData();
    for (const [name, value] of form) body.append(name, value);
    const response = await fetch(`${bucket.url}/another/`, { method: 'POST', body });
    expect(await statusAndCode(response)).toEqual([404, 'NoSuchBucket']);
    expect(bucket.files()).toEqual(before);
  });
});

describe('a client that goes away', () => {
  /** Sends the beginning of a form whose end never comes. */
  async function begin(bucket: TestBucket, parts: string[], ending: string): Promise<Socket> {
    const { port, host } = new URL(bucket.url);
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write(
      `POST /${bucket.bucket}/ HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5000000\r\n` +
        `Content-Type: multipart/form-data; boundary=b\r\n\r\n${multipart(parts).replace('--b--\r\n', ending)}`,
    );
    return socket;
  }

  const inFile = `--b\r\nContent-Disposition: ${FILE_PART}${'x'.repeat(100_000)}`;
  const inSecondFile = `--b\r\nContent-Disposition: ${FILE_PART}\r\n${inFile}`;

  test.each<[string, string, (socket: Socket) => unknown]>([
    ['in the file', inFile, (socket) => socket.destroy()],
    ['in the file, by a reset', inFile, (socket) => socket.resetAndDestroy()],
    ['in the file, by ending', inFile, (socket) => socket.end()],
    ['in a second file', inSecondFile, (socket) => socket.destroy()],
  ])(
    '%s leaves nothing',
    async (_, ending, leave) => {
      const bucket = await startTestBucket();
      const before = bucket.files();
      const socket = await begin(bucket, fieldParts(signedForm(bucket)), ending);
      await expect.poll(() => bucket.files(), { timeout: 10_000 }).not.toEqual(before);
      leave(socket);
      await expect.poll(() => bucket.files(), { timeout: 10_000 }).toEqual(before);
      expect(await readKey(bucket, 'a.txt')).toMatchObject({ status: 404 });
    },
    30_000,
  );

  test('in the fields leaves nothing', async () => {
    const bucket = await startTestBucket();
    const before = bucket.files();
    const socket = await begin(bucket, fieldParts(signedForm(bucket)), '');
    socket.destroy();
    await once(socket, 'close');
    await store(bucket, { key: 'next' });
    expect(bucket.files()).toHaveLength(before.length + 2);
  });

  test('because the bucket closes leaves nothing', async () => {
    const bucket = await startTestBucket();
    const before = bucket.files();
    await begin(bucket, fieldParts(signedForm(bucket)), inFile);
    await expect.poll(() => bucket.files(), { timeout: 10_000 }).not.toEqual(before);
    await bucket.close();
    await expect.poll(() => bucket.files(), { timeout: 10_000 }).toEqual(before);
  }, 30_000);
});

test.each<[string, (form: string[]) => string[]]>([
  ['a malformed form', (form) => ['no header', ...form]],
  ['a form without fields', () => []],
])(
  '%s is read to its end, for browsers read no answer before',
  async (_, change) => {
    const bucket = await startTestBucket();
    const parts = change(fieldParts(signedForm(bucket)));
    const body = multipart([...parts, FILE_PART + 'x'.repeat(50_000_000)]).replace(
      'Content-Disposition: no',
      'no',
    );
    const { port, host } = new URL(bucket.url);
    const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
    onTestFinished(() => void socket.destroy());
    await new Promise((resolve) => {
      socket.write(
        `POST /${bucket.bucket}/ HTTP/1.1\r\nHost: ${host}\r\n` +
          `Content-Length: ${body.length}\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n${body}`,
        resolve,
      );
    });
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 40[03] /);
  },
  20_000,
);

describe('a body that no browser sends is answered', () => {
  test.each<[string, string]>([
    ['a part without name', 'form-data\r\n\r\nx'],
    ['a field with an empty name', 'form-data; name=""\r\n\r\nx'],
    ['a file with an empty name', 'form-data; name=""; filename="x"\r\n\r\nx'],
    [
      'a field in an unknown charset',
      'form-data; name="x-ignore-a"\r\nContent-Type: text/plain; charset=none\r\n\r\nx',
    ],
    ['a name in an unknown charset', "form-data; name*=none''x\r\n\r\nx"],
  ])(
    '%s',
    async (_, part) => {
      const bucket = await startTestBucket();
      const form = fieldParts(signedForm(bucket));
      const response = await postBody(bucket, multipart([part, ...form, FILE_PART]));
      expect(response.status).toBeLessThan(500);
      await store(bucket);
    },
    5_000,
  );
});

describe("a disk that fails is the bucket's fault, and leaves nothing half-way", () => {
  test.each(['staging', 'objects'])('without %s', async (name) => {
    const bucket = await startTestBucket();
    rmSync(join(bucket.directory, name), { recursive: true });
    const before = bucket.files();
    const form = signedForm(bucket, {}, textFile(Buffer.alloc(5_000_000)));
    expect(await statusAndCode(await post(bucket, form))).toEqual([500, 'InternalError']);
    expect(bucket.files()).toEqual(before);
  });
});

describe('the multipart rules of a form', () => {
  const parts = (bucket: TestBucket, options?: Partial<PresignedPostOptions>) =>
    fieldParts(signedForm(bucket, options));

  test.each<[string, (bucket: TestBucket) => string[]]>([
    ['names in any case', (bucket) => parts(bucket).map((part) => part.replace('"key"', '"KEY"'))],
    [
      'a file without file name',
      (bucket) => [...parts(bucket), `form-data; name="file"\r\n\r\n${CONTENT}`],
    ],
    ['a File', (bucket) => [...parts(bucket), FILE_PART.replace('"file"', '"File"')]],
    [
      'fields after the file',
      (bucket) => [...parts(bucket), FILE_PART, 'form-data; name="submit"\r\n\r\nGo'],
    ],
    [
      'files of other names after the file',
      (bucket) => [...parts(bucket), FILE_PART, FILE_PART.replace('"file"', '"other"')],
    ],
    ['x-ignore-* fields', (bucket) => ['form-data; name="x-ignore-a"\r\n\r\nx', ...parts(bucket)]],
    [
      'fields that carry a file name, as python-requests sends them',
      (bucket) => [
        ...parts(bucket).map((part) => part.replace(/name="(.*?)"/, 'name="$1"; filename="$1"')),
        FILE_PART,
      ],
    ],
  ])('taken: %s', async (_, make) => {
    const bucket = await startTestBucket();
    const made = make(bucket);
    const body = multipart(made.some((part) => /"file"/i.test(part)) ? made : [...made, FILE_PART]);
    const response = await postBody(bucket, body);
    expect(await response.text()).toBe('');
    expect(await readKey(bucket, 'a.txt')).toMatchObject({ status: 200, body: CONTENT });
  });

  test('what follows the file is ignored, though it is no header', async () => {
    const bucket = await startTestBucket();
    const body = multipart([...parts(bucket), FILE_PART]);
    const more = '--b\r\nno header\r\n\r\n\r\n--b--';
    expect((await postBody(bucket, body.replace('--b--', more))).status).toBe(204);
    expect(await readKey(bucket, 'a.txt')).toMatchObject({ status: 200, body: CONTENT });
  });

  test('a large text is taken as a file to its last byte', async () => {
    const bucket = await startTestBucket();
    const text = 'x'.repeat(100_000);
    const body = multipart([...parts(bucket), `form-data; name="file"\r\n\r\n${text}`]);
    expect((await postBody(bucket, body)).status).toBe(204);
    expect((await headObject(bucket.access, 'a.txt')).size).toBe(100_000);
  });

  test('the address works without its final slash', async () => {
    const bucket = await startTestBucket();
    const address = bucket.address.replace(/\/$/, '');
    expect((await post({ ...bucket, address }, signedForm(bucket))).status).toBe(204);
  });

  test('metadata of one name is joined', async () => {
    const bucket = await startTestBucket();
    const form = signedForm(bucket, { metadata: { tag: 'Ninja,Stallman' } });
    const twice: FormEntry[] = [
      ['x-amz-meta-tag', 'Ninja'],
      ...changed(form, 'x-amz-meta-tag', 'Stallman'),
    ];
    expect((await post(bucket, twice)).status).toBe(204);
    expect((await headObject(bucket.access, 'a.txt')).metadata).toEqual({ tag: 'Ninja,Stallman' });
  });

  test.each([
    [undefined, 'binary/octet-stream'],
    ['image/png', 'image/png'],
  ])('only the type in a field counts: %s', async (contentType, expected) => {
    const bucket = await startTestBucket();
    await post(bucket, signedForm(bucket, { contentType }, textFile()));
    expect((await headObject(bucket.access, 'a.txt')).type).toBe(expected);
  });
});

describe('${filename}', () => {
  test.each([
    ['is the name of the file', '; filename="file.txt"', 'u/file.txt'],
    ['leaves a path out', '; filename="dir/sub/file.txt"', 'u/file.txt'],
    [
      'leaves a path of Windows out',
      '; filename="C:\\Program Files\\directory1\\file.txt"',
      'u/file.txt',
    ],
    ['keeps Unicode', '; filename="🎉 é.txt"', 'u/🎉 é.txt'],
    ['is empty where no file was chosen', '; filename=""', 'u/'],
    [
      'is empty where no file was chosen, of the type that browsers send',
      '; filename=""\r\nContent-Type: application/octet-stream',
      'u/',
    ],
    ['stays where the part names no file', '', 'u/${filename}'],
    [
      'stays where the part names no file but a type',
      '\r\nContent-Type: application/octet-stream',
      'u/${filename}',
    ],
  ])('%s', async (_, parameter, key) => {
    const bucket = await startTestBucket();
    const form = fieldParts(signedForm(bucket, { key: 'u/${filename}' }));
    const file = `form-data; name="file"${parameter}\r\n\r\n${CONTENT}`;
    expect((await postBody(bucket, multipart([...form, file]))).status).toBe(204);
    expect(await readKey(bucket, key)).toMatchObject({ status: 200, body: CONTENT });
  });

  test('is replaced in all fields', async () => {
    const bucket = await startTestBucket();
    const form = signedForm(bucket, {
      contentDisposition: 'inline; filename="${filename}"',
      metadata: { name: '${filename}, ${filename}' },
      successActionRedirect: 'http://app.example/${filename}',
    });
    const location = (await post(bucket, form)).headers.get('location');
    expect(location).toMatch(/^http:\/\/app\.example\/a\.txt\?/);
    const { headers } = await fetch(signedObjectUrl(bucket.access, 'a.txt'));
    expect(headers.get('content-disposition')).toBe('inline; filename="a.txt"');
    expect(headers.get('x-amz-meta-name')).toBe('a.txt, a.txt');
  });
});

test('a form that came in time may bring a file that takes its time', async () => {
  const bucket = await startTestBucket();
  // On a busy machine the beginning takes its time too.
  const form = signedForm(bucket, { expiresIn: 5 });
  const [file] = form.splice(-1) as [FormEntry];
  const boundary = 'b';
  const head = form
    .map(
      ([name, value]) =>
        `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('');
  let goOn = () => {};
  const later = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const body = (async function* () {
    yield Buffer.from(`${head}--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nfirst`);
    await later;
    yield Buffer.from(' and last\r\n--b--\r\n');
  })();
  expect(file[0]).toBe('file');
  const answer = fetch(bucket.address, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: ReadableStream.from(body),
    duplex: 'half',
  } as RequestInit);
  setTimeout(() => goOn(), 6000);
  expect((await answer).status).toBe(204);
});

test.each([
  ['none', undefined, 400],
  ['another', 'other', 400],
  ['the right one', 'the-token', 204],
])('a bucket of temporary credentials takes a form with their session token: %s', async (_, sessionToken, status) => {
  const keys = { accessKeyId: 'ASIA', secretAccessKey: 'temporary' };
  const bucket = await startTestBucket({ credentials: { ...keys, sessionToken: 'the-token' } });
  const credentials = { ...keys, ...(sessionToken && { sessionToken }) };
  expect((await post(bucket, signedForm({ ...bucket, credentials }))).status).toBe(status);
});
