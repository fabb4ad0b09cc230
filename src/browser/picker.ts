import type { Config } from './config.ts';
import { create, createButton } from './dom.ts';
import { type Chosen, filesOf } from './files.ts';
import type { Speech } from './messages.ts';

/** Where files are chosen, dropped and pasted, in the place of the browser's own control. */
export class Picker {
  readonly #input: HTMLInputElement;
  readonly #button: HTMLButtonElement;
  readonly #zone: HTMLElement;
  readonly #errors: HTMLElement;

  /** @param list of the files, which goes below */
  constructor(
    form: HTMLFormElement,
    input: HTMLInputElement,
    list: HTMLElement,
    config: Config,
    speech: Speech,
    onChosen: (chosen: Chosen) => void,
  ) {
    const { maxFiles } = config;
    this.#input = input;
    const id = `${input.id}-choose`;
    const text = speech.sayFor('choose', maxFiles);
    this.#button = createButton('choose', { id }, text, () => input.click());
    const hint = create('span', 'drop-hint', {}, speech.sayFor('drop', maxFiles));
    this.#zone = create('div', 'drop', {}, this.#button, hint);
    this.#errors = create('div', 'errors', { id: `${input.id}-errors` });
    this.#describe(speech.sayFor('label', maxFiles), list);
    // The button speaks for it; it is only left to open the browser's dialogue.
    input.required = false;
    input.hidden = true;
    input.multiple = maxFiles > 1;
    input.before(this.#zone, this.#errors, list);

    const takeChosen = () => {
      const files = [...(input.files ?? [])];
      // Else the same file could not be chosen again.
      input.value = '';
      if (files.length > 0) onChosen({ files, losses: [] });
    };
    input.addEventListener('change', takeChosen);
    this.#acceptDrops(form, (data) => filesOf(data, config).then(onChosen));
    // Somebody may have been faster than this script.
    takeChosen();
  }

  focus(): void {
    this.#button.focus();
  }

  /** Says why files were not taken; nothing when all were. */
  showErrors(messages: readonly string[]): void {
    this.#errors.replaceChildren(...messages.map((message) => create('p', 'error', {}, message)));
  }

  /** Puts a file where the browser itself sends it from, or none. */
  setFile(file?: File): void {
    const data = new DataTransfer();
    if (file) data.items.add(file);
    this.#input.files = data.files;
  }

  /** Gives the button the control's label and hints, and the list the label. */
  #describe(text: string, list: HTMLElement): void {
    const [label] = this.#input.labels ?? [];
    const hints = (this.#input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .filter((id) => document.getElementById(id));
    this.#button.setAttribute('aria-describedby', [...hints, this.#errors.id].join(' '));
    if (!label) return;
    label.id ||= `${this.#input.id}-label`;
    label.htmlFor = this.#button.id;
    label.textContent = text;
    this.#button.setAttribute('aria-labelledby', `${label.id} ${this.#button.id}`);
    list.setAttribute('aria-labelledby', label.id);
  }

  #acceptDrops(form: HTMLFormElement, onData: (data: DataTransfer) => void): void {
    const showOver = (isOver: boolean) => this.#zone.toggleAttribute('data-over', isOver);
    const filesIn = ({ dataTransfer }: DragEvent) =>
      dataTransfer?.types.includes('Files') ? dataTransfer : undefined;
    for (const name of ['dragenter', 'dragover'] as const) {
      form.addEventListener(name, (event) => {
        if (!filesIn(event)) return;
        event.preventDefault();
        showOver(true);
      });
    }
    form.addEventListener('dragleave', ({ relatedTarget }) => {
      if (!form.contains(relatedTarget as Node | null)) showOver(false);
    });
    form.addEventListener('drop', (event) => {
      const data = filesIn(event);
      if (!data) return;
      event.preventDefault();
      showOver(false);
      onData(data);
    });
    // Firefox pastes into the page, though the focus be on a button, where nothing is selected.
    document.addEventListener('paste', (event) => {
      const { clipboardData, target } = event;
      const isHere = [target as Node, document.activeElement].some((node) => form.contains(node));
      // Word processors copy text with a picture of it.
      const isTyping = target instanceof HTMLInputElement;
      if (!isHere || isTyping || !clipboardData?.files.length) return;
      event.preventDefault();
      onData(clipboardData);
    });
  }
}
