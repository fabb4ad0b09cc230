import type { Config } from './config.ts';
import { confirmUpload } from './confirmation.ts';
import { emit } from './dom.ts';
import { Failure, tellFailure } from './failure.ts';
import { type ItemState, ItemView } from './item-view.ts';
import type { Speech } from './messages.ts';
import { pathOf } from './paths.ts';
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
  /** As many as the browser itself sends. */
  readonly hasOneFile: boolean;
  /** Lets the browser itself send the form with this file, until the signal aborts. */
  submitPlainly(item: Item, signal: AbortSignal): void;
}

/** What the person can't mend, and who runs the site would not hear of. */
const FOR_THE_CONSOLE = /^(refused|expired|unavailable|blocked.+)$/;

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
  /** Why it did not get through the last time. */
  #failure: Failure | undefined;
  /** The browser itself sends it, and does not tell how far it is. */
  #goesPlainly = false;

  constructor(file: File, owner: ItemOwner) {
    this.file = file;
    this.#owner = owner;
    this.view = new ItemView(file, owner.speech, {
      cancel: () => this.#cancel(),
      remove: () => owner.drop(this),
      retry: () => {
        if (owner.form.reportValidity()) owner.enqueue(this);
      },
    });
    this.#enter('waiting');
  }

  get #canRetry(): boolean {
    return this.#failure?.details.canRetry ?? true;
  }

  /** Whether there is something left to do for it. */
  get isDue(): boolean {
    return this.state === 'waiting' || (this.state === 'failed' && this.#canRetry);
  }

  /** Whether a file that was chosen again need not be added again. */
  stillHolds(other: File): boolean {
    return isSame(this.file, other) && !['failed', 'cancelled', 'done'].includes(this.state);
  }

  /** Whether a file that was chosen again, mended where nothing else helps, takes its place. */
  givesWayTo(other: File): boolean {
    if (!['failed', 'cancelled'].includes(this.state)) return false;
    const mayBeMended = !this.#canRetry && pathOf(this.file) === pathOf(other);
    return mayBeMended || isSame(this.file, other);
  }

  /** Others are before it. */
  wait(): void {
    this.#enter('waiting', this.#owner.speech.say('queued'));
  }

  /** Uploads the file and tells the app; what goes wrong is told the person. */
  async run(): Promise<void> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#goesPlainly = false;
    const { key, details } = this.#failure ?? {};
    // Where the app refused what it got, only another upload may help.
    if (key === 'notAccepted' && details && details.status < 500) this.#transferred = undefined;
    this.#failure = undefined;
    // At once, or a second click would upload it twice.
    this.#enter(this.#transferred ? 'confirming' : 'preparing');
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
    // What the app has taken over is not for the page to delete.
    const key = this.state === 'done' ? undefined : this.#transferred?.stored.key;
    this.state = 'removed';
    this.view.element.dataset['state'] = 'removed';
    this.#emit('remove', { key });
    this.view.element.remove();
  }

  fail(failure: Failure): void {
    const { key, details } = failure;
    this.#failure = failure;
    const message = tellFailure(failure, this.file, this.#owner);
    this.#enter('failed', message);
    this.#owner.announce(message);
    const { code = key, status, detail } = details;
    this.#emit('error', { code, status, detail, message });
  }

  #transfer(signal: AbortSignal): Promise<Transferred> {
    return transfer(this.file, this.#owner, {
      signal,
      onPrepare: () => this.#enter('preparing'),
      onProgress: (share) => this.#progress(share),
      onPause: this.#pause,
    });
  }

  #progress(share: number): void {
    const { speech } = this.#owner;
    if (share === 1) this.#enter('finishing');
    else {
      this.#enter('uploading', speech.say('uploading', { percent: speech.percent(share) }));
      this.view.showProgress(share);
    }
    const { size } = this.file;
    this.#emit('progress', { loaded: Math.round(share * size), total: size });
  }

  readonly #pause = (why: Pause): void => {
    const message = this.#owner.speech.say(why);
    this.#enter(this.state === 'confirming' ? 'confirming' : 'preparing', message);
    // Being offline is about all of them.
    if (why === 'offline') this.#owner.announce(message);
    else this.#tell(message);
  };

  #cancel(): void {
    const { speech } = this.#owner;
    // All of it may be there, for want of nothing but the answer.
    const isLate = this.state === 'finishing' || this.#goesPlainly;
    const message = speech.say(isLate ? 'cancelledLate' : 'cancelled');
    this.#enter('cancelled', message);
    this.#tell(message);
    this.#stop.abort();
  }

  /** Tells screen readers what happened to which file. */
  #tell(status: string): void {
    const name = pathOf(this.file);
    this.#owner.announce(this.#owner.speech.say('about', { name, status }));
  }

  #handle(error: unknown): void {
    let failure = error as Failure;
    if (!(error instanceof Failure)) {
      // What nobody foresaw is for the console, and for the person a lost upload.
      console.error(error);
      failure = new Failure('lost');
    }
    const { key, details } = failure;
    if (FOR_THE_CONSOLE.test(key)) {
      console.error('s3-form:', key, details.status, details.code ?? '', details.detail ?? '');
    }
    // 'csp' or 'cors'.
    const why = /^blocked(.+)/.exec(key)?.[1]?.toLowerCase();
    // What has arrived would be stored twice.
    this.#goesPlainly =
      why !== undefined &&
      !this.#transferred &&
      this.#emit('blocked', { why }, true) &&
      this.#owner.hasOneFile;
    if (this.#goesPlainly) this.#submitPlainly();
    else this.fail(failure);
  }

  /** Nothing was stored: the store, or the page's policy, stopped the request before its file. */
  #submitPlainly(): void {
    const name = pathOf(this.file);
    this.#enter('uploading', this.#owner.speech.say('plain', { name }));
    this.#owner.submitPlainly(this, this.#stop.signal);
  }

  #enter(
    state: Exclude<ItemState, 'removed'>,
    // Each state but `failed` has the sentence of its name.
    message = this.#owner.speech.say(state as Exclude<typeof state, 'failed'>),
  ): void {
    this.state = state;
    this.view.show(state, message, this.#canRetry);
  }

  #emit(name: string, detail: object, cancelable?: boolean): boolean {
    return emit(this.view.element, name, { file: this.file, ...detail }, cancelable);
  }
}

function isSame(one: File, other: File): boolean {
  return (
    pathOf(one) === pathOf(other) &&
    one.size === other.size &&
    one.lastModified === other.lastModified
  );
}
