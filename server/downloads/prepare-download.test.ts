import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { aFile, anEntry } from '../testing/a-source-file.ts';
import { embeddedPorts, type EmbeddedPorts } from '../testing/embedded-ports.ts';
import { advanceJob } from './advance-job.ts';
import { StoreUnavailable } from './errors.ts';
import { SourceFault, StorageFault } from './faults.ts';
import type { JobRecord } from './job-record.ts';
import { objectIdOf } from './object-id.ts';
import { prepareDownload, type PreparePorts } from './prepare-download.ts';

const note = aFile('note.txt', anEntry('note.txt', 'hello'));
const unavailable = () => Promise.reject(new SourceFault('source-unavailable', 'The storage behind this file did not answer.'));

/** A file whose bytes come when the test lets them. */
function heldFile() {
  const { promise: opened, resolve: onOpen } = Promise.withResolvers<Readable>();
  const body = new Readable({ read() {} });
  const open = async (signal: AbortSignal) => {
    signal.addEventListener('abort', () => body.destroy(signal.reason as Error), { once: true });
    onOpen(body);
    return body;
  };
  return { file: aFile('held.txt', anEntry('held.txt', 'hello', { open })), opened, body };
}

const never = new AbortController().signal;
const deliver = (ports: PreparePorts, { jobId }: JobRecord, { signal = never, cancelled = never } = {}) =>
  prepareDownload(ports, 'w1', { jobId, signal, cancelled });
const objectFiles = ({ dataDir }: EmbeddedPorts) => readdir(join(dataDir, 'objects'));
const current = async (ports: EmbeddedPorts, { jobId }: JobRecord) => (await ports.jobs.find(jobId))!;

describe('an attempt', () => {
  it('ends with the bytes in the store, their hash and size in the record', async () => {
    const ports = await embeddedPorts({ files: { 1: note } });
    const job = await ports.accept();
    await deliver(ports, job);
    const sha256 = createHash('sha256').update('hello').digest('hex');
    expect(await current(ports, job)).toMatchObject({
      status: 'completed',
      fileName: 'note.txt',
      claim: null,
      artifact: { id: objectIdOf(job.jobId), fence: 1, size: 5, contentType: 'text/plain', sha256 },
    });
    expect(await objectFiles(ports)).toHaveLength(1);
  });

  it('is not begun twice for one delivery that came twice', async () => {
    const ports = await embeddedPorts({ files: { 1: note } });
    const job = await ports.accept();
    await Promise.all([deliver(ports, job), deliver(ports, job)]);
    expect(await current(ports, job)).toMatchObject({ status: 'completed', attempts: 1, fence: 1 });
  });

  it('is tried again after a passing fault, until the attempts are used up', async () => {
    const ports = await embeddedPorts({ files: { 1: unavailable } });
    const job = await ports.accept();
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'queued', attempts: 1, fault: { code: 'source-unavailable' } });
    expect(await ports.queue.position(job.jobId)).toBe(1);
    await deliver(ports, job);
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'failed', attempts: 3, fault: { code: 'source-unavailable' } });
    expect(await ports.queue.position(job.jobId)).toBe(1);
  });

  it('fails at once for a file that is gone, and calmly for what nobody foresaw', async () => {
    const ports = await embeddedPorts({ files: { 2: () => Promise.reject(new Error('secret detail')) } });
    const [gone, odd] = [await ports.accept([1]), await ports.accept([2])];
    await deliver(ports, gone);
    await deliver(ports, odd);
    expect(await current(ports, gone)).toMatchObject({ status: 'failed', fault: { code: 'file-not-found' } });
    expect(await current(ports, odd)).toMatchObject({ status: 'failed', fault: { code: 'internal', message: 'Something went wrong on our side.' } });
    expect(ports.log.lines.some(({ level, fields }) => level === 'error' && String((fields as { err?: Error }).err).includes('secret detail'))).toBe(true);
  });

  it('is refused when it would be too large, before a byte is read', async () => {
    const open = vi.fn();
    const ports = await embeddedPorts({ files: { 1: aFile('big', { ...anEntry('big', '', { open }), size: 11 }) }, policy: { maxArtifactBytes: 10 } });
    const job = await ports.accept();
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'failed', fault: { code: 'artifact-too-large' } });
    expect(open).not.toHaveBeenCalled();
  });

  it('waits for room on the disk', async () => {
    const ports = await embeddedPorts({ files: { 1: note } });
    ports.objects.hasRoomFor = async () => false;
    const job = await ports.accept();
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'queued', fault: { code: 'storage-unavailable' } });
  });

  it('throws a copy away that was damaged in the store', async () => {
    const ports = await embeddedPorts({ files: { 1: note } });
    ports.objects.read = async () => Readable.from([Buffer.from('jello')]);
    const job = await ports.accept();
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'queued', fault: { code: 'checksum-mismatch' } });
    expect(await objectFiles(ports)).toEqual([]);
  });

  it('is tried again when the store cannot give the copy back', async () => {
    const ports = await embeddedPorts({ files: { 1: note } });
    ports.objects.read = async () => new Readable({ read: () => {}, construct: (done) => done(new Error('EIO')) });
    const job = await ports.accept();
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'queued', fault: { code: 'storage-unavailable' } });
  });

  it('leaves nothing behind when the store fails in the middle', async () => {
    const ports = await embeddedPorts({ files: { 1: note } });
    ports.objects.write = () => Promise.reject(new StorageFault('storage-unavailable', 'The finished file could not be saved.'));
    const job = await ports.accept();
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'queued', fault: { code: 'storage-unavailable' } });
  });
});

