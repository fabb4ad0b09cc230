import { UploadForm } from './form.ts';

/** Enhances the forms of the page, each once. */
function enhance(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>(
    'form[data-s3-form]:not([data-ready])',
  )) {
    const input = form.querySelector<HTMLInputElement>('input[type=file]');
    if (input) new UploadForm(form, input);
  }
}

enhance();
// And those that an app puts into the page later.
new MutationObserver(enhance).observe(document.documentElement, { childList: true, subtree: true });
