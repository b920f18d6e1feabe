import { expect, it } from 'vitest';
import { filesResponseSchema } from '#shared/files-api.ts';
import { problemCodes } from '#shared/problem.ts';
import { capabilitiesSchema, healthSchema, servicePaths } from '#shared/service-api.ts';
import { aProgram } from '../testing/a-program.ts';
import { operations } from './operations.ts';

it('says that all is well, and how long the line is', async () => {
  const program = await aProgram({ DOWNLOAD_WORKER_CONCURRENCY: '1' });
  for (const file_id of [99_999_904, 10_000, 10_001]) await program.ask({ file_id });
  const answer = await program.fetch(servicePaths.health);
  const health = healthSchema.parse(await answer.json());
  expect(answer.status).toBe(200);
  expect(health).toMatchObject({
    status: 'healthy',
    checks: { api: 'ok', store: 'ok', queue: 'ok', storage: 'ok', worker: 'ok' },
    reasons: [],
    line: { waiting: 2 },
  });
});

it('is ready and live', async () => {
  const program = await aProgram();
  for (const path of [servicePaths.live, servicePaths.ready]) expect((await program.fetch(path)).status).toBe(200);
});

it('tells what it can do and allows', async () => {
  const program = await aProgram({ MAX_ARTIFACT_BYTES: '5000', DOWNLOAD_JOB_TTL_MS: '60000', PRESIGNED_URL_TTL_SECONDS: '700' });
  expect(capabilitiesSchema.parse(await (await program.fetch(servicePaths.capabilities)).json())).toMatchObject({
    limits: { filesPerJob: 1000, artifactBytes: 5000, idsPerPoll: 100, activeJobs: null },
    lifetimes: { jobMs: 60_000, linkSeconds: 700 },
    channels: { longPoll: false, events: false, webhooks: false },
    source: { name: 'simulated', catalogue: true },
    page: { sentryDsn: null, traceViewerUrl: null, sampleRatio: null },
  });
});

it('tells the page where its errors go and where traces can be seen', async () => {
  const page = { sentryDsn: 'https://key@errors.example.org/1', traceViewerUrl: 'https://traces.example.org/trace/{trace_id}' };
  const program = await aProgram({ BROWSER_SENTRY_DSN: page.sentryDsn, TRACE_VIEWER_URL: page.traceViewerUrl });
  expect(capabilitiesSchema.parse(await (await program.fetch(servicePaths.capabilities)).json())).toMatchObject({ page });
});

it('pages through the catalogue, and finds a file by its number', async () => {
  const program = await aProgram();
  const page = async (query: string) => filesResponseSchema.parse(await (await program.fetch(`/v1/files?${query}`)).json());
  const first = await page('limit=100');
  const second = await page(`limit=100&cursor=${encodeURIComponent(first.nextCursor!)}`);
  const numbers = [...first.files, ...second.files].map(({ fileId }) => fileId);
  expect([first.total, new Set(numbers).size, second.nextCursor]).toEqual([200, 200, null]);
  expect((await page('query=54321')).files[0]?.fileId).toBe(54_321);
  for (const query of ['limit=0', 'cursor=nonsense', `query=${'x'.repeat(256)}`]) {
    expect((await program.fetch(`/v1/files?${query}`)).status, query).toBe(400);
  }
});

it('describes every endpoint in OpenAPI 3.1', async () => {
  const program = await aProgram();
  const document = (await (await program.fetch(servicePaths.openApi)).json()) as { openapi: string; paths: Record<string, object> };
  expect(document.openapi).toBe('3.1.0');
  for (const { path, method } of operations) {
    expect(Object.keys(document.paths[path.replaceAll(/:(\w+)/g, '{$1}')] ?? {}), path).toContain(method);
  }
});

it('has a page to read, with an anchor for every problem code', async () => {
  const program = await aProgram();
  const answer = await program.fetch(servicePaths.docs);
  const page = await answer.text();
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  for (const code of problemCodes) expect(page).toContain(`id="${code}"`);
});
