import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { aCluster } from './testing/a-cluster.ts';
import { aProgram, type TestProgram } from './testing/a-program.ts';
import { describeWith } from './testing/describe-with.ts';

/** Comes at the third attempt; is refused; never gives a byte. */
const [late, refused, silent] = [99_999_901, 99_999_902, 99_999_904];

interface Line {
  readonly message: string;
  readonly jobId: string;
  readonly trace_id: string;
  readonly requestId: string;
  readonly attempt: number;
}

const linesOf = (programs: readonly TestProgram[], jobId: string) =>
  programs.flatMap(({ log }) => log.lines.map(({ fields, message }) => ({ ...fields, message }) as Line)).filter((line) => line.jobId === jobId);

async function ask(api: TestProgram, file_id: number, requestId: string): Promise<string> {
  const answer = await api.post(downloadPaths.initiate(), { file_id }, { 'X-Request-Id': requestId });
  return ((await answer.json()) as InitiateResponse).jobId;
}

/** Jobs that end in every way; then what was said of each, and by what it is found. */
async function expectAllIsFound(api: TestProgram, programs: readonly TestProgram[]): Promise<void> {
  const jobs = new Map(await Promise.all([late, refused, silent].map(async (file) => [file, await ask(api, file, `asked-for-${file}`)] as const)));
  const endless = jobs.get(silent)!;
  await api.until(endless, ({ status }) => status === 'running');
  await api.post(downloadPaths.cancel(endless), undefined, { 'X-Request-Id': 'cancel' });
  for (const [file, jobId] of jobs) {
    const { traceId } = await api.until(jobId);
    await expect.poll(() => linesOf(programs, jobId).map(({ message }) => message)).toContainEqual(expect.stringMatching(/^(?:job completed|attempt failed|attempt ended)/));
    const [asked, ...lines] = linesOf(programs, jobId).filter(({ message }) => message !== 'request');
    expect(asked).toMatchObject({ message: 'job accepted', attempt: 0, trace_id: traceId, requestId: `asked-for-${file}` });
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line).toMatchObject({ trace_id: traceId, requestId: `asked-for-${file}`, attempt: expect.any(Number) as number });
  }
  expect(linesOf(programs, jobs.get(late)!).filter(({ message }) => message === 'attempt began').map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  expect(linesOf(programs, endless)).toContainEqual(expect.objectContaining({ message: 'request', requestId: 'cancel' }));
}

describe('what is said of a job', () => {
  it('is found by its id, its trace, the request that asked and the attempt, in one process', async () => {
    const program = await aProgram();
    await expectAllIsFound(program, [program]);
  });
});

describe('a line about a job', () => {
  it('is never made of its id alone where its record is at hand', async () => {
    const sources: string[] = [];
    for await (const file of glob('{downloads,worker}/*.ts', { cwd: import.meta.dirname, exclude: ['**/*.test.ts'] })) {
      sources.push(await readFile(join(import.meta.dirname, file), 'utf8'));
    }
    expect(sources.filter((text) => text.includes('jobFields(')).length).toBeGreaterThan(8);
    expect(sources.flatMap((text) => text.match(/\blog(?:\.\w+|\[.+?\])\(\{\s*jobId\b.*/g) ?? [])).toEqual([]);
  });
});

describeWith('redis-server', 'what is said of a job by API and worker', () => {
  it('is found by the same', async () => {
    const cluster = await aCluster({ environment: { DOWNLOAD_RETRY_BASE_MS: '20' } });
    const [api, worker] = [await cluster.api(), await cluster.worker()];
    await expectAllIsFound(api, [api, worker]);
  });
});