describe('a claim', () => {
  it('is renewed while the attempt goes on', async () => {
    const { file, opened, body } = heldFile();
    const ports = await embeddedPorts({ files: { 1: file }, policy: { heartbeatMs: 10 } });
    const job = await ports.accept();
    const attempt = deliver(ports, job);
    await opened;
    const { claim, version } = await current(ports, job);
    await vi.waitFor(async () => expect((await current(ports, job)).claim!.heardAt).toBeGreaterThan(claim!.heardAt));
    expect((await current(ports, job)).version).toBe(version);
    body.push('hello');
    body.push(null);
    await attempt;
    expect((await current(ports, job)).status).toBe('completed');
  });

  it('that was given up publishes nothing, and its object goes', async () => {
    const { file, opened, body } = heldFile();
    const ports = await embeddedPorts({ files: { 1: file } });
    const job = await ports.accept();
    const late = deliver(ports, job);
    await opened;
    const { jobs, policy, now } = ports;
    await jobs.update(job.jobId, (held) => advanceJob(held, { type: 'lost', fence: held.fence }, now(), policy));
    body.push('hello');
    body.push(null);
    await late;
    expect(await current(ports, job)).toMatchObject({ status: 'queued', artifact: null, workerLosses: 1 });
    expect(await objectFiles(ports)).toEqual([]);
  });

  it('ends with a cancel, down to the stream of the source', async () => {
    const { file, opened, body } = heldFile();
    const ports = await embeddedPorts({ files: { 1: file }, policy: { heartbeatMs: 10 } });
    const job = await ports.accept();
    const attempt = deliver(ports, job);
    await opened;
    await ports.jobs.update(job.jobId, (held) => advanceJob(held, { type: 'cancelled' }, ports.now(), ports.policy));
    await attempt;
    expect([body.destroyed, (await current(ports, job)).status]).toEqual([true, 'cancelled']);
    expect(await objectFiles(ports)).toEqual([]);
  });

  it('is handed back without cost when the delivery is withdrawn', async () => {
    const { file, opened } = heldFile();
    const ports = await embeddedPorts({ files: { 1: file } });
    const job = await ports.accept();
    const stopping = new AbortController();
    const attempt = deliver(ports, job, { signal: stopping.signal });
    await opened;
    stopping.abort(new Error('stopping'));
    await attempt;
    expect(await current(ports, job)).toMatchObject({ status: 'queued', attempts: 1, maxAttempts: 4, workerLosses: 0, nextAttemptAt: null });
  });

  it('is handed back without cost when the records were away for a moment', async () => {
    const ports = await embeddedPorts({ files: { 1: note } });
    const job = await ports.accept();
    const update = ports.jobs.update.bind(ports.jobs);
    let calls = 0;
    ports.jobs.update = (...given) => (++calls === 2 ? Promise.reject(new StoreUnavailable(new Error('away'))) : update(...given));
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'queued', attempts: 1, maxAttempts: 4, fault: null });
    expect(await objectFiles(ports)).toEqual([]);
  });

  it('ends at the deadline, and the job with it', async () => {
    const { file } = heldFile();
    const ports = await embeddedPorts({ files: { 1: file }, policy: { jobTimeoutMs: 50 } });
    const job = await ports.accept();
    await deliver(ports, job);
    expect(await current(ports, job)).toMatchObject({ status: 'failed', fault: { code: 'deadline-exceeded' } });
  });

  it('keeps a published artifact whose answer was lost on the way', async () => {
    const ports = await embeddedPorts({ files: { 1: note } });
    const job = await ports.accept();
    const update = ports.jobs.update.bind(ports.jobs);
    ports.jobs.update = async (...given) => {
      const written = await update(...given);
      if (written?.status === 'completed') throw new StoreUnavailable(new Error('cut off'));
      return written;
    };
    await deliver(ports, job);
    expect((await current(ports, job)).status).toBe('completed');
    expect(await objectFiles(ports)).toHaveLength(1);
  });
});
