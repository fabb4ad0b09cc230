import { invalidOption, show } from '../policy/errors.ts';

/** The CORS rules of a bucket, in the two forms that stores take. */
export interface CorsRules {
  /** For `aws s3api put-bucket-cors --cors-configuration`; the console takes its list alone. */
  readonly json: {
    readonly CORSRules: {
      AllowedOrigins: string[];
      AllowedMethods: string[];
      AllowedHeaders: string[];
      ExposeHeaders: string[];
      MaxAgeSeconds: number;
    }[];
  };
  /** The body of S3's PutBucketCors. */
  readonly xml: string;
}

/**
 * What lets pages of these origins post forms by script and read the answer: POST and nothing
 * else, since links to objects are not subject to CORS.
 *
 * @throws {TypeError} where they are no array of strings
 * @throws {S3FormError} `invalid_option` for what is no origin
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html
 */
export function corsRules(origins: readonly string[]): CorsRules {
  if (!Array.isArray(origins) || origins.length === 0) {
    throw new TypeError("Option `origins` must be an array such as ['https://app.example'].");
  }
  const AllowedOrigins = origins.map(checkOrigin);
  const rule = {
    AllowedOrigins,
    AllowedMethods: ['POST'],
    AllowedHeaders: ['*'],
    ExposeHeaders: ['ETag', 'Location'],
    MaxAgeSeconds: 3000,
  };
  const element = (name: string) => (value: string) => `<${name}>${value}</${name}>`;
  const xml = [
    '<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule>',
    ...rule.AllowedOrigins.map(element('AllowedOrigin')),
    ...rule.AllowedMethods.map(element('AllowedMethod')),
    ...rule.AllowedHeaders.map(element('AllowedHeader')),
    ...rule.ExposeHeaders.map(element('ExposeHeader')),
    element('MaxAgeSeconds')(String(rule.MaxAgeSeconds)),
    '</CORSRule></CORSConfiguration>',
  ].join('');
  return { json: { CORSRules: [rule] }, xml };
}

function checkOrigin(origin: unknown): string {
  const isOrigin =
    typeof origin === 'string' &&
    URL.canParse(origin) &&
    /^https?:$/.test(new URL(origin).protocol) &&
    new URL(origin).origin === origin &&
    // URLs let a host have these, XML does not.
    !/[&']/.test(origin);
  if (isOrigin) return origin;
  throw invalidOption(
    'origins',
    `${show(origin)} is no origin. Give scheme, host and port alone, such as "https://app.example".`,
  );
}
