import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from './requirements.ts';

export interface ChromiumOptions {
  /** Whether it keeps pages that are left, to show them at once on the way back. */
  readonly keepsPages?: boolean;
}

/** Chromium without a window, and without asking anything of hosts elsewhere. */
export function launchChromium({ keepsPages = false }: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
