import { downloadPaths } from '#shared/download-api.ts';
import type { Job } from '#shared/job.ts';
import { servicePaths } from '#shared/service-api.ts';
import type { Page } from '@playwright/test';
import { OtlpReceiver } from '../server/testing/otlp-receiver.ts';
import { test as base, expect } from './support/story.ts';

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
    expect(headers.get(`POST ${downloadPaths.initiate()}`)).toContain(`00-${traceId}-${span.spanId}-01`);
    const server = await collector.until(() => collector.ofTrace(traceId).find(({ parentSpanId }) => parentSpanId === span.spanId));
    expect(server.resource['service.name']).not.toBe(pageService);
  }
  for (const name of ['poll', 'download', 'cancel', 'retry']) {
    const span = await collector.until((spans) => spans.find((one) => one.name === name));
    expect(span.attributes['job.id'] !== undefined, name).toBe(name !== 'poll');
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

test('polls from before the part that traces has come are recorded', async ({ dashboard, collector }) => {
  const { page } = dashboard;
  const chunk = Promise.withResolvers<void>();
  await page.route('**/assets/start-telemetry-*.js', async (route) => {
    await chunk.promise;
    await route.continue();
  });
  await dashboard.ask(silent);
  // It waits a second for it, and then goes without.
  await expect(dashboard.row(/, preparing/)).toBeVisible();
  expect(collector.spans.filter(({ resource }) => resource['service.name'] === pageService)).toEqual([]);
  chunk.resolve();
  for (const name of ['health', 'files', 'download-initiate', 'poll']) {
    await collector.until((spans) => spans.find((span) => span.name === name && span.resource['service.name'] === pageService));
  }
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
