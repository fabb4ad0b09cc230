import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from './requirements.ts';

export interface ChromiumOptions {
  /** As people have it; else, where it is installed, its engine alone, which is twice as fast. */
  readonly isWhole?: boolean;
  /** Whether it keeps pages that are left, to show them at once on the way back. */
  readonly keepsPages?: boolean;
}

/** Chromium without a window, and without asking anything of hosts elsewhere. */
export function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const { isWhole = false, keepsPages = false } = options;
  return chromium.launch({
    executablePath: chromiumPath(isWhole),
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
