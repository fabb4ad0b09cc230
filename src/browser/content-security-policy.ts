const blockedOrigins = new Set<string>();

/** Told when a form was not allowed to go where it goes. */
export const formActionViolations = new EventTarget();

document.addEventListener('securitypolicyviolation', (event) => {
  const { disposition, effectiveDirective, blockedURI } = event;
  if (disposition !== 'enforce') return;
  if (effectiveDirective === 'connect-src') blockedOrigins.add(originOf(blockedURI));
  if (effectiveDirective === 'form-action')
    formActionViolations.dispatchEvent(new Event('blocked'));
});

/** Whether the page's Content-Security-Policy was why a request failed. */
export async function blockedByPolicy(url: URL | string): Promise<boolean> {
  // The report comes as a task of its own, which may be after the request's.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return blockedOrigins.has(originOf(url));
}

function originOf(url: URL | string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
