import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    // Most files wait for browsers and servers, so that two keep two cores busy.
    maxWorkers: 2,
    // Tests have thousands of forms refused on purpose.
    execArgv: ['--disable-warning=S3FORM_FORM_REFUSED'],
    // Against hanging alone: on a machine that is busy with other work all takes far longer.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
