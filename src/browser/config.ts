import type { Messages } from './messages.ts';

/** What the server says about a form, in its `data-s3-form` attribute. */
export interface Config {
  /** Where policies are signed. */
  readonly params: string;
  /** What the form was made for, signed by the app. */
  readonly context?: string | undefined;
  /** Seconds in which the store takes the form as it was drawn. */
  readonly expiresIn: number;
  readonly maxFiles: number;
  /** Bytes. */
  readonly maxFileSize: number;
  /** Bytes. */
  readonly minFileSize: number;
  /** MIME types, `type/*` and extensions, in lower case; empty for anything. */
  readonly accept: readonly string[];
  /** The same in words. */
  readonly types: string;
  readonly lang: string;
  readonly messages: Messages;
}

export function readConfig(form: HTMLFormElement): Config {
  return JSON.parse(form.dataset['s3Form'] ?? '');
}
