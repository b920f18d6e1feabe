import { Agent, get, type IncomingMessage } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { collectedLog } from '../testing/collected-log.ts';
import { newServer, startListening } from './start-listening.ts';

async function listening(answer: Parameters<typeof startListening>[1]) {
  const started = await startListening(newServer(collectedLog()), answer, 0, '127.0.0.1');
  const agent = new Agent({ keepAlive: true });
  onTestFinished(async () => {
    agent.destroy();
    await started.close(0);
  });
  const ask = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(started.address, { agent }, (answered) => resolve(answered.resume())).on('error', reject);
    });
  return { ...started, ask };
}

it('answers a request that comes over a kept connection while closing, and says that it was the last', async () => {
  const { ask, close } = await listening((_req, res) => res.end('ok'));
  expect((await ask()).headers.connection).toBe('keep-alive');
  const closed = close(5000);
  expect([(await ask()).statusCode, (await ask().catch(() => null))?.statusCode]).toEqual([200, undefined]);
  await closed;
});

it('hangs up on connections that are kept open for nothing, and then is closed', async () => {
  const { ask, close } = await listening((_req, res) => res.end('ok'));
  await ask();
  const began = performance.now();
  await close(30_000);
  expect(performance.now() - began).toBeLessThan(20_000);
});

it('waits for an answer under way, up to its grace, and cuts it off then', async () => {
  const never = await listening(() => {});
  const cutOff = never.ask().catch((error: NodeJS.ErrnoException) => error.code);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await never.close(100);
  expect(await cutOff).toBe('ECONNRESET');

  const { promise: asked, resolve: onAsked } = Promise.withResolvers<() => void>();
  const slow = await listening((_req, res) => onAsked(() => res.end('late')));
  const answer = slow.ask();
  const finish = await asked;
  const closed = slow.close(30_000);
  finish();
  expect((await answer).statusCode).toBe(200);
  await closed;
});
