import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import { REQUIREMENTS, type Requirement, requirement } from './requirements.ts';

/** Ends a run with plain lines: what was skipped for want of what, and how many tests did what. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const broken = suites.filter((suite) => suite.errors().length > 0).length;
    const skipped = tests.length - passed - failed;
    const lines = [
      ...REQUIREMENTS.flatMap((name) => skippedFor(name, tests)),
      `${passed} passed, ${failed + broken + unhandledErrors.length} failed` +
        (skipped > 0 ? `, ${skipped} skipped` : ''),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

function skippedFor(name: Requirement, tests: readonly TestCase[]): string[] {
  const { available, reason } = requirement(name);
  if (available) return [];
  const needed = new RegExp(`\\bneeds\\b.*\\b${name}\\b`);
  const count = tests.filter(
    (test) => test.result().state === 'skipped' && needed.test(test.fullName),
  ).length;
  return count === 0 ? [] : [`skipped ${count} ${count === 1 ? 'test' : 'tests'}: ${reason}`];
}
