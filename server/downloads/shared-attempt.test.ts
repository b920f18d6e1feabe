import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isSettled } from '#shared/job-status.ts';
import { aFile, anEntry } from '../testing/a-source-file.ts';
import { embeddedPorts, type EmbeddedPorts } from '../testing/embedded-ports.ts';
import { allOf } from '../testing/all-of.ts';
import { aJob } from '../testing/a-job.ts';
import { startWorker } from '../worker/start-worker.ts';
import { advanceJob } from './advance-job.ts';
import { AttemptClaims } from './attempt-claims.ts';
import { cancelDownload } from './cancel-download.ts';
import { initiateDownload } from './initiate-download.ts';
import { SourceFault } from './faults.ts';
import { nothingKnown } from './known-files.ts';
import type { Policy } from './policy.ts';
import type { SourceFile } from './ports.ts';
import { sweep } from './sweep.ts';

const asker = { origin: 'http://localhost', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`, requestId: null };

/** A file whose bytes come when the test lets them, and which counts how often it is opened. */
function heldFile(version: string | null = 'v1') {
  const opened: PassThrough[] = [];
  const open = async (signal: AbortSignal) => {
    const body = new PassThrough();
    signal.addEventListener('abort', () => body.destroy(signal.reason as Error), { once: true });
    opened.push(body);
    return body;
  };
  const file: SourceFile = { ...aFile('held.txt', anEntry('held.txt', 'hello', { open })), version };
  return { file, opened };
}

async function working(files: Record<number, SourceFile | (() => SourceFile | Promise<SourceFile>)>, policy: Partial<Policy> = {}): Promise<EmbeddedPorts> {
  const ports = await embeddedPorts({ files, policy: { heartbeatMs: 50, retryBaseMs: 10, ...policy } });
  const worker = await startWorker(ports);
  onTestFinished(() => worker.stop(0));
  return ports;
}

const ask = async (ports: EmbeddedPorts, userId: string, fileId = 1) =>
  (await initiateDownload(ports, { file_id: fileId, userId, priority: 'normal' }, null, asker)).jobId;
const states = async (ports: EmbeddedPorts, jobIds: string[]) => (await ports.jobs.findMany(jobIds)).map(({ status }) => status);
const allSettled = (ports: EmbeddedPorts, jobIds: string[]) =>
  vi.waitFor(async () => expect((await states(ports, jobIds)).every(isSettled)).toBe(true), { timeout: 20_000 });
const allRunning = (ports: EmbeddedPorts, jobIds: string[]) =>
  vi.waitFor(async () => expect(new Set(await states(ports, jobIds))).toEqual(new Set(['running'])), { timeout: 5000 });

describe('jobs for the same unchanged file', () => {
  it('are prepared once, though 500 people ask', { timeout: 30_000 }, async () => {
    const { file, opened } = heldFile();
    const ports = await working({ 1: file });
    const jobIds = await Promise.all(Array.from({ length: 500 }, (_, n) => ask(ports, `user ${n}`)));
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    opened[0]!.end('hello');
    await allSettled(ports, jobIds);
    const jobs = await ports.jobs.findMany(jobIds);
    expect(jobs.every(({ status, attempts }) => status === 'completed' && attempts === 1)).toBe(true);
    expect(new Set(jobs.map(({ artifact }) => artifact!.id)).size).toBe(1);
    expect(opened).toHaveLength(1);
    expect(await allOf(ports.objects.list())).toHaveLength(1);
  });

  it('join in the middle, and show how far it is', async () => {
    const { file, opened } = heldFile();
    const ports = await working({ 1: file });
    const first = await ask(ports, 'a');
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    opened[0]!.write('hel');
    const second = await ask(ports, 'b');
    await vi.waitFor(async () => expect((await ports.jobs.find(second))!.progress.bytesDone).toBe(3), { timeout: 5000 });
    opened[0]!.end('lo');
    await allSettled(ports, [first, second]);
    expect([await states(ports, [first, second]), opened.length]).toEqual([['completed', 'completed'], 1]);
  });

  it('can be cancelled each for itself, also the one that began it', async () => {
    const { file, opened } = heldFile();
    const ports = await working({ 1: file });
    const [first, second, third] = [await ask(ports, 'a'), await ask(ports, 'b'), await ask(ports, 'c')];
    await allRunning(ports, [first, second, third]);
    await cancelDownload(ports, first, asker);
    await cancelDownload(ports, third, asker);
    opened[0]!.end('hello');
    await allSettled(ports, [second]);
    expect([await states(ports, [first, second, third]), opened.length]).toEqual([['cancelled', 'completed', 'cancelled'], 1]);
    expect(await allOf(ports.objects.list())).toHaveLength(1);
  });

  it('let go of the source, and of what was written, when the last of them is cancelled', async () => {
    const { file, opened } = heldFile();
    const ports = await working({ 1: file });
    const both = [await ask(ports, 'a'), await ask(ports, 'b')];
    await allRunning(ports, both);
    for (const jobId of both) await cancelDownload(ports, jobId, asker);
    await vi.waitFor(() => expect(opened[0]!.destroyed).toBe(true), { timeout: 5000 });
    await vi.waitFor(async () => expect(await allOf(ports.objects.list())).toEqual([]));
  });

  it('keep the artifact until the last of them expires', async () => {
    const { file, opened } = heldFile();
    const ports = await working({ 1: file });
    const both = [await ask(ports, 'a'), await ask(ports, 'b')];
    await allRunning(ports, both);
    opened[0]!.end('hello');
    await allSettled(ports, both);
    const end = async (jobId: string) => {
      await ports.jobs.update(jobId, (job) => ({ ...job, expiresAt: ports.now() - 1 }));
      await sweep(ports);
    };
    await end(both[0]!);
    expect([await states(ports, both), await allOf(ports.objects.list())]).toEqual([['expired', 'completed'], [expect.anything()]]);
    await end(both[1]!);
    expect([await states(ports, both), await allOf(ports.objects.list())]).toEqual([['expired', 'expired'], []]);
  });

  it('fail together and are tried again together', async () => {
    let asked = 0;
    const { file, opened } = heldFile();
    const ports = await working({ 1: file });
    const { find } = ports.source;
    ports.source.find = async (...given) => {
      if (++asked === 3) throw new SourceFault('source-unavailable', 'The storage behind this file did not answer.');
      return find(...given);
    };
    const both = await Promise.all([ask(ports, 'a'), ask(ports, 'b')]);
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    await allRunning(ports, both);
    opened[0]!.end('hello');
    await allSettled(ports, both);
    expect([await states(ports, both), opened.length]).toEqual([['completed', 'completed'], 1]);
  });
});

it('lets go of the source at once when its only job is cancelled', async () => {
  const { file, opened } = heldFile();
  const ports = await working({ 1: file }, { heartbeatMs: 3_600_000 });
  const jobId = await ask(ports, 'a');
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  await cancelDownload(ports, jobId, asker);
  await vi.waitFor(() => expect(opened[0]!.destroyed).toBe(true));
});

it('takes nobody in after the last call', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const ports = await embeddedPorts();
  const known = { ...nothingKnown, preparation: 'p' };
  const { job } = await ports.jobs.create(aJob({ preparation: 'p' }));
  const first = await ports.jobs.claim(job.jobId, (asked) => advanceJob(asked, { type: 'claimed', worker: 'w' }, ports.now(), ports.policy));
  using claims = new AttemptClaims(ports, 'w', first!, ports.tracing.resume('attempt', job.traceparent, {}));
  await claims.describe(known);
  const [early, late] = [aJob({ preparation: 'p' }), aJob({ preparation: 'p' })];
  await ports.jobs.create(early);
  await claims.gather({ last: true });
  await ports.jobs.create(late);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await states(ports, [early.jobId, late.jobId])).toEqual(['running', 'queued']);
});

describe('jobs for what may be other bytes', () => {
  it('are prepared each for itself when the file has changed meanwhile', async () => {
    const [old, young] = [heldFile('v1'), heldFile('v2')];
    let file = old.file;
    const ports = await working({ 1: () => file });
    const first = await ask(ports, 'a');
    await vi.waitFor(() => expect(old.opened).toHaveLength(1));
    file = young.file;
    const second = await ask(ports, 'b');
    await vi.waitFor(() => expect(young.opened).toHaveLength(1));
    old.opened[0]!.end('hello');
    young.opened[0]!.end('hullo');
    await allSettled(ports, [first, second]);
    const [one, other] = await ports.jobs.findMany([first, second]);
    expect(one!.artifact!.sha256).not.toBe(other!.artifact!.sha256);
  });

  it('are prepared each for itself when nobody can tell', async () => {
    const { file, opened } = heldFile(null);
    const ports = await working({ 1: file });
    await ask(ports, 'a');
    await ask(ports, 'b');
    await vi.waitFor(() => expect(opened).toHaveLength(2));
  });
});
