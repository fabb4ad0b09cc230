import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { PresignedUpload } from '../../src/index.ts';
import { startLocalBucket } from '../../src/local-bucket/index.ts';
import { submitForm } from '../../src/testing/submit-form.ts';
import { postFile } from '../support/post-file.ts';
import { Program } from '../support/program.ts';
import { locationOf, pageAt } from '../support/upload-app.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const BASE_URL = 'https://app.example/upload';
const file = { name: 'photo.png', type: 'image/png', content: 'not really a picture' };

/** Two processes behind one public address, which share no memory, no disk and no store. */
async function startTwo(secrets: readonly [string, string]) {
  const directory = mkdtempSync(join(tmpdir(), 'two-processes-'));
  cleanUps.push(() => rmSync(directory, { recursive: true }));
  const bucket = await startLocalBucket({ directory });
  cleanUps.push(() => bucket.close());
  const start = async (SECRET: string) => {
    const program = new Program('test/express/upload-process.js', {
      ...{ BASE_URL, SECRET, ENDPOINT: bucket.url },
      ACCESS_KEY_ID: bucket.credentials.accessKeyId,
      SECRET_ACCESS_KEY: bucket.credentials.secretAccessKey,
    });
    cleanUps.push(() => program.stop());
    const [, url = ''] = await program.says(/listening (\S+)/);
    /** The public address, as it arrives at this process. */
    return { program, at: (address: string) => address.replace(BASE_URL, url), url };
  };
  return { first: await start(secrets[0]), second: await start(secrets[1]) };
}

it('a form of one process returns to another, with and without script', async () => {
  const { first, second } = await startTwo(['a secret'.repeat(4), 'a secret'.repeat(4)]);
  const location = locationOf(await submitForm(await pageAt(first.url), { file }));
  expect(location).toMatch(/^https:\/\/app\.example\/upload\/done\//);
  expect((await fetch(second.at(location))).status).toBe(200);
  const [, json = ''] = await second.program.says(/uploaded (.*)\n/);
  expect(JSON.parse(json)).toMatchObject({ confirmed: true, size: 20 });

  const asked = await fetch(`${first.url}/s3/params?filename=photo.png`);
  const params = (await asked.json()) as PresignedUpload;
  expect((await postFile(params, new File(['x'], 'photo.png'))).status).toBe(201);
  expect((await fetch(second.at(params.done))).status).toBe(200);
  await second.program.says(/uploaded .*"size":1\b/);
  expect(first.program.stdout).not.toContain('uploaded');
});

it('another secret takes none of it', async () => {
  const { first, second } = await startTwo(['a secret'.repeat(4), 'another secret'.repeat(3)]);
  const location = locationOf(await submitForm(await pageAt(first.url), { file }));
  expect((await fetch(second.at(location))).status).toBe(403);
  expect((await fetch(first.at(location))).status).toBe(200);
  expect(second.program.stdout).not.toContain('uploaded');
});
