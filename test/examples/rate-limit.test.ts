import { describe, expect, it } from 'vitest';
import { submitForm } from '../../src/testing/submit-form.ts';
import { locationOf, pageAt } from '../support/upload-app.ts';
import { startExample } from './example.ts';

describe('the example with a rate limit', () => {
  it('gives thirty forms and policies a minute, and takes every return of them', async () => {
    const { origin } = await startExample('rate-limit');
    const page = await pageAt(`${origin}/upload`);
    const params = `${origin}/upload/s3/params?filename=a.txt&type=text/plain`;
    for (let asked = 2; asked <= 30; asked += 1) {
      const answer = await fetch(asked % 2 ? params : `${origin}/upload/`);
      expect([answer.status, asked]).toEqual([200, asked]);
    }

    for (const path of ['', '/', '//', '/s3/params', '/S3/params/', '/assets', '/done']) {
      expect([path, (await fetch(`${origin}/upload${path}`)).status]).toEqual([path, 429]);
    }
    const refused = await fetch(params, { headers: { accept: 'application/json' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });

    const file = { name: 'a.txt', content: 'hello' };
    const done = locationOf(await submitForm(page, { file }));
    for (let loaded = 1; loaded <= 32; loaded += 1) {
      expect([(await fetch(done)).status, loaded]).toEqual([200, loaded]);
    }
    const [style = ''] = /\/upload\/assets\/[^"]+/.exec(page) ?? [];
    expect((await fetch(origin + style)).status).toBe(200);
  });
});
