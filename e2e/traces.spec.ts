import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { downloadPaths } from '#shared/download-api.ts';
import { filesPath } from '#shared/files-api.ts';
import type { Job } from '#shared/job.ts';
import type { Problem } from '#shared/problem.ts';
import { servicePaths } from '#shared/service-api.ts';
import type { Page } from '@playwright/test';
import { OtlpReceiver, type ReceivedSpan } from '../server/testing/otlp-receiver.ts';
import { SentryReceiver } from '../server/testing/sentry-receiver.ts';
import { ProgramProcess } from './support/program-process.ts';
import { Dashboard, test as base, expect } from './support/story.ts';

const silent = 99_999_904;
const pageService = 'delineate-downloads-page';

/** The dashboard of a program that sends its traces somewhere, and where they arrive. */
const test = base.extend<{ collector: OtlpReceiver }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads there what a fixture needs
  collector: async ({}, use) => {
    await using collector = await OtlpReceiver.start();
    await use(collector);
    expect(collector.complaints).toEqual([]);
  },
  environment: async ({ collector }, use) => use({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '50' }),
});

/** The trace parents that went out, by what was asked. */
function watchHeaders(page: Page): Map<string, string[]> {
  const seen = new Map<string, string[]>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const key = `${request.method()} ${pathname}`;
    seen.set(key, [...(seen.get(key) ?? []), request.headers()['traceparent'] ?? '']);
  });
  return seen;
}

/** As W3C writes where a call stands. */
const place = /^00-[\da-f]{32}-[\da-f]{16}-0[01]$/;

const isOfPage = ({ resource }: ReceivedSpan) => resource['service.name'] === pageService;

/** Keeps the part that traces on its way, until it is let go. */
async function holdTelemetry(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/assets/start-telemetry-*.js', async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}

test('what a person does begins the trace that the job has, and says so to the server', async ({ dashboard, collector, program }) => {
  const { page } = dashboard;
  const headers = watchHeaders(page);
  await dashboard.ask(54_321, silent);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await dashboard.row(/, ready/).getByRole('link', { name: /^Download / }).click();
  await page.getByRole('button', { name: /^Cancel / }).click();
  await dashboard.row(/, cancelled/).getByRole('button', { name: /^Prepare again/ }).click();
  await expect(dashboard.row(/, preparing/)).toBeVisible();

  const jobIds = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('job_')).map((key) => key.slice(4)));
  const jobs = await Promise.all(jobIds.map(async (id) => (await (await fetch(program.address + downloadPaths.status(id))).json()) as Job));
  const asked = jobs.filter(({ retryOf }) => retryOf === null);
  expect(asked).toHaveLength(2);
  for (const { jobId, traceId } of asked) {
    const span = await collector.until((spans) => spans.find(({ name, attributes }) => name === 'download-initiate' && attributes['job.id'] === jobId));
    expect(span.traceId).toBe(traceId);
    expect(span.resource['service.name']).toBe(pageService);
    expect(headers.get(`POST ${downloadPaths.initiate()}`)?.map((header) => header.slice(0, -3))).toContain(`00-${traceId}-${span.spanId}`);
    const server = await collector.until(() => collector.ofTrace(traceId).find(({ parentSpanId }) => parentSpanId === span.spanId));
    expect(server.resource['service.name']).not.toBe(pageService);
  }
  for (const name of ['poll', 'download', 'cancel', 'retry']) {
    const span = await collector.until((spans) => spans.find((one) => one.name === name));
    expect(span.attributes['job.id'] !== undefined, name).toBe(name !== 'poll');
    // By now it is known that they are recorded.
    if (name === 'cancel' || name === 'retry') expect([...headers.values()].flat()).toContain(`00-${span.traceId}-${span.spanId}-01`);
  }
  expect(collector.requests.map(({ body }) => body).join('\n')).not.toMatch(/ids=|userId|simulated/);
});

test('a request whose answer was lost, and the one that is sent again, stand in the trace of one click', async ({ dashboard, collector }) => {
  const { page } = dashboard;
  await page.route(
    `**${downloadPaths.initiate()}`,
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await dashboard.ask(silent);
  await expect(dashboard.row(/, preparing/)).toBeVisible();
  const heard = await collector.until((spans) => spans.find(({ name, attributes }) => name === 'download-initiate' && 'job.id' in attributes));
  const lost = await collector.until((spans) => spans.find(({ name, spanId }) => name === 'download-initiate' && spanId === heard.parentSpanId));
  expect(lost.traceId).toBe(heard.traceId);
  expect(lost.events.map(({ name }) => name)).toEqual(['exception']);
});

test('nothing but the API is told of traces', async ({ dashboard }) => {
  const { page } = dashboard;
  const headers = watchHeaders(page);
  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: /^Download / }).click();
  await saving;
  const told = [...headers].filter(([, sent]) => sent.some((header) => header !== '')).map(([key]) => key);
  expect(told.length).toBeGreaterThan(1);
  expect(told.filter((key) => !/^\w+ \/(?:v1\/|health)/.test(key) || key.endsWith(servicePaths.traces))).toEqual([]);
});

