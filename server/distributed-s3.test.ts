import { expect, it, onTestFinished } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { healthSchema, servicePaths } from '#shared/service-api.ts';
import { simulatedBytes } from './file-source/simulated-bytes.ts';
import { aCluster } from './testing/a-cluster.ts';
import { describeWith } from './testing/describe-with.ts';
import { gatewayOfSuite, gatewayProgram } from './testing/start-object-gateway.ts';
import { SwallowingProxy } from './testing/swallowing-proxy.ts';

describeWith(gatewayProgram, 'the program over Redis and S3', () => {
  const gateway = gatewayOfSuite();

  /** API and workers reach S3 over a line that can break; browsers reach it directly. */
  const aStoredCluster = async () => {
    const line = await SwallowingProxy.before(gateway.port);
    onTestFinished(() => line[Symbol.asyncDispose]());
    const environment = {
      S3_ENDPOINT: `http://127.0.0.1:${line.port}`,
      S3_PUBLIC_ENDPOINT: gateway.endpoint,
      S3_ACCESS_KEY_ID: gateway.keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: gateway.keys.secretAccessKey,
      S3_BUCKET: `downloads-${crypto.randomUUID()}`,
    };
    return { ...(await aCluster({ environment })), storage: line };
  };

  it('gives out what a worker has stored, by a link to the address that browsers reach', { timeout: 60_000 }, async () => {
    const cluster = await aStoredCluster();
    const [api] = [await cluster.api(), await cluster.worker()];
    const { jobId } = await api.ask({ file_id: 10_000 });
    const { result, fileName } = await api.until(jobId);
    const link = (await api.fetch(downloadPaths.download(jobId))).headers.get('location')!;
    expect([new URL(link).origin, link.includes(jobId)]).toEqual([gateway.endpoint, false]);
    const answer = await fetch(link);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([bytes.length, bytes.equals(simulatedBytes(10_000, 0, bytes.length))]).toEqual([result.size, true]);
    expect(answer.headers.get('content-disposition')).toContain(fileName!);
  });

  it('deletes the object with the last job that has it', { timeout: 60_000 }, async () => {
    const cluster = await aStoredCluster();
    const [api] = [await cluster.api(), await cluster.worker()];
    const { jobId } = await api.ask({ file_id: 10_001 });
    await api.until(jobId);
    const link = (await api.fetch(downloadPaths.download(jobId))).headers.get('location')!;
    expect((await api.fetch(downloadPaths.download(jobId), { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(link)).status).toBe(404);
  });

  it('begins no job while S3 is away, uses no attempt up, says so, and goes on by itself', { timeout: 90_000 }, async () => {
    const cluster = await aStoredCluster();
    await cluster.storage.refuse();
    const [api, worker] = [await cluster.api(), await cluster.worker()];
    const { jobId } = await api.ask({ file_id: 10_002 });
    const [apiHealth, workerHealth] = [await api.fetch(servicePaths.health), await worker.fetch(servicePaths.health)];
    expect([apiHealth.status, healthSchema.parse(await apiHealth.json()).checks.storage]).toEqual([200, 'error']);
    expect(workerHealth.status).toBe(503);
    await expect.poll(() => worker.log.lines.some(({ message }) => message === 'storage is away: no job is begun'), { timeout: 20_000 }).toBe(true);
    expect(await api.job(jobId)).toMatchObject({ status: 'queued', attempts: 0 });
    await cluster.storage.pass();
    expect(await api.until(jobId)).toMatchObject({ status: 'completed', attempts: 1 });
  });
});
