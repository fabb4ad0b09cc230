import type { Config } from './config.ts';
import { confirmUpload } from './confirmation.ts';
import { emit } from './dom.ts';
import { Failure, tellFailure } from './failure.ts';
import { type ItemState, ItemView } from './item-view.ts';
import { isolate, type Speech } from './messages.ts';
import { type Pause, persist } from './retries.ts';
import { type Transferred, transfer } from './transfer.ts';

/** The form that a file is in. */
export interface ItemOwner {
  readonly form: HTMLFormElement;
  readonly config: Config;
  readonly speech: Speech;
  /** Tells screen readers. */
  announce(message: string): void;
  /** The person wants the file to be uploaded, now. */
  enqueue(item: Item): void;
  /** The person does not want it any more. */
  drop(item: Item): void;
  /** A button of it had the focus and is gone. */
  focusAfter(item: Item): void;
  /** Whether it is the form's only file. */
  isAlone(item: Item): boolean;
  /** Lets the browser itself send the form with this file. */
  submitPlainly(item: Item): void;
}

/** One file on its way. */
export class Item {
  readonly file: File;
  readonly view: ItemView;
  state: ItemState = 'waiting';
  /** Where the app wants the person to go, now that it has the file. */
  redirect: string | undefined;
  readonly #owner: ItemOwner;
  /** Kept when the confirmation fails: what has arrived is not sent again. */
  #transferred: Transferred | undefined;
  #stop = new AbortController();
  #canRetry = true;

  constructor(file: File, owner: ItemOwner) {
    this.file = file;
    this.#owner = owner;
    this.view = new ItemView(file, owner.speech, {
      cancel: () => this.#cancel(),
      remove: () => owner.drop(this),
      retry: () => {
        this.#enter('waiting');
        owner.enqueue(this);
      },
      focusLost: () => owner.focusAfter(this),
    });
    this.#enter('waiting');
  }

  /** Whether there is something left to do for it. */
  get isDue(): boolean {
    return this.state === 'waiting' || (this.state === 'failed' && this.#canRetry);
  }

  /** Whether a file that was chosen again need not be added again. */
  stillHolds({ name, size, lastModified }: File): boolean {
    const { file, state } = this;
    const isSame = file.name === name && file.size === size && file.lastModified === lastModified;
    return isSame && !['failed', 'cancelled', 'done'].includes(state);
  }

  /** Uploads the file and tells the app; what goes wrong is told the person. */
  async run(): Promise<void> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    try {
      this.#transferred ??= await this.#transfer(signal);
      const { stored, done } = this.#transferred;
      const confirm = () => {
        this.#enter('confirming');
        return confirmUpload(done, stored, signal);
      };
      const { upload, redirect } = await persist(confirm, signal, this.#pause);
      this.redirect = redirect;
      this.#enter('done');
      this.#emit('success', { ...stored, done, upload });
    } catch (error) {
      if (!signal.aborted) this.#handle(error);
    }
  }

  /** Stops what is going on, and takes the file off the list. */
  remove(): void {
    this.#stop.abort();
    this.state = 'removed';
    this.view.element.dataset['state'] = 'removed';
    this.#emit('remove', { key: this.#transferred?.stored.key });
    this.view.element.remove();
  }

  fail(failure: Failure): void {
    const { key, details } = failure;
    // Where the app refused what it got, only another upload may help.
    if (key === 'notAccepted') this.#transferred = undefined;
    const message = tellFailure(failure, this.file, this.#owner);
    this.#enter('failed', message, details.canRetry);
    this.#owner.announce(message);
    const { code = key, status, detail } = details;
    this.#emit('error', { code, status, detail, message });
  }

  #transfer(signal: AbortSignal): Promise<Transferred> {
    const { form, config } = this.#owner;
    return transfer(this.file, {
      ...{ form, config, signal },
      onPrepare: () => this.#enter('preparing'),
      onProgress: (share) => this.#progress(share),
      onPause: this.#pause,
    });
  }

  #progress(share: number): void {
    const { speech } = this.#owner;
    if (share === 1) this.#enter('finishing');
    else this.#enter('uploading', speech.say('uploading', { percent: speech.percent(share) }));
    if (share < 1) this.view.showProgress(share);
    const { size } = this.file;
    this.#emit('progress', { loaded: Math.round(share * size), total: size });
  }

  readonly #pause = (why: Pause): void => {
    const message = this.#owner.speech.say(why);
    this.#enter(this.state === 'confirming' ? 'confirming' : 'preparing', message);
    this.#owner.announce(message);
  };

  #cancel(): void {
    const { speech } = this.#owner;
    // All of it may be there, for want of nothing but the answer.
    const message = speech.say(this.state === 'finishing' ? 'cancelledLate' : 'cancelled');
    this.#stop.abort();
    this.#enter('cancelled', message);
    this.#owner.announce(message);
  }

  #handle(error: unknown): void {
    // What nobody foresaw is for the console, and for the person a lost upload.
    if (!(error instanceof Failure)) console.error(error);
    const failure = error instanceof Failure ? error : new Failure('lost');
    const why = { blockedCsp: 'csp', blockedCors: 'cors' }[failure.key as string];
    const goesPlainly =
      why !== undefined && this.#emit('blocked', { why }, true) && this.#owner.isAlone(this);
    if (goesPlainly) this.#submitPlainly();
    else this.fail(failure);
  }

  /** Nothing was stored: the store, or the page's policy, stopped the request before its file. */
  #submitPlainly(): void {
    const name = isolate(this.file.name);
    this.#enter('uploading', this.#owner.speech.say('plain', { name }));
    this.#owner.submitPlainly(this);
  }

  #enter(
    state: Exclude<ItemState, 'removed'>,
    // Each state but `failed` has the sentence of its name.
    message = this.#owner.speech.say(state as Exclude<typeof state, 'failed'>),
    canRetry = true,
  ): void {
    this.state = state;
    this.#canRetry = canRetry;
    this.view.show(state, message, canRetry);
  }

  #emit(name: string, detail: object, cancelable?: boolean): boolean {
    return emit(this.view.element, name, { file: this.file, ...detail }, cancelable);
  }
}
