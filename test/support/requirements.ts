import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram, findRadosgw } from './radosgw.ts';

/**
 * What some tests need and not every machine has. A suite that needs one says so in its name
 * (`… (needs chromium)`, `… (needs chromium and radosgw)`), by which the closing lines of a run
 * know why it was skipped.
 */
export type Requirement = 'chromium' | 'firefox' | 'webkit' | 'radosgw' | 'boto3';

export const REQUIREMENTS: readonly Requirement[] = [
  'chromium',
  'firefox',
  'webkit',
  'radosgw',
  'boto3',
];

/** Debian's own, for which its packages are; another may come first on PATH. */
export const DEBIAN_PYTHON = '/usr/bin/python3';

/** Whether there is time for every combination, and not only for those most likely to differ. */
export const isThorough: boolean = process.env['CI'] === 'true';

/** In CI everything counts as available, so that tests without it fail and are not skipped. */
export function requirement(name: Requirement): { available: boolean; reason: string } {
  const reason = MISSING[name]();
  return {
    available: reason === undefined || process.env['CI'] === 'true',
    reason: reason ?? '',
  };
}

const MISSING: Readonly<Record<Requirement, () => string | undefined>> = {
  chromium: missingChromium,
  firefox: () => missingProgram('firefox-esr', 'firefox-esr'),
  webkit: () =>
    missingProgram('WebKitWebDriver', 'webkit2gtk-driver') ?? missingProgram('Xvfb', 'xvfb'),
  radosgw: missingS3,
  boto3: missingBoto3,
};

/** Throws, saying how to install it, when there is none. */
export function chromiumPath(isWhole: boolean): string {
  const path = (isWhole ? undefined : findProgram('chromium-headless-shell')) ?? findChromium();
  if (path === undefined) throw new Error(missingChromium());
  return path;
}

function findChromium(): string | undefined {
  return existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : findProgram('chromium');
}

function missingChromium(): string | undefined {
  if (findChromium() !== undefined) return undefined;
  return 'chromium is not installed (apt-get install chromium)';
}

function missingProgram(name: string, debianPackage: string): string | undefined {
  if (findProgram(name) !== undefined) return undefined;
  return `${name} is not installed (apt-get install ${debianPackage})`;
}

function missingS3(): string | undefined {
  return process.env['S3_TEST_ENDPOINT'] ? undefined : findRadosgw();
}

function missingBoto3(): string | undefined {
  const { status } = spawnSync(DEBIAN_PYTHON, ['-c', 'import boto3']);
  return status === 0 ? undefined : 'boto3 is not installed (apt-get install python3-boto3)';
}
