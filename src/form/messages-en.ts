import type { Messages } from './messages.ts';

export const english: Messages = {
  pageTitle: 'Upload a file',
  chooseFile: 'Choose a file',
  upload: 'Upload',
  refusalHint: 'If a page of code appears, the file was refused: go back and choose another.',
  optional: 'optional',
  limits: '{types}. Up to {max}.',
  sizeLimit: 'Up to {max}.',
  uploadedTitle: 'Your file has arrived',
  fileName: 'File',
  fileSize: 'Size',
  fileType: 'Type',
  uploadAnother: 'Upload another file',
  goOn: 'Go on to {site}',
  errorTitle: 'The upload could not be completed',
  errorPageTitle: 'Error: {title}',
  backToForm: 'Go to the upload page',
  loadAgain: 'Load this page again',
  errorCode: 'Code',
  kinds: {
    'audio/*': 'audio files',
    'image/*': 'images',
    'text/*': 'text files',
    'video/*': 'videos',
  },
  errors: {
    host_invalid:
      'Your browser did not say which site it wants. Open the site from its front page.',
    method_not_allowed:
      'This address does not take such requests. Open the upload page and start there.',
    return_incomplete: 'The file store did not say which file it stored. Upload the file again.',
    receipt_invalid:
      'This address was not given out by this site, or has been changed. Upload the file again.',
    receipt_expired: 'This address has expired. Upload the file again.',
    return_mismatch: 'This upload belongs to another form. Upload the file again.',
    object_mismatch: 'This upload belongs to another form. Upload the file again.',
    object_not_found: 'The file did not arrive. Upload it again.',
    type_not_allowed: 'Files of this type are not accepted. Choose another file.',
    confirm_forbidden:
      'The file may have arrived, but this site is not allowed to check it. Tell the people who run this site.',
    confirm_failed:
      'The file may have arrived, but the file store gave no clear answer. Tell the people who run this site.',
    confirm_unavailable:
      'The file may have arrived, but the file store is not answering. Load this page again in a moment.',
    credentials_unavailable: 'Uploads are not possible just now. Load this page again in a moment.',
  },
  script: {
    label: { one: 'Your file', other: 'Your files' },
    choose: { one: 'Choose a file', other: 'Choose files' },
    drop: { one: 'or drop it here', other: 'or drop them here' },
    waiting: 'Ready to upload',
    preparing: 'Preparing…',
    uploading: '{percent} uploaded',
    finishing: 'Finishing…',
    confirming: 'Arrived. Checking…',
    done: 'Uploaded',
    cancelled: 'Cancelled',
    cancelledLate: 'Cancelled. The file store may have kept it already.',
    cancel: 'Cancel',
    remove: 'Remove',
    retry: 'Try again',
    goOn: 'Go on',
    noFile: 'Choose a file first.',
    wrongType: '{name} has the wrong type. Allowed: {types}.',
    tooLarge: '{name} is too large ({size}). The most is {max}.',
    tooSmall: '{name} is too small ({size}). The least is {min}.',
    empty: '{name} is empty. Choose another file.',
    folder: '{name} is a folder. Choose the files in it.',
    emptyFolder: 'The folder {name} holds no files.',
    tooMany: {
      one: 'Only one file can be uploaded here.',
      other: 'Only {max} files can be uploaded here.',
    },
    changed: '{name} was changed or removed after you chose it. Choose it again.',
    offline: 'You are offline. The upload goes on when you are connected again.',
    lostRetrying: 'The connection was lost. Trying again…',
    busyRetrying: 'The file store is busy. Trying again…',
    lost: '{name} could not be uploaded. Check your connection and try again.',
    unavailable:
      '{name} could not be uploaded, because the file store is not working. Try again later.',
    siteUnavailable:
      '{name} could not be uploaded, because this site is not answering. Try again later.',
    signedOut:
      'This site no longer lets you upload. You may have been signed out: load this page again.',
    expired: '{name} took too long: the permission to upload it has expired. Try again.',
    refused:
      'The file store refused {name}. You cannot mend that, but the people who run this site can: tell them ({code}).',
    blockedCsp:
      'This page is not allowed to send files to the file store. Tell the people who run this site (Content-Security-Policy).',
    blockedCors:
      'The file store takes no files from this page. Tell the people who run this site (CORS).',
    plain: 'Sending {name}. Its progress cannot be shown.',
    unconfirmed: '{name} has arrived, but this site could not confirm it. Try again.',
    notAccepted: '{name} has arrived, but this site did not accept it. {reason}',
    chosen: { one: '{name} chosen.', other: '{count} files chosen.' },
    removed: '{name} removed.',
    started: { one: 'Uploading {name}.', other: 'Uploading {count} files.' },
    uploadedOne: '{name} uploaded.',
    summary: { one: 'Your file is uploaded.', other: 'All {total} files are uploaded.' },
    summaryFailed: {
      one: 'Your file was not uploaded.',
      other: '{done} of {total} files uploaded, {failed} not.',
    },
  },
};
