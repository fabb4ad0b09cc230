import { mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startLocalBucket } from '../../src/local-bucket/index.ts';
import { submitForm } from '../../src/testing/submit-form.ts';
import { freePort, takePort } from '../support/ports.ts';
import { Program } from '../support/program.ts';
import { locationOf, pageAt } from '../support/upload-app.ts';

const running: Program[] = [];
afterEach(async () => {
  for (const program of running.splice(0)) await program.stop();
});

function start(env: Record<string, string> = {}): Program {
  const program = new Program('examples/demo/start.js', env);
  running.push(program);
  return program;
}

const aBucket = {
  S3_BUCKET: 'photos',
  S3_REGION: 'eu-west-3',
  AWS_ACCESS_KEY_ID: 'a',
  AWS_SECRET_ACCESS_KEY: 'not-to-be-shown',
};

describe('the demo', () => {
  it('takes an upload and shows it', async () => {
    const demo = start({ PORT: String(await freePort()) });
    const [, url = ''] = await demo.says(/Upload page\s+(\S+)/);
    const [, bucket = ''] = await demo.says(/Bucket\s+(\S+)/);
    const page = await pageAt(url);
    expect(page).toContain(`action="${bucket}"`);
    expect(new URL(bucket).origin).not.toBe(new URL(url).origin);

    const file = { name: 'a & b <i>.png', content: 'not really a picture' };
    const values = { 'x-amz-meta-description': 'Été' };
    const arrived = await fetch(locationOf(await submitForm(page, { file, values })));
    expect(arrived.status).toBe(200);
    expect(new URL(arrived.url).pathname).toMatch(/^\/files\//);
    const shown = await arrived.text();
    for (const text of ['a &amp; b &lt;i&gt;.png', '20 bytes', 'binary/octet-stream', 'Été']) {
      expect(shown).toContain(text);
    }
    const [, link = ''] = /<img src="([^"]+)"/.exec(shown) ?? [];
    const content = await fetch(link.replaceAll('&amp;', '&'));
    expect(await content.text()).toBe(file.content);
    expect(await pageAt(url)).toContain('What has arrived');
    expect(await pageAt(`${url}upload`)).toContain('<form');
  });

  it('is there for this machine alone', async () => {
    const port = await freePort();
    await start({ PORT: String(port) }).says(/Upload page/);
    const reach = (host: string) => fetch(`http://${host}:${port}/`).then(({ status }) => status);
    expect(await reach('localhost')).toBe(200);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    // The second is this machine too, but not the address of that name.
    for (const host of [...others.map(({ address }) => address), '127.0.0.2']) {
      await expect(reach(host), host).rejects.toThrow('fetch failed');
    }
  });

  it('uses the bucket of the settings', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'demo-bucket-'));
    const local = await startLocalBucket({ directory });
    const demo = start({
      PORT: String(await freePort()),
      S3_BUCKET: local.bucket,
      S3_REGION: local.region,
      S3_ENDPOINT: local.url,
      AWS_ACCESS_KEY_ID: local.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: local.credentials.secretAccessKey,
    });
    const [, url = ''] = await demo.says(/Upload page\s+(\S+)/);
    const file = { name: 'a.txt', content: 'hello' };
    const arrived = await fetch(locationOf(await submitForm(await pageAt(url), { file })));
    expect(await arrived.text()).toContain('a.txt');
    await local.close();
    rmSync(directory, { recursive: true });
  });

  it('leaves nothing behind', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'demo-'));
    const demo = start({ PORT: String(await freePort()), TMPDIR: directory });
    await demo.says(/Ctrl\+C/);
    expect(readdirSync(directory)).toHaveLength(1);
    await demo.stop();
    expect(readdirSync(directory)).toEqual([]);
    rmdirSync(directory);
  });

  it('takes the next free port where 3000 is taken and none was asked for', async () => {
    const taken = await takePort(3000).catch(() => undefined);
    const demo = start();
    const [, port] = await demo.says(/localhost:(\d+)/);
    expect(Number(port)).toBeGreaterThan(3000);
    await taken?.release();
  });

  it.each<[string, () => Promise<Record<string, string>>, RegExp]>([
    [
      'a port that is taken',
      async () => {
        const { port, release } = await takePort();
        setTimeout(release, 10_000).unref();
        return { PORT: String(port) };
      },
      /Port \d+ is taken\. Choose another with PORT=/,
    ],
    ['a port that is none', async () => ({ PORT: '3000x' }), /PORT=3000x is not a port/],
    [
      'a missing setting',
      async () => ({ S3_BUCKET: 'photos' }),
      /S3_REGION or AWS_REGION is missing/,
    ],
    [
      'an endpoint without a bucket',
      async () => ({ S3_ENDPOINT: 'http://127.0.0.1' }),
      /S3_BUCKET/,
    ],
    [
      'an endpoint that does not answer',
      async () => ({ ...aBucket, S3_ENDPOINT: `http://127.0.0.1:${await freePort()}` }),
      /http:\/\/127\.0\.0\.1:\d+\/photos\/ does not answer \(ECONNREFUSED\)/,
    ],
    [
      'a store without POST Object',
      async () => ({ ...aBucket, S3_PROVIDER: 'r2' }),
      /Cloudflare R2 has no POST Object/,
    ],
    ['a wrong bucket name', async () => ({ ...aBucket, S3_BUCKET: 's3://photos' }), /`bucket`/],
  ])('ends with one clear line for %s', async (_, env, line) => {
    const demo = start(await env());
    expect(await demo.exitCode()).toBe(1);
    expect(demo.stderr).toMatch(/^express-s3-form demo: [^\n]+\n$/);
    expect(demo.stderr).toMatch(line);
    expect(demo.stdout + demo.stderr).not.toContain('not-to-be-shown');
  });
});
