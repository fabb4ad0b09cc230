import type { S3FormErrorCode } from '../policy/errors.ts';
import { type Accept, extensionOf } from './accept.ts';
import { formatBytes } from './bytes.ts';

/** The language of every sentence below, as `lang` attributes and `Intl` name it. */
export const LANGUAGE = 'en';

const KINDS: Readonly<Record<string, string>> = {
  'audio/*': 'audio files',
  'image/*': 'images',
  'text/*': 'text files',
  'video/*': 'videos',
};

/** Every sentence that a person gets to read. */
export const messages = {
  pageTitle: 'Upload a file',
  chooseFile: 'Choose a file',
  upload: 'Upload',
  /** Without script, what the store says to a refused upload is a page of XML. */
  refusalHint: 'If a page of code appears, the file was refused: go back and choose another.',
  optional: 'optional',
  limits: (accept: Accept, maxFileSize: number): string => {
    const size = `Up to ${formatBytes(maxFileSize, LANGUAGE)}.`;
    if (accept.length === 0) return size;
    const kinds = accept.map((type) => KINDS[type] ?? nameOfType(type));
    const list = new Intl.ListFormat(LANGUAGE, { type: 'disjunction' }).format(new Set(kinds));
    return `${capitalize(list)}. ${size}`;
  },
  uploadedTitle: 'Your file has arrived',
  fileName: 'File',
  fileSize: 'Size',
  fileType: 'Type',
  uploadAnother: 'Upload another file',
  leavingTitle: 'Your file has arrived',
  goOn: 'Go on',
  errorTitle: 'The upload could not be completed',
  tryAgain: 'Go back to the upload page',
  errorCode: 'Code',
} as const;

/** What a person reads for an error; the app's own mistakes are never shown. */
export const errorTexts: Readonly<Partial<Record<S3FormErrorCode, string>>> = {
  host_invalid: 'Your browser did not say which site it wants.',
  method_not_allowed: 'This address does not take such requests.',
  return_incomplete: 'The file store did not say which file it stored. Upload the file again.',
  receipt_invalid:
    'This address was not given out by this site, or has been changed. Upload the file again.',
  receipt_expired: 'This address has expired. Upload the file again.',
  return_mismatch: 'This upload belongs to another form. Upload the file again.',
  object_mismatch: 'This upload belongs to another form. Upload the file again.',
  object_not_found: 'The file did not arrive. Upload it again.',
  type_not_allowed: 'Files of this type are not accepted. Choose another file.',
  filename_invalid: 'A file of this name can not be uploaded. Rename it.',
  type_invalid: 'Your browser did not say what kind of file it is.',
  size_invalid: 'Your browser did not say how large the file is.',
  file_too_large: 'The file is too large. Choose a smaller one.',
  file_too_small: 'The file is empty or too small. Choose another.',
  context_invalid: 'This form belongs to another page or another person. Load this page again.',
  context_expired: 'This form has been open for too long. Load this page again.',
  on_uploaded_failed:
    'The file has arrived, but this site could not take it over. Load this page again in a moment.',
  confirm_forbidden:
    'The file may have arrived, but this site is not allowed to check it. Tell the people who run this site.',
  confirm_failed:
    'The file may have arrived, but the file store gave no clear answer. Tell the people who run this site.',
  credentials_unavailable: 'Uploads are not possible just now. Load this page again in a moment.',
  confirm_unavailable:
    'The file may have arrived, but the file store is not answering. Load this page again in a moment.',
};

/** What people call a type: `PDF` for `application/pdf` as for `.pdf`. */
function nameOfType(type: string): string {
  if (type.startsWith('.')) return type.slice(1).toUpperCase();
  return extensionOf(type)?.toUpperCase() ?? type;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
