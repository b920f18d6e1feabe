import { useQuery } from '@tanstack/react-query';
import type { Job } from '#shared/job.ts';
import { StatusLine } from '../download-row.tsx';
import { useDownloadsSnapshot } from '../downloads-context.tsx';
import { JobLink } from '../job-address.tsx';
import { RowGlyph } from '../row-glyph.tsx';
import { jobRow, type RowSurroundings } from '../rows.ts';
import { earlierJobsQuery } from './earlier-jobs-query.ts';
import { strangerOf } from '../stranger-of.ts';

/** The jobs that asked for the same before this one, newest first. */
export function EarlierJobs({ job, around }: { job: Job; around: RowSurroundings }) {
  const snapshot = useDownloadsSnapshot();
  const { data: earlier = [] } = useQuery(earlierJobsQuery(job));
  if (earlier.length === 0) return null;
  return (
    <section>
      <h3 className="drawer-heading">Earlier</h3>
      <ul className="earlier">
        {earlier.map((one) => {
          const confirmed = new Set([one.jobId]);
          const tracked = snapshot.jobs.get(one.jobId) ?? strangerOf(one, around.now);
          const row = jobRow(one, tracked, { ...snapshot, confirmed }, around);
          return (
            <li key={one.jobId} className="row-state" data-state={row.state}>
              <JobLink jobId={one.jobId} className="earlier-link">
                <RowGlyph state={row.state} size={16} />
                <StatusLine words={row.words} />
              </JobLink>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
