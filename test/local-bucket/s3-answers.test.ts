import { describe, expect, test, vi } from 'vitest';
import type { CheckPostOptions, RefusedPost } from '../../src/policy/index.ts';
import { REFUSED, type Stored, TAKEN } from '../policy/s3-answers.ts';
import {
  ACCESS_KEY_ID,
  BUCKET,
  type FormPlan,
  NOW,
  REGION,
  SECRET_ACCESS_KEY,
  signedForm,
  token,
} from '../policy/signed-form.ts';
import { multipart, readKey, startTestBucket, type TestBucket } from './support.ts';

/** The bucket that a plan's form is for, at the plan's time. */
async function bucketOf(plan: FormPlan): Promise<TestBucket> {
  vi.useFakeTimers({ toFake: ['Date'], now: plan.now ?? NOW });
  const keys = { accessKeyId: ACCESS_KEY_ID, secretAccessKey: SECRET_ACCESS_KEY };
  return startTestBucket({
    bucket: plan.bucket ?? BUCKET,
    region: REGION,
    credentials: { ...keys, ...token(plan) },
  });
}

const contentOf = ({ size = 3 }: FormPlan) => 'x'.repeat(size);

function send(bucket: TestBucket, plan: FormPlan): Promise<Response> {
  const { fields, files }: CheckPostOptions = signedForm(plan);
  const fileParts = files.map(({ filename, size = 0 }) => {
    const name = filename === undefined ? '' : `; filename="${filename}"`;
    return `form-data; name="file"${name}\r\n\r\n${'x'.repeat(size)}`;
  });
  const parts = fields.map(([name, value]) => `form-data; name="${name}"\r\n\r\n${value}`);
  return fetch(bucket.address, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...plan.headers, 'Content-Type': 'multipart/form-data; boundary=b' },
    body: multipart([...parts, ...fileParts]),
  });
}

function xmlOf({ s3Code, message, details }: RefusedPost, response: Response): string {
  const { headers } = response;
  const elements = [
    ['Code', s3Code],
    ['Message', message],
    ...details,
    ['RequestId', headers.get('x-amz-request-id') ?? ''],
    ['HostId', headers.get('x-amz-id-2') ?? ''],
  ] as const;
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const written = elements.map(([name, text]) => `<${name}>${escaped(text)}</${name}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${written.join('')}</Error>`;
}

describe('refused as S3 does, byte for byte, and nothing stored', () => {
  test.each(REFUSED)('%s', async (_, plan, refused) => {
    const bucket = await bucketOf(plan);
    const before = bucket.files();
    const response = await send(bucket, plan);
    expect(response.status).toBe(refused.status);
    expect(response.headers.get('content-type')).toBe('application/xml');
    expect(await response.text()).toBe(xmlOf(refused, response));
    expect(bucket.files()).toEqual(before);
  });
});

/** What stands in an address: a form's own way to encode, with `+` for blanks. */
const encoded = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);

describe('taken as S3 does, and stored', () => {
  test.each(TAKEN)('%s', async (_, plan, answer: Stored) => {
    const { status = 204, key = 'user/photo.jpg', redirect } = answer;
    const bucket = await bucketOf(plan);
    const { headers, ...response } = await answered(send(bucket, plan));
    expect(response.status).toBe(status);
    const stored = await readKey(bucket, key);
    expect(stored).toMatchObject({ status: 200, body: contentOf(plan) });
    expect(headers.get('x-amz-checksum-type')).toBe('FULL_OBJECT');
    const query = `bucket=${BUCKET}&key=${encoded(key)}&etag=${encoded(stored.etag ?? '')}`;
    if (status === 303) {
      expect(headers.get('location')).toBe(`${redirect}&${query}`);
      expect(response.body).toBe('');
      return;
    }
    expect(headers.get('etag')).toBe(stored.etag);
    const location = headers.get('location')?.replace(bucket.address, '');
    expect(decodeURIComponent((location ?? '').replaceAll('+', ' '))).toBe(key);
    expect(location).not.toContain('/');
    expect(response.body === '').toBe(status !== 201);
  });
});

async function answered(sent: Promise<Response>) {
  const response = await sent;
  return { status: response.status, headers: response.headers, body: await response.text() };
}
