/** Compiled, never run: the server has every sentence that the script says, and no other. */
import type { Config } from '../../src/browser/config.ts';
import type { Messages } from '../../src/browser/messages.ts';
import type { ScriptMessages } from '../../src/form/messages.ts';
import type { ScriptConfig } from '../../src/form/upload-form.ts';

export const given = (sentences: ScriptMessages): Messages => sentences;
export const said = (name: keyof ScriptMessages): keyof Messages => name;

/** And the form tells the script what it wants to know; JSON leaves out what is undefined. */
export const told = ({ context, ...config }: ScriptConfig): Config => ({
  ...config,
  ...(context !== undefined && { context }),
});