test('what happened just before the page was closed is told', async ({ dashboard, collector }) => {
  const { page } = dashboard;
  const answered = page.waitForResponse(`**${downloadPaths.initiate()}`);
  await dashboard.ask(silent);
  await (await answered).finished();
  await page.goto('about:blank');
  await collector.until((spans) => spans.find(({ name }) => name === 'download-initiate'));
});

test('what the page asks while it opens is in one trace with how it was answered', async ({ page, program, collector }) => {
  const headers = watchHeaders(page);
  await new Dashboard(page, program).open();
  for (const [name, answered] of [['capabilities', `GET ${servicePaths.capabilities}`], ['files', `GET ${filesPath}`]] as const) {
    const asked = await collector.until((spans) => spans.find((span) => span.name === name && isOfPage(span)));
    const answer = await collector.until(() => collector.ofTrace(asked.traceId).find(({ parentSpanId }) => parentSpanId === asked.spanId));
    expect([answer.name, isOfPage(answer)]).toEqual([answered, false]);
    expect(headers.get(answered)).toContain(`00-${asked.traceId}-${asked.spanId}-00`);
  }
  const calls = [...headers].filter(([key]) => /^\w+ \/(?:v1\/|health)/.test(key) && !key.endsWith(servicePaths.traces));
  expect(calls.map(([key]) => key)).toContain(`GET ${servicePaths.health}`);
  for (const [key, sent] of calls) for (const header of sent) expect(header, key).toMatch(place);
});

test('a click from before the part that traces has come waits for nothing, and begins the trace that the job has', async ({ dashboard, program, collector }) => {
  const { page } = dashboard;
  const headers = watchHeaders(page);
  const letGo = await holdTelemetry(page);
  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  expect(collector.spans.filter(isOfPage)).toEqual([]);
  letGo();
  const jobId = await page.evaluate(() => Object.keys(localStorage).find((key) => key.startsWith('job_'))?.slice(4));
  const { traceId } = (await (await fetch(program.address + downloadPaths.status(jobId))).json()) as Job;
  const click = await collector.until((spans) => spans.find(({ name, attributes }) => name === 'download-initiate' && attributes['job.id'] === jobId));
  expect([click.traceId, click.parentSpanId]).toEqual([traceId, undefined]);
  expect(headers.get(`POST ${downloadPaths.initiate()}`)).toEqual([`00-${traceId}-${click.spanId}-00`]);
  const request = await collector.until(() => collector.ofTrace(traceId).find(({ parentSpanId }) => parentSpanId === click.spanId));
  const attempt = await collector.until(() => collector.ofTrace(traceId).find(({ name }) => name === 'attempt'));
  expect([request.name, attempt.parentSpanId]).toEqual([`POST ${downloadPaths.initiate()}`, request.spanId]);
  for (const name of ['health', 'files', 'poll']) await collector.until((spans) => spans.find((span) => span.name === name && isOfPage(span)));
});

test('what the service failed of before that part has come is reported under the id that the answer names', async ({ page, collector }) => {
  await using sentry = await SentryReceiver.start();
  const folder = test.info().outputPath('files');
  await mkdir(folder, { recursive: true });
  await using program = await ProgramProcess.start({ FILES_DIR: folder, BROWSER_SENTRY_DSN: sentry.dsn, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '50' });
  // What is no folder cannot be listed.
  await rmdir(folder);
  await writeFile(folder, '');
  const told: string[] = [];
  page.on('response', async (answer) => {
    if (new URL(answer.url()).pathname === filesPath) told.push(((await answer.json()) as Problem).traceId);
  });
  const letGo = await holdTelemetry(page);
  await new Dashboard(page, program).open();
  await expect.poll(() => told).toHaveLength(2);
  letGo();
  const event = await sentry.until(({ tags }) => tags?.['kind'] === 'files');
  const traceId = told[1]!;
  expect(event.tags).toMatchObject({ trace_id: traceId, errorCode: 'temporarily-unavailable' });
  const asked = await collector.until(() => collector.ofTrace(traceId).find(isOfPage));
  expect(event.contexts?.trace).toMatchObject({ trace_id: traceId, span_id: asked.spanId });
  await collector.until(() => collector.ofTrace(traceId).find(({ parentSpanId }) => parentSpanId === asked.spanId));
  expect(sentry.complaints).toEqual([]);
});

test.describe('without a collector', () => {
  test.use({ environment: {} });

  test('ids are made and passed on, and nothing is recorded, loaded or sent', async ({ dashboard, program }) => {
    const { page } = dashboard;
    const headers = watchHeaders(page);
    await dashboard.ask(54_321);
    await expect(dashboard.row(/, ready/)).toBeVisible();
    const [header] = headers.get(`POST ${downloadPaths.initiate()}`) ?? [];
    const jobId = await page.evaluate(() => Object.keys(localStorage).find((key) => key.startsWith('job_'))?.slice(4));
    const { traceId } = (await (await fetch(program.address + downloadPaths.status(jobId))).json()) as Job;
    expect(header).toMatch(new RegExp(`^00-${traceId}-[\\da-f]{16}-00$`));
    await page.goto('about:blank');
    expect([...headers.keys()].filter((key) => /telemetry\/|export-spans|create-reporter/.test(key))).toEqual([]);
    expect([...headers.keys()].filter((key) => key.includes('start-telemetry'))).toHaveLength(1);
  });
});
