import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { headObject } from '../../src/bucket/objects.ts';
import type { CredentialsProvider, PresignedPost } from '../../src/index.ts';
import { fillForm, submitForm } from '../../src/testing/submit-form.ts';
import { RADOSGW_SETUP, type RealS3, startRadosgw } from '../support/radosgw.ts';
import { isForeignServer } from '../support/real-s3.ts';
import { requirement } from '../support/requirements.ts';
import {
  locationOf,
  pageAt,
  type SomeFormOptions,
  startUploadApp,
  type UploadApp,
} from '../support/upload-app.ts';
import { accessTo, mintFor, post } from './bucket-client.ts';

const TOKEN = 'X-Amz-Security-Token';

describe.skipIf(!requirement('radosgw').available || isForeignServer)(
  'the temporary credentials of a role (needs radosgw of its own)',
  () => {
    let s3: RealS3;
    let assumeRole: CredentialsProvider;
    const running: UploadApp[] = [];

    beforeAll(async () => {
      s3 = await startRadosgw();
      assumeRole = fromTemporaryCredentials({
        masterCredentials: s3.credentials,
        params: { RoleArn: RADOSGW_SETUP.roleArn, RoleSessionName: 'tests' },
        clientConfig: { endpoint: s3.endpoint, region: s3.region },
      });
    });
    afterAll(() => s3?.stop());
    afterEach(async () => {
      for (const app of running.splice(0)) await app.close();
    });

    const start = async (form: SomeFormOptions): Promise<UploadApp> => {
      const app = await startUploadApp({ bucket: { ...s3, url: s3.endpoint }, form });
      running.push(app);
      return app;
    };

    it('sign a form', async () => {
      const credentials = await assumeRole();
      const minted = mintFor(s3, { credentials });
      expect(minted.fields[TOKEN]).toBe(credentials.sessionToken);
      expect((await post(minted)).status).toBe(204);
      const access = { ...accessTo(s3), credentials };
      expect((await headObject(access, String(minted.fields['key']))).size).toBe(7);
    });

    it.each<[string, (form: PresignedPost) => PresignedPost | Promise<PresignedPost>]>([
      ['whose token is changed', (form) => withToken(form, changed(String(form.fields[TOKEN])))],
      ['whose token is missing', (form) => withToken(form, undefined)],
      [
        'with the token of another session',
        async (form) => withToken(form, (await assumeRole()).sessionToken),
      ],
      [
        'signed with a changed token',
        async ({ fields: { key = '' } }) => {
          const { sessionToken = '', ...others } = await assumeRole();
          const credentials = { ...others, sessionToken: changed(sessionToken) };
          return mintFor(s3, { key, credentials });
        },
      ],
      [
        'signed without the token',
        async ({ fields: { key = '' } }) => {
          const { accessKeyId, secretAccessKey } = await assumeRole();
          return mintFor(s3, { key, credentials: { accessKeyId, secretAccessKey } });
        },
      ],
      [
        'signed with the secret of another session',
        async ({ fields: { key = '' } }) => {
          const { secretAccessKey } = await assumeRole();
          const credentials = { ...(await assumeRole()), secretAccessKey };
          return mintFor(s3, { key, credentials });
        },
      ],
    ])('do not let pass a form %s', async (_, change) => {
      const minted = mintFor(s3, { credentials: await assumeRole() });
      const { status } = await post(await change(minted));
      expect(status).toBe(403);
      const missing = headObject(accessTo(s3), String(minted.fields['key']));
      await expect(missing).rejects.toMatchObject({ code: 'object_not_found' });
      // The form itself is good: only the change made it fail.
      expect((await post(minted)).status).toBe(204);
    });

    it('confirm the return of a form and sign links', async () => {
      const credentials = vi.fn(assumeRole);
      const app = await start({ credentials, secret: 'kept by the app'.repeat(3) });
      const file = { name: 'holiday.png', content: 'a picture, so to say' };
      const stored = await submitForm(await pageAt(app.base), { file });
      expect((await fetch(locationOf(stored))).status).toBe(200);
      const key = String(app.reported[0]?.key);
      expect(app.reported).toMatchObject([{ confirmed: true, size: file.content.length }]);
      const link = await app.uploads.signedUrl(key);
      expect(new URL(link).searchParams.get(TOKEN)).toBeTruthy();
      expect(await (await fetch(link)).text()).toBe(file.content);
      expect(credentials).toHaveBeenCalledOnce();
    });

    it('confirm the return of a form that earlier ones have signed', async () => {
      // As after a restart: the app has a new session, the browser an older form.
      const before = await start({
        credentials: await assumeRole(),
        secret: 'kept by the app'.repeat(3),
      });
      const page = await pageAt(before.base);
      const stored = await submitForm(page, { file: { name: 'a.txt', content: 'x' } });
      const after = await start({
        credentials: await assumeRole(),
        secret: 'kept by the app'.repeat(3),
        baseUrl: before.base,
      });
      const done = locationOf(stored).replace(before.base, after.base);
      expect((await fetch(done)).status).toBe(200);
      expect(after.reported).toMatchObject([{ confirmed: true, size: 1 }]);
    });

    it('are outlived by no form', async () => {
      const credentials = await assumeRole();
      const app = await start({ credentials, secret: 's'.repeat(32), formExpiresIn: 604_800 });
      const entries = new Map(fillForm(await pageAt(app.base), {}).entries);
      const policy = JSON.parse(Buffer.from(String(entries.get('Policy')), 'base64').toString());
      expect(new Date(policy.expiration) <= (credentials.expiration ?? new Date(0))).toBe(true);
    });

    it('ask for a secret, which outlives them', async () => {
      await expect(start({ credentials: assumeRole })).rejects.toMatchObject({ option: 'secret' });
      const fixed = start({ credentials: await assumeRole() });
      await expect(fixed).rejects.toMatchObject({ option: 'secret' });
    });
  },
);

function withToken(form: PresignedPost, token: string | undefined): PresignedPost {
  const { [TOKEN]: _, ...fields } = form.fields;
  return { ...form, fields: token === undefined ? fields : { ...fields, [TOKEN]: token } };
}

function changed(token: string): string {
  return (token.startsWith('x') ? 'y' : 'x') + token.slice(1);
}
