import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { aProgram } from './a-program.ts';
import type { RedisSettings } from './redis-process.ts';
import { startRedis } from './start-redis.ts';
import { SwallowingProxy } from './swallowing-proxy.ts';

const quick = { DOWNLOAD_DELAY_MIN_MS: '0', DOWNLOAD_DELAY_MAX_MS: '50' };

/** One Redis and one folder that all processes of a test share; what differs may be said for all, or for each. */
export async function aCluster({ redis: settings, environment = {} }: { redis?: RedisSettings; environment?: NodeJS.ProcessEnv } = {}) {
  const redis = await startRedis(settings);
  const line = await SwallowingProxy.before(redis.port);
  const dataDir = await mkdtemp(join(tmpdir(), 'cluster-'));
  onTestFinished(async () => {
    await line[Symbol.asyncDispose]();
    await rm(dataDir, { recursive: true, force: true });
  });
  const shared = { REDIS_URL: `redis://127.0.0.1:${line.port}`, DATA_DIR: dataDir, ...quick, ...environment };
  return {
    redis,
    line,
    environment: shared,
    api: (more: NodeJS.ProcessEnv = {}) => aProgram({ ...shared, ROLE: 'api', ...more }),
    worker: (more: NodeJS.ProcessEnv = {}) => aProgram({ ...shared, ROLE: 'worker', ...more }),
    objects: () => readdir(join(dataDir, 'objects')),
  };
}
