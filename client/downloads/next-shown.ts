import type { Row } from './rows.ts';

const lastLookMs = 4000;
const goneMs = 1000;

/** A row in its place of the list, with what has become of it there. */
export interface Shown {
  row: Row;
  /** When the filter let it go; null while it belongs there. */
  letGoAt: number | null;
  /** When it came from elsewhere; null for what was there or was asked for here. */
  arrivedAt: number | null;
  /** When it went; it is only drawn to fade. */
  goneAt: number | null;
}

export interface ShownFacts {
  now: number;
  /** Somebody's pointer or focus is in the list, or was a moment ago. */
  held: boolean;
  keeps: (row: Row) => boolean;
}

/**
 * The list after a change: `rows` is everything there is, in the wanted order, and `before` what was shown; null when the view has
 * changed. A row that no longer belongs shows its last state for 4 s. While the list is held nothing in it moves: rows
 * keep their places, and what came from elsewhere waits.
 */
export function nextShown(before: readonly Shown[] | null, rows: readonly Row[], facts: ShownFacts): { shown: Shown[]; waiting: number } {
  const { now, held, keeps } = facts;
  const known = new Map(before?.map((entry) => [entry.row.rowId, entry]));
  const newest = before?.reduce((latest, { row }) => Math.max(latest, row.askedAt), 0) || Infinity;
  const shown: Shown[] = [];
  let waiting = 0;
  for (const row of rows) {
    const last = known.get(row.rowId);
    const arrives = !last && row.askedAt > newest && !row.own;
    const letGoAt = keeps(row) ? null : (last?.letGoAt ?? now);
    if (letGoAt !== null && (!last || (!held && now >= letGoAt + lastLookMs))) continue;
    if (arrives && held) waiting++;
    else shown.push({ row, letGoAt, arrivedAt: arrives ? now : (last?.arrivedAt ?? null), goneAt: null });
  }
  if (!before) return { shown, waiting };
  const ordered = held ? inOldPlaces(before, shown) : shown;
  return { shown: withGone(before, ordered, now), waiting };
}

function inOldPlaces(before: readonly Shown[], shown: readonly Shown[]): Shown[] {
  const fresh = new Map(shown.map((entry) => [entry.row.rowId, entry]));
  const places = before.flatMap(({ row }) => fresh.get(row.rowId) ?? []);
  const old = new Set(places);
  shown.forEach((entry, index) => {
    if (!old.has(entry)) places.splice(index === 0 ? 0 : places.indexOf(shown[index - 1]!) + 1, 0, entry);
  });
  return places;
}

/** What has just gone stays for a moment where it was, to fade. */
function withGone(before: readonly Shown[], shown: readonly Shown[], now: number): Shown[] {
  const present = new Set(shown.map(({ row }) => row.rowId));
  const all = [...shown];
  before.forEach((entry, index) => {
    if (present.has(entry.row.rowId) || (entry.goneAt !== null && now >= entry.goneAt + goneMs)) return;
    const above = before[index - 1]?.row.rowId;
    all.splice(all.findIndex(({ row }) => row.rowId === above) + 1, 0, { ...entry, goneAt: entry.goneAt ?? now });
  });
  return all;
}
