import { Announcer } from './announcer.ts';
import { type Config, readConfig } from './config.ts';
import { onBlocked } from './content-security-policy.ts';
import { create, emit } from './dom.ts';
import { Failure, tellFailure } from './failure.ts';
import { type Chosen, checkFile } from './files.ts';
import { Item, type ItemOwner } from './item.ts';
import type { ItemState } from './item-view.ts';
import { Speech } from './messages.ts';
import { pathOf } from './paths.ts';
import { Picker } from './picker.ts';

const AT_ONCE = 3;
/** A whole folder may be of the wrong kind. */
const ERRORS_AT_ONCE = 5;

/** A form that the server has drawn, with a list of files that it uploads one by one. */
export class UploadForm implements ItemOwner {
  readonly form: HTMLFormElement;
  readonly config: Config;
  readonly speech: Speech;
  /** Of the page, this one among them. */
  readonly #forms: () => readonly UploadForm[];
  readonly #picker: Picker;
  readonly #announcer = new Announcer();
  /** Compared with this same clock alone, which may be wrong; `performance.now()` may stop in a sleep. */
  readonly #drawnAt = Date.now();
  readonly #list = create('ul', 'list', { role: 'list' });
  readonly #summary = create('p', 'summary');
  #items: Item[] = [];
  #queue: Item[] = [];
  #running = 0;
  /** The browser itself is sending the form. */
  #isLeaving = false;
  /** Makes the browser ask before it leaves. */
  readonly #guard = (event: BeforeUnloadEvent) => {
    event.preventDefault();
    // Chrome before 119.
    event.returnValue = true;
  };

  constructor(form: HTMLFormElement, input: HTMLInputElement, forms: () => readonly UploadForm[]) {
    this.form = form;
    this.#forms = forms;
    this.config = readConfig(form);
    this.speech = new Speech(this.config);
    const { config, speech } = this;
    this.#picker = new Picker(form, input, this.#list, config, speech, (chosen) => {
      this.#add(chosen);
    });
    form.append(this.#summary, this.#announcer.element);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.toggleAttribute('data-ready', true);
    // It was off for the next page's hidden fields; WebKit would empty the form on the way back.
    form.autocomplete = 'on';
  }

  /** Whether there is something left to do for one of its files. */
  get isInUse(): boolean {
    return this.#running > 0 || this.#items.some((item) => item.isDue);
  }

  /** Whether all its files have gone their way. */
  get isSpent(): boolean {
    return this.#items.length > 0 && !this.isInUse;
  }

  announce(message: string): void {
    this.#announcer.say(message);
  }

  enqueue(item: Item): void {
    // The person may have stopped the browser.
    this.#isLeaving = false;
    this.#summary.replaceChildren();
    item.wait();
    this.#queue.push(item);
    this.#work();
  }

  drop(item: Item): void {
    const next = this.#items[this.#items.indexOf(item) + 1];
    (next?.view ?? this.#picker).focus();
    this.#take(item);
    this.announce(this.speech.say('removed', { name: pathOf(item.file) }));
    if (this.#summary.hasChildNodes()) this.#summarize();
  }

  get hasOneFile(): boolean {
    return this.#items.length === 1;
  }

  submitPlainly(item: Item, signal: AbortSignal): void {
    if (Date.now() - this.#drawnAt > this.config.expiresIn * 1000) {
      item.fail(new Failure('tooOld', { canRetry: false }));
      return;
    }
    this.#picker.setFile(item.file);
    this.#isLeaving = true;
    this.#setBusy(false);
    let isSending = true;
    const stay = (act: () => void) => () => {
      if (!isSending) return;
      isSending = false;
      act();
      this.#isLeaving = false;
      this.#picker.setFile();
      this.#conclude();
    };
    onBlocked(
      'form-action',
      stay(() => item.fail(new Failure('blockedCsp'))),
      { signal },
    );
    signal.addEventListener('abort', stay(stop));
    // A control of the app's own might be named `submit`.
    try {
      HTMLFormElement.prototype.submit.call(this.form);
    } catch {
      // Firefox throws where the policy forbids it; the violation is reported all the same.
    }
  }

  async #add({ files, losses }: Chosen): Promise<void> {
    const { form, config, speech } = this;
    const errors = new Set(losses.map(([why, name]) => speech.say(why, { name })));
    const reject = (file: File, code: string, message: string) => {
      errors.add(message);
      emit(form, 'reject', { file, code, message });
    };
    const added: Item[] = [];
    for (const file of files) {
      let failure = await checkFile(file, config).catch((error: Failure) => error);
      if (this.#items.some((item) => item.stillHolds(file)))
        failure ??= new Failure('alreadyChosen');
      if (failure) {
        reject(file, failure.key, tellFailure(failure, file, this));
        continue;
      }
      // The next file takes the place of an only one, as in the browser's own control.
      const isOnly = config.maxFiles === 1 && added.length === 0 && !this.#running;
      const former =
        this.#items.find((item) => item.givesWayTo(file)) ?? (isOnly ? this.#items[0] : undefined);
      const left = this.#items.length - this.#itemsAt('done').length;
      if (!former && left >= config.maxFiles) {
        const max = speech.number(config.maxFiles);
        reject(file, 'tooMany', speech.sayFor('tooMany', config.maxFiles, { max }));
      } else if (emit(form, 'add', { file }, true)) {
        if (former) this.#take(former);
        const item = new Item(file, this);
        added.push(item);
        this.#items.push(item);
        this.#list.append(item.view.element);
      }
    }
    if (this.#summary.hasChildNodes()) this.#summarize();
    this.#announceFiles('chosen', added);
    this.#showErrors([...errors]);
  }

  #take(item: Item): void {
    this.#items = this.#items.filter((other) => other !== item);
    this.#queue = this.#queue.filter((other) => other !== item);
    this.#showErrors([]);
    item.remove();
  }

  #submit(): void {
    const isIdle = this.#running === 0 && !this.#isLeaving;
    let due = this.#items.filter((item) => item.isDue && !this.#queue.includes(item));
    // Who has nothing else to upload means what was cancelled.
    if (isIdle && due.length === 0) due = this.#itemsAt('cancelled');
    if (due.length > 0) {
      this.#showErrors([]);
      this.#announceFiles('started', due);
      for (const item of due) this.enqueue(item);
    } else if (isIdle) {
      this.#showErrors([this.speech.say('noFile')]);
      this.#picker.focus();
    }
  }

  #work(): void {
    while (this.#running < AT_ONCE) {
      const item = this.#queue.shift();
      if (!item) break;
      this.#running += 1;
      item.run().finally(() => this.#ran(item));
    }
    if (!this.#isLeaving) this.#setBusy(this.#running > 0);
  }

  #ran(item: Item): void {
    this.#running -= 1;
    this.#work();
    if (this.#isLeaving) return;
    if (this.#running === 0) this.#conclude();
    else if (item.state === 'done') {
      this.announce(this.speech.say('uploadedOne', { name: pathOf(item.file) }));
    }
  }

  /** All that was begun is through, well or not. */
  #conclude(): void {
    if (this.#items.length === 0) return;
    this.#summarize();
    this.announce(this.#summary.firstChild?.textContent ?? '');
    const redirect = this.#redirect;
    const filesAt = (...states: ItemState[]) => this.#itemsAt(...states).map(({ file }) => file);
    const done = filesAt('done');
    const detail = { done, failed: filesAt('failed', 'cancelled'), redirect };
    const isWanted = emit(this.form, 'complete', detail, true);
    const isAll = done.length === this.#items.length;
    // Another form of the page would lose what it is at.
    const isNeeded = this.#forms().some((form) => form.isInUse || form.#isLeaving);
    // A page that has taken the form away has moved on by itself.
    const isHere = this.form.isConnected;
    if (isWanted && redirect && isAll && !isNeeded && isHere) location.assign(redirect);
  }

  /** Says how many files are there; where not all of them are, the person decides when to go on. */
  #summarize(): void {
    const { speech } = this;
    // What was chosen later has neither arrived nor failed.
    const total = this.#itemsAt('done', 'failed', 'cancelled').length;
    const done = this.#itemsAt('done').length;
    const key = done === total ? 'summary' : 'summaryFailed';
    const text = speech.sayFor(key, total, {
      done: speech.number(done),
      total: speech.number(total),
      failed: speech.number(total - done),
    });
    this.#summary.replaceChildren(...(total > 0 ? [text] : []));
    const href = this.#redirect;
    if (href) this.#summary.append(' ', create('a', 'go-on', { href }, speech.say('goOn')));
  }

  #itemsAt(...states: ItemState[]): Item[] {
    return this.#items.filter(({ state }) => states.includes(state));
  }

  /** Where the app wants the person to go: what it said last counts. */
  get #redirect(): string | undefined {
    return this.#items.findLast(({ redirect }) => redirect)?.redirect;
  }

  #announceFiles(key: 'chosen' | 'started', items: readonly Item[]): void {
    const [first] = items;
    if (!first) return;
    const count = this.speech.number(items.length);
    const name = pathOf(first.file);
    this.announce(this.speech.sayFor(key, items.length, { count, name }));
  }

  #showErrors(messages: readonly string[]): void {
    const shown = messages.slice(0, ERRORS_AT_ONCE);
    const count = messages.length - shown.length;
    if (count > 0) shown.push(this.speech.say('andMore', { count: this.speech.number(count) }));
    this.#picker.showErrors(shown);
    for (const message of shown) this.announce(message);
  }

  #setBusy(isBusy: boolean): void {
    this.form.toggleAttribute('data-busy', isBusy);
    // Without cause the guard would keep pages out of the back-forward cache.
    if (isBusy) addEventListener('beforeunload', this.#guard);
    else removeEventListener('beforeunload', this.#guard);
  }
}
