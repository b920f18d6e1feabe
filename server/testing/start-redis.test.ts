import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { describeWith } from './describe-with.ts';
import { redisOfSuite, startRedis } from './start-redis.ts';

describeWith('redis-server', 'a Redis of a suite', () => {
  const redis = redisOfSuite({ maxmemory: '50mb' });

  /** Says it as a person with telnet would, and gives the first piece of the answer. */
  const say = async (line: string, port = redis.port) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`${line}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return String(answer);
  };

  it('has what it was told after kill -9, at the same address', async () => {
    const { url } = redis;
    expect(await say('SET a 1')).toBe('+OK\r\n');
    await redis.kill();
    await expect(say('GET a')).rejects.toThrow('ECONNREFUSED');
    await redis.start();
    expect(redis.url).toBe(url);
    expect(await say('GET a')).toBe('$1\r\n1\r\n');
  });

  it('answers nothing while it is frozen, and all of it afterwards', async () => {
    redis.freeze();
    const answer = say('PING');
    await expect(Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 100, 'silence'))])).resolves.toBe('silence');
    redis.thaw();
    expect(await answer).toBe('+PONG\r\n');
  });

  it('takes settings, and is another one than the next', async () => {
    const other = await startRedis({ appendonly: 'no' });
    expect(await say('CONFIG GET maxmemory')).toContain('52428800');
    expect(await say('CONFIG GET appendonly', other.port)).toContain('no');
    expect(await say('CONFIG GET appendonly')).toContain('yes');
  });
});
