import { describe, expect, it } from 'vitest';
import { closingLine, countPlaywright, countVitest, isGood, sum } from './test-report.ts';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((test) => ({ status: test })) });

describe('the report of the unit tests', () => {
  it('tells passed, failed and everything that did not run', () => {
    const report = { success: false, testResults: [file('passed', 'passed', 'passed', 'skipped', 'todo'), file('failed', 'passed', 'failed')] };
    expect(countVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(countVitest({ success: false, testResults: [file('failed'), file('passed', 'passed')] })).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('is a failure when the run was none although every test passed', () => {
    expect(countVitest({ success: false, testResults: [file('passed', 'passed')] })).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });
});

describe('the report of the end-to-end tests', () => {
  const stats = { expected: 4, unexpected: 0, flaky: 1, skipped: 2 };

  it('tells passed, failed and skipped', () => {
    expect(countPlaywright({ errors: [], stats: { ...stats, unexpected: 3 } })).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });

  it('counts an error outside of the tests as a failure', () => {
    expect(countPlaywright({ errors: [{}], stats })).toMatchObject({ failed: 1 });
  });
});

describe('the closing line', () => {
  it('sums all reports up, and names what was skipped only where something was', () => {
    const all = sum([
      { passed: 10, failed: 0, skipped: 0 },
      { passed: 4, failed: 1, skipped: 0 },
    ]);
    expect(closingLine(all)).toBe('14 passed, 1 failed');
    expect(closingLine({ ...all, skipped: 2 })).toBe('14 passed, 1 failed, 2 skipped');
  });
});

describe('a good run', () => {
  const good = { passed: 3, failed: 0, skipped: 0 };

  it.each([
    ['all passed', good, true],
    ['one failed', { ...good, failed: 1 }, false],
    ['nothing ran', { ...good, passed: 0 }, false],
    ['one was skipped', { ...good, skipped: 1 }, false],
  ])('in CI, when %s: %o is %s', (_, counts, expected) => {
    expect(isGood(counts, { allMustRun: true })).toBe(expected);
  });

  it('may leave tests out on a laptop', () => {
    expect(isGood({ ...good, skipped: 1 }, { allMustRun: false })).toBe(true);
  });
});
