import { type Browser, chromium } from 'playwright-core';
import { chromiumPath } from './requirements.ts';

/** Chromium without a window, and without asking anything of hosts elsewhere. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}
