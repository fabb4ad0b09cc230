import { afterEach } from 'vitest';
import { freePort } from '../support/ports.ts';
import { Program } from '../support/program.ts';

const running: Program[] = [];
afterEach(async () => {
  for (const program of running.splice(0)) await program.stop();
});

/** Starts an example as its reader would, until the end of the test; gives its port. */
export async function startExample(
  name: string,
  env: Record<string, string> = {},
): Promise<{ origin: string; port: number }> {
  const port = await freePort();
  const program = new Program(`examples/${name}/app.js`, { PORT: String(port), ...env });
  running.push(program);
  await program.says(/^Open \S+/);
  return { origin: `http://localhost:${port}`, port };
}
