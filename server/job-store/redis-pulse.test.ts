import { expect, it, onTestFinished } from 'vitest';
import { StoreUnavailable } from '../downloads/errors.ts';
import { connectListening } from '../redis/connect-redis.ts';
import { describeWith } from '../testing/describe-with.ts';
import { redisOfSuite } from '../testing/start-redis.ts';
import { pulseContract } from '../worker/pulse.contract.ts';
import { RedisPulse } from './redis-pulse.ts';

describeWith('redis-server', 'RedisPulse', () => {
  const redis = redisOfSuite();

  const open = (prefix: string) => {
    const pulse = new RedisPulse(redis.url, prefix);
    onTestFinished(() => pulse.close());
    return pulse;
  };

  pulseContract('RedisPulse', async () => {
    const prefix = `test:${crypto.randomUUID()}:`;
    return [open(prefix), open(prefix)];
  });

  it('forgets workers that are long gone, and all of them when nobody beats any more', async () => {
    const pulse = open('gone:');
    const client = connectListening(redis.url);
    onTestFinished(() => client.disconnect());
    const now = Date.now();
    await pulse.beat('old', now - 3_600_000, 1);
    await pulse.beat('new', now, 1);
    expect(await client.zcard('gone:beats')).toBe(1);
    expect(await client.pttl('gone:beats')).toBeGreaterThan(0);
  });

  it('asks Redis once for many who ask', async () => {
    const pulse = open('once:');
    await pulse.beat('w', Date.now(), 1);
    const client = connectListening(redis.url);
    onTestFinished(() => client.disconnect());
    const calls = async () => Number(/^cmdstat_zrange:calls=(\d+)/m.exec(await client.info('commandstats'))?.[1] ?? 0);
    const before = await calls();
    const answers = await Promise.all(Array.from({ length: 100 }, () => pulse.heardSince(0)));
    expect(answers.every(({ workers }) => workers === 1)).toBe(true);
    expect((await calls()) - before).toBe(1);
  });

  it('is told as StoreUnavailable when Redis cannot be used', async () => {
    const pulse = open('closed:');
    await pulse.close();
    await expect(pulse.beat('w', 0, 1)).rejects.toThrow(StoreUnavailable);
    await expect(pulse.heardSince(0)).rejects.toThrow(StoreUnavailable);
  });
});
