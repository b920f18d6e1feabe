import { JobNotFound } from '../downloads/errors.ts';
import { findTroubles } from '../downloads/find-troubles.ts';
import { listJobs } from '../downloads/list-jobs.ts';
import type { Ports } from '../downloads/ports.ts';
import type { Trouble } from '../downloads/trouble.ts';
import { showJob, viewJob } from '../downloads/view-jobs.ts';
import { changeJobs } from './change-jobs.ts';
import { listHeadings, rowOf, sheetOf } from './describe-job.ts';
import type { ChangeCommand, Command, DoctorCommand, ListCommand, ShowCommand } from './parse-command.ts';
import { sheet, table } from './table.ts';

/** What the command says on standard output, and whether all was well. */
export interface Answer {
  readonly text: string;
  readonly ok: boolean;
}

/** Does what was asked for. `origin` is where links lead. Rejects when records or queue cannot be reached, or as its use case does. */
export async function runCommand(ports: Ports, command: Command, origin: string): Promise<Answer> {
  switch (command.name) {
    case 'list':
      return list(ports, command, origin);
    case 'show':
      return show(ports, command, origin);
    case 'doctor':
      return doctor(ports, command);
    default:
      return change(ports, command, origin);
  }
}

async function list(ports: Ports, { question, json }: ListCommand, origin: string): Promise<Answer> {
  const { jobs, total } = await listJobs(ports, question);
  if (json) return inJson({ jobs: await Promise.all(jobs.map((job) => showJob(ports, job, { origin }))), total });
  const rest = total > jobs.length ? `${jobs.length} of ${total}; --limit shows more.` : `${total} ${total === 1 ? 'job' : 'jobs'}.`;
  return { text: (total === 0 ? '' : table(listHeadings, jobs.map(rowOf))) + `${rest}\n`, ok: true };
}

async function show(ports: Ports, { jobId, json }: ShowCommand, origin: string): Promise<Answer> {
  const record = await ports.jobs.find(jobId);
  if (!record) throw new JobNotFound();
  if (json) return inJson({ job: await viewJob(ports, jobId, { origin, timeline: true }), record });
  const events = record.timeline.map(({ at, event, attempt, detail }) => [at, attempt === null ? '-' : String(attempt), event, detail ?? '']);
  return { text: `${sheet(sheetOf(record))}\n${table(['WHEN', 'ATTEMPT', 'EVENT', 'DETAIL'], events)}`, ok: true };
}

async function change(ports: Ports, { name, jobIds, json }: ChangeCommand, origin: string): Promise<Answer> {
  const outcomes = await changeJobs(ports, name, jobIds, origin);
  const ok = outcomes.every(({ done }) => done);
  if (json) return inJson(outcomes, ok);
  return { text: table(['JOB', '', 'RESULT'], outcomes.map(({ jobId, done, what }) => [jobId, done ? 'done' : 'refused', what])), ok };
}

async function doctor(ports: Ports, { json }: DoctorCommand): Promise<Answer> {
  const troubles: Trouble[] = [];
  for await (const trouble of findTroubles(ports)) troubles.push(trouble);
  const ok = troubles.length === 0;
  if (json) return inJson({ ok, troubles }, ok);
  const found = troubles.map(({ kind, about, detail }) => [kind, about, detail]);
  return { text: ok ? 'Everything fits together.\n' : table(['TROUBLE', 'ABOUT', 'WHAT COMES OF IT'], found), ok };
}

function inJson(answer: unknown, ok = true): Answer {
  return { text: `${JSON.stringify(answer, null, 2)}\n`, ok };
}
