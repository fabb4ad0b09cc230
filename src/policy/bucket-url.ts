import { invalidOption, show } from './errors.ts';
import { assertString, requireString } from './options.ts';

/** Whether the bucket's name stands in the host (`my-bucket.s3…`) or in the path (`/my-bucket/`). */
export type Addressing = 'virtual-hosted' | 'path';

export interface BucketAddress {
  readonly bucket: string;
  /** Such as `eu-west-3` or `fr-par`. */
  readonly region: string;
  /**
   * The store's URL without the bucket, such as `https://s3.fr-par.scw.cloud`.
   *
   * @default Amazon S3's own in that region
   */
  readonly endpoint?: string | undefined;
  /** @default 'virtual-hosted', or 'path' with an `endpoint` or a bucket name with a dot */
  readonly addressing?: Addressing | undefined;
}

/**
 * The URL that forms post to, always with the final slash: without it some stores answer with a
 * redirect that loses the body.
 *
 * @throws {S3FormError} `missing_option`, `invalid_option`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function bucketUrl(address: BucketAddress): string {
  const bucket = requireString('bucket', address.bucket);
  const region = requireString('region', address.region);
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(region)) {
    throw invalidOption('region', `${show(region)} is not a region's name such as "eu-west-3".`);
  }
  const { endpoint: given = amazonEndpoint(region) } = address;
  const endpoint = parseEndpoint(given);
  const addressing =
    address.addressing ??
    (address.endpoint !== undefined || bucket.includes('.') ? 'path' : 'virtual-hosted');
  assertString('addressing', addressing);
  if (addressing !== 'path' && addressing !== 'virtual-hosted') {
    throw invalidOption(
      'addressing',
      `${show(addressing)} does not exist. Use "virtual-hosted" or "path".`,
    );
  }
  checkBucketName(bucket, address.endpoint === undefined || addressing === 'virtual-hosted');

  refuseBucketInEndpoint(endpoint, bucket);
  refuseOtherRegion(endpoint, region);

  const { protocol, host, hostname, pathname } = endpoint;
  const base = pathname.replace(/\/$/, '');
  if (addressing === 'path') return `${protocol}//${host}${base}/${bucket}/`;
  if (/^[\d.]+$|^\[/.test(hostname)) {
    throw invalidOption(
      'addressing',
      `"virtual-hosted" puts the bucket's name before the host, which ${hostname}, an IP address, can not have. Use "path".`,
    );
  }
  return `${protocol}//${bucket}.${host}${base}/`;
}

/** Of the partitions that the public reaches: `eu-west-3`, `us-gov-east-1`, `cn-northwest-1`, `eusc-de-east-1`. */
const AMAZON_REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/;

/**
 * The address of Amazon S3 in a region, in China and GovCloud too.
 *
 * @param elsewhere what to do where another store is meant
 * @throws {S3FormError} `invalid_option` for a region that Amazon S3 can not have
 */
export function amazonEndpoint(
  region: string,
  elsewhere = 'For another store give its `endpoint`.',
): string {
  if (!AMAZON_REGION.test(region)) {
    const lowerCase = region.toLowerCase();
    const fix = AMAZON_REGION.test(lowerCase) ? `Write it ${show(lowerCase)}.` : elsewhere;
    throw invalidOption(
      'region',
      `${show(region)} is no region of Amazon S3, such as "eu-west-3". ${fix}`,
    );
  }
  const domain = region.startsWith('cn-')
    ? 'amazonaws.com.cn'
    : region.startsWith('eusc-')
      ? 'amazonaws.eu'
      : 'amazonaws.com';
  return `https://s3.${region}.${domain}`;
}

function parseEndpoint(endpoint: unknown): URL {
  assertString('endpoint', endpoint);
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalidOption(
      'endpoint',
      `${show(endpoint)} is not an absolute http or https URL. Write it like "https://s3.fr-par.scw.cloud".`,
    );
  }
  if (url.username || url.password) {
    throw invalidOption(
      'endpoint',
      'it must not carry a user name or password. Use `credentials`.',
    );
  }
  if (url.search || url.hash) {
    throw invalidOption('endpoint', `${show(endpoint)} must have neither a query nor a fragment.`);
  }
  return url;
}

/** Such as a console shows: the bucket would be looked for within the bucket. */
function refuseBucketInEndpoint({ protocol, host, pathname }: URL, bucket: string): void {
  const path = pathname.replace(/\/$/, '');
  const isInPath = path.endsWith(`/${bucket}`);
  // A host that only begins with the name, such as storage.example.com, may be the store's own.
  const isInHost = ['.s3.', '.s3-'].some((next) => host.startsWith(bucket.toLowerCase() + next));
  if (!isInPath && !isInHost) return;
  const without = `${protocol}//${isInHost ? host.slice(bucket.length + 1) : host}${
    isInPath ? path.slice(0, -bucket.length - 1) : path
  }`;
  throw invalidOption(
    'endpoint',
    `it has the bucket's name in it, which is put there anyway. Use ${show(without)}.`,
  );
}

/** Hosts of stores that take signatures for no other region than the one in their name. */
const REGIONAL_HOST =
  /^s3(?:-fips)?\.(?:dualstack\.)?([a-z0-9-]+)\.(?:scw\.cloud|amazonaws\.com(?:\.cn)?|amazonaws\.eu)$/;

function refuseOtherRegion({ hostname, origin }: URL, region: string): void {
  const [, named = region] = REGIONAL_HOST.exec(hostname) ?? [];
  if (named === region) return;
  if (named === region.toLowerCase()) {
    throw invalidOption('region', `${show(region)} is written ${show(named)}.`);
  }
  throw invalidOption(
    'endpoint',
    `${origin} is in the region ${show(named)}, but \`region\` is ${show(region)}. Change one of the two.`,
  );
}

function checkBucketName(bucket: string, strict: boolean): void {
  // Stores other than Amazon S3 have buckets with capitals and underscores, but only in the path.
  const wellFormed = strict
    ? /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)
    : /^[a-z0-9][a-z0-9._-]{1,253}[a-z0-9]$/i.test(bucket);
  if (wellFormed && !bucket.includes('..')) return;
  throw invalidOption(
    'bucket',
    `${show(bucket)} is not a bucket's name: 3 to ${strict ? '63 lower-case' : '255'} letters, digits, dots and hyphens, without a URL, slash or key prefix.`,
  );
}
