import { isActive } from './row-state.ts';
import type { Row } from './rows.ts';

export const filters = ['all', 'active', 'ready', 'failed'] as const;
export type Filter = (typeof filters)[number];

interface FilterLook {
  label: string;
  keeps: (row: Row) => boolean;
  /** What the empty list says. */
  empty: string;
}

export const filterLooks = {
  all: { label: 'All', keeps: () => true, empty: 'Nothing is here yet.' },
  active: { label: 'Active', keeps: (row) => isActive(row.state), empty: 'Nothing is on the way.' },
  ready: { label: 'Ready', keeps: (row) => row.state === 'ready', empty: 'Nothing is waiting to be downloaded.' },
  failed: { label: 'Failed', keeps: (row) => row.state === 'failed', empty: 'Nothing has failed.' },
} satisfies Record<Filter, FilterLook>;
