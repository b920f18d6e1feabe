import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { RedisProcess, type RedisSettings } from './redis-process.ts';

/** A Redis that ends with the test. */
export async function startRedis(settings?: RedisSettings): Promise<RedisProcess> {
  const redis = new RedisProcess(settings);
  onTestFinished(() => redis.stop());
  await redis.start();
  return redis;
}

/** A Redis for all tests of a suite (see `describeWith`): there before the first, gone after the last. */
export function redisOfSuite(settings?: RedisSettings): RedisProcess {
  const redis = new RedisProcess(settings);
  beforeAll(() => redis.start());
  afterAll(() => redis.stop());
  return redis;
}
