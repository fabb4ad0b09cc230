/** What was blocked, and when. */
const blocked: { readonly url: string; readonly at: number }[] = [];

/** Told when a form was not allowed to go where it goes. */
export const formActionViolations = new EventTarget();

document.addEventListener('securitypolicyviolation', (event) => {
  const { disposition, effectiveDirective, blockedURI } = event;
  if (disposition !== 'enforce') return;
  if (effectiveDirective === 'connect-src') {
    blocked.push({ url: blockedURI, at: performance.now() });
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
  const { origin } = new URL(url);
  return blocked.some(({ url, at }) => at >= since && url.startsWith(`${origin}/`));
}
