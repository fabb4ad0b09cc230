import type { Config } from '../../src/browser/config.ts';
import type { ScriptConfig } from '../../src/form/upload-form.ts';

/** What the server writes into the page is what the script reads there, sentence by sentence. */
export const read = (written: ScriptConfig): Config => written;

/** And a sentence that the script knows could not be left out. */
export const lacking = (given: Omit<ScriptConfig['messages'], 'retry'>): Config['messages'] =>
  // @ts-expect-error: there is no `retry`
  given;
