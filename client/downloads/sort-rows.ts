import { isActive } from './row-state.ts';
import type { Row } from './rows.ts';

export const sorts = ['newest', 'soonest', 'name', 'size'] as const;
export type Sort = (typeof sorts)[number];

export const sortLabels = {
  newest: 'Newest first',
  soonest: 'Soonest ready',
  name: 'Name',
  size: 'Size',
} satisfies Record<Sort, string>;

const names = new Intl.Collator('en', { numeric: true });

const orders = {
  newest: (one, other) => other.askedAt - one.askedAt,
  soonest: (one, other) => readyAt(one) - readyAt(other),
  name: (one, other) => names.compare(one.name, other.name),
  size: (one, other) => (other.size ?? -1) - (one.size ?? -1),
} satisfies Record<Sort, (one: Row, other: Row) => number>;

/** The rows in the wanted order; among equals the newest first, as they come. */
export const sortRows = (rows: readonly Row[], sort: Sort) => rows.toSorted(orders[sort]);

const someDay = Number.MAX_SAFE_INTEGER;

/** What is ready comes first, then what is expected, then what is on the way without an estimate, then all that has ended. */
function readyAt({ state, tracked, job }: Row): number {
  if (state === 'ready') return 0;
  if (!isActive(state)) return someDay;
  const startsIn = job?.queue?.etaSeconds;
  const startsAt = startsIn == null || !tracked ? null : Date.parse(tracked.lastPolled) + startsIn * 1000;
  return tracked?.pace?.finishAt ?? startsAt ?? someDay - 1;
}
