import { expect, it } from 'vitest';
import { aProgram } from './testing/a-program.ts';
import { describeWith } from './testing/describe-with.ts';
import { startRedis } from './testing/start-redis.ts';

describeWith('redis-server', 'the program over Redis', () => {
  it('makes one job of a thousand concurrent asks with one key, over two API processes', { timeout: 60_000 }, async () => {
    const redis = await startRedis();
    const apis = await Promise.all([1, 2].map(() => aProgram({ REDIS_URL: redis.url, ROLE: 'api' })));
    const ask = (turn: number) => apis[turn % 2]!.ask({ file_id: 70_000, clientRequestId: 'one' });
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, turn) => ask(turn)));
    expect(new Set(answers.map(({ jobId }) => jobId)).size).toBe(1);
    expect(answers.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1);
  });
});
