import { setImmediate } from 'node:timers/promises';
import { enqueue } from './accept-job.ts';
import { advanceJob } from './advance-job.ts';
import { expireDownload } from './expire-download.ts';
import type { JobEvent } from './job-event.ts';
import { jobFields } from './job-fields.ts';
import type { JobRecord } from './job-record.ts';
import type { JobStore, Ports } from './ports.ts';
import { releaseObject } from './release-object.ts';
import { tellFailures } from './tell-failures.ts';

export type SweepPorts = Pick<Ports, 'jobs' | 'queue' | 'objects' | 'policy' | 'now' | 'log' | 'tracing'>;

const batch = 500;

/** Finds what was forgotten: lost claims, jobs past their deadline or their life, and records whose time is over. */
export async function sweep(ports: SweepPorts): Promise<void> {
  await forEach(ports, 'listLost', (job) => takeUpAgain(ports, job));
  await forEach(ports, 'listOverdue', async (job) => tellFailures(ports.log, [await advance(ports, job, { type: 'overdue' })]));
  await forEach(ports, 'listExpired', async ({ jobId }) => void (await expireDownload(ports, jobId)));
  await forEach(ports, 'listEnded', (job) => endRecord(ports, job));
}

/** Puts every queued job in line. Adding one that the queue knows changes nothing. */
export async function refillQueue(ports: SweepPorts): Promise<void> {
  let page = await refillHead(ports);
  while (page.length > 0) {
    page = await ports.jobs.listQueued(batch, page.at(-1)!);
    for (const job of page) await enqueue(ports, job);
  }
}

/** The same for the head of the line alone: what was forgotten further back is found when it gets there. */
export async function refillHead(ports: SweepPorts): Promise<JobRecord[]> {
  const head = await ports.jobs.listQueued(batch, null);
  for (const job of head) await enqueue(ports, job);
  return head;
}

/** Deletes objects that no record points to: of claims that were given up, and of records that are gone. */
export async function sweepObjects(ports: SweepPorts): Promise<void> {
  for await (const { id, fence } of ports.objects.list()) {
    // The records are asked after the object was seen, so a claim that writes just now is already in them.
    if (await releaseObject(ports, { id, fence })) ports.log.info({ object: `${id}/${fence}` }, 'orphaned object deleted');
  }
}

async function takeUpAgain(ports: SweepPorts, lost: JobRecord): Promise<void> {
  const job = await advance(ports, lost, { type: 'lost', fence: lost.fence });
  if (!job) return;
  // What it had written by then is nobody's, unless other jobs share it and are still to be found lost.
  await releaseObject(ports, lost.claim!.object, job);
  ports.log.warn({ ...jobFields(job), worker: lost.claim?.worker, status: job.status }, 'worker lost');
  tellFailures(ports.log, [job]);
  if (job.status === 'queued') await enqueue(ports, job);
}

async function endRecord(ports: SweepPorts, { jobId }: JobRecord): Promise<void> {
  const ended = await ports.jobs.remove(jobId, (job) => job.endsAt !== null && job.endsAt <= ports.now());
  if (ended?.artifact) await releaseObject(ports, ended.artifact, ended);
}

function advance({ jobs, policy, now }: SweepPorts, { jobId }: JobRecord, event: JobEvent): Promise<JobRecord | null> {
  return jobs.update(jobId, (job) => advanceJob(job, event, now(), policy));
}

type Question = 'listLost' | 'listOverdue' | 'listExpired' | 'listEnded';
type Answer = ReturnType<JobStore[Question]>;

/** Batch by batch, until the store has no more or a batch changes nothing. */
async function forEach(ports: SweepPorts, question: Question, act: (job: JobRecord) => Promise<void>): Promise<void> {
  const seen = new Set<string>();
  for (;;) {
    const found: Awaited<Answer> = await ports.jobs[question](ports.now(), batch);
    const fresh = found.filter(({ jobId }) => !seen.has(jobId));
    for (const job of fresh) {
      seen.add(job.jobId);
      await act(job);
      // A store in this process answers without ever letting go: others want their turn too.
      await setImmediate();
    }
    if (fresh.length === 0 || found.length < batch) return;
  }
}
