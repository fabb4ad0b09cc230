/** Makes an element with a class of the form's and what else it needs. */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  part: string,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.className = `s3-form-${part}`;
  element.append(...children);
  return element;
}

/** A button that does not submit the form. */
export function createButton(part: string, text: string, onClick: () => void): HTMLButtonElement {
  const button = create('button', part, { type: 'button' }, text);
  button.addEventListener('click', onClick);
  return button;
}

/** Sends an event of the form's to the page; false where the page prevented what comes next. */
export function emit(target: EventTarget, name: string, detail: object): boolean {
  const cancelable = ['add', 'blocked', 'complete'].includes(name);
  return target.dispatchEvent(
    new CustomEvent(`s3-form:${name}`, { bubbles: true, cancelable, detail }),
  );
}
