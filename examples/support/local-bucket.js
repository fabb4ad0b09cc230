import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalBucket } from 'express-s3-form/local-bucket';

/** A bucket on this machine, emptied when the process ends: what `s3Form` needs to know of it. */
export async function startBucket() {
  const directory = mkdtempSync(join(tmpdir(), 'express-s3-form-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(0));
  const { url, bucket, region, credentials } = await startLocalBucket({ directory });
  return { bucket, region, endpoint: url, credentials };
}
