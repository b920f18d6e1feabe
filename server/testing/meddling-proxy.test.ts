import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { MeddlingProxy } from './meddling-proxy.ts';

/** A proxy before a server that says back what it was told. */
async function aProxy() {
  const echo = createServer((req, res) => req.pipe(res)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const proxy = await MeddlingProxy.before((echo.address() as AddressInfo).port);
  onTestFinished(async () => {
    await proxy[Symbol.asyncDispose]();
    echo.close();
  });
  const say = (body: string) => fetch(`${proxy.endpoint}/a?b=c`, { method: 'PUT', body });
  return { proxy, say };
}

const text = async (answer: Promise<Response>) => (await answer).text();
const silence = (answer: Promise<unknown>) => Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 50, 'silence'))]);

it('passes everything on, and tells what was asked', async () => {
  const { proxy, say } = await aProxy();
  expect(await text(say('hello'))).toBe('hello');
  expect(proxy.seen).toEqual(['PUT /a?b=c']);
});

it('answers itself as often as it was told, where it was told', async () => {
  const { proxy, say } = await aProxy();
  proxy.meddleOnce(/b=c/, { what: 'answer', status: 503 }, { what: 'answer', status: 500 });
  expect([(await say('')).status, (await say('')).status, (await say('')).status]).toEqual([503, 500, 200]);
  proxy.meddleOnce(/b=d/, { what: 'answer', status: 503 });
  expect((await say('')).status).toBe(200);
});

it.each(['request', 'answer'] as const)('damages, cuts and silences the body of the %s', async (whose) => {
  const { proxy, say } = await aProxy();
  proxy.meddleOnce(/./, { what: 'damage', whose }, { what: 'cut', whose, afterBytes: 2 }, { what: 'silence', whose, afterBytes: 2 });
  expect(await text(say('hello'))).toBe('iello');
  await expect(text(say('hello'))).rejects.toBeInstanceOf(TypeError);
  expect(await silence(text(say('hello')))).toBe('silence');
  expect(await text(say('hello'))).toBe('hello');
});

it('brings a request late, also when nobody waits for the answer any more', async () => {
  const { proxy, say } = await aProxy();
  proxy.meddleOnce(/./, { what: 'delay', ms: 50 });
  expect(await text(say('hello'))).toBe('hello');
  proxy.meddleOnce(/./, { what: 'delay', ms: 50 });
  const gone = new AbortController();
  const answer = fetch(`${proxy.endpoint}/late`, { signal: gone.signal });
  await vi.waitFor(() => expect(proxy.seen).toHaveLength(2));
  gone.abort();
  await expect(answer).rejects.toThrow('aborted');
  await vi.waitFor(() => expect(proxy.answered).toContain('GET /late'));
});
