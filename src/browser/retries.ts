import { TemporaryFailure } from './failure.ts';
import { online, sleep } from './waiting.ts';

const RETRIES = 3;
const FIRST_WAIT = 1000;
const JITTER = 0.25;
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
      if (!(error instanceof TemporaryFailure)) throw error;
      // What failed for want of a network is no failed attempt.
      if (!navigator.onLine) continue;
      if (retries === RETRIES || error.retryAfter > LONGEST_WAIT) throw error;
      onPause(error.details.status ? 'busyRetrying' : 'lostRetrying');
      await sleep(waitBefore(retries, error.retryAfter), signal);
      retries += 1;
    }
  }
}

function waitBefore(retry: number, asked: number): number {
  const backoff = FIRST_WAIT * 2 ** retry * (1 + JITTER * (2 * Math.random() - 1));
  return Math.max(backoff, asked);
}
