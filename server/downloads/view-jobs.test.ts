import { expect, it } from 'vitest';
import { aJob } from '../testing/a-job.ts';
import { embeddedPorts } from '../testing/embedded-ports.ts';
import { showJob } from './view-jobs.ts';

const now = 1_800_000_000_000;
const wish = { origin: 'http://localhost' };
const artifact = { id: 'dl_1', fence: 1, fileName: 'a.txt', size: 5, contentType: 'text/plain', sha256: 'f'.repeat(64) };
const show = async (job: ReturnType<typeof aJob>) => showJob(await embeddedPorts({ now: () => now }), job, wish);

it('shows a file whose time is over as expired, also before the sweep has come by', async () => {
  const kept = { status: 'completed', artifact, settledAt: now - 1000 } as const;
  expect(await show(aJob({ ...kept, expiresAt: now + 1 }))).toMatchObject({ status: 'completed' });
  expect(await show(aJob({ ...kept, expiresAt: now }))).toMatchObject({ status: 'expired', result: { url: null, expiresAt: null, size: 5 } });
});

it('says when a job without a place in line begins, and nothing where nobody knows', async () => {
  const waiting = await show(aJob({ nextAttemptAt: now + 20_000, inLineSince: now + 20_000 }));
  expect(waiting.queue).toEqual({ position: null, etaSeconds: 20 });
  expect((await show(aJob({ inLineSince: now - 500 }))).queue).toEqual({ position: null, etaSeconds: 0 });
  const held = await show(aJob({ inLineSince: now - 60_000 }));
  expect(held.queue).toEqual({ position: null, etaSeconds: null });
  expect(held.nextPollInMs).toBeGreaterThan(4000);
});
