import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';
import { isCi } from '../../scripts/is-ci.ts';

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

function isInstalled(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
