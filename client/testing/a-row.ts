import type { Row } from '../downloads/rows.ts';
import { aJob, aTracked, testTime } from './a-job.ts';

/** A line of the list; give only what matters. */
export function aRow(change: Partial<Row> = {}): Row {
  const job = change.job === undefined ? aJob() : change.job;
  return {
    rowId: job?.jobId ?? 'row-1',
    askedAt: testTime,
    state: 'running',
    name: 'harbour-survey.laz',
    meta: '1.8 GB · No. 70412 · asked 14:29',
    size: 1.8e9,
    shortMeta: '1.8 GB · No. 70412',
    words: { label: 'Preparing', percent: 62 },
    job,
    tracked: job && aTracked(job),
    intent: null,
    own: false,
    unconfirmed: false,
    ...change,
  };
}
