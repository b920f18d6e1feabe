import { listedRows } from '../listed-rows.ts';

/** The jobs before and after one in the list as it stands; null at its ends. */
export function neighboursOf(jobId: string): { before: string | null; after: string | null } {
  const ids = listedRows().flatMap(({ job }) => (job ? [job.jobId] : []));
  const at = ids.indexOf(jobId);
  return { before: at > 0 ? ids[at - 1]! : null, after: at === -1 ? null : (ids[at + 1] ?? null) };
}
