import { expect, it, vi } from 'vitest';
import { aJob, someTime } from '../testing/a-job.ts';
import { embeddedPorts } from '../testing/embedded-ports.ts';
import { StorageFault } from './faults.ts';
import { handOutDownload } from './hand-out-download.ts';

const minuteMs = 60_000;

/** A finished file of so many bytes, kept for so long from now on, and what a link to it was signed for. */
async function click({ size, keptMs }: { size: number; keptMs: number }, fault: Error | null = null) {
  const ports = await embeddedPorts({ now: () => someTime });
  const artifact = { id: 'a', fence: 1, fileName: 'a.bin', size, contentType: 'text/plain', sha256: '' };
  const { job } = await ports.jobs.create(aJob({ status: 'completed', artifact, settledAt: someTime, expiresAt: someTime + keptMs }));
  const sign = vi.spyOn(ports.objects, 'signLink');
  if (fault) sign.mockRejectedValue(fault);
  const answer = handOutDownload(ports, job.jobId, 'GET', { origin: 'http://localhost' });
  return { answer, ttlMs: async () => answer.then(() => sign.mock.calls[0]![1].ttlMs) };
}

// A browser goes on with a broken transfer at the link it has, and cannot once that has died.
it.each([
  ['15 min for what is small', { size: 5, keptMs: 60 * minuteMs }, 15 * minuteMs],
  ['as long as 1 MB/s take for what is large', { size: 1_200_000_000, keptMs: 60 * minuteMs }, 20 * minuteMs],
  ['30 min at most', { size: 9_000_000_000, keptMs: 60 * minuteMs }, 30 * minuteMs],
  ['never longer than the file is kept', { size: 9_000_000_000, keptMs: 7 * minuteMs }, 7 * minuteMs],
])('signs a link that lives %s', async (_how, file, expected) => {
  const { ttlMs } = await click(file);
  expect(await ttlMs()).toBe(expected);
});

it('asks to come back where nobody can sign just now', async () => {
  const away = new StorageFault('storage-unavailable', 'away');
  const { answer } = await click({ size: 5, keptMs: minuteMs }, away);
  await expect(answer).rejects.toMatchObject({ code: 'temporarily-unavailable', cause: away });
});
