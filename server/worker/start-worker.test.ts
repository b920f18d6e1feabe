import { expect, it, vi } from 'vitest';
import { LineStandsStill } from '../downloads/errors.ts';
import { aFile } from '../testing/a-source-file.ts';
import { embeddedPorts } from '../testing/embedded-ports.ts';
import { startWorker } from './start-worker.ts';

it('counts as no worker while the line brings nothing although it should', async () => {
  const ports = await embeddedPorts();
  Object.assign(ports.queue, { check: () => Promise.reject(new LineStandsStill()) });
  const worker = await startWorker(ports);
  await vi.waitFor(() => expect(ports.log.lines.map(({ message }) => message)).toContain('no pulse'));
  expect(await ports.pulse.heardSince(0)).toEqual({ workers: 0, slots: 0 });
  await worker.stop(0);
});

it.each([
  ['cannot be reached', { check: () => Promise.reject(new Error('away')) }],
  ['is nearly full', { hasRoomFor: async () => false }],
])('begins nothing while the storage %s, and uses no attempt up', async (_state, broken) => {
  const ports = await embeddedPorts({ files: { 1: aFile('note.txt') } });
  Object.assign(ports.objects, broken);
  const { jobId } = await ports.accept();
  const worker = await startWorker(ports);
  await vi.waitFor(() => expect(ports.log.lines.map(({ message }) => message)).toContain('storage is away: no job is begun'));
  expect(await ports.jobs.find(jobId)).toMatchObject({ status: 'queued', attempts: 0 });
  await worker.stop(0);
});
