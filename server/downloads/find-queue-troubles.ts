import type { JobRecord } from './job-record.ts';
import type { SeenRecords } from './seen-records.ts';
import { lateMs, type DoctorPorts, type Trouble } from './trouble.ts';

const askedAtOnce = 500;

/** Queued jobs that have no entry, where the queue can be asked. */
export async function* findQueueTroubles({ jobs, queue, now }: DoctorPorts, seen: SeenRecords): AsyncIterable<Trouble> {
  if (!queue.known) return;
  // A job whose files are being prepared for another one leaves the line to that attempt.
  const isAlone = ({ preparation }: JobRecord) => preparation === null || !seen.underPreparation.has(preparation);
  const isMissed = (job: JobRecord) => job.status === 'queued' && job.updatedAt <= now() - lateMs && isAlone(job);
  const wanted = seen.queued.filter(isMissed).map(({ jobId }) => jobId);
  for (let from = 0; from < wanted.length; from += askedAtOnce) {
    const jobIds = wanted.slice(from, from + askedAtOnce);
    const known = await queue.known(jobIds);
    const still = (await jobs.findMany(jobIds.filter((jobId) => !known.has(jobId)))).filter(isMissed);
    yield* still.map(unknown);
  }
}

function unknown({ jobId }: JobRecord): Trouble {
  const detail = 'The sweep adds it once it is among the first 500 in line; a worker that starts adds all.';
  return { kind: 'unknown to the queue', about: jobId, detail };
}
