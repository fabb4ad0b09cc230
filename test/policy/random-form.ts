import type { CheckPostOptions } from '../../src/policy/check-post.ts';
import type { Condition } from '../../src/policy/conditions.ts';
import { CANNED_ACLS, STORAGE_CLASSES } from '../../src/policy/fields.ts';
import { createPresignedPost, type PresignedPostOptions } from '../../src/policy/presigned-post.ts';

export interface RandomForm {
  readonly seed: number;
  readonly options: PresignedPostOptions;
  /** The form as `createPresignedPost` makes it, posted with a file it allows. */
  readonly posted: CheckPostOptions;
}

/** The same form for the same seed: options of every kind, and values that are hard to carry. */
export function randomForm(seed: number): RandomForm {
  const { maybe, one, int, text } = random(seed);
  const accessKeyId = `AKIA${int(1e9)}`;
  const secretAccessKey = unbroken(text(40));
  const rawFields = {
    ...maybe({ 'x-ignore-note': text(20) }),
    ...maybe({ [one(['x-amz-request-payer', 'x-amz-object-lock-mode', 'dzuuid'])]: text(20) }),
    ...maybe({ 'x-custom': `a-${text(10)}-\${filename}` }),
    ...maybe({ 'X-Prefixed': `prefix-${text(10)}` }),
  };
  const contentType = maybe('image/png');
  const [min, max] = [int(1000), 1000 + int(1e6)];
  const contentLengthRange = maybe([min, max] as const);
  const conditions: Condition[] = [
    ...(maybe([['starts-with', '$key', 'uploads/'] as const]) ?? []),
    ...(contentType ? (maybe([['starts-with', '$content-type', 'image/'] as const]) ?? []) : []),
    ...('X-Prefixed' in rawFields ? [['starts-with', '$x-prefixed', 'prefix-'] as const] : []),
    ...(maybe([['content-length-range', 0, 2e6] as const]) ?? []),
  ];
  const options: PresignedPostOptions = {
    bucket: one(['my-bucket', 'my.bucket', 'abc']),
    region: one(['us-east-1', 'eu-west-3', 'cn-north-1']),
    credentials: {
      accessKeyId,
      secretAccessKey,
      sessionToken: maybe(`token${unbroken(text(50))}`),
    },
    endpoint: maybe('http://localhost:9000'),
    now: new Date(1.7e12 + int(1e12)),
    expiresIn: 1 + int(604_799),
    key: `uploads/${text(30).replaceAll('$', 's').replaceAll('\t', ' ')}${one(['', '/${filename}', '-${filename}.${filename}'])}`,
    acl: maybe(one(CANNED_ACLS)),
    contentType,
    cacheControl: maybe(`max-age=${int(1e6)}`),
    contentDisposition: maybe('attachment; filename="${filename}"'),
    metadata: maybe({
      [`Tag-${int(100)}`]: text(30),
      name: `of ${text(5)}\${filename}`,
    }),
    successActionStatus: maybe(one([200, 201, 204] as const)),
    successActionRedirect: maybe(`https://example.com/${text(10)}?of=\${filename}`),
    contentLengthRange,
    contentEncoding: maybe(one(['gzip', 'identity, br'])),
    expires: maybe(one([new Date(1.7e12 + int(1e12)), 'Wed, 21 Oct 2026 07:28:00 GMT'])),
    redirect: maybe('https://example.com/older?of=${filename}'),
    tags: maybe(Object.fromEntries(Array.from({ length: int(11) }, (_, at) => [at, text(20)]))),
    storageClass: maybe(one(STORAGE_CLASSES)),
    websiteRedirectLocation: maybe(`/${text(20)}`),
    serverSideEncryption: maybe(
      one([
        'AES256',
        'aws:kms:dsse',
        { algorithm: 'aws:kms', keyId: text(20), context: { [text(5)]: text(20) } },
        { customerKey: Buffer.alloc(32, int(256)) },
      ] as const),
    ),
    checksum: maybe({ algorithm: 'CRC32', value: Buffer.alloc(4, int(256)).toString('base64') }),
    contentMd5: maybe(Buffer.alloc(16, int(256)).toString('base64')),
    fields: rawFields,
    conditions,
  };
  const { fields, expiration } = createPresignedPost(options);
  const directory = one(['', '/home/me/', 'C:\\My Files\\', 'a/b\\']);
  return {
    seed,
    options,
    posted: {
      fields: Object.entries(fields),
      files: [
        {
          filename: one([`${directory}${text(20).replaceAll(/[/\\]/g, '')}.png`, '', undefined]),
          size: contentLengthRange ? min + int(max - min) : int(2e6),
        },
      ],
      bucket: options.bucket,
      region: options.region,
      now: new Date(expiration.getTime() - 1 - int(options.expiresIn ?? 0) * 999),
      secretAccessKeyFor: (id) => (id === accessKeyId ? secretAccessKey : undefined),
    },
  };
}

/** Credentials have no white space. */
function unbroken(text: string): string {
  return text.replaceAll(/\s/g, '+');
}

function random(seed: number) {
  let state = seed;
  /** Mulberry32: small, and the same on every machine. */
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number) => Math.floor(next() * below);
  const one = <Value>(values: readonly Value[]) => values[int(values.length)] as Value;
  const maybe = <Value>(value: Value) => (next() < 0.5 ? value : undefined);
  const letters = [...'abcXYZ019 -_./\\"\'<>&%+=;:,?#@!~*()[]{}|^`\t$éßñ漢字👑\u2028\u00a0'];
  const text = (length: number) =>
    Array.from({ length: 1 + int(length) }, () => one(letters)).join('');
  return { int, one, maybe, text };
}
