import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { headObject } from '../../src/bucket/objects.ts';
import { startLocalBucket } from '../../src/local-bucket/index.ts';
import { fillForm, submitForm } from '../../src/testing/submit-form.ts';
import { freePort } from '../support/ports.ts';
import { Program, ROOT } from '../support/program.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

it('the minimal example uploads to the key that the person types', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'minimal-'));
  cleanUps.push(() => rmSync(directory, { recursive: true }));
  const local = await startLocalBucket({ directory });
  cleanUps.push(() => local.close());
  const port = await freePort();
  const program = new Program('examples/minimal/app.js', {
    PORT: String(port),
    S3_BUCKET: local.bucket,
    S3_REGION: local.region,
    S3_ENDPOINT: local.url,
    AWS_ACCESS_KEY_ID: local.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: local.credentials.secretAccessKey,
  });
  cleanUps.push(() => program.stop());
  await expect
    .poll(() => fetch(`http://localhost:${port}/`).catch(() => null), { timeout: 10_000 })
    .toBeTruthy();

  const page = await (await fetch(`http://localhost:${port}/`)).text();
  expect(page).toMatch(/<input name="key" value="user\/eric\/\$\{filename\}"/);
  const names = fillForm(page, {}).entries.map(([name]) => name);
  for (const name of [
    ...['acl', 'success_action_status', 'x-amz-meta-uuid', 'Policy', 'X-Amz-Credential'],
    ...['X-Amz-Algorithm', 'X-Amz-Date', 'X-Amz-Signature'],
  ]) {
    expect(names).toContain(name);
  }
  const file = { name: 'MyFile.txt', content: 'hello' };
  expect((await submitForm(page, { file })).status).toBe(201);
  const stored = await headObject(
    { ...local, url: `${local.url}/${local.bucket}/` },
    'user/eric/MyFile.txt',
  );
  expect(stored).toMatchObject({ size: 5, metadata: { uuid: '14365123651274' } });
  const elsewhere = await submitForm(page, { file, values: { key: 'user/ada/MyFile.txt' } });
  expect(elsewhere.status).toBe(403);
});

it('the minimal example has at most 30 lines', () => {
  const lines = readFileSync(`${ROOT}/examples/minimal/app.js`, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(30);
});
