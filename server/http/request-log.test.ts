import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import express from 'express';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { servicePaths } from '#shared/service-api.ts';
import { collectedLog } from '../testing/collected-log.ts';
import { unrecordedTracing } from '../telemetry/unrecorded-tracing.ts';
import { receiveRequest } from './receive-request.ts';
import { requestLog } from './request-log.ts';
import type { AnsweredRequest } from './watch-answer.ts';

/** A server with answers of all kinds: what it logs, and what it tells whoever counts. */
async function aServer() {
  const log = collectedLog();
  const heard: AnsweredRequest[] = [];
  const app = express().use(receiveRequest(unrecordedTracing, [requestLog(log), (answered) => void heard.push(answered)]));
  app.all(['/quick', servicePaths.traces], (_req, res) => void res.end('12345'));
  app.post('/body', express.json(), (_req, res) => void res.end());
  app.get('/large', (_req, res) => void res.end('x'.repeat(1_000_000)));
  app.get('/half', (_req, res) => void res.write('half'));
  app.get('/never', () => {});
  const server = createServer(app).listen(0, '127.0.0.1');
  onTestFinished(() => server.close().closeAllConnections());
  const taken = () => new Promise((resolve) => server.once('request', resolve));
  await once(server, 'listening');
  return { log, heard, taken, port: (server.address() as AddressInfo).port };
}

function request(port: number, head: string, host = 'localhost') {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  onTestFinished(() => void socket.destroy());
  socket.write(`${head} HTTP/1.1\r\nX-Request-Id: asked\r\nHost: ${host}\r\nContent-Length: 0\r\n\r\n`);
  return socket;
}

describe('an answered request', () => {
  it.each([
    ['GET /quick?key=s3cret', 'debug', { method: 'GET', path: '/quick', status: 200 }],
    ['POST /quick', 'info', { method: 'POST', path: '/quick', status: 200 }],
    ['GET /nowhere', 'info', { method: 'GET', path: '/nowhere', status: 404 }],
    [`POST ${servicePaths.traces}`, 'debug', { method: 'POST', path: servicePaths.traces, status: 200 }],
  ])('%s is one line at %s, without its query', async (head, level, fields) => {
    const { log, heard, port } = await aServer();
    request(port, head);
    await vi.waitFor(() => expect(log.lines).toHaveLength(1));
    const common = { requestId: 'asked', trace_id: expect.stringMatching(/^[\da-f]{32}$/), ms: expect.any(Number) };
    expect(log.lines).toEqual([{ level, message: 'request', fields: { ...common, ...fields } }]);
    expect(heard).toEqual([expect.objectContaining({ ...fields, isWhole: true, route: null })]);
    expect(heard[0]!.sentBytes).toBeGreaterThan(100);
  });

  it('that breaks off in its body is told as such, for nobody hears that it was refused', async () => {
    const { log, heard, taken, port } = await aServer();
    const isTaken = taken();
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"file');
    await isTaken;
    socket.destroy();
    await vi.waitFor(() => expect(log.lines).toHaveLength(1));
    expect(heard).toEqual([expect.objectContaining({ status: 499, isWhole: false })]);
  });

  it('is counted with its own bytes, also where others came with it', async () => {
    const { heard, port } = await aServer();
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    let received = 0;
    socket.on('data', (bytes) => (received += bytes.length));
    for (const path of ['/large', '/quick', '/large', '/quick']) socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await vi.waitFor(() => expect(heard).toHaveLength(4));
    await vi.waitFor(() => expect(heard.reduce((sum, { sentBytes }) => sum + sentBytes, 0)).toBe(received));
    expect(received).toBeGreaterThan(2_000_000);
  });

  it('is logged as well where its Host names no host', async () => {
    const { log, heard, port } = await aServer();
    request(port, 'GET /quick', 'a b');
    await vi.waitFor(() => expect(log.lines).toHaveLength(1));
    expect(log.lines[0]!.fields).toMatchObject({ path: '/quick', requestId: 'asked' });
    expect(heard[0]!.status).toBeGreaterThanOrEqual(400);
  });

  it.each([
    ['/never', 499],
    ['/half', 200],
  ])('that nobody waits for any more at %s is told as cut off, with %i', async (path, status) => {
    const { log, heard, taken, port } = await aServer();
    const isTaken = taken();
    const socket = request(port, `GET ${path}`);
    await isTaken;
    socket.destroy();
    await vi.waitFor(() => expect(log.lines).toHaveLength(1));
    expect(log.lines[0]).toMatchObject({ level: 'debug', fields: { path, status, aborted: true } });
    expect(heard).toEqual([expect.objectContaining({ status, isWhole: false })]);
  });
});
