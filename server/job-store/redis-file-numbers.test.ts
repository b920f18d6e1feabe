import { expect, it, onTestFinished } from 'vitest';
import { StoreUnavailable } from '../downloads/errors.ts';
import { describeWith } from '../testing/describe-with.ts';
import { redisOfSuite, startRedis } from '../testing/start-redis.ts';
import { fileNumbersContract } from './file-numbers.contract.ts';
import { numberForName } from './number-for-name.ts';
import { RedisFileNumbers } from './redis-file-numbers.ts';

describeWith('redis-server', 'RedisFileNumbers', () => {
  const redis = redisOfSuite();

  const open = (prefix = `test:${crypto.randomUUID()}:`, { url } = redis) => {
    const numbers = new RedisFileNumbers(url, prefix);
    onTestFinished(() => numbers.close());
    return numbers;
  };

  fileNumbersContract('RedisFileNumbers', async () => {
    const prefix = `test:${crypto.randomUUID()}:`;
    return [open(prefix), open(prefix)];
  });

  it('has the same numbers after Redis was killed', async () => {
    const own = await startRedis({ appendfsync: 'always' });
    const wishes = [{ name: 'a', wished: null }, { name: 'b', wished: 3 }];
    const answer = await open('', own).assign(wishes);
    await own.kill();
    await own.start();
    expect(await open('', own).assign(wishes.toReversed())).toEqual(answer);
  });

  it('makes the same numbers as any other keeper, and goes round past taken ones', async () => {
    const first = numberForName('a');
    const taken = [first, first + 1, 99_999_999].map((wished) => ({ name: `taken ${wished}`, wished }));
    const answer = await open().assign([...taken, { name: 'a', wished: null }]);
    expect(answer.get('a')).toBe(first + 2);
    expect((await open().assign([{ name: 'a', wished: null }])).get('a')).toBe(first);
  });

  it('is told as StoreUnavailable when Redis cannot be used', async () => {
    const numbers = open();
    await numbers.close();
    await expect(numbers.assign([{ name: 'a', wished: null }])).rejects.toThrow(StoreUnavailable);
  });
});
