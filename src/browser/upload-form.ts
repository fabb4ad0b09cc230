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

/**
 * A page from the back-forward cache has old permissions, and forms whose files have gone their
 * way. It is loaded anew, unless that would lose what somebody has still to upload or has typed.
 */
function renew({ persisted }: PageTransitionEvent): void {
  const forms = [...formsInPage()].flatMap((form) => enhanced.get(form) ?? []);
  if (!persisted || forms.length === 0 || forms.some(({ isInUse }) => isInUse)) return;
  if (forms.some(({ isSpent }) => isSpent) || isUntouched()) location.reload();
}

function isUntouched(): boolean {
  const controls = document.querySelectorAll<HTMLInputElement>('input, textarea');
  const options = document.querySelectorAll('option');
  return (
    [...controls].every(
      ({ value, defaultValue, checked, defaultChecked }) =>
        value === defaultValue && checked === defaultChecked,
    ) && [...options].every(({ selected, defaultSelected }) => selected === defaultSelected)
  );
}

// Older browsers keep the form as it is; this is the youngest of what the script needs.
if ('throwIfAborted' in AbortSignal.prototype) {
  enhance();
  // And those that an app puts into the page later.
  const { documentElement } = document;
  new MutationObserver(enhance).observe(documentElement, { childList: true, subtree: true });
  addEventListener('pageshow', renew);
}
