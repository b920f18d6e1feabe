import { describe } from 'vitest';
import { isCi } from '../../scripts/is-ci.ts';
import { isInstalled } from './is-installed.ts';

/**
 * A suite that needs a program of this machine. Where it is missing the suite is left out, and its name says why; in CI
 * it runs all the same, and fails.
 */
export function describeWith(program: string, name: string, suite: () => void): void {
  const isMissing = !isInstalled(program) && !isCi();
  const why = isMissing ? ` (needs ${program}, which is not installed: npm test installs it, or says how)` : '';
  describe(`${name}${why}`, { skip: isMissing }, () => {
    suite();
  });
}
