import { blockedByPolicy } from './content-security-policy.ts';
import { Failure } from './failure.ts';
import { isReadable } from './files.ts';
import type { SentenceKey } from './messages.ts';
import type { Policy } from './policy.ts';
import { limit } from './waiting.ts';

/** What the store says it has stored. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  /** As the store wrote it, without quotes. */
  readonly etag: string;
  readonly location: string;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  /** Between 0 and 1; 1 when all has been sent and the answer is awaited. */
  readonly onProgress: (share: number) => void;
}

/** A connection on which nothing moves for so long is taken for lost. */
const MOVES_WITHIN = 120_000;
/** As long as a store may take to answer a request without a file. */
const ANSWERS_WITHIN = 10_000;

/**
 * Sends a file to the bucket.
 *
 * @throws {Failure}
 */
export async function sendFile(
  { url }: Policy,
  fields: readonly [string, string][],
  file: File,
  options: SendOptions,
): Promise<StoredObject> {
  await refuseChanged(file);
  options.signal.throwIfAborted();
  const began = performance.now();
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  // The store ignores what comes after the file.
  body.append('file', file);
  const { request, hasSent } = await post(url, body, options);
  options.signal.throwIfAborted();
  if (request.status === 0) {
    await refuseChanged(file);
    if (await blockedByPolicy(url, began)) throw new Failure('blockedCsp');
    if (!hasSent && navigator.onLine && (await refusesThisPage(url, options.signal))) {
      throw new Failure('blockedCors');
    }
    throw new Failure('lost', { retryAfter: 0 });
  }
  if (request.status >= 300) throw failureOf(request);
  return readStored(request, fields);
}

async function refuseChanged(file: File): Promise<void> {
  if (!(await isReadable(file))) throw new Failure('changed', { canRetry: false });
}

interface Answered {
  /** Its status is 0 where there was no answer. */
  readonly request: XMLHttpRequest;
  readonly hasSent: boolean;
}

function post(url: string, body: FormData, { signal, onProgress }: SendOptions): Promise<Answered> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let hasSent = false;
    let stalled = 0;
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), MOVES_WITHIN);
    };
    const abort = () => request.abort();
    // A listener of uploads makes browsers ask the store for leave before they send a byte: where
    // it has no CORS rules, nothing gets stored behind the page's back.
    request.upload.onprogress = ({ loaded, total }) => {
      watch();
      hasSent ||= loaded > 0;
      onProgress(loaded / total);
    };
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', abort);
      resolve({ request, hasSent });
    };
    signal.addEventListener('abort', abort);
    request.open('POST', url);
    request.send(body);
    watch();
  });
}

/** Whether the store answers, but not for this page to read: with a form that can store nothing. */
async function refusesThisPage(url: string, stop: AbortSignal): Promise<boolean> {
  const answers = (mode: RequestMode) => {
    const signal = limit(stop, ANSWERS_WITHIN);
    const body = new FormData();
    return fetch(url, { method: 'POST', body, mode, credentials: 'omit', signal }).then(
      () => true,
      () => false,
    );
  };
  return !(await answers('cors')) && (await answers('no-cors'));
}

/** By S3's code. */
const FAULTS_OF_THE_FILE: Readonly<Record<string, SentenceKey>> = {
  EntityTooLarge: 'tooLarge',
  EntityTooSmall: 'tooSmall',
};

function failureOf(request: XMLHttpRequest): Failure {
  const { status } = request;
  const s3Code = textOf(request, 'Code');
  const detail = textOf(request, 'Message');
  const details = { status, code: s3Code ?? String(status), detail };
  if (status >= 500 || status === 429 || /^(RequestTimeout|SlowDown)$/.test(details.code)) {
    return new Failure('unavailable', { ...details, retryAfter: 0 });
  }
  if (s3Code === 'ExpiredToken' || /expired/i.test(detail ?? '')) {
    return new Failure('expired', details);
  }
  const ofFile = FAULTS_OF_THE_FILE[details.code];
  return new Failure(ofFile ?? 'refused', { ...details, canRetry: !ofFile });
}

function readStored(
  request: XMLHttpRequest,
  fields: readonly (readonly [string, string])[],
): StoredObject {
  const read = (name: string) => textOf(request, name) ?? request.getResponseHeader(name) ?? '';
  return {
    bucket: textOf(request, 'Bucket') ?? '',
    key: textOf(request, 'Key') ?? new Map(fields).get('key') ?? '',
    etag: read('ETag').replaceAll('"', ''),
    location: read('Location'),
  };
}

/** Of the first element with a name, whatever namespace the store writes. */
function textOf({ responseXML }: XMLHttpRequest, name: string): string | undefined {
  return responseXML?.getElementsByTagNameNS('*', name)[0]?.textContent ?? undefined;
}
