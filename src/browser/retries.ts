import { Failure } from './failure.ts';
import { online, sleep } from './waiting.ts';

const RETRIES = 3;
/** Milliseconds; give or take a quarter, lest many come back at once. */
const FIRST_WAIT = 1000;
/** Whoever is asked to wait longer is told so, and not left with a bar that stands still. */
const LONGEST_WAIT = 30_000;

export type Pause = 'offline' | 'lostRetrying' | 'busyRetrying';

/**
 * Tries until it works: after a fault that may pass 1, 2 and 4 seconds later, give or take a
 * quarter; without a network as soon as there is one again.
 *
 * @param onPause told why it waits
 */
export async function persist<Result>(
  attempt: () => Promise<Result>,
  signal: AbortSignal,
  onPause: (why: Pause) => void,
): Promise<Result> {
  for (let retries = 0; ; ) {
    if (!navigator.onLine) onPause('offline');
    await online(signal);
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Failure)) throw error;
      const { status, retryAfter } = error.details;
      if (retryAfter === undefined) throw error;
      // What failed for want of a network is no failed attempt.
      if (!navigator.onLine) continue;
      if (retries === RETRIES || retryAfter > LONGEST_WAIT) throw error;
      onPause(status ? 'busyRetrying' : 'lostRetrying');
      const backoff = FIRST_WAIT * 2 ** retries * (0.75 + Math.random() / 2);
      await sleep(Math.max(backoff, retryAfter), signal);
      retries += 1;
    }
  }
}
