import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bucketUrl } from '../policy/bucket-url.ts';
import { type Credentials, checkCredentials, conceal } from '../policy/credentials.ts';
import {
  assertKnownOptions,
  assertObject,
  assertWholeNumber,
  requireString,
} from '../policy/options.ts';
import { identify, sendError } from './answers.ts';
import { allowAllOrigins, sendPreflight } from './cors.ts';
import { sendObject } from './download.ts';
import { RefusalWarnings } from './refusal-warnings.ts';
import { Storage } from './storage.ts';
import { receiveUpload, type UploadTarget } from './upload.ts';

export interface LocalBucketOptions {
  /** Where objects are kept; made if it is not there. */
  readonly directory: string;
  /** @default 0, any free port */
  readonly port?: number;
  /** @default 'uploads' */
  readonly bucket?: string;
  /** @default 'local' */
  readonly region?: string;
  /** @default made anew at each start */
  readonly credentials?: Credentials;
}

/** A running bucket, with all that `s3Form` and `createPresignedPost` need to know of it. */
export interface LocalBucket {
  /** The `endpoint`, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: Credentials;
  close(): Promise<void>;
}

/**
 * Starts an S3 POST endpoint on this machine, for development, demos and tests. It listens on
 * 127.0.0.1 alone, checks every form by S3's rules and keeps what it accepts on disk. What is wrong
 * with a form that it refuses it tells in a warning of the process, `S3FORM_FORM_REFUSED`, once.
 *
 * @throws {S3FormError} `unknown_option`, `missing_option`, `invalid_option`
 * @throws {Error} the system's own, such as `EADDRINUSE`
 */
export async function startLocalBucket(options: LocalBucketOptions): Promise<LocalBucket> {
  assertObject('options', options);
  assertKnownOptions(options, ['directory', 'port', 'bucket', 'region', 'credentials']);
  const { port = 0, bucket = 'uploads', region = 'local' } = options;
  assertWholeNumber('port', port, { min: 0, max: 65_535, unit: 'ports' });
  const credentials = checkCredentials(
    options.credentials ?? {
      accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
      secretAccessKey: randomBytes(30).toString('base64'),
    },
  );
  // Refused before anything is started that would have to be stopped again.
  bucketUrl({ bucket, region, endpoint: 'http://127.0.0.1' });
  const storage = new Storage(requireString('directory', options.directory), bucket);

  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target: UploadTarget = {
    bucket,
    bucketUrl: bucketUrl({ bucket, region, endpoint: url }),
    region,
    storage,
    credentials,
    warnings: new RefusalWarnings(),
  };
  const running = new Set<Promise<void>>();
  server.on('request', (request, response) => {
    identify(response);
    const answered = handle(request, response, target).catch((error: Error) => {
      // Who has gone away needs no answer, and is no fault.
      if (response.destroyed) return;
      process.emitWarning(error);
      if (response.headersSent) response.destroy();
      else sendError(response, { status: 500, s3Code: 'InternalError', message: INTERNAL_ERROR });
    });
    running.add(answered);
    answered.finally(() => {
      running.delete(answered);
      // A browser reads the answer only when it could send all that it has.
      request.resume();
    });
  });
  // A large file over a slow line takes its time, but something has to come.
  server.requestTimeout = 0;
  server.timeout = IDLE_AT_MOST;
  let closed: Promise<void> | undefined;
  return {
    url,
    bucket,
    region,
    credentials: conceal(credentials),
    close: () => {
      closed ??= closeServer(server)
        // What was cut off is cleared away before the directory is anybody else's.
        .then(() => Promise.allSettled(running))
        .then(() => undefined);
      return closed;
    },
  };
}

/** Milliseconds in which a client sends or takes something, or is cut off. */
const IDLE_AT_MOST = 60_000;

const INTERNAL_ERROR = 'We encountered an internal error. Please try again.';

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  target: UploadTarget,
): Promise<void> {
  const { method = '' } = request;
  const place = placeOf(request);
  if (place === undefined) {
    return sendError(response, {
      status: 400,
      s3Code: 'InvalidURI',
      message: "Couldn't parse the specified URI.",
    });
  }
  const { bucket, key } = place;
  const resource = key !== '' ? 'OBJECT' : bucket !== '' ? 'BUCKET' : 'SERVICE';
  if (resource !== 'SERVICE' && bucket !== target.bucket) {
    const message = 'The specified bucket does not exist';
    if (method === 'POST') {
      target.warnings.report({ message, hint: `Set \`bucket\` to "${target.bucket}".` });
    }
    return sendError(response, {
      status: 404,
      s3Code: 'NoSuchBucket',
      message,
      details: [['BucketName', bucket]],
    });
  }
  if (method === 'OPTIONS') return sendPreflight(request, response, resource);
  // A bucket that is not there has no rules for other origins.
  if (resource !== 'SERVICE') allowAllOrigins(request, response);
  if (resource === 'BUCKET' && method === 'POST') {
    const { bucketUrl = target.bucketUrl } = place;
    return receiveUpload(request, response, { ...target, bucketUrl });
  }
  if (resource === 'OBJECT' && (method === 'GET' || method === 'HEAD')) {
    return sendObject(request, response, key, target);
  }
  sendError(response, {
    status: 405,
    s3Code: 'MethodNotAllowed',
    message: 'The specified method is not allowed against this resource.',
    details: [
      ['Method', method],
      ['ResourceType', resource],
    ],
  });
}

interface Place {
  readonly bucket: string;
  readonly key: string;
  /** At the host that the request names, as all but the oldest do. */
  readonly bucketUrl: string | undefined;
}

/** What a request is for; `undefined` where the percent-encoding of its URL is broken. */
function placeOf({ url = '/', headers: { host = '' } }: IncomingMessage): Place | undefined {
  const path = url.split('?', 1)[0] ?? '';
  // Browsers, and most systems, take every name below localhost for this machine.
  const [, virtual] = /^(.+)\.localhost\.?(?::\d+)?$/.exec(host.toLowerCase()) ?? [];
  const [, first = '', rest = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  try {
    return virtual === undefined
      ? {
          bucket: decodeURIComponent(first),
          key: decodeURIComponent(rest),
          bucketUrl: host === '' ? undefined : `http://${host}/${first}/`,
        }
      : {
          bucket: virtual,
          key: decodeURIComponent(path.replace(/^\//, '')),
          bucketUrl: `http://${host}/`,
        };
  } catch {
    return undefined;
  }
}
