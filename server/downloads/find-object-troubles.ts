import { setTimeout as sleep } from 'node:timers/promises';
import type { JobRecord } from './job-record.ts';
import { nameOf, type SeenRecords } from './seen-records.ts';
import type { DoctorPorts, Trouble } from './trouble.ts';

/** Objects that nobody needs, and finished jobs whose file is not there. */
export async function* findObjectTroubles(ports: DoctorPorts, { published }: SeenRecords): AsyncIterable<Trouble> {
  const stored = new Set<string>();
  const needless = await findNeedless(ports, published, (name) => void stored.add(name));
  for (const [name, jobIds] of published) {
    if (stored.has(name)) continue;
    // It may have been expired or deleted since the records were looked through.
    const still = (await ports.jobs.findMany(jobIds)).filter(({ status }) => status === 'completed');
    yield* still.map((job) => missing(job, name));
  }
  if (needless.size === 0) return;
  // An attempt whose job was cancelled hears of it with its next heartbeat, and then deletes what it wrote.
  await sleep(2 * ports.policy.heartbeatMs);
  for (const name of await findNeedless(ports, published)) if (needless.has(name)) yield orphan(name);
}

async function findNeedless({ jobs, objects }: DoctorPorts, published: SeenRecords['published'], see = (_name: string) => {}) {
  const needless = new Set<string>();
  for await (const object of objects.list()) {
    const name = nameOf(object);
    see(name);
    // The records are asked after the object was seen, so what is written just now is in use.
    if (!published.has(name) && !(await jobs.isInUse(object))) needless.add(name);
  }
  return needless;
}

function orphan(about: string): Trouble {
  return { kind: 'orphaned object', about, detail: 'No job needs it. The sweep of objects deletes it within 10 min.' };
}

function missing({ jobId }: JobRecord, name: string): Trouble {
  return { kind: 'missing file', about: jobId, detail: `The storage has no object ${name}. Expire the job, and retry it.` };
}
