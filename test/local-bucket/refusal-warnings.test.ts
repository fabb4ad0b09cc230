import { expect, test, vi } from 'vitest';
import {
  changed,
  type FormEntry,
  fieldParts,
  multipart,
  post,
  postBody,
  signedForm,
  startTestBucket,
  type TestBucket,
} from './support.ts';

/** What a developer is told on the terminal while `act` goes on. */
async function toldDuring(act: () => Promise<unknown>) {
  const emitWarning = vi.spyOn(process, 'emitWarning').mockReturnValue();
  try {
    await act();
    return emitWarning.mock.calls.map(([text, options]) => ({ text, ...Object(options) }));
  } finally {
    emitWarning.mockRestore();
  }
}

/** The form of an app that is set up with other things than the bucket. */
const setUpWith = (change: object) => (bucket: TestBucket) => signedForm({ ...bucket, ...change });

test.each<[string, (bucket: TestBucket) => FormEntry[], string]>([
  ['region', setUpWith({ region: 'eu-west-3' }), 'Set `region` to "local".'],
  [
    'secret',
    (bucket) =>
      setUpWith({ credentials: { ...bucket.credentials, secretAccessKey: 'other' } })(bucket),
    '`credentials.secretAccessKey`',
  ],
  [
    'key',
    setUpWith({ credentials: { accessKeyId: 'OTHER', secretAccessKey: 'other' } }),
    '`credentials.accessKeyId`',
  ],
  [
    'name of the bucket, in the policy',
    setUpWith({ bucket: 'another' }),
    'set the option `bucket` to what is sent.',
  ],
])('who has a wrong %s is told what to change', async (_, form, hint) => {
  const bucket = await startTestBucket();
  const [told, ...more] = await toldDuring(() => post(bucket, form(bucket)));
  expect(told).toMatchObject({
    text: expect.stringMatching(/^The local bucket refused a form: \S/),
    type: 'S3FormWarning',
    code: 'S3FORM_FORM_REFUSED',
  });
  expect(told?.text).toContain(hint);
  expect(more).toEqual([]);
});

test('so is who posts to another bucket, or what is no form', async () => {
  const bucket = await startTestBucket();
  const told = await toldDuring(async () => {
    await post({ ...bucket, address: `${bucket.url}/another/` }, signedForm(bucket));
    await postBody(bucket, 'a=b', 'application/x-www-form-urlencoded');
    await postBody(bucket, multipart(fieldParts(signedForm(bucket))), 'multipart/form-data');
  });
  expect(told.map(({ text }) => text)).toEqual([
    'The local bucket refused a form: The specified bucket does not exist. Set `bucket` to "uploads".',
    'The local bucket refused a form: At least one of the pre-conditions you specified did not hold. Give the form enctype="multipart/form-data".',
    'The local bucket refused a form: The body of your POST request is not well-formed multipart/form-data. Leave the header Content-Type to what sends the form: it alone knows the boundary.',
  ]);
});

test('each text is told once, and a form that is taken is no warning', async () => {
  const bucket = await startTestBucket();
  const told = await toldDuring(async () => {
    for (const region of ['one', 'one', 'two', 'one']) {
      await post(bucket, setUpWith({ region })(bucket));
    }
    await post(bucket, signedForm(bucket));
    await fetch(`${bucket.address}missing`);
    await fetch(`${bucket.url}/another/`);
  });
  expect(told.map(({ text }) => /the region '(\w+)'/.exec(text)?.[1])).toEqual(['one', 'two']);
});

test('neither secrets nor what was signed are told', async () => {
  const credentials = {
    accessKeyId: 'ASIA',
    secretAccessKey: 'the-secret',
    sessionToken: 'the-token',
  };
  const bucket = await startTestBucket({ credentials });
  const options = {
    serverSideEncryption: { customerKey: Buffer.alloc(32, 'k') },
    successActionRedirect: 'http://app.example/?receipt=the-receipt',
  };
  const form = signedForm(bucket, options);
  const hidden = [
    ...['the-secret', 'the-token', 'the-receipt', Buffer.alloc(32, 'k').toString('base64')],
    ...form.flatMap(([name, value]) => (/signature|policy/i.test(name) ? [String(value)] : [])),
  ];
  const told = await toldDuring(async () => {
    for (const [name] of form.slice(0, -1)) {
      await post(bucket, changed(form, name, 'other'));
      await post(
        bucket,
        form.filter(([other]) => other !== name),
      );
    }
    const otherToken = { ...bucket, credentials: { ...credentials, sessionToken: 'other' } };
    await post(bucket, signedForm(otherToken));
    await post(bucket, changed(signedForm(otherToken), 'X-Amz-Security-Token', 'the-token'));
  });
  expect(told.length).toBeGreaterThan(10);
  for (const { text } of told) for (const secret of hidden) expect(text).not.toContain(secret);
});

test('a line break in a name begins no line of its own', async () => {
  const bucket = await startTestBucket();
  const form = multipart([
    ...fieldParts(signedForm(bucket)),
    'form-data; name="a\nb"\r\n\r\nx',
    'form-data; name="file"\r\n\r\nx',
  ]);
  const [told] = await toldDuring(() => postBody(bucket, form));
  expect(told?.text).toContain('Extra input fields: a b.');
});
