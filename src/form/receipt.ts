import type { Context } from './context.ts';
import type { TokenFacts } from './signed-token.ts';

/**
 * What a form was allowed to do. The app signs it and puts it into the return address, so that it
 * knows its own form again without having stored anything. It does not prove that a file arrived.
 */
export interface Receipt extends TokenFacts {
  /** The form's id, a UUID. */
  readonly id: string;
  readonly key: KeyRule;
  /** Whether the key ends as the file's name does, so that `accept` can be held against it. */
  readonly isNamed: boolean;
  readonly context?: Context | undefined;
}

/** The one key that a form may write to, or what its key has to start with. */
export type KeyRule =
  | { readonly exact: string; readonly prefix?: never }
  | { readonly prefix: string; readonly exact?: never };

/** Whether a key is one that the form may have written. */
export function allowsKey(rule: KeyRule, key: string): boolean {
  return rule.exact === undefined ? key.startsWith(rule.prefix) : key === rule.exact;
}
