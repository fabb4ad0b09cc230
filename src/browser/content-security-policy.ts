/** When a request to an origin was blocked last. */
const blockedAt = new Map<string | undefined, number>();

/** Listens for what the page's Content-Security-Policy blocks, and does not just report. */
export function onBlocked(
  directive: 'connect-src' | 'form-action',
  listener: (event: SecurityPolicyViolationEvent) => void,
  options?: AddEventListenerOptions,
): void {
  const listen = (event: SecurityPolicyViolationEvent) => {
    if (event.disposition === 'enforce' && event.effectiveDirective === directive) listener(event);
  };
  document.addEventListener('securitypolicyviolation', listen, options);
}

onBlocked('connect-src', ({ blockedURI, timeStamp }) => {
  blockedAt.set(/^\w+:\/\/[^/]+/.exec(blockedURI)?.[0], timeStamp);
});

/**
 * Whether the page's Content-Security-Policy was why a request failed.
 *
 * @param since when the request began, on the clock of `performance.now()`
 */
export async function blockedByPolicy(url: URL | string, since: number): Promise<boolean> {
  // The report comes as a task of its own, which may be after the request's.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return (blockedAt.get(new URL(url).origin) ?? -1) >= since;
}
