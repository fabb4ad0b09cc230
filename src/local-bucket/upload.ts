import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import {
  type AcceptedPost,
  checkPost,
  type PostedFile,
  type PostVerdict,
} from '../policy/check-post.ts';
import { FORM_BYTES_AT_MOST, METADATA_PREFIX } from '../policy/fields.ts';
import { type S3Error, sendError, sendStored } from './answers.ts';
import type { ObjectRecord, StagedFile, Storage } from './storage.ts';

/** Where a form arrives, and who may sign it. */
export interface UploadTarget {
  readonly bucket: string;
  readonly bucketUrl: string;
  readonly region: string;
  readonly secretAccessKeyFor: (accessKeyId: string) => string | undefined;
  readonly storage: Storage;
}

const NOT_MULTIPART: S3Error = {
  status: 412,
  s3Code: 'PreconditionFailed',
  message: 'At least one of the pre-conditions you specified did not hold',
  details: [['Condition', 'Bucket POST must be of the enclosure-type multipart/form-data']],
};

const MALFORMED: S3Error = {
  status: 400,
  s3Code: 'MalformedPOSTRequest',
  message: 'The body of your POST request is not well-formed multipart/form-data.',
};

/** Takes one form: answers as S3 would, and stores the file only when all of it was in order. */
export async function receiveUpload(
  request: IncomingMessage,
  response: ServerResponse,
  target: UploadTarget,
): Promise<void> {
  if (!/^multipart\/form-data\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    request.resume();
    return sendError(response, NOT_MULTIPART);
  }
  const judge = (form: Form, withSize: boolean): PostVerdict =>
    checkPost({
      ...target,
      fields: form.fields,
      files: form.files.map((file) => (withSize ? file : { filename: file.filename })),
    });
  const parser = createParser(request);
  const form =
    parser && (await readForm(request, parser, target.storage, (form) => judge(form, false)));
  if (form === undefined) {
    request.resume();
    return sendError(response, MALFORMED);
  }
  try {
    const verdict = judge(form, true);
    if (!verdict.ok) return sendError(response, verdict);
    if (!form.staged) throw new Error('An accepted form has a staged file.');
    target.storage.commit(form.staged, recordOf(verdict, form.staged));
    sendStored(response, { ...target, ...verdict, etag: form.staged.etag });
  } finally {
    if (form.staged) target.storage.discard(form.staged);
  }
}

interface Form {
  readonly fields: [name: string, value: string][];
  readonly files: PostedFile[];
  /** The file's content, where the fields before it were in order. */
  staged: StagedFile | undefined;
}

/**
 * Reads a form to its end. The content of the first file is staged if `judge` has nothing against
 * its fields; `undefined` where the body is no form, and then nothing is left of it.
 */
async function readForm(
  request: IncomingMessage,
  parser: busboy.Busboy,
  storage: Storage,
  judge: (form: Form) => PostVerdict,
): Promise<Form | undefined> {
  const form: Form = { fields: [], files: [], staged: undefined };
  let staging: Promise<void> | undefined;

  const takeFile = (content: Readable, filename: string | undefined) => {
    const file: { filename: string | undefined; size: number } = { filename, size: 0 };
    form.files.push(file);
    const verdict = form.files.length === 1 ? judge(form) : undefined;
    if (!verdict?.ok) return void content.on('error', ignore).resume();
    staging = storage.stage(content, verdict.sizeRange.max).then((staged) => {
      form.staged = staged;
      file.size = staged.size;
    });
    // A full disk ends the reading, which else would wait for ever.
    staging.catch((error: Error) => parser.destroy(error));
  };

  try {
    parser.on('field', (name, value) => {
      // A text field called file is a file without a name, as in AWS's text area example.
      if (isFile(name)) takeFile(Readable.from([Buffer.from(value)]), undefined);
      else if (form.files.length === 0) form.fields.push([name, value]);
    });
    parser.on('file', (name, content, { filename }) => {
      // Browsers send an empty name where nothing was chosen, which the parser does not tell.
      if (isFile(name)) return takeFile(content, filename ?? '');
      content.on('error', ignore).resume();
      if (form.files.length === 0) form.fields.push([name, '']);
    });
    await pipeline(request, parser);
    await staging;
    return form;
  } catch (error) {
    await staging?.catch(ignore);
    if (form.staged) storage.discard(form.staged);
    if ((error as NodeJS.ErrnoException).syscall === 'write') throw error;
    return undefined;
  }
}

/** `undefined` where the request's type names no boundary. */
function createParser(request: IncomingMessage): busboy.Busboy | undefined {
  try {
    return busboy({
      headers: request.headers,
      preservePath: true,
      defParamCharset: 'utf8',
      // A field may not be longer than S3 reads of the whole form; one byte more shows that it is.
      limits: {
        fieldSize: FORM_BYTES_AT_MOST + 1,
        fieldNameSize: FORM_BYTES_AT_MOST,
        fields: 2000,
      },
    });
  } catch {
    return undefined;
  }
}

function isFile(name: string): boolean {
  return name.toLowerCase() === 'file';
}

function ignore(): void {}

function recordOf({ key, values }: AcceptedPost, file: StagedFile): ObjectRecord {
  const header = (name: string): Record<string, string> => {
    const value = values.get(name);
    return value === undefined ? {} : { [name]: value };
  };
  const metadata = [...values]
    .filter(([name]) => name.startsWith(METADATA_PREFIX))
    .map(([name, value]) => [name.slice(METADATA_PREFIX.length), value]);
  return {
    key,
    size: file.size,
    etag: file.etag,
    lastModified: new Date().toISOString(),
    acl: values.get('acl') ?? 'private',
    headers: {
      // The type of the file's own part counts for nothing.
      'content-type': 'binary/octet-stream',
      ...header('content-type'),
      ...header('cache-control'),
      ...header('content-disposition'),
    },
    metadata: Object.fromEntries(metadata),
  };
}
