import { createServer, request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import express from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { BullmqJobQueue } from '../job-queue/bullmq-job-queue.ts';
import { collectedLog } from '../testing/collected-log.ts';
import { describeWith } from '../testing/describe-with.ts';
import { redisOfSuite } from '../testing/start-redis.ts';
import { createQueueBoard, type BoardOptions } from './create-queue-board.ts';

describeWith('redis-server', 'the board of the queue', () => {
  const redis = redisOfSuite();

  async function aBoard(options: Partial<BoardOptions> = {}) {
    const board = createQueueBoard({ redisUrl: redis.url, host: 'downloads-admin', publicUrl: 'https://downloads.example.org', ...options });
    const server = createServer(express().use(board.routes)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(async () => {
      server.close();
      await board.close();
    });
    const { port } = server.address() as AddressInfo;
    /** `fetch` does not let a caller name the host. */
    return async (path: string, { method = 'GET', host = `127.0.0.1:${port}` } = {}) => {
      const asked = request({ port, path, method, headers: { Host: host } }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
    };
  }

  it('shows what waits, with a way to the job', async () => {
    const queue = new BullmqJobQueue(redis.url, collectedLog());
    onTestFinished(() => queue.close());
    await queue.add({ jobId: 'dl_a', place: Date.now(), notBefore: 0 });
    const ask = await aBoard();
    const { body } = await ask('/api/queues?activeQueue=queue&status=prioritized&page=1&jobsPerPage=10');
    const entry = { id: 'dl_a', externalUrl: { href: 'https://downloads.example.org/jobs/dl_a' } };
    expect(JSON.parse(body)).toMatchObject({ queues: [{ readOnlyMode: true, allowRetries: false, counts: { prioritized: 1 }, jobs: [entry] }] });
  });

  it('gives a page that loads nothing from elsewhere', async () => {
    const ask = await aBoard();
    const { status, headers, body } = await ask('/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(body).toContain('<title>Downloads</title>');
    for (const [, path] of body.matchAll(/(?:src|href)="(static\/[^"]+)"/g)) expect((await ask(`/${path}`)).status).toBe(200);
  });

  it.each([
    ['PUT', '/api/queues/pause'],
    ['PUT', '/api/queues/queue/dl_a/retry'],
    ['PUT', '/api/queues/queue/dl_a/promote'],
    ['PUT', '/api/queues/queue/obliterate'],
    ['POST', '/api/queues/queue/add'],
    ['PATCH', '/api/queues/queue/dl_a/priority'],
  ])('changes nothing: %s %s', async (method, path) => {
    const ask = await aBoard();
    expect(await ask(path, { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it.each(['localhost', 'localhost:3001', '127.0.0.1', '[::1]:3001', '10.0.0.7', 'downloads-admin:3001', 'Downloads-Admin'])(
    'answers as %s',
    async (host) => {
      const ask = await aBoard();
      expect((await ask('/', { host })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3001', 'a b'])(
    'refuses to answer as %j, to which a page elsewhere may have led its name',
    async (host) => {
      const ask = await aBoard();
      for (const path of ['/', '/api/queues']) expect((await ask(path, { host })).status).toBe(403);
    },
  );

  it('says soon that Redis is away', async () => {
    const ask = await aBoard({ redisUrl: 'redis://127.0.0.1:1' });
    expect(await ask('/api/queues')).toMatchObject({ status: 503 });
    expect((await ask('/')).status).toBe(200);
  });
});
