import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Job } from '#shared/job.ts';
import { toLocalTime } from '../../api/server-clock.ts';
import { Button } from '../../ui/button.tsx';
import { formatExactly } from '../../ui/moments.ts';
import { formatSize } from '../../ui/sizes.ts';
import { capabilitiesQuery } from '../capabilities-query.ts';
import { StatusLine } from '../download-row.tsx';
import { useDownloads } from '../downloads-context.tsx';
import { failureWords } from '../failure-words.ts';
import { DownloadLink } from '../row-actions.tsx';
import { RowGlyph } from '../row-glyph.tsx';
import { isActive } from '../row-state.ts';
import { RowTrack } from '../row-track.tsx';
import type { Row, RowSurroundings } from '../rows.ts';
import { FactList, type Fact } from './fact-list.tsx';
import { supportNote } from './support-note.ts';
import { copyIcon, retryIcon } from '../../ui/icons.ts';

interface JobDetailsProps {
  job: Job;
  row: Row;
  around: RowSurroundings;
  /** The row is now the place to look at. */
  onLeave: () => void;
}

export function JobDetails({ job, row, around, onLeave }: JobDetailsProps) {
  const { act } = useDownloads();
  const viewer = useQuery(capabilitiesQuery()).data?.page.traceViewerUrl ?? null;
  const { state, name, meta } = row;
  const unseen = state === 'failed' && row.tracked?.seen === false;
  useEffect(() => {
    if (unseen) act((actions) => actions.see(job.jobId));
  }, [unseen, act, job.jobId]);
  const copyNote = () => act((actions) => void actions.copy(supportNote(job, around.limits, window.location.href), 'Support note'));
  return (
    <>
      <div className="drawer-title">
        <RowGlyph state={state} percent={row.words.percent ?? 0} />
        <div>
          <h2>{name}</h2>
          <p className="drawer-meta">{meta}</p>
        </div>
      </div>
      {state === 'failed' ? (
        <Failure job={job} row={row} around={around} onLeave={onLeave} onCopyNote={copyNote} />
      ) : (
        <State row={row} blocked={around.stale} onLeave={onLeave} />
      )}
      <FactList title="File" facts={fileFacts(job)} />
      <FactList title="For support" facts={supportFacts(job, viewer)} />
      {state !== 'failed' && (
        <div>
          <Button look="line" icon={copyIcon} onClick={copyNote}>
            Copy support note
          </Button>
        </div>
      )}
    </>
  );
}

function Failure({ job, row, around, onLeave, onCopyNote }: JobDetailsProps & { onCopyNote: () => void }) {
  const { act } = useDownloads();
  const { sentence, advice, worthRetrying } = failureWords(job.errorCode, around.limits);
  const tried = job.attempts === 1 ? 'We tried once and stopped.' : `We tried ${job.attempts} times and stopped.`;
  const again = () => {
    act((actions) => actions.askAgain(job.jobId, row.tracked));
    onLeave();
  };
  return (
    <section className="drawer-state drawer-failure">
      <h3>{sentence}</h3>
      <p>
        {tried} Nothing was kept. {advice}
      </p>
      <div className="drawer-actions">
        {worthRetrying && (
          <Button look="ink" icon={retryIcon} disabled={around.stale} onClick={again}>
            Try again
          </Button>
        )}
        <Button look="line" icon={copyIcon} onClick={onCopyNote}>
          Copy support note
        </Button>
      </div>
    </section>
  );
}

function State({ row, blocked, onLeave }: { row: Row; blocked: boolean; onLeave: () => void }) {
  const { act } = useDownloads();
  const { state, job, words } = row;
  if (!job) return null;
  const again = () => {
    act((actions) => actions.askAgain(job.jobId, row.tracked));
    onLeave();
  };
  return (
    <section className="drawer-state" data-state={state} data-stale={blocked || undefined}>
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
          <Button look="line" disabled={blocked} onClick={again}>
            Prepare again
          </Button>
        )}
      </div>
    </section>
  );
}

function fileFacts({ result, expiresAt, status, files }: Job): Fact[] {
  if (status !== 'completed') return [];
  return [
    { name: 'SHA-256', value: result.sha256, copy: 'SHA-256', code: true },
    { name: 'Type', value: result.contentType },
    { name: 'Size', value: result.size === null ? null : `${formatSize(result.size)} (${result.size.toLocaleString('en-GB')} bytes)` },
    { name: 'Available', value: `until ${formatExactly(toLocalTime(expiresAt))}` },
    ...(files && files.length > 1 ? [{ name: 'Contains', value: files.map((file) => file.fileName).join(', ') }] : []),
  ];
}

function supportFacts(job: Job, viewer: string | null): Fact[] {
  const href = viewer === null ? null : viewer.replace('{traceId}', job.traceId);
  return [
    { name: 'Error code', value: job.errorCode, copy: 'Error code', code: true },
    { name: 'Trace', value: job.traceId, copy: 'Trace id', code: true, ...(href === null ? {} : { href }) },
    { name: 'Job', value: job.jobId, copy: 'Job id', code: true },
  ];
}
