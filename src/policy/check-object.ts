import { checkDigestFields, compareDigests } from './check-digests.ts';
import { checkEncryption } from './check-encryption.ts';
import type { PostedFile, Values } from './check-form.ts';
import {
  isWebsiteLocation,
  METADATA_BYTES_AT_MOST,
  metadataBytes,
  metadataOf,
  TAG_KEY_LENGTH_AT_MOST,
  TAG_VALUE_LENGTH_AT_MOST,
  TAGS_AT_MOST,
} from './field-values.ts';
import { CANNED_ACLS, madeBy, STORAGE_CLASSES } from './fields.ts';
import { invalidArgument, Refusal, unrecordedRefusal } from './refusal.ts';
import { readTagging } from './tagging.ts';

/** The headers of a request, by their names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Checks what would be stored: the last of S3's checks, whose order among themselves is not known.
 * But for storage class and tagging nobody recorded the answers to forms; they are those to PUT.
 *
 * @throws {Refusal}
 */
export function checkObject(values: Values, file: PostedFile, headers: RequestHeaders): void {
  refuseConflict(values, headers);
  checkStorageClass(values);
  checkAcl(values);
  checkTagging(values);
  const checksum = checkDigestFields(values);
  checkWebsiteLocation(values);
  checkEncryption(values);
  checkMetadata(values);
  compareDigests(values, checksum, file);
}

function refuseConflict(values: Values, headers: RequestHeaders): void {
  const conflict = Object.entries(headers)
    .map(([header, value]) => ({ header, field: fieldOf(header), value: String(value) }))
    .find(({ field, value }) => field !== undefined && (values.get(field) ?? value) !== value);
  if (conflict?.field === undefined) return;
  const { header, field } = conflict;
  throw unrecordedRefusal({
    s3Code: 'InvalidRequest',
    message: 'Conflicting values provided in HTTP headers and POST form fields.',
    hint: `Send the field ${field}, ${madeBy(field)}, without the header ${header}.`,
  });
}

/**
 * The field that says the same as a header. Browsers themselves send headers such as `Content-Type`,
 * which are about the request.
 */
function fieldOf(header: string): string | undefined {
  if (header === 'x-amz-acl' || header === 'x-amz-tagging') return header.slice('x-amz-'.length);
  return header === 'content-md5' || header.startsWith('x-amz-') ? header : undefined;
}

function checkStorageClass(values: Values): void {
  const storageClass = values.get('x-amz-storage-class');
  if (storageClass === undefined || STORAGE_CLASSES.some((known) => known === storageClass)) return;
  throw new Refusal({
    status: 400,
    s3Code: 'InvalidStorageClass',
    message: 'The storage class you specified is not valid',
    hint: `Set \`storageClass\` to one of ${STORAGE_CLASSES.join(', ')}.`,
    details: [['StorageClassRequested', storageClass]],
  });
}

function checkAcl(values: Values): void {
  const acl = values.get('acl');
  if (acl === undefined || CANNED_ACLS.some((canned) => canned === acl)) return;
  throw invalidArgument({
    message: '',
    name: 'acl',
    value: acl,
    hint: `Set \`acl\` to one of ${CANNED_ACLS.join(', ')}.`,
    certain: false,
  });
}

function checkTagging(values: Values): void {
  const xml = values.get('tagging');
  if (xml === undefined) return;
  const { tags, certain } = readTagging(xml);
  if (tags === undefined) {
    throw new Refusal({
      status: 400,
      s3Code: 'MalformedXML',
      message:
        'The XML you provided was not well-formed or did not validate against our published schema',
      hint: 'Give the tags as `tags`, which writes the XML.',
      certain,
    });
  }
  if (tags.length > TAGS_AT_MOST) {
    throw unrecordedRefusal({
      s3Code: 'BadRequest',
      message: `Object tags cannot be greater than ${TAGS_AT_MOST}`,
      hint: `Give ${TAGS_AT_MOST} \`tags\` at the most.`,
    });
  }
  const keys = tags.map(([key]) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) {
    throw invalidTag(
      'Cannot provide multiple Tags with the same key',
      twice,
      'Give each of the `tags` once.',
    );
  }
  const longKey = keys.find((key) => key === '' || key.length > TAG_KEY_LENGTH_AT_MOST);
  if (longKey !== undefined) {
    const hint = `Give \`tags\` keys of 1 to ${TAG_KEY_LENGTH_AT_MOST} characters.`;
    throw invalidTag('The TagKey you have provided is invalid', longKey, hint);
  }
  const longValue = tags.find(([, value]) => value.length > TAG_VALUE_LENGTH_AT_MOST);
  if (longValue !== undefined) {
    const hint = `Give \`tags\` values of ${TAG_VALUE_LENGTH_AT_MOST} characters at the most.`;
    throw invalidTag('The TagValue you have provided is invalid', longValue[0], hint);
  }
}

function invalidTag(message: string, key: string, hint: string): Refusal {
  return unrecordedRefusal({ s3Code: 'InvalidTag', message, hint, details: [['TagKey', key]] });
}

function checkWebsiteLocation(values: Values): void {
  const location = values.get('x-amz-website-redirect-location');
  if (location === undefined || isWebsiteLocation(location)) return;
  throw unrecordedRefusal({
    s3Code: 'InvalidRedirectLocation',
    message: "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.",
    hint: 'Set `websiteRedirectLocation` to a URL or a path with "/", of 2 KB at the most.',
  });
}

function checkMetadata(values: Values): void {
  // What counts are the names without their prefix, and the values.
  const size = metadataBytes(metadataOf([...values]));
  if (size <= METADATA_BYTES_AT_MOST) return;
  throw unrecordedRefusal({
    s3Code: 'MetadataTooLarge',
    message: 'Your metadata headers exceed the maximum allowed metadata size',
    hint: 'Shorten the names and values of `metadata`, or what may be typed into them.',
    details: [
      ['Size', String(size)],
      ['MaxSizeAllowed', String(METADATA_BYTES_AT_MOST)],
    ],
  });
}
