import { expect, it, vi } from 'vitest';
import { downloadPaths, initiateResponseSchema } from '#shared/download-api.ts';
import { healthSchema, servicePaths } from '#shared/service-api.ts';
import { simulatedBytes } from './file-source/simulated-bytes.ts';
import { aCluster } from './testing/a-cluster.ts';
import type { TestProgram } from './testing/a-program.ts';
import { describeWith } from './testing/describe-with.ts';
import { startProgramChild } from './testing/program-child.ts';
import type { SwallowingProxy } from './testing/swallowing-proxy.ts';

/** A number that never gives a byte. */
const silent = 99_999_904;
const said = (programs: TestProgram[], message: string) => programs.flatMap(({ log }) => log.lines.filter((line) => line.message === message));

describeWith('redis-server', 'the program in several processes', () => {
  it('takes a request at one, prepares it at another and gives it out at a third', async () => {
    const cluster = await aCluster();
    const [first, second] = [await cluster.api(), await cluster.api()];
    await cluster.worker();
    const { jobId } = await first.ask({ file_id: 10_000 });
    const { result } = await second.until(jobId);
    const link = (await second.fetch(downloadPaths.download(jobId))).headers.get('location')!;
    const bytes = Buffer.from(await (await fetch(link)).arrayBuffer());
    expect([bytes.length, bytes.equals(simulatedBytes(10_000, 0, bytes.length))]).toEqual([result.size, true]);
  });

  it('makes one job of a thousand concurrent asks with one key', { timeout: 60_000 }, async () => {
    const cluster = await aCluster();
    const apis = [await cluster.api(), await cluster.api()];
    const ask = (turn: number) => apis[turn % 2]!.ask({ file_id: 70_000, clientRequestId: 'one' });
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, turn) => ask(turn)));
    expect(new Set(answers.map(({ jobId }) => jobId)).size).toBe(1);
    expect(answers.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1);
  });

  it('makes one job of concurrent retries with one key, also of one that comes again when that job is long settled', { timeout: 60_000 }, async () => {
    const cluster = await aCluster();
    const apis = [await cluster.api(), await cluster.api()];
    const cancel = (jobId: string) => apis[0]!.post(downloadPaths.cancel(jobId));
    const { jobId } = await apis[0]!.ask({ file_id: silent });
    await cancel(jobId);
    const retry = async (turn: number, headers = {}) => {
      const answer = await apis[turn % 2]!.post(downloadPaths.retry(jobId), undefined, headers);
      return initiateResponseSchema.parse(await answer.json());
    };
    const open = await retry(0);
    const key = { 'Idempotency-Key': 'k' };
    const answers = await Promise.all([
      ...Array.from({ length: 50 }, (_, turn) => retry(turn, key)),
      cancel(open.jobId).then(() => retry(0, key)),
      ...Array.from({ length: 50 }, (_, turn) => retry(turn, key)),
    ]);
    const kept = new Set(answers.map((answer) => answer.jobId));
    expect(kept.size).toBe(1);
    await cancel([...kept][0]!);
    expect(kept).toContain((await retry(1, key)).jobId);
  });

  it('reads the source once for 500 people who ask for one file', { timeout: 60_000 }, async () => {
    const cluster = await aCluster();
    const apis = [await cluster.api(), await cluster.api()];
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, turn) => apis[turn % 2]!.ask({ file_id: 20_000, userId: `user ${turn}` })),
    );
    const workers = [await cluster.worker(), await cluster.worker()];
    await vi.waitFor(async () => expect((await apis[0]!.job(answers.at(-1)!.jobId)).status).toBe('completed'), { timeout: 30_000, interval: 100 });
    for (const { jobId } of answers) expect(await apis[0]!.until(jobId)).toMatchObject({ status: 'completed', attempts: 1 });
    expect(said(workers, 'attempt began')).toHaveLength(1);
    expect(await cluster.objects()).toHaveLength(1);
  });

  it('lets a cancel reach the attempt that runs elsewhere', async () => {
    const cluster = await aCluster();
    const [api, worker] = [await cluster.api(), await cluster.worker()];
    const { jobId } = await api.ask({ file_id: silent });
    await api.until(jobId, ({ status }) => status === 'running');
    expect((await api.post(downloadPaths.cancel(jobId))).status).toBe(200);
    // Sooner than the next heartbeat would find it.
    await vi.waitFor(() => expect(said([worker], 'attempt ended: nobody waits for it')).toHaveLength(1), { timeout: 3000 });
    expect((await api.job(jobId)).status).toBe('cancelled');
  });

  it('gives everybody a turn: the one job of somebody stands before the thousand of another', { timeout: 60_000 }, async () => {
    const cluster = await aCluster();
    const api = await cluster.api();
    await Promise.all(Array.from({ length: 1000 }, (_, turn) => api.ask({ file_id: 30_000 + turn, userId: 'a' })));
    const { jobId } = await api.ask({ file_id: 40_000, userId: 'b' });
    expect((await api.job(jobId)).queue!.position).toBeLessThanOrEqual(2);
  });

  it('takes up again what a killed process had in hand, within 45 s and without cost', { timeout: 90_000 }, async () => {
    const cluster = await aCluster();
    const api = await cluster.api();
    const doomed = startProgramChild({ ...cluster.environment, ROLE: 'worker' });
    const { jobId } = await api.ask({ file_id: silent });
    await api.until(jobId, ({ status }) => status === 'running');
    await doomed.kill();
    const killedAt = Date.now();
    await cluster.worker();
    const again = await api.until(jobId, ({ attempts }) => attempts === 2);
    expect(Date.now() - killedAt).toBeLessThan(45_000);
    expect(again).toMatchObject({ status: 'running', maxAttempts: 6 });
  });

  it('lets a worker do without a port', async () => {
    const cluster = await aCluster();
    startProgramChild({ ...cluster.environment, ROLE: 'worker' });
    const api = await cluster.api();
    const { jobId } = await api.ask({ file_id: 10_004 });
    expect((await api.until(jobId)).status).toBe('completed');
  });

  it('answers each worker that has a port about its health, and nothing else', async () => {
    const cluster = await aCluster();
    const worker = await cluster.worker();
    expect((await worker.fetch(servicePaths.ready)).status).toBe(200);
    expect((await worker.fetch(downloadPaths.initiate())).status).toBe(404);
  });

  it('shows operators the line where they asked for it', async () => {
    const cluster = await aCluster();
    const { log } = await cluster.api({ ADMIN_PORT: '0' });
    const [{ fields }] = said([{ log } as TestProgram], 'operators see the line here') as unknown as [{ fields: { admin: string } }];
    expect((await fetch(fields.admin)).status).toBe(200);
  });
});

