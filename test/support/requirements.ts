import { existsSync } from 'node:fs';
import { findProgram, findRadosgw } from './radosgw.ts';

/**
 * What some tests need and not every machine has. A suite that needs one says so in its name
 * (`… (needs chromium)`, `… (needs chromium and radosgw)`), by which the closing lines of a run
 * know why it was skipped.
 */
export type Requirement = 'chromium' | 'radosgw';

export const REQUIREMENTS: readonly Requirement[] = ['chromium', 'radosgw'];

/** In CI everything counts as available, so that tests without it fail and are not skipped. */
export function requirement(name: Requirement): { available: boolean; reason: string } {
  const reason = name === 'chromium' ? missingChromium() : missingS3();
  return {
    available: reason === undefined || process.env['CI'] === 'true',
    reason: reason ?? '',
  };
}

/** Throws, saying how to install it, when there is none. */
export function chromiumPath(): string {
  const path = findChromium();
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

function missingS3(): string | undefined {
  return process.env['S3_TEST_ENDPOINT'] ? undefined : findRadosgw();
}
