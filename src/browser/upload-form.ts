import { UploadForm } from './form.ts';

const enhanced = new WeakMap<HTMLFormElement, UploadForm>();

const formsInPage = () => document.querySelectorAll<HTMLFormElement>('form[data-s3-form]');

/** Enhances the forms of the page, each once. */
function enhance(): void {
  for (const form of formsInPage()) {
    const input = form.querySelector<HTMLInputElement>('input[type=file]');
    if (!input || enhanced.has(form)) continue;
    if (form.hasAttribute('data-ready')) restore(form, input);
    enhanced.set(form, new UploadForm(form, input));
  }
}

/** Makes a copy of an enhanced form, as libraries keep of a page, what the server has drawn. */
function restore(form: HTMLFormElement, input: HTMLInputElement): void {
  const button = form.querySelector<HTMLButtonElement>('.s3-form-choose');
  for (const label of button?.labels ?? []) label.htmlFor = input.id;
  const parts = ['drop', 'errors', 'list', 'summary', 'vh'].map((part) => `.s3-form-${part}`);
  for (const part of form.querySelectorAll(parts.join())) part.remove();
  form.removeAttribute('data-busy');
}

/** A form whose files have gone their way is of no more use; the page has a new one. */
function renew({ persisted }: PageTransitionEvent): void {
  const forms = [...formsInPage()].flatMap((form) => enhanced.get(form) ?? []);
  const hasWork = forms.some(({ isInUse }) => isInUse);
  if (persisted && !hasWork && forms.some(({ isSpent }) => isSpent)) location.reload();
}

// Older browsers keep the form as it is; this is the youngest of what the script needs.
if ('throwIfAborted' in AbortSignal.prototype) {
  enhance();
  // And those that an app puts into the page later.
  const { documentElement } = document;
  new MutationObserver(enhance).observe(documentElement, { childList: true, subtree: true });
  addEventListener('pageshow', renew);
}
