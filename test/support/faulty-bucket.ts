import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Lets the bucket have an upload; its answer goes out as soon as `released` is fulfilled. */
type Pass = (released?: Promise<void>) => void;

/** What happens to one upload. */
export type Fault = (
  incoming: IncomingMessage,
  response: ServerResponse,
  pass: Pass,
) => void | Promise<void>;

/** A server in front of a bucket, which stores what reaches it and knows no faults. */
export interface FaultyBucket {
  /** For browsers: the option `publicEndpoint`. */
  readonly url: string;
  /** Where uploads go on to; set before the first. */
  target: string;
  /** One for each upload to come, in order; after the last all is well. */
  readonly faults: Fault[];
  /** Whether answers have the headers that let another origin's page read them. */
  hasCors: boolean;
  /** Cuts all connections and takes no more, until it comes back. */
  goDown(): void;
  comeBack(): void;
  /** Methods of what came in, in order. */
  readonly received: string[];
  close(): Promise<void>;
}

export async function startFaultyBucket(): Promise<FaultyBucket> {
  let isDown = false;
  const server = createServer((incoming, response) => {
    const { method = '' } = incoming;
    bucket.received.push(method);
    const pass: Pass = (released) => passOn(bucket, incoming, response, released);
    const fault = method === 'POST' ? bucket.faults.shift() : undefined;
    if (isDown) incoming.socket.destroy();
    else if (fault) void fault(incoming, response, pass);
    else pass();
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bucket: FaultyBucket = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    faults: [],
    hasCors: true,
    received: [],
    goDown: () => {
      isDown = true;
      server.closeAllConnections();
    },
    comeBack: () => {
      isDown = false;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return bucket;
}

function passOn(
  bucket: FaultyBucket,
  incoming: IncomingMessage,
  response: ServerResponse,
  released?: Promise<void>,
): void {
  const { method, headers, url } = incoming;
  const onward = request(bucket.target + url, { method, headers }, async (answer) => {
    await released;
    const kept = Object.entries(answer.headers).filter(
      ([name]) => bucket.hasCors || !name.startsWith('access-control-'),
    );
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(kept));
    answer.pipe(response);
  });
  // The person may have cancelled.
  onward.on('error', () => response.destroy());
  incoming.on('close', () => {
    if (!incoming.complete) onward.destroy();
  });
  incoming.pipe(onward);
}

/** Answers with an error of S3's, after all of the upload has come in. */
export function refuses(status: number, s3Code: string, message: string, details = ''): Fault {
  return (incoming, response) => {
    incoming.resume().on('end', () => {
      response
        .writeHead(status, {
          'Content-Type': 'application/xml',
          'Access-Control-Allow-Origin': '*',
        })
        .end(
          `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${s3Code}</Code><Message>${message}</Message>${details}</Error>`,
        );
    });
  };
}

export const isBusy: Fault = refuses(503, 'SlowDown', 'Please reduce your request rate.');

/** Cuts the connection in the midst of the file. */
export const cutsConnection: Fault = (incoming, response) => {
  incoming.once('data', () => cut(response));
};

/** Once an answer has begun; before that a browser may mend it by itself, unseen by the page. */
function cut(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Length': 100 }).flushHeaders();
  response.socket?.destroySoon();
}

/** Stores the file and cuts the connection before the answer. */
export function losesAnswer(bucket: FaultyBucket): Fault {
  return (incoming, response) => {
    const { method, headers, url } = incoming;
    const onward = request(bucket.target + url, { method, headers }, (answer) => {
      answer.resume().on('end', () => cut(response));
    });
    incoming.pipe(onward);
  };
}

/** Stops uploads until it is opened. */
export class Gate {
  open: () => void = () => {};
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  /** Reads no more of an upload than a first piece, so that it stands still half way. */
  readonly holdsUpload: Fault = async (incoming, _, pass) => {
    incoming.pause();
    await this.#opened;
    pass();
  };

  /** Lets the bucket have all of it, and keeps the answer back. */
  readonly holdsAnswer: Fault = (_incoming, _response, pass) => pass(this.#opened);
}