describeWith('redis-server', 'while Redis cannot be reached', () => {
  const ask = (api: TestProgram) => api.post(downloadPaths.initiate(), { file_id: 10_001 });

  it.each([
    ['is gone', (line: SwallowingProxy) => line.refuse()],
    ['is silent', async (line: SwallowingProxy) => line.swallow()],
  ])('refuses within 2 s what could be lost when it %s, and works again by itself', { timeout: 60_000 }, async (_state, begin) => {
    const cluster = await aCluster();
    const api = await cluster.api();
    await cluster.worker();
    await begin(cluster.line);
    const began = performance.now();
    const answer = await ask(api);
    // The program takes 2 s at the most; the rest is for a machine that is busy.
    expect(performance.now() - began).toBeLessThan(4000);
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, expect.any(Number)]);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'temporarily-unavailable' });
    const health = await api.fetch(servicePaths.health);
    expect([health.status, healthSchema.parse(await health.json()).checks]).toMatchObject([503, { store: 'error', queue: 'error' }]);

    await cluster.line.pass();
    const accepted = await vi.waitFor(() => api.ask({ file_id: 10_002 }), { timeout: 30_000, interval: 200 });
    expect((await api.until(accepted.jobId)).status).toBe('completed');
  });

  it('starts all the same, and begins when it is there', { timeout: 60_000 }, async () => {
    const cluster = await aCluster();
    await cluster.line.refuse();
    const [api] = [await cluster.api(), await cluster.worker()];
    expect((await api.fetch(servicePaths.ready)).status).toBe(503);
    await cluster.line.pass();
    const accepted = await vi.waitFor(() => api.ask({ file_id: 10_003 }), { timeout: 30_000, interval: 200 });
    expect((await api.until(accepted.jobId)).status).toBe('completed');
  });
});

describeWith('redis-server', 'a Redis that may lose what it was given', () => {
  it.each([
    [{ appendonly: 'no' }, 'append'],
    [{ 'maxmemory-policy': 'allkeys-lru' }, 'noeviction'],
  ] as const)('is warned of at the start and in health: %j', async (settings, word) => {
    const cluster = await aCluster({ redis: settings });
    const api = await cluster.api();
    await cluster.worker();
    const health = await api.fetch(servicePaths.health);
    const { status, checks, reasons } = healthSchema.parse(await health.json());
    expect([health.status, status, checks.store, reasons.join()]).toEqual([200, 'healthy', 'degraded', expect.stringContaining(word)]);
    expect(api.log.lines.some(({ level, message }) => level === 'warn' && message.includes(word))).toBe(true);
  });
});
