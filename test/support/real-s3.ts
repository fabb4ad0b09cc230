import { type RealS3, startRadosgw } from './radosgw.ts';

export type { RealS3 } from './radosgw.ts';

/** Whether tests that count on `RADOSGW_SETUP`, or on the ways of radosgw, can't run. */
export const isForeignServer = Boolean(process.env['S3_TEST_ENDPOINT']);

/** The server that the `S3_TEST_…` variables name, or else a radosgw of one's own. */
export async function realS3(): Promise<RealS3> {
  const endpoint = process.env['S3_TEST_ENDPOINT'];
  if (!endpoint) return startRadosgw();
  const { origin, host } = new URL(endpoint);
  return {
    name: host,
    endpoint: origin,
    virtualHostedDomain: host,
    region: required('S3_TEST_REGION'),
    bucket: required('S3_TEST_BUCKET'),
    credentials: {
      accessKeyId: required('S3_TEST_ACCESS_KEY_ID'),
      secretAccessKey: required('S3_TEST_SECRET_ACCESS_KEY'),
    },
    stop: async () => {},
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`S3_TEST_ENDPOINT is set, so ${name} must be set too`);
  return value;
}
