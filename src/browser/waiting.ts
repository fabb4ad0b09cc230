/** Waits so many milliseconds; rejects when the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return until(signal, (resolve) => void setTimeout(resolve, milliseconds));
}

/** Waits until the browser has a network again. */
export function online(signal: AbortSignal): Promise<void> {
  return until(signal, (resolve) => {
    if (navigator.onLine) resolve();
    else addEventListener('online', () => resolve(), { once: true, signal });
  });
}

/** A signal that aborts with another, and after so many milliseconds. */
export function limit(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const abort = () => controller.abort();
  sleep(milliseconds, signal).then(abort, abort);
  return controller.signal;
}

function until(signal: AbortSignal, start: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    start(resolve);
  });
}
