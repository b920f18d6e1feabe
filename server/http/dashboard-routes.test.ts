import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtDashboard } from './dashboard-routes.ts';

let directory: string;
let server: Server;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dashboard-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<title>Downloads</title>');
  await writeFile(join(directory, 'assets/index.js'), 'export {};');
  server = createServer(express().use(builtDashboard(directory, { sentryDsn: 'https://key@errors.example.org:8443/sentry/1' }).routes));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterEach(async () => {
  await new Promise((closed) => server.close(closed));
  await rm(directory, { recursive: true });
});

async function get(path: string, accept = '*/*'): Promise<{ status: number; text: string; cacheControl: string | null; policy: string | null }> {
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept, connection: 'close' } });
  return { status: answer.status, text: await answer.text(), cacheControl: answer.headers.get('cache-control'), policy: answer.headers.get('content-security-policy') };
}

describe('the built dashboard', () => {
  test('gives the page at its own addresses to whoever wants to see it', async () => {
    const page = { status: 200, text: '<title>Downloads</title>', cacheControl: 'no-cache' };
    expect(await get('/', 'text/html')).toMatchObject(page);
    expect(await get('/jobs/any', 'text/html')).toMatchObject(page);
    expect(await get('/jobs/any', 'application/json')).toMatchObject({ status: 404 });
    expect(await get('/elsewhere', 'text/html')).toMatchObject({ status: 404 });
  });

  test('lets what has a hash in its name be kept for good', async () => {
    expect(await get('/assets/index.js')).toMatchObject({ status: 200, cacheControl: 'public, max-age=31536000, immutable' });
    expect(await get('/assets/gone.js')).toMatchObject({ status: 404 });
  });

  test('lets the page speak with this origin and with where its errors go, and with nobody else', async () => {
    const { policy } = await get('/', 'text/html');
    expect(policy).toContain("; connect-src 'self' https://errors.example.org:8443; ");
    expect(policy?.match(/https?:/g)).toHaveLength(1);
  });
});
