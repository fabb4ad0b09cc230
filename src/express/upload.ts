import type { Context } from '../form/context.ts';

interface AnyUpload {
  /** The form's UUID, the same each time the return is loaded again. */
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  /** Without quotes. */
  readonly etag: string;
  /** What `form()` or `presign()` was given. */
  readonly context?: Context | undefined;
}

/** An upload that the store has confirmed. */
export interface ConfirmedUpload extends AnyUpload {
  readonly confirmed: true;
  /** Bytes. */
  readonly size: number;
  /** The `Content-Type` that the store serves it with. */
  readonly type: string;
  /** Names in lower case, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a browser says was uploaded: with `confirm: 'none'` nobody has looked. */
export interface ClaimedUpload extends AnyUpload {
  readonly confirmed: false;
  readonly size?: undefined;
  readonly type?: undefined;
  readonly metadata?: undefined;
}

export type Upload = ConfirmedUpload | ClaimedUpload;
