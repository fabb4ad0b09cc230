import { invalidOption } from '../policy/errors.ts';
import { assertRecord } from '../policy/options.ts';
import type { TokenFacts } from './signed-token.ts';

type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };

/** What an app wants to know again of a form: plain JSON, 1,024 bytes at the most. */
export interface Context {
  readonly [name: string]: Json | undefined;
}

/** A context as the script sends it back when it asks for the policy of a file. */
export interface SignedContext extends TokenFacts {
  readonly context: Context;
}

/** Bytes of a context's JSON, at the most: it stands in the form, and in the return address. */
const CONTEXT_BYTES_AT_MOST = 1024;

/**
 * A context as it will come back: what JSON makes of it, frozen, so that no option's function can
 * change what is signed.
 *
 * @throws {TypeError} where it is no plain object, or nothing that JSON can carry
 * @throws {S3FormError} `invalid_option` where it is too large
 */
export function checkContext(context: unknown): Context | undefined {
  if (context === undefined) return undefined;
  assertRecord('context', context);
  const json = toJson(context);
  const bytes = Buffer.byteLength(json);
  if (bytes > CONTEXT_BYTES_AT_MOST) {
    throw invalidOption(
      'context',
      `it takes ${bytes} bytes as JSON, and ${CONTEXT_BYTES_AT_MOST} are allowed. Keep an id in it and the rest in your database.`,
    );
  }
  const frozen: unknown = JSON.parse(json, (_, value) => Object.freeze(value));
  // An object can say itself what JSON makes of it.
  assertRecord('context', frozen);
  return frozen as Context;
}

function toJson(context: object): string {
  try {
    return JSON.stringify(context) ?? 'null';
  } catch (cause) {
    throw new TypeError('Option `context` must be what JSON can carry.', { cause });
  }
}
