import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AcceptedPost, checkPost, type PostVerdict } from '../policy/check-post.ts';
import type { Credentials } from '../policy/credentials.ts';
import { metadataOf } from '../policy/field-values.ts';
import { FORM_BYTES_AT_MOST } from '../policy/fields.ts';
import { type S3Error, sendError, sendStored } from './answers.ts';
import {
  boundaryOf,
  MalformedMultipartError,
  type Part,
  readParts,
  readText,
} from './multipart.ts';
import type { ObjectRecord, StagedFile, Storage } from './storage.ts';

/** Where a form arrives, and who may sign it. */
export interface UploadTarget {
  readonly bucket: string;
  readonly bucketUrl: string;
  readonly region: string;
  /** The one access key there is. */
  readonly credentials: Credentials;
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
  const contentType = request.headers['content-type'] ?? '';
  const boundary = boundaryOf(contentType);
  if (!/^multipart\/form-data\s*(;|$)/i.test(contentType)) {
    return sendError(response, NOT_MULTIPART);
  }
  if (boundary === undefined) return sendError(response, MALFORMED);
  // One instant for all of it: a form that came in time may bring a file that takes its time.
  const form: Form = {
    fields: [],
    files: [],
    bytesBeforeFile: 0,
    staged: undefined,
    now: new Date(),
  };
  try {
    await readForm(form, readParts(request, boundary), target);
    const verdict = judge(form, target);
    if (!verdict.ok) return sendError(response, verdict);
    if (!form.staged) throw new Error('An accepted form has a staged file.');
    target.storage.commit(form.staged, recordOf(verdict, form.staged));
    sendStored(response, { ...target, ...verdict, etag: form.staged.etag });
  } catch (error) {
    if (!(error instanceof MalformedMultipartError)) throw error;
    sendError(response, MALFORMED);
  } finally {
    if (form.staged) target.storage.discard(form.staged);
  }
}

interface Form {
  readonly now: Date;
  readonly fields: [name: string, value: string][];
  readonly files: { readonly filename: string | undefined; size?: number }[];
  bytesBeforeFile: number;
  /** The file's content, where the fields before it were in order. */
  staged: StagedFile | undefined;
}

function judge(form: Form, target: UploadTarget): PostVerdict {
  const { credentials } = target;
  return checkPost({
    ...form,
    ...target,
    secretAccessKeyFor: (id) => (id === credentials.accessKeyId ? credentials : undefined),
  });
}

/** Reads a form to its end, and keeps the first file's content if nothing speaks against it. */
async function readForm(
  form: Form,
  parts: AsyncIterable<Part>,
  target: UploadTarget,
): Promise<void> {
  for await (const { name, filename, offset, content } of parts) {
    const isFirstFile = form.files.length === 0;
    if (name?.toLowerCase() === 'file') {
      const file: Form['files'][number] = { filename };
      form.files.push(file);
      // Everything after the first file is read, counted and ignored.
      if (!isFirstFile) continue;
      form.bytesBeforeFile = offset;
      const verdict = judge(form, target);
      if (!verdict.ok) continue;
      form.staged = await target.storage.stage(content, verdict.sizeRange.max);
      file.size = form.staged.size;
    } else if (isFirstFile) {
      const { text, size } = await readText(content, FORM_BYTES_AT_MOST);
      form.bytesBeforeFile = offset + size;
      // What is too long already is refused whatever else it holds.
      if (name !== undefined && form.bytesBeforeFile <= FORM_BYTES_AT_MOST) {
        form.fields.push([name, text]);
      }
    }
  }
}

const STORED_HEADERS = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'expires',
];

function recordOf({ key, values }: AcceptedPost, file: StagedFile): ObjectRecord {
  const header = (name: string): Record<string, string> => {
    const value = values.get(name);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    key,
    size: file.size,
    etag: file.etag,
    lastModified: new Date().toISOString(),
    acl: values.get('acl') ?? 'private',
    headers: {
      // The type of the file's own part counts for nothing.
      'content-type': 'binary/octet-stream',
      ...Object.assign({}, ...STORED_HEADERS.map(header)),
    },
    metadata: Object.fromEntries(metadataOf([...values])),
  };
}
