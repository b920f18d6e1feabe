import type { QueryClient } from '@tanstack/react-query';
import type { Job } from '#shared/job.ts';
import { toLocalTime } from '../api/server-clock.ts';
import { capabilitiesQuery } from './capabilities-query.ts';

/** What the server keeps by itself, in place of an answer that did not come. */
const usualHistoryMs = 7 * 86_400_000;

/** When the server forgets a settled job, by this browser's clock: so long after its file has ended as it keeps history. */
export function recordEnd({ expiresAt }: Job, client: QueryClient): number {
  const lifetimes = client.getQueryData(capabilitiesQuery().queryKey)?.lifetimes;
  return toLocalTime(expiresAt) + (lifetimes?.historyMs ?? usualHistoryMs);
}
