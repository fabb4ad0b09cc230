import { UploadForm } from './form.ts';

/** Every form that was seen; nothing for one that could not be enhanced. */
const enhanced = new WeakMap<HTMLFormElement, UploadForm | undefined>();

const formsInPage = () => document.querySelectorAll<HTMLFormElement>('form[data-s3-form]');
const enhancedInPage = () => [...formsInPage()].flatMap((form) => enhanced.get(form) ?? []);

/** Whether anything on the page was typed or chosen. */
let isTouched = false;

/** Enhances the forms of the page, each once. */
function enhance(): void {
  for (const form of formsInPage()) {
    const input = form.querySelector<HTMLInputElement>('input[type=file]');
    if (!input || enhanced.has(form)) continue;
    enhanced.set(form, undefined);
    if (form.hasAttribute('data-ready')) restore(form, input);
    try {
      enhanced.set(form, new UploadForm(form, input, enhancedInPage));
    } catch (error) {
      // One that a page has broken, which is no reason to leave out the others.
      console.error(error);
    }
  }
}

/** Makes a copy of an enhanced form, as libraries keep of a page, what the server has drawn. */
function restore(form: HTMLFormElement, input: HTMLInputElement): void {
  const button = form.querySelector<HTMLButtonElement>('.s3-form-choose');
  for (const label of button?.labels ?? []) label.htmlFor = input.id;
  const parts = '.s3-form-drop, .s3-form-errors, .s3-form-list, .s3-form-summary, .s3-form-vh';
  for (const part of form.querySelectorAll(parts)) part.remove();
  form.removeAttribute('data-busy');
}

/**
 * A page from the back-forward cache has old permissions, and forms whose files have gone their
 * way. It is loaded anew, unless that would lose what somebody has still to upload or has typed.
 */
function renew({ persisted }: PageTransitionEvent): void {
  const forms = enhancedInPage();
  if (!persisted || forms.length === 0 || forms.some(({ isInUse }) => isInUse)) return;
  if (!isTouched || forms.some(({ isSpent }) => isSpent)) location.reload();
}

const STARTED = Symbol.for('express-s3-form');
const page = globalThis as { [STARTED]?: boolean };

// Older browsers keep the form as it is; this is the youngest of what the script needs. And each
// kind of upload on a page brings the script along, of which one works for all.
if ('throwIfAborted' in AbortSignal.prototype && !page[STARTED]) {
  page[STARTED] = true;
  enhance();
  // And those that an app puts into the page later.
  new MutationObserver(enhance).observe(document, { childList: true, subtree: true });
  addEventListener('pageshow', renew);
  const touch = () => {
    isTouched = true;
  };
  addEventListener('input', touch, true);
}
