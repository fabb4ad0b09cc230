import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/program.ts';

/** An app that has installed what npm would publish. */
let app: string;
let packed: string[];

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'packed-'));
  const output = execFileSync(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', app],
    { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [{ filename, files }] = JSON.parse(output);
  packed = files.map(({ path }: { path: string }) => path);
  mkdirSync(join(app, 'node_modules'));
  execFileSync('tar', ['-xzf', join(app, filename), '-C', join(app, 'node_modules')]);
  cpSync(join(app, 'node_modules/package'), join(app, 'node_modules/express-s3-form'), {
    recursive: true,
  });
  // Its dependencies are those of this checkout: what is tried here is the package itself.
  for (const name of [
    ...['express', 'eta', 'helmet', 'mime-types', 'fastest-levenshtein'],
    ...['mime-db', '@types', 'typescript'],
  ]) {
    symlinkSync(join(ROOT, 'node_modules', name), join(app, 'node_modules', name));
  }
});
afterAll(() => rmSync(app, { recursive: true, force: true }));

const run = (file: string, source: string): string => {
  writeFileSync(join(app, file), source);
  return execFileSync(process.execPath, [file], { cwd: app, encoding: 'utf8' });
};

/** A whole app: an upload and its return, refusals, an error of the app's own. */
const app4or5 = `
  const express = require('express');
  const { s3Form } = require('express-s3-form');
  const { startLocalBucket } = require('express-s3-form/local-bucket');
  (async () => {
    const local = await startLocalBucket({ directory: 'bucket' });
    const uploads = s3Form({
      bucket: local.bucket, region: local.region, endpoint: local.url,
      credentials: local.credentials, baseUrl: '/upload',
      keyPrefix: async (req) => { if (req.query.fail) throw new Error('mine'); return 'p/'; },
      onUploaded: (upload) => { console.log(upload.confirmed, upload.size, upload.key.split('/').pop()); },
    });
    const app = express();
    app.use('/upload', uploads);
    app.get('/own', async (req, res, next) => {
      try { res.json(await uploads.form(req)); } catch (error) { next(error); }
    });
    app.use((error, req, res, next) => res.status(error.status ?? 500).send(error.message));
    const server = app.listen(0, async () => {
      const { port } = server.address();
      const base = 'http://localhost:' + port;
      const { url, fields } = await (await fetch(base + '/own')).json();
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      body.append('file', new File(['hello'], 'a.txt'));
      const stored = await fetch(url, { method: 'POST', body, redirect: 'manual' });
      const done = stored.headers.get('location');
      const ask = async (address, options) => {
        const response = await fetch(address, options);
        const text = await response.text();
        console.log(response.status, response.headers.get('allow'), text.match(/<form|mine|receipt_invalid|return_mismatch|arrived|html/g)?.at(-1));
      };
      await ask(done);
      await ask(done.replace(/key=[^&]*/, 'key=other'));
      await ask(base + '/upload', { method: 'POST' });
      await ask(base + '/upload/done/x', { headers: { accept: 'application/json' } });
      await ask(base + '/upload?fail=1');
      await ask(base + '/upload/elsewhere');
      const { get } = require('node:http');
      get({ port, path: '/own', headers: { host: '[' } }, (response) => {
        console.log(response.statusCode);
        process.exit();
      });
    });
  })();
`;

const use = `
  const uploads = s3Form({ bucket: 'photos', region: 'eu-west-3', secret: 's'.repeat(32),
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' } });
  console.log(typeof uploads, typeof createPresignedPost, typeof startLocalBucket);
`;

