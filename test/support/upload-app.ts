import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Express, type Request, type RequestHandler } from 'express';
import { type S3Form, type S3FormOptions, s3Form, type Upload } from '../../src/index.ts';
import {
  type LocalBucket,
  type LocalBucketOptions,
  startLocalBucket,
} from '../../src/local-bucket/index.ts';

/** An app with an upload form and a bucket on this machine, each on its own origin. */
export interface UploadApp {
  /** Of the app, without a final slash. */
  readonly origin: string;
  /** Of the mount, without a final slash. */
  readonly base: string;
  readonly app: Express;
  readonly uploads: S3Form;
  readonly bucket: LocalBucket;
  /** The name of the bucket that forms post to: that one, unless another was asked for. */
  readonly uploadedTo: string;
  /** What `onUploaded` was called with, in order. */
  readonly reported: Upload[];
  /** The files that the bucket keeps, of whatever kind. */
  files(): string[];
  close(): Promise<void>;
}

/** Any of the options, without the tie between `confirm` and what the hook is given. */
export type SomeFormOptions = Partial<Omit<S3FormOptions, 'confirm' | 'onUploaded'>> & {
  readonly confirm?: 'head' | 'none';
  readonly onUploaded?: (upload: Upload, req: Request) => unknown;
};

export interface UploadAppOptions {
  /** @default a local bucket */
  readonly bucket?: Pick<LocalBucket, 'url' | 'bucket' | 'region' | 'credentials'>;
  /** Of the local bucket, beside its directory. */
  readonly local?: Omit<LocalBucketOptions, 'directory'>;
  /** @default '/upload' */
  readonly mount?: string;
  readonly form?: SomeFormOptions;
  /** Middleware before the mount. */
  readonly before?: readonly RequestHandler[];
  /** Routes of the app's own; `more` makes another kind of upload into the same bucket. */
  readonly routes?: (
    app: Express,
    uploads: S3Form,
    more: (form: SomeFormOptions) => S3Form,
  ) => void;
}

export async function startUploadApp(options: UploadAppOptions = {}): Promise<UploadApp> {
  const { mount = '/upload', before = [], form = {} } = options;
  const directory = mkdtempSync(join(tmpdir(), 'upload-app-'));
  const local = await startLocalBucket({ ...options.local, directory });
  const { url: endpoint, bucket, region, credentials } = options.bucket ?? local;
  const reported: Upload[] = [];
  const make = (own: SomeFormOptions) =>
    s3Form({
      ...{ bucket, region, endpoint, credentials },
      onUploaded: (upload: Upload) => void reported.push(upload),
      ...form,
      ...own,
    } as S3FormOptions);
  const uploads = make({});
  const app = express();
  app.use(mount, ...before, uploads);
  options.routes?.(app, uploads, make);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    base: origin + mount.replace(/\/$/, ''),
    app,
    uploads,
    bucket: local,
    uploadedTo: bucket,
    reported,
    files: () =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await local.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** The page at a URL, which must be there. */
export async function pageAt(url: string): Promise<string> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

/** The address that an answer redirects to. */
export function locationOf(response: Response): string {
  const location = response.headers.get('location');
  if (location === null) throw new Error(`No redirect, but ${response.status}`);
  return location;
}
