/** When a request to an origin was blocked last. */
const blockedAt = new Map<string | undefined, number>();

/** Told when a form was not allowed to go where it goes. */
export const formActionViolations = new EventTarget();

document.addEventListener('securitypolicyviolation', (event) => {
  const { disposition, effectiveDirective, blockedURI } = event;
  if (disposition !== 'enforce') return;
  if (effectiveDirective === 'connect-src') {
    blockedAt.set(/^\w+:\/\/[^/]+/.exec(blockedURI)?.[0], performance.now());
  }
  if (effectiveDirective === 'form-action')
    formActionViolations.dispatchEvent(new Event('blocked'));
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