describe('the package', () => {
  it('works in an ES module', () => {
    const source = `
      import { s3Form } from 'express-s3-form';
      import { createPresignedPost } from 'express-s3-form/policy';
      import { startLocalBucket } from 'express-s3-form/local-bucket';
      ${use}`;
    expect(run('app.mjs', source)).toBe('function function function\n');
  });

  it('works in a CommonJS module', () => {
    const source = `
      const { s3Form } = require('express-s3-form');
      const { createPresignedPost } = require('express-s3-form/policy');
      const { startLocalBucket } = require('express-s3-form/local-bucket');
      ${use}`;
    expect(run('app.cjs', source)).toBe('function function function\n');
  });

  it.each(['express', 'express4'])('works with %s', (installed) => {
    rmSync(join(app, 'node_modules/express'));
    symlinkSync(join(ROOT, 'node_modules', installed), join(app, 'node_modules/express'));
    expect(run('server.cjs', app4or5).trim().split('\n')).toEqual([
      'true 5 a.txt',
      '200 null html',
      '403 null html',
      '405 GET, HEAD html',
      '403 null receipt_invalid',
      '500 null mine',
      '404 null html',
      '400',
    ]);
  });

  it('gives its views to be copied', () => {
    const source = `console.log(require.resolve('express-s3-form/views/page.eta'))`;
    expect(run('views.cjs', source)).toMatch(/views\/page\.eta\n$/);
  });

  it.each([
    ['app.mts', ['--module', 'nodenext']],
    ['app.cts', ['--module', 'nodenext']],
    // The older resolution knows nothing of `exports`, and older apps know nothing else.
    [
      'app.ts',
      ['--module', 'commonjs', '--moduleResolution', 'node10', '--ignoreDeprecations', '6.0'],
    ],
  ])('is typed in %s with %j', (file, resolution) => {
    writeFileSync(
      join(app, file),
      `import { s3Form, type Upload } from 'express-s3-form';
       import { createPresignedPost } from 'express-s3-form/policy';
       import { startLocalBucket, type LocalBucket } from 'express-s3-form/local-bucket';
       const bucket: Promise<LocalBucket> = startLocalBucket({ directory: '.' });
       const uploads = s3Form({ bucket: 'b', region: 'r', acl: 'private',
         metadata: { uploader: (req) => req.ip ?? '' },
         onUploaded: async (upload: Upload) => { console.log(upload.size); } });
       // @ts-expect-error: no such canned ACL
       s3Form({ bucket: 'b', region: 'r', acl: 'public' });
       // @ts-expect-error: no such option
       s3Form({ bucket: 'b', region: 'r', keyprefix: 'a/' });
       console.log(bucket, uploads.form, createPresignedPost);`,
    );
    const compile = () =>
      execFileSync(
        process.execPath,
        [
          join(ROOT, 'node_modules/typescript/bin/tsc'),
          ...['--noEmit', '--strict', '--target', 'es2022', '--types', 'node'],
          ...resolution,
          file,
        ],
        { cwd: app, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
      );
    try {
      compile();
    } catch (error) {
      expect((error as { stdout: string }).stdout).toBe('');
    }
  });

  it.each([
    ['upload-form.js', 8 * 1024],
    ['upload-form.css', 2 * 1024],
  ])('hands browsers %s in no more than %i bytes', (name, most) => {
    const file = join(app, 'node_modules/express-s3-form/dist/browser', name);
    const packedFile = execFileSync('gzip', ['-9', '-c', file]);
    expect(packedFile.length).toBeGreaterThan(most / 4);
    expect(packedFile.length).toBeLessThanOrEqual(most);
  });

  it('carries what it needs and nothing else', () => {
    const folders = new Set(packed.map((path) => path.split('/').slice(0, 2).join('/')));
    expect([...folders].sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist/browser',
      'dist/bucket',
      'dist/express',
      'dist/form',
      'dist/index.d.ts',
      'dist/index.js',
      'dist/local-bucket',
      'dist/policy',
      'package.json',
      'views/error.eta',
      'views/leaving.eta',
      'views/page.eta',
      'views/partials',
      'views/upload-form.css',
      'views/upload-form.eta',
      'views/upload-list.css',
      'views/uploaded.eta',
    ]);
  });
});
