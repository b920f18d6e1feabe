import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { aJob, at, testTime } from '../testing/a-job.ts';
import { capabilitiesQuery } from './capabilities-query.ts';
import { recordEnd } from './record-end.ts';

const job = aJob({ status: 'failed', expiresAt: at(60_000) });
const hour = 3_600_000;

test('a removed job is kept out of sight for as long as this server keeps its records', () => {
  const client = new QueryClient();
  const lifetimes = { jobMs: hour, historyMs: 2 * hour, deadlineMs: hour, linkSeconds: 900 };
  client.setQueryData(capabilitiesQuery().queryKey, (known) => known ?? ({ lifetimes } as never));
  expect(recordEnd(job, client) - testTime).toBe(60_000 + 2 * hour);
});

test('and for a week where the server has not told how long that is', () => {
  expect(recordEnd(job, new QueryClient()) - testTime).toBe(60_000 + 7 * 24 * hour);
});
