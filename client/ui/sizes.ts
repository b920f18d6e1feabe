const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size in two figures or whole units, as people say it: "1.8 GB", "640 MB", "9 B". */
export function formatSize(bytes: number): string {
  const power = powerOf(bytes);
  return `${inUnit(bytes, power)} ${units[power]}`;
}

/**
 * How much of a size is there: "1.1 of 1.8 GB", or "940 kB of 1.8 GB" while the part is too small for that unit.
 * `beyond` lets the part be more than the whole, and tells it closely, as over a limit.
 */
export function formatPart(done: number, total: number, { beyond = false } = {}): string {
  const power = powerOf(total);
  const part = beyond ? oneDecimal(done / 1000 ** power) : inUnit(Math.min(done, total), power);
  const shown = part === '0' && done > 0 ? formatSize(done) : part;
  return `${shown} of ${formatSize(total)}`;
}

function powerOf(bytes: number): number {
  let power = 0;
  while (power < units.length - 1 && rounded(bytes / 1000 ** power) >= 1000) power++;
  return power;
}

function inUnit(bytes: number, power: number): string {
  return String(rounded(bytes / 1000 ** power));
}

const oneDecimal = (value: number) => String(Math.round(value * 10) / 10);

const rounded = (value: number) => (value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value));
