import express from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { s3Form } from '../../src/index.ts';

const bucket = {
  ...{ bucket: 'photos', region: 'fr-par', provider: 'scaleway' as const },
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
};
const EVIL = {
  host: 'evil.example',
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  forwarded: 'host=evil.example;proto=http',
  origin: 'https://evil.example',
  referer: 'https://evil.example/',
};

describe('a forged Host', () => {
  it('can not steer anything where baseUrl is absolute', async () => {
    const uploads = s3Form({ ...bucket, baseUrl: 'https://app.example/upload' });
    const app = express()
      .set('trust proxy', true)
      .use('/upload', uploads)
      .get('/embedded', async (req, res) => void res.json(await uploads.form(req)));
    for (const path of ['/upload', '/upload/s3/params?filename=a', '/embedded', '/upload/done/x']) {
      const { text, headers } = await request(app).get(path).set(EVIL);
      expect(text + JSON.stringify(headers), path).not.toContain('evil');
    }
    const { body } = await request(app).get('/embedded').set(EVIL);
    expect(body.done).toMatch(/^https:\/\/app\.example\/upload\/done\//);
  });

  it('steers the return address where baseUrl is a path, which is why it may be absolute', async () => {
    const app = express().use('/upload', s3Form(bucket));
    const { body } = await request(app).get('/upload/s3/params?filename=a').set(EVIL);
    expect(body.done).toMatch(/^http:\/\/evil\.example\/upload\/done\//);
  });
});
