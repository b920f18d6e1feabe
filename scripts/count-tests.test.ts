import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetReports, readReports } from './count-tests.ts';

const unit = { success: true, testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] }] };
const e2e = { errors: [], stats: { expected: 3, unexpected: 1, flaky: 0, skipped: 0 } };

let directory: string;
const write = (name: string, report: object) => writeFile(join(directory, name), JSON.stringify(report));

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'count-tests-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('adds the suites up', async () => {
  await Promise.all([write('unit.json', unit), write('e2e.json', e2e)]);
  expect(await readReports(directory)).toEqual({ counts: { passed: 5, failed: 1, skipped: 0 }, missing: [] });
});

it('names a suite that was never run', async () => {
  await write('unit.json', unit);
  expect(await readReports(directory)).toEqual({ counts: { passed: 2, failed: 0, skipped: 0 }, missing: ['e2e.json'] });
});

it('counts nothing of an earlier run', async () => {
  await Promise.all([write('unit.json', unit), write('e2e.json', e2e)]);
  await forgetReports(directory);
  expect((await readReports(directory)).missing).toEqual(['unit.json', 'e2e.json']);
});
