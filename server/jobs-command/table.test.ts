import { expect, it } from 'vitest';
import { sheet, table } from './table.ts';

it('sets rows in columns as wide as they need, and shortens all but the last', () => {
  const long = 'x'.repeat(60);
  expect(table(['A', 'B', 'C'], [['1', long, long], ['22', '', 'end']])).toBe(
    [`A   B${' '.repeat(47)}  C`, `1   ${'x'.repeat(47)}…  ${long}`, `22  ${' '.repeat(48)}  end`, ''].join('\n'),
  );
});

it('sets names and values side by side', () => {
  expect(sheet([['job', 'dl_a'], ['status', 'queued']])).toBe('job     dl_a\nstatus  queued\n');
});

it('gives a terminal nothing to obey that a stranger wrote', () => {
  const hostile = 'a\u001b[2Jb\r\nc\u202Ed\u2028e';
  for (const text of [table(['A'], [[hostile]]), sheet([['A', hostile]])]) {
    expect(text).toContain('a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}c\u{FFFD}d\u{FFFD}e');
  }
});
