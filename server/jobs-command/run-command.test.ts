import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { jobSchema } from '#shared/job.ts';
import { JobNotFound } from '../downloads/errors.ts';
import type { JobRecord } from '../downloads/job-record.ts';
import { aJob, someTime } from '../testing/a-job.ts';
import { aFile } from '../testing/a-source-file.ts';
import { allOf } from '../testing/all-of.ts';
import { embeddedPorts, type EmbeddedPorts } from '../testing/embedded-ports.ts';
import { parseCommand } from './parse-command.ts';
import { runCommand } from './run-command.ts';

const origin = 'http://localhost:3000';
const run = (ports: EmbeddedPorts, line: string) => runCommand(ports, parseCommand(line.split(' '))!, origin);
const parsed = async (ports: EmbeddedPorts, line: string) => JSON.parse((await run(ports, `${line} --json`)).text);
const stored = async ({ jobs }: EmbeddedPorts, different: Partial<JobRecord>) => (await jobs.create(aJob(different))).job;

async function completed(ports: EmbeddedPorts, jobId: string) {
  const name = { id: jobId, fence: 1, fileName: 'a.txt' };
  const kept = await ports.objects.write(name, 'text/plain', Readable.from([Buffer.from('hello')]), new AbortController().signal);
  const artifact = { ...name, ...kept, contentType: 'text/plain' };
  const later = Date.now() + 60_000;
  return stored(ports, { jobId, status: 'completed', artifact, settledAt: someTime, expiresAt: later, endsAt: later + 1 });
}

describe('list', () => {
  it('shows the newest jobs first, and how many there are', async () => {
    const ports = await embeddedPorts();
    for (let n = 0; n < 5; n++) await stored(ports, { jobId: `dl_${n}`, queuedAt: someTime + n, userId: n % 2 ? 'ada' : null });
    const { text, ok } = await run(ports, 'list --limit 2');
    expect(ok).toBe(true);
    expect(text.split('\n').map((line) => line.split('  ')[0])).toEqual(['JOB', 'dl_4', 'dl_3', '2 of 5; --limit shows more.', '']);
    expect((await parsed(ports, 'list --user ada')).jobs.map((job: { jobId: string }) => job.jobId)).toEqual(['dl_3', 'dl_1']);
  });

  it('keeps to the statuses asked for, and gives jobs as the API does', async () => {
    const ports = await embeddedPorts();
    await stored(ports, { jobId: 'dl_1' });
    await stored(ports, { jobId: 'dl_2', status: 'failed', fault: { code: 'internal', message: 'It broke.', at: someTime } });
    const { jobs, total } = await parsed(ports, 'list --status failed,cancelled');
    expect(total).toBe(1);
    expect(jobs.map((job: unknown) => jobSchema.parse(job))).toMatchObject([{ jobId: 'dl_2', errorMessage: 'It broke.' }]);
    expect((await run(ports, 'list --status failed')).text).toMatch(/dl_2 +failed .* It broke\.\n1 job\.\n/);
  });

  it('says so when there is none', async () => {
    expect(await run(await embeddedPorts(), 'list')).toEqual({ text: '0 jobs.\n', ok: true });
  });
});

describe('show', () => {
  it('tells all of a job and what happened to it', async () => {
    const ports = await embeddedPorts();
    const timeline = [{ at: '2026-01-15T12:00:00.000Z', event: 'attempt began', attempt: 1, detail: 'w1' }];
    const claim = { worker: 'w1', heardAt: someTime, leaseExpiresAt: someTime + 30_000, object: { id: 'x', fence: 3 } };
    const job = await stored(ports, { status: 'running', claim, fence: 3, attempts: 1, userId: 'ada', timeline });
    const { text } = await run(ports, `show ${job.jobId}`);
    for (const part of [job.jobId, 'running 0 %', 'ada', 'w1, heard 2026-01-15T12:00:00.000Z', 'x/3', 'attempt began']) expect(text).toContain(part);
    expect(await parsed(ports, `show ${job.jobId}`)).toMatchObject({ job: { jobId: job.jobId, timeline }, record: job });
  });

  it('rejects an unknown job', async () => {
    await expect(run(await embeddedPorts(), 'show dl_nobody')).rejects.toThrow(JobNotFound);
  });
});

describe('a change', () => {
  it('cancels what can be cancelled, and says of the rest why not', async () => {
    const ports = await embeddedPorts();
    const open = await stored(ports, { jobId: 'dl_open' });
    await ports.queue.add({ jobId: open.jobId, place: 0, notBefore: 0 });
    await completed(ports, 'dl_done');
    const { text, ok } = await run(ports, 'cancel dl_done dl_nobody dl_open');
    expect(ok).toBe(false);
    expect(text).toMatch(/dl_done +refused +Too late to cancel/);
    expect(text).toMatch(/dl_nobody +refused +There is no job/);
    expect(text).toMatch(/dl_open +done +cancelled/);
    expect(await ports.jobs.find('dl_open')).toMatchObject({ status: 'cancelled' });
    expect(await ports.queue.waiting()).toBe(0);
  });

  it('retries a settled job as a new one', async () => {
    const ports = await embeddedPorts({ files: { 70_000: aFile('a.txt') } });
    await stored(ports, { jobId: 'dl_failed', status: 'failed' });
    const [outcome] = await parsed(ports, 'retry dl_failed');
    expect(outcome).toMatchObject({ jobId: 'dl_failed', done: true, job: { status: 'queued', retryOf: 'dl_failed' } });
    expect((await ports.jobs.find(outcome.job.jobId))!.traceparent).toBe((await ports.jobs.find('dl_failed'))!.traceparent);
    expect(await ports.queue.position(outcome.job.jobId)).toBe(1);
    expect((await run(ports, 'retry dl_failed')).text).toContain(`is being retried already, as ${outcome.job.jobId}`);
  });

  it('expires a finished file before its time, once and for all', async () => {
    const ports = await embeddedPorts();
    await completed(ports, 'dl_done');
    await stored(ports, { jobId: 'dl_open' });
    expect(await run(ports, 'expire dl_done')).toMatchObject({ ok: true });
    expect(await run(ports, 'expire dl_done')).toMatchObject({ ok: true });
    expect(await ports.jobs.find('dl_done')).toMatchObject({ status: 'expired' });
    expect(await allOf(ports.objects.list())).toEqual([]);
    expect(await parsed(ports, 'expire dl_open')).toMatchObject([{ done: false, code: 'job-not-settled' }]);
  });
});

describe('doctor', () => {
  it('says that all is well, or what is not', async () => {
    const ports = await embeddedPorts();
    expect(await run(ports, 'doctor')).toEqual({ text: 'Everything fits together.\n', ok: true });
    const { artifact } = await completed(ports, 'dl_done');
    await ports.objects.delete(artifact!);
    const { text, ok } = await run(ports, 'doctor');
    expect(ok).toBe(false);
    expect(text).toMatch(/missing file +dl_done +The storage has no object dl_done\/1/);
    expect(await parsed(ports, 'doctor')).toMatchObject({ ok: false, troubles: [{ kind: 'missing file', about: 'dl_done' }] });
  });
});
