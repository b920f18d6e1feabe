import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isCi } from './is-ci.ts';
import { closingLine, countPlaywright, countVitest, isGood, sum, type Counts } from './test-report.ts';

/** Where the test runners put their reports; the scripts in package.json say the same. */
const reports: Record<string, (report: never) => Counts> = {
  'unit.json': countVitest,
  'e2e.json': countPlaywright,
};

export async function forgetReports(directory: string): Promise<void> {
  await Promise.all(Object.keys(reports).map((name) => rm(join(directory, name), { force: true })));
}

/** What the reports say together, and which of them were never written. */
export async function readReports(directory: string): Promise<{ counts: Counts; missing: string[] }> {
  const read = await Promise.all(
    Object.entries(reports).map(async ([name, count]) => {
      const text = await readFile(join(directory, name), 'utf8').catch(() => null);
      return { name, counts: text === null ? null : count(JSON.parse(text) as never) };
    }),
  );
  const missing = read.filter(({ counts }) => counts === null).map(({ name }) => name);
  return { counts: sum(read.flatMap(({ counts }) => counts ?? [])), missing };
}

/**
 * `node scripts/count-tests.ts [command…]`: runs the command, if there is one, and ends with one line that counts the
 * tests of all suites. False when the command failed, a test did, a suite was never run, or, in CI, a test was left out.
 */
async function main([command, ...args]: readonly string[]): Promise<boolean> {
  const directory = resolve(import.meta.dirname, '../test-results');
  if (command) await forgetReports(directory);
  const commandEndedWell = !command || spawnSync(command, args, { stdio: 'inherit' }).status === 0;
  const { counts, missing } = await readReports(directory);
  if (missing.length > 0) say(`Never run to its end, and counted as failed: ${missing.join(', ')}`);
  const otherwiseBad = !commandEndedWell && missing.length === 0 && counts.failed === 0;
  if (otherwiseBad) say('Something besides the tests failed, and is counted as one; see above.');
  const all = { ...counts, failed: counts.failed + missing.length + Number(otherwiseBad) };
  say(closingLine(all));
  return isGood(all, { allMustRun: isCi() });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) {
  if (!(await main(process.argv.slice(2)))) process.exitCode = 1;
}
