/**
 * Makes an element with a class of the form's and what else it needs: attributes, because Firefox
 * before 119 has no properties for `role` and `aria-…`.
 */
export function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  part: string,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.className = `s3-form-${part}`;
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** A button that does not submit the form, and that only works again once it was let go. */
export function createButton(
  part: string,
  attributes: Readonly<Record<string, string>>,
  text: string,
  onClick: () => void,
): HTMLButtonElement {
  const button = create('button', part, { type: 'button', ...attributes }, text);
  // A click moves buttons: the second of a double click, or of a key held down, would hit another.
  button.addEventListener('click', ({ detail }) => {
    if (detail < 2) onClick();
  });
  button.addEventListener('keydown', (event) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  });
  return button;
}

/**
 * Sends an event of the form's to the page.
 *
 * @returns false where the page prevented what comes next, as it can if the event is `cancelable`
 */
export function emit(
  target: EventTarget,
  name: string,
  detail: object,
  cancelable = false,
): boolean {
  return target.dispatchEvent(
    new CustomEvent(`s3-form:${name}`, { bubbles: true, cancelable, detail }),
  );
}
