import { printable } from './printable.ts';

const widest = 48;

/** Rows under their headings, in columns as wide as they need; only the last column may be long. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((cells) => cells.map((cell, column) => shortened(printable(cell), column === headings.length - 1)));
  const widths = headings.map((_, column) => Math.max(...lines.map((cells) => cells[column]!.length)));
  return lines.map((cells) => `${cells.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()}\n`).join('');
}

/** Names and values, one a line. */
export function sheet(values: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...values.map(([name]) => name.length));
  return values.map(([name, value]) => `${name.padEnd(width)}  ${printable(value)}\n`).join('');
}

function shortened(text: string, mayBeLong: boolean): string {
  return mayBeLong || text.length <= widest ? text : `${text.slice(0, widest - 1)}…`;
}
