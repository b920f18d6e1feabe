import type { Job } from '#shared/job.ts';
import type { TrackedJob } from './tracked-job.ts';

/** A job that nobody asked for in this browser, dressed like one that somebody did. */
export function strangerOf(job: Job, heardAt: number): TrackedJob {
  return {
    place: { rowId: job.jobId, askedAt: job.timestamps.queuedAt },
    asked: { fileIds: job.fileIds, fileName: job.fileName, size: null, clientRequestId: null },
    job,
    lastPolled: new Date(heardAt).toISOString(),
    pace: null,
    downloadedAt: null,
    seen: true,
    tellMe: false,
    replacedBy: null,
  };
}
