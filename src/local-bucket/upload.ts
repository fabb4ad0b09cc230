import type { IncomingMessage, ServerResponse } from 'node:http';
import { checksumOf } from '../policy/check-digests.ts';
import type { PostedFile } from '../policy/check-form.ts';
import { type AcceptedPost, checkPost, type PostVerdict } from '../policy/check-post.ts';
import type { Credentials } from '../policy/credentials.ts';
import { metadataOf, SSE } from '../policy/field-values.ts';
import { FORM_BYTES_AT_MOST } from '../policy/fields.ts';
import { readTagging } from '../policy/tagging.ts';
import { type S3Error, sendError, sendStored } from './answers.ts';
import {
  boundaryOf,
  MalformedMultipartError,
  type Part,
  readParts,
  readText,
} from './multipart.ts';
import type { RefusalWarnings, RefusedForm } from './refusal-warnings.ts';
import type { ObjectRecord, StagedFile, Storage } from './storage.ts';

/** Where a form arrives, and who may sign it. */
export interface UploadTarget {
  readonly bucket: string;
  readonly bucketUrl: string;
  readonly region: string;
  /** The one access key there is. */
  readonly credentials: Credentials;
  readonly storage: Storage;
  readonly warnings: RefusalWarnings;
}

type RefusedUpload = S3Error & RefusedForm;

const NOT_MULTIPART: RefusedUpload = {
  status: 412,
  s3Code: 'PreconditionFailed',
  message: 'At least one of the pre-conditions you specified did not hold',
  details: [['Condition', 'Bucket POST must be of the enclosure-type multipart/form-data']],
  hint: 'Give the form enctype="multipart/form-data".',
};

const MALFORMED: RefusedUpload = {
  status: 400,
  s3Code: 'MalformedPOSTRequest',
  message: 'The body of your POST request is not well-formed multipart/form-data.',
  hint: 'Leave the header Content-Type to what sends the form: it alone knows the boundary.',
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
    return refuse(response, NOT_MULTIPART, target);
  }
  if (boundary === undefined) return refuse(response, MALFORMED, target);
  // One instant for all of it: a form that came in time may bring a file that takes its time.
  const form: Form = {
    headers: request.headers,
    fields: [],
    files: [],
    bytesBeforeFile: 0,
    staged: undefined,
    now: new Date(),
  };
  try {
    await readForm(form, readParts(request, boundary), target);
    const verdict = judge(form, target);
    if (!verdict.ok) return refuse(response, verdict, target);
    if (!form.staged) throw new Error('An accepted form has a staged file.');
    const record = recordOf(verdict, form.staged);
    target.storage.commit(form.staged, record);
    sendStored(response, { ...target, ...verdict, record });
  } catch (error) {
    if (!(error instanceof MalformedMultipartError)) throw error;
    // Before the file S3 counts bytes, and says so before it finds anything wrong with them.
    if (form.files.length === 0) form.bytesBeforeFile = error.offset;
    const isTooLong = form.bytesBeforeFile > FORM_BYTES_AT_MOST;
    const verdict = isTooLong ? judge(form, target) : undefined;
    refuse(response, verdict && !verdict.ok ? verdict : MALFORMED, target);
  } finally {
    if (form.staged) target.storage.discard(form.staged);
  }
}

function refuse(response: ServerResponse, refused: RefusedUpload, target: UploadTarget): void {
  target.warnings.report(refused);
  sendError(response, refused);
}

interface Form {
  readonly now: Date;
  readonly headers: IncomingMessage['headers'];
  readonly fields: [name: string, value: string][];
  readonly files: PostedFile[];
  bytesBeforeFile: number;
  /** The file's content, where the fields before it were in order. */
  staged: StagedFile | undefined;
}

function judge(form: Form, target: UploadTarget): PostVerdict {
  const { fields, files, bytesBeforeFile, headers, now } = form;
  const { bucket, region, credentials } = target;
  return checkPost({
    ...{ fields, files, bytesBeforeFile, headers, now, bucket, region },
    secretAccessKeyFor: (id) => (id === credentials.accessKeyId ? credentials : undefined),
  });
}

/** Reads a form to its end, and keeps the first file's content if nothing speaks against it. */
async function readForm(
  form: Form,
  parts: AsyncIterable<Part>,
  target: UploadTarget,
): Promise<void> {
  for await (const { name, filename, isMalformed, offset, content } of parts) {
    const isFile = name?.toLowerCase() === 'file';
    if (form.files.length > 0) {
      // Everything after the file is read and ignored, but for another file. Two are too many
      // already: of further ones nothing is kept.
      if (isFile && form.files.length === 1) form.files.push({ filename });
    } else if (isMalformed) {
      throw new MalformedMultipartError('A boundary is not followed by headers.', offset);
    } else if (isFile) {
      form.bytesBeforeFile = offset;
      form.files.push({ filename });
      form.files[0] = { filename, ...(await readFile(form, content, target)) };
    } else {
      const { text, size } = await readText(content, FORM_BYTES_AT_MOST);
      form.bytesBeforeFile = offset + size;
      // What is too long already is refused whatever else it holds.
      if (name !== undefined && form.bytesBeforeFile <= FORM_BYTES_AT_MOST) {
        form.fields.push([name, text]);
      }
    }
  }
}

async function readFile(
  form: Form,
  content: AsyncIterable<Buffer>,
  target: UploadTarget,
): Promise<Pick<PostedFile, 'size' | 'digests'>> {
  const verdict = judge(form, target);
  // Its size is asked for before other things that may be wrong.
  if (!verdict.ok) return { size: (await readText(content, 0)).size };
  const algorithms = ['MD5', checksumOf(verdict.values) ?? 'CRC64NVME'] as const;
  form.staged = await target.storage.stage(content, verdict.sizeRange.max, algorithms);
  return form.staged;
}

const STORED_HEADERS = [
  ...['content-type', 'cache-control', 'content-disposition', 'content-encoding', 'expires'],
  ...['content-language', 'x-amz-website-redirect-location', 'x-amz-storage-class'],
  ...[SSE, `${SSE}-aws-kms-key-id`, `${SSE}-context`, `${SSE}-bucket-key-enabled`],
  ...[`${SSE}-customer-algorithm`, `${SSE}-customer-key-md5`],
];

function recordOf({ key, values }: AcceptedPost, file: StagedFile): ObjectRecord {
  const headers = STORED_HEADERS.flatMap((name) => {
    const value = values.get(name);
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const algorithm = checksumOf(values) ?? 'CRC64NVME';
  return {
    key,
    size: file.size,
    etag: Buffer.from(file.digests.MD5 ?? '', 'base64').toString('hex'),
    lastModified: new Date().toISOString(),
    acl: values.get('acl') ?? 'private',
    tags: readTagging(values.get('tagging') ?? '').tags ?? [],
    checksum: { algorithm, value: file.digests[algorithm] ?? '' },
    // The type of the file's own part counts for nothing.
    headers: { 'content-type': 'binary/octet-stream', ...Object.fromEntries(headers) },
    metadata: Object.fromEntries(metadataOf([...values])),
  };
}
