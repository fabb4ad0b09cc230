import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { corsRules } from '../../src/bucket/cors.ts';
import { presignUrl } from '../../src/bucket/presigned-url.ts';
import { isForeignServer, type RealS3, realS3 } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import { accessTo } from './bucket-client.ts';

// It changes the rules of the bucket, which nobody asked for on a server of their own.
describe.skipIf(!requirement('radosgw').available || isForeignServer)(
  'corsRules on a real server (needs radosgw)',
  () => {
    let s3: RealS3;
    beforeAll(async () => {
      s3 = await realS3();
    });
    afterAll(() => s3?.stop());

    it('are taken, and let pages of their origins post by script, and no others', async () => {
      const { xml } = corsRules(['https://app.example']);
      const url = presignUrl({ ...accessTo(s3), method: 'PUT', query: { cors: '' } });
      const put = await fetch(url, {
        method: 'PUT',
        body: xml,
        headers: { 'Content-MD5': createHash('md5').update(xml).digest('base64') },
      });
      expect(put.status, await put.text()).toBe(200);
      const preflight = (origin: string) =>
        fetch(accessTo(s3).url, {
          method: 'OPTIONS',
          headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
        });
      const allowed = await preflight('https://app.example');
      expect(allowed.status).toBe(200);
      expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example');
      expect((await preflight('https://evil.example')).status).toBe(403);
    });
  },
);
