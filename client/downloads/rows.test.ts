import { describe, expect, test } from 'vitest';
import { aJob, aTracked, at, testTime as now } from '../testing/a-job.ts';
import type { DownloadsSnapshot } from './kept-downloads.ts';
import { rowsOf } from './rows.ts';
import { wantAgain } from './want.ts';

const around = { now, stale: false, limits: { artifactBytes: null, deadlineMs: null } };
const older = aTracked(aJob({ jobId: 'older', status: 'failed' }), { place: { rowId: 'older', askedAt: at(-60_000) } });
const newer = aTracked(aJob({ jobId: 'newer' }), { place: { rowId: 'newer', askedAt: at(-1000) } });

const base: DownloadsSnapshot = {
  jobs: new Map([
    ['older', older],
    ['newer', newer],
  ]),
  intents: [],
  hidden: new Set(),
  confirmed: new Set(['older', 'newer']),
  cancelling: new Set(),
  sending: new Map(),
  failedPolls: new Map(),
};
const idsOf = (snapshot: DownloadsSnapshot) => rowsOf(snapshot, around).map((row) => row.rowId);

describe('the list', () => {
  test('has the newest first', () => {
    expect(idsOf(base)).toEqual(['newer', 'older']);
  });

  test('leaves out what was removed', () => {
    expect(idsOf({ ...base, hidden: new Set(['newer']) })).toEqual(['older']);
  });

  test('puts what is prepared again in the place of the job before it', () => {
    const rows = rowsOf({ ...base, intents: [wantAgain('older', older)] }, around);
    expect(rows.map(({ rowId, state }) => [rowId, state])).toEqual([
      ['newer', 'running'],
      ['older', 'sending'],
    ]);
  });

  test('shows what another tab asked for once, also between hearing of the job and of the end of its request', () => {
    const intent = { ...wantAgain('older', older), retryOf: null, place: newer.place };
    const rows = rowsOf({ ...base, intents: [intent] }, around);
    expect(rows.map(({ rowId, state }) => [rowId, state])).toEqual([
      ['newer', 'running'],
      ['older', 'failed'],
    ]);
  });

  test('says of what another tab sends that it waits for the connection', () => {
    const intents = [wantAgain('older', older)];
    const stateOf = (stale: boolean) => rowsOf({ ...base, intents }, { ...around, stale }).find(({ rowId }) => rowId === 'older')?.state;
    expect([stateOf(false), stateOf(true)]).toEqual(['sending', 'unsent']);
  });

  test('says size, number and time of asking', () => {
    const [row] = rowsOf(base, around);
    expect(row?.meta).toMatch(/^1\.8 GB · No\. 70412 · asked \d\d:\d\d$/);
  });

  test('marks what is active and not confirmed yet', () => {
    const rows = rowsOf({ ...base, confirmed: new Set() }, around);
    expect(rows.map((row) => row.unconfirmed)).toEqual([true, false]);
  });
});
