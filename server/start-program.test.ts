import { describe, expect, it } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { simulatedBytes } from './file-source/simulated-bytes.ts';
import { aProgram } from './testing/a-program.ts';
import { readConfig } from './config.ts';
import { startProgram } from './start-program.ts';
import { collectedLog } from './testing/collected-log.ts';

describe('a restart', () => {
  it('loses nothing: finished jobs keep their file, unfinished ones go on by themselves', async () => {
    const first = await aProgram({ DOWNLOAD_DELAY_MIN_MS: '300', DOWNLOAD_DELAY_MAX_MS: '400' });
    const done = await first.ask({ file_id: 10_000 });
    await first.until(done.jobId);
    const unfinished = await Promise.all([10_001, 10_002, 10_003, 10_004, 10_005, 10_006].map((file_id) => first.ask({ file_id })));
    await first.stop(0);

    const second = await aProgram({ DATA_DIR: first.dataDir });
    for (const { jobId } of unfinished) {
      expect(await second.until(jobId)).toMatchObject({ status: 'completed', errorCode: null });
    }
    const link = (await second.fetch(downloadPaths.download(done.jobId))).headers.get('location')!;
    const bytes = Buffer.from(await (await fetch(link)).arrayBuffer());
    expect(bytes.equals(simulatedBytes(10_000, 0, bytes.length))).toBe(true);
  });

  it('charges no attempt for what it cut off', async () => {
    const first = await aProgram();
    const { jobId } = await first.ask({ file_id: 99_999_904 });
    await first.until(jobId, ({ status }) => status === 'running');
    await first.stop(0);
    const second = await aProgram({ DATA_DIR: first.dataDir });
    expect(await second.until(jobId, ({ attempts }) => attempts === 2)).toMatchObject({ status: 'running', maxAttempts: 6 });
  });
});

describe('a stop in order', () => {
  it('lets what is in hand finish within its grace', async () => {
    const first = await aProgram({ DOWNLOAD_DELAY_MIN_MS: '300', DOWNLOAD_DELAY_MAX_MS: '300' });
    const { jobId } = await first.ask({ file_id: 10_000 });
    await first.until(jobId, ({ status }) => status === 'running');
    await first.stop(5000);
    const second = await aProgram({ DATA_DIR: first.dataDir });
    expect(await second.job(jobId)).toMatchObject({ status: 'completed', attempts: 1, maxAttempts: 5 });
  });

  it('answers the requests that it has taken', async () => {
    const program = await aProgram();
    const asking = Array.from({ length: 50 }, (_, index) => program.ask({ file_id: 10_000 + index }));
    await Promise.any(asking);
    const stopping = program.stop(5000);
    const answers = await Promise.allSettled(asking);
    await stopping;
    const accepted = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.jobId] : []));
    const second = await aProgram({ DATA_DIR: program.dataDir });
    for (const jobId of accepted) expect((await second.until(jobId)).status).toBe('completed');
  });
});

it('refuses a data folder that another program works with, and lets it go with the stop', async () => {
  const first = await aProgram();
  const config = readConfig({ PORT: '0', DATA_DIR: first.dataDir });
  await expect(startProgram(config, collectedLog(), async () => null)).rejects.toThrow(first.dataDir);
  await first.stop(0);
  const second = await startProgram(config, collectedLog(), async () => null);
  await second.stop(0);
});
