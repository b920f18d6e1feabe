import type { Job } from '#shared/job.ts';
import { Button } from '../../ui/button.tsx';
import { StatusLine } from '../download-row.tsx';
import { useDownloads } from '../downloads-context.tsx';
import { DownloadLink } from '../row-actions.tsx';
import { isActive } from '../row-state.ts';
import { RowTrack } from '../row-track.tsx';
import type { Row } from '../rows.ts';

interface JobStateProps {
  job: Job;
  row: Row;
  blocked: boolean;
  onAgain: () => void;
}

/** How a job stands, in the words of its row, with what can be done about it. */
export function JobState({ job, row, blocked, onAgain }: JobStateProps) {
  const { act } = useDownloads();
  const { state, words } = row;
  return (
    <section className="drawer-state row-state" data-state={state} data-stale={blocked || undefined}>
      <StatusLine words={words} />
      {isActive(state) && <RowTrack row={row} />}
      {words.note !== undefined && <p>{words.note}</p>}
      <div className="drawer-actions">
        {isActive(state) && (
          <Button look="line" disabled={blocked} onClick={() => act((actions) => void actions.cancel(job))}>
            Cancel
          </Button>
        )}
        {(state === 'ready' || state === 'downloaded') && <DownloadLink row={row} blocked={blocked} />}
        {(state === 'cancelled' || state === 'expired') && (
          <Button look="line" disabled={blocked} onClick={onAgain}>
            Prepare again
          </Button>
        )}
      </div>
    </section>
  );
}
