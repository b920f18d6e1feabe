import { enqueue } from '../server/downloads/accept-job.ts';
import { advanceJob } from '../server/downloads/advance-job.ts';
import type { JobEvent } from '../server/downloads/job-event.ts';
import type { JobRecord } from '../server/downloads/job-record.ts';
import { newJob } from '../server/downloads/new-job.ts';
import type { Ports } from '../server/downloads/ports.ts';
import { traceparentFor } from '../server/downloads/trace-parent.ts';

type JobPorts = Pick<Ports, 'jobs' | 'now' | 'policy'>;

const size = 48_000_000;
const fence = 1;
const contentType = 'application/octet-stream';

const begun: readonly JobEvent[] = [
  { type: 'claimed', worker: 'bench' },
  { type: 'progressed', fence, bytesDone: size / 3, bytesPerSecond: 1_000_000 },
];

/** One job in line, one that is worked on and one that is completed, as the program itself writes them. */
export async function jobsToPoll(ports: Ports): Promise<string[]> {
  const queued = await accept(ports);
  await enqueue(ports, queued);
  const running = await accept(ports);
  await tell(ports, running, begun);
  const completed = await accept(ports);
  const artifact = { id: completed.jobId, fence, fileName: 'report.bin', size, contentType, sha256: 'ab'.repeat(32) };
  await tell(ports, completed, [...begun, { type: 'fetched', fence, bytesDone: size }, { type: 'completed', fence, artifact }]);
  return [queued.jobId, running.jobId, completed.jobId];
}

async function accept({ jobs, now, policy }: JobPorts): Promise<JobRecord> {
  const request = { fileIds: [70_000], archive: false, archiveName: null, priority: 'normal', callbackUrl: null } as const;
  const asked = { request, userId: 'bench', clientRequestId: null, retryOf: null, traceparent: traceparentFor(undefined), requestId: null };
  const known = { fileName: 'report.bin', files: [{ fileId: 70_000, fileName: 'report.bin', size }], bytesTotal: size, preparation: null };
  return (await jobs.create(newJob(asked, known, now(), policy))).job;
}

async function tell({ jobs, now, policy }: JobPorts, { jobId }: JobRecord, events: readonly JobEvent[]): Promise<void> {
  for (const event of events) {
    const told = await jobs.update(jobId, (job) => advanceJob(job, event, now(), policy));
    if (!told) throw new Error(`${event.type} does not apply`);
  }
}
