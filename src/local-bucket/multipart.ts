import { FORM_BYTES_AT_MOST } from '../policy/fields.ts';

/** The body is no multipart/form-data, or ends too early. */
export class MalformedMultipartError extends Error {
  override readonly name = 'MalformedMultipartError';
  /** Bytes of the body up to the fault. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** One part of a form. Its content has to be read, or is passed over, before the next part comes. */
export interface Part {
  /** Of the `form-data` disposition; `undefined` where the part is no form data. */
  readonly name: string | undefined;
  /** As it was sent, and empty where no file was chosen; `undefined` where the part names none. */
  readonly filename: string | undefined;
  /** The boundary is not followed by headers. */
  readonly isMalformed: boolean;
  /** Bytes of the body before this part's content. */
  readonly offset: number;
  readonly content: AsyncIterable<Buffer>;
}

/** The boundary that a `Content-Type` names. */
export function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  return quoted ?? plain;
}

/**
 * Reads the parts of a form as they arrive. No parser at hand tells an empty file name from none
 * or how many bytes came before the file, and S3's rules need both.
 *
 * @throws {MalformedMultipartError}
 * @see https://www.rfc-editor.org/rfc/rfc7578
 */
export async function* readParts(
  body: AsyncIterable<Buffer>,
  boundary: string,
): AsyncGenerator<Part> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const reader = new Reader(body);
  try {
    await reader.skip(delimiter);
    while ((await reader.peek(2)) !== '--') {
      const head = readHead(await reader.text(HEAD_END, FORM_BYTES_AT_MOST));
      let isRead = false;
      const content = (async function* () {
        yield* reader.until(delimiter);
        isRead = true;
      })();
      yield { ...head, offset: reader.offset, content };
      if (!isRead) await reader.skip(delimiter);
    }
    // Whatever follows is ignored, but has to come: of a request that is cut off nothing is stored.
    await reader.drain();
  } finally {
    // A browser looks at the answer when it has sent all, whatever was wrong with it.
    await reader.drain().catch(() => {});
  }
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** Reads bytes up to a mark, whichever way they were cut into chunks. */
class Reader {
  readonly #chunks: AsyncIterator<Buffer>;
  /** The first boundary has no line break before it: here it gets one. */
  #buffered: Buffer = Buffer.from('\r\n');
  #consumed = -2;

  constructor(body: AsyncIterable<Buffer>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  /** Bytes read so far. */
  get offset(): number {
    return this.#consumed;
  }

  /** What comes before the mark, in pieces; the mark itself is passed over. */
  async *until(mark: Buffer): AsyncGenerator<Buffer> {
    while (true) {
      const index = this.#buffered.indexOf(mark);
      if (index !== -1) {
        if (index > 0) yield this.#take(index);
        this.#take(mark.length);
        return;
      }
      // The mark may have begun in what is left.
      const certain = this.#buffered.length - mark.length + 1;
      if (certain > 0) yield this.#take(certain);
      await this.#fill();
    }
  }

  async skip(mark: Buffer): Promise<void> {
    for await (const _ of this.until(mark));
  }

  async text(mark: Buffer, bytesAtMost: number): Promise<string> {
    return (await readText(this.until(mark), bytesAtMost)).text;
  }

  async peek(length: number): Promise<string> {
    while (this.#buffered.length < length) await this.#fill();
    return this.#buffered.toString('latin1', 0, length);
  }

  async drain(): Promise<void> {
    while (!(await this.#chunks.next()).done);
  }

  #take(length: number): Buffer {
    const taken = this.#buffered.subarray(0, length);
    this.#buffered = this.#buffered.subarray(length);
    this.#consumed += length;
    return taken;
  }

  async #fill(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done) {
      const end = this.#consumed + this.#buffered.length;
      throw new MalformedMultipartError('The body ends before its last boundary.', end);
    }
    this.#buffered = Buffer.concat([this.#buffered, next.value]);
  }
}

/** A text of which at most so many bytes are kept, and how many bytes it has. */
export async function readText(
  content: AsyncIterable<Buffer>,
  bytesAtMost: number,
): Promise<{ text: string; size: number }> {
  const kept: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    if (size < bytesAtMost) kept.push(piece.subarray(0, bytesAtMost - size));
    size += piece.length;
  }
  return { text: Buffer.concat(kept).toString(), size };
}

function readHead(head: string): Pick<Part, 'name' | 'filename' | 'isMalformed'> {
  // What follows the boundary in its own line may be blanks and nothing else.
  const [rest = '', ...headers] = head.split('\r\n');
  const isMalformed = rest.trim() !== '' || !headers.every((header) => header.includes(':'));
  const disposition = headers.find((header) => /^content-disposition\s*:/i.test(header)) ?? '';
  if (isMalformed || !/^[^:]*:\s*form-data\s*(;|$)/i.test(disposition)) {
    return { name: undefined, filename: undefined, isMalformed };
  }
  return {
    name: parameter(disposition, 'name'),
    filename: parameter(disposition, 'filename'),
    isMalformed,
  };
}

/** Browsers write `"` as %22 and leave backslashes alone; curl writes `\"`. */
function parameter(disposition: string, name: string): string | undefined {
  const parameters = disposition.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:\\"|[^"])*)"|([^\s;]*))/g);
  for (const [, found, quoted, plain] of parameters) {
    if (found?.toLowerCase() === name) return quoted?.replaceAll('\\"', '"') ?? plain;
  }
  return undefined;
}
