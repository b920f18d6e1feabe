import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import type { Job } from '#shared/job.ts';
import { toLocalTime } from '../../api/server-clock.ts';
import { Button } from '../../ui/button.tsx';
import { copyIcon } from '../../ui/icons.ts';
import { latePart } from '../../ui/late-part.ts';
import { formatMomentWithDay } from '../../ui/moments.ts';
import { capabilitiesQuery } from '../capabilities-query.ts';
import { useDownloads } from '../downloads-context.tsx';
import { RowGlyph } from '../row-glyph.tsx';
import type { Row, RowSurroundings } from '../rows.ts';
import { Attempts } from './attempts.tsx';
import { EarlierJobs } from './earlier-jobs.tsx';
import { FactList } from './fact-list.tsx';
import { fileFacts, supportFacts } from './job-facts.ts';
import { JobFailure } from './job-failure.tsx';
import { JobState } from './job-state.tsx';
import { supportNote } from './support-note.ts';
import { timelineQuery } from './timeline-query.ts';
import { WhatHappened } from './what-happened.tsx';

const FeedbackDialog = latePart(() => import('../../feedback/feedback-dialog.tsx'));

interface JobDetailsProps {
  job: Job;
  row: Row;
  around: RowSurroundings;
  /** The row is now the place to look at. */
  onLeave: () => void;
}

export function JobDetails({ job, row, around, onLeave }: JobDetailsProps) {
  const { act } = useDownloads();
  const { traceViewerUrl = null, sentryDsn = null } = useQuery(capabilitiesQuery()).data?.page ?? {};
  const [telling, setTelling] = useState(false);
  const events = useQuery(timelineQuery(job));
  const timeline = events.data ?? [];
  const { state, name, shortMeta } = row;
  const unseen = state === 'failed' && row.tracked?.seen === false;
  useEffect(() => {
    if (unseen) act((actions) => actions.see(job.jobId));
  }, [unseen, act, job.jobId]);
  const copyNote = () =>
    act((actions) => void actions.copy(supportNote(job, timeline, around.limits, window.location.href), 'Support note'));
  const again = () => {
    act((actions) => actions.askAgain(job.jobId, row.tracked));
    onLeave();
  };
  return (
    <>
      <div className="drawer-title">
        <RowGlyph state={state} percent={row.words.percent ?? 0} />
        <div>
          <h2 className="modal-title">{name}</h2>
          <p className="drawer-meta">
            {shortMeta} · asked {formatMomentWithDay(toLocalTime(job.timestamps.queuedAt), around.now)}
          </p>
        </div>
      </div>
      {state === 'failed' ? (
        <JobFailure job={job} timeline={timeline} limits={around.limits} blocked={around.stale} onAgain={again} onCopyNote={copyNote} onTell={sentryDsn === null ? null : () => setTelling(true)} />
      ) : (
        <JobState job={job} row={row} blocked={around.stale} onAgain={again} />
      )}
      <Attempts job={job} timeline={timeline} now={around.now} />
      {timeline.length > 0 && <WhatHappened timeline={timeline} />}
      {events.error && (
        <p className="drawer-notice">
          What happened could not be loaded.
          <Button look="quiet" onClick={() => void events.refetch()}>
            Try again
          </Button>
        </p>
      )}
      <FactList title="File" facts={fileFacts(job)} />
      <EarlierJobs job={job} around={around} />
      <FactList title="For support" facts={supportFacts(job, traceViewerUrl)} />
      {state !== 'failed' && (
        <div>
          <Button look="line" icon={copyIcon} onClick={copyNote}>
            Copy support note
          </Button>
        </div>
      )}
      <Suspense>
        {telling && (
          <FeedbackDialog
            about={{ traceId: job.traceId, jobId: job.jobId, errorCode: job.errorCode, eventId: null }}
            onClose={() => setTelling(false)}
          />
        )}
      </Suspense>
    </>
  );
}
