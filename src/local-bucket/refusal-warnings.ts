/** Why a form was refused, and what to change: what S3 keeps to itself. */
export interface RefusedForm {
  readonly message: string;
  readonly hint: string;
}

/**
 * Tells who develops an app what is wrong with its forms: a page's script sees no more of it than a
 * status. Each text once, because a form is posted again and again until it is mended.
 */
export class RefusalWarnings {
  readonly #told = new Set<string>();

  report({ message, hint }: RefusedForm): void {
    // The value that a condition asks for may be a token, or an address that nobody else shall use.
    const concealed = message.replace(/(Policy Condition failed: \["[^"]*", "[^"]*", ).*/s, '$1…]');
    const text = `${concealed.replace(/[^.]$/, '$&.')} ${hint}`.replaceAll(/\p{Cc}+/gu, ' ').trim();
    if (this.#told.has(text)) return;
    this.#told.add(text);
    process.emitWarning(`The local bucket refused a form: ${text}`, {
      type: 'S3FormWarning',
      code: 'S3FORM_FORM_REFUSED',
    });
  }
}
