import { create, createButton } from './dom.ts';
import type { Speech } from './messages.ts';
import { pathOf } from './paths.ts';
import { showPreview } from './preview.ts';

/** What a file is at, as its `data-state` says. */
export type ItemState =
  | 'waiting'
  | 'preparing'
  | 'uploading'
  | 'finishing'
  | 'confirming'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'removed';

export interface ItemActions {
  cancel(): void;
  remove(): void;
  retry(): void;
}

const STOPPABLE: readonly ItemState[] = ['preparing', 'uploading', 'finishing'];
const AT_WORK: readonly ItemState[] = [...STOPPABLE, 'confirming'];
const REMOVABLE: readonly ItemState[] = ['waiting', 'failed', 'cancelled'];

let count = 0;

/** One file in the list. */
export class ItemView {
  readonly element: HTMLLIElement;
  readonly #status: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #buttons: Readonly<Record<'retry' | 'cancel' | 'remove', HTMLButtonElement>>;

  constructor(file: File, speech: Speech, actions: ItemActions) {
    const id = `s3-form-item-${++count}`;
    const name = create('span', 'name', { id }, create('bdi', 'path', {}, pathOf(file)));
    const thumb = create('span', 'thumb', { 'aria-hidden': 'true' }, extensionOf(file.name));
    this.#status = create('span', 'status', { id: `${id}-status` });
    this.#bar = create('progress', 'bar', { max: 1, 'aria-labelledby': id });
    const button = (action: 'retry' | 'cancel' | 'remove') => {
      const own = `${id}-${action}`;
      // "Cancel", and of which file.
      const names = {
        id: own,
        'aria-labelledby': `${own} ${id}`,
        'aria-describedby': `${id}-status`,
      };
      return createButton(action, names, speech.say(action), () => actions[action]());
    };
    this.#buttons = { retry: button('retry'), cancel: button('cancel'), remove: button('remove') };
    const size = create('span', 'size', {}, speech.size(file.size));
    const about = create('span', 'about', {}, size, this.#status);
    const buttons = create('span', 'actions', {}, ...Object.values(this.#buttons));
    this.element = create('li', 'item', { tabindex: -1 }, thumb, name, about, this.#bar, buttons);
    showPreview(file, thumb);
  }

  show(state: ItemState, text: string, canRetry: boolean): void {
    this.element.dataset['state'] = state;
    this.#status.textContent = text;
    this.#bar.hidden = !AT_WORK.includes(state);
    // Without a value it only moves.
    this.#bar.removeAttribute('value');
    const focused = document.activeElement;
    const { retry, cancel, remove } = this.#buttons;
    retry.hidden = !['failed', 'cancelled'].includes(state) || !canRetry;
    cancel.hidden = !STOPPABLE.includes(state);
    remove.hidden = !REMOVABLE.includes(state);
    const hadFocus = (button: HTMLElement) => button.hidden && button === focused;
    // Never to another button, which might be pressed in its place.
    if ([retry, cancel, remove].some(hadFocus)) this.element.focus();
  }

  /** @param share between 0 and 1 */
  showProgress(share: number): void {
    this.#bar.value = share;
  }

  /** Puts the focus where the next file can be removed, or else on the file. */
  focus(): void {
    const { remove } = this.#buttons;
    (remove.hidden ? this.element : remove).focus();
  }
}

function extensionOf(name: string): string {
  return /\.(\w{1,4})$/.exec(name)?.[1] ?? '';
}
