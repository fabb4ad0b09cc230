import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const given = new Set<number>();

/**
 * A port that is free just now, never the same twice. It is below those that systems hand out on
 * their own (Linux: 32,768 and up), lest another connection get it before its user does.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(11_000, 32_000);
  if (given.has(port)) return freePort();
  try {
    await (await takePort(port)).release();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return freePort();
    throw error;
  }
  given.add(port);
  return port;
}

/** A port that is taken, on every address of this machine, until `release` is called. */
export async function takePort(port = 0): Promise<{ port: number; release: () => Promise<void> }> {
  const server = createServer().listen(port);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    release: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
