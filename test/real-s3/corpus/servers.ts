import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalBucket } from '../../../src/local-bucket/index.ts';
import { startRadosgw } from '../../support/radosgw.ts';
import { unescapeXml } from '../bucket-client.ts';
import { objectPath, type Server, sendSigned } from './answer.ts';
import { SETUP } from './form.ts';

/** A server of one's own, which ends with the tests. */
export interface RunningServer extends Server {
  stop(): Promise<void>;
}

export async function startTheirs(): Promise<RunningServer> {
  const { endpoint: origin, bucket, region, credentials, stop } = await startRadosgw();
  const setUp = JSON.stringify({ bucket, region, credentials });
  if (setUp !== JSON.stringify(SETUP)) throw new Error(`The forms are not for ${setUp}.`);
  // It takes keys of more than 1,024 bytes in forms, but nowhere else.
  const undeletable = new Set<string>();
  return {
    origin,
    stop,
    keys: async () => {
      const query = { 'list-type': '2', 'encoding-type': 'url' };
      const { body } = await sendSigned(origin, { method: 'GET', path: `/${bucket}` }, query);
      return [...body.toString().matchAll(/<Key>(.*?)<\/Key>/g)]
        .map(([, key = '']) => decodeURIComponent(unescapeXml(key)))
        .filter((key) => !undeletable.has(key));
    },
    empty: async (keys) => {
      for (const key of keys) {
        const path = objectPath(key);
        const { status } = await sendSigned(origin, { method: 'DELETE', path });
        if (status === 204) continue;
        if (Buffer.byteLength(key) <= 1024) throw new Error(`DELETE ${path} answered ${status}`);
        undeletable.add(key);
      }
    },
  };
}

export async function startOurs(): Promise<RunningServer> {
  const directory = mkdtempSync(join(tmpdir(), 'corpus-'));
  const { url, close } = await startLocalBucket({ directory, ...SETUP });
  const objects = join(directory, 'objects');
  const records = () => readdirSync(objects).filter((name) => name.endsWith('.json'));
  return {
    origin: url,
    stop: async () => {
      await close();
      rmSync(directory, { recursive: true, force: true });
    },
    keys: async () =>
      records().map((name) => String(JSON.parse(readFileSync(join(objects, name), 'utf8')).key)),
    empty: async () => {
      for (const name of readdirSync(objects)) rmSync(join(objects, name));
    },
  };
}
