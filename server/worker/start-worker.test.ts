import { expect, it, vi } from 'vitest';
import { aFile } from '../testing/a-source-file.ts';
import { embeddedPorts } from '../testing/embedded-ports.ts';
import { startWorker } from './start-worker.ts';

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
