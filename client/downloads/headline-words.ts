import { toLocalTime } from '../api/server-clock.ts';
import { formatEstimate, formatLife } from '../ui/spans.ts';
import { shownPace } from './pace.ts';
import { isActive } from './row-state.ts';
import type { Row } from './rows.ts';

export interface HeadlineWords {
  /** The part in the colour of things that can be taken. */
  ready: string | null;
  rest: string | null;
  lead: string;
  /** What a phone has room for. */
  shortLead: string;
}

export interface Counts {
  all: number;
  active: number;
  ready: number;
  failed: number;
  unseenFailures: number;
}

export function countRows(rows: readonly Row[]): Counts {
  const failed = rows.filter((row) => row.state === 'failed');
  return {
    all: rows.length,
    active: rows.filter((row) => isActive(row.state)).length,
    ready: rows.filter((row) => row.state === 'ready').length,
    failed: failed.length,
    unseenFailures: failed.filter((row) => row.tracked?.seen === false).length,
  };
}

/** The page's answer in a sentence. */
export function headlineWords(rows: readonly Row[], now: number): HeadlineWords {
  const { active, ready, unseenFailures } = countRows(rows);
  const readyWords = ready > 0 ? `${ready} ready` : null;
  if (active > 0) return { ready: readyWords, rest: `${active} on the way`, ...leadWhileWorking(rows, now) };
  if (readyWords !== null) return { ready: readyWords, rest: null, ...same(leadWhileReady(rows, now)) };
  if (unseenFailures > 0) {
    const lead = unseenFailures === 1 ? 'Open it to see why, or try again.' : 'Open them to see why, or try again.';
    return { ready: null, rest: `${unseenFailures} could not be prepared`, ...same(lead) };
  }
  return { ready: null, rest: 'All done', ...same('Nothing is waiting for you.') };
}

function leadWhileWorking(rows: readonly Row[], now: number) {
  const promise = 'You can close this page, the work goes on.';
  const finishes = rows
    .filter((row) => isActive(row.state) && !row.unconfirmed)
    .map((row) => secondsLeft(row, now))
    .filter((seconds) => seconds !== null);
  if (finishes.length === 0) return same(promise);
  const next = `Next one in ${formatEstimate(Math.min(...finishes))}.`;
  return { lead: `${next} ${promise}`, shortLead: next };
}

function secondsLeft({ state, tracked }: Row, now: number): number | null {
  const steady = state === 'running' || state === 'packing' || state === 'unknown-size';
  return steady && tracked?.pace ? shownPace(tracked.pace, now).leftSeconds : null;
}

function leadWhileReady(rows: readonly Row[], now: number): string {
  const ends = rows.filter((row) => row.state === 'ready').map((row) => toLocalTime(row.job?.expiresAt ?? ''));
  const life = formatLife(Math.min(...ends) - now);
  return life === null ? 'Download it now, it is about to expire.' : `Download within ${life}.`;
}

const same = (lead: string) => ({ lead, shortLead: lead });
