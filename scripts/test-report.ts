/** How many tests ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What vitest's `json` reporter writes, as far as it is read here. */
interface VitestReport {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** What Playwright's `json` reporter writes, as far as it is read here. */
interface PlaywrightReport {
  readonly errors: readonly unknown[];
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
}

export function countVitest({ success, testResults }: VitestReport): Counts {
  const tests = testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failedTests = tests.filter(({ status }) => status === 'failed').length;
  // A file that could not be loaded, or broke outside its tests, has no failed test to show for it.
  const brokenFiles = testResults.filter((file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'));
  const failed = failedTests + brokenFiles.length;
  return { passed, failed: success ? failed : Math.max(1, failed), skipped: tests.length - passed - failedTests };
}

export function countPlaywright({ errors, stats }: PlaywrightReport): Counts {
  // Errors outside of tests: a file that cannot be loaded, a server that does not start.
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

export function sum(all: readonly Counts[]): Counts {
  const add = (field: keyof Counts) => all.reduce((total, counts) => total + counts[field], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

/** The closing line of a test run. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Whether a run may be called good: something ran, nothing failed, and where all must run, nothing was left out. */
export function isGood({ passed, failed, skipped }: Counts, { allMustRun }: { readonly allMustRun: boolean }): boolean {
  return passed > 0 && failed === 0 && !(allMustRun && skipped > 0);
}
