import type { Page } from '@playwright/test';
import { isCi } from '../scripts/is-ci.ts';
import { isInstalled } from '../server/testing/is-installed.ts';
import { OtlpReceiver, type ReceivedSpan } from '../server/testing/otlp-receiver.ts';
import { SentryReceiver } from '../server/testing/sentry-receiver.ts';
import { Dashboard, test, expect } from './support/story.ts';
import { programsFor, startTraced, type Mode } from './support/traced-programs.ts';

/** Cannot be reached the first time it is asked for. */
const unreachable = 99_999_901;

const jobIdIn = (page: Page) => page.evaluate(() => Object.keys(localStorage).find((key) => key.startsWith('job_'))!.slice('job_'.length));

/** A span of a trace, once it has come. */
async function spanOf(collector: OtlpReceiver, name: string, traceId: string): Promise<ReceivedSpan> {
  return collector.until(() => collector.ofTrace(traceId).find((span) => span.name === name));
}

/** The names from a span up to the one that began it all. */
function wayUp(collector: OtlpReceiver, span: ReceivedSpan): string[] {
  const parent = collector.ofTrace(span.traceId).find(({ spanId }) => spanId === span.parentSpanId);
  return [span.name, ...(parent ? wayUp(collector, parent) : [])];
}

for (const mode of ['embedded', 'distributed'] satisfies Mode[]) {
  test.describe(mode, () => {
    test.skip(!isCi() && !programsFor[mode].every(isInstalled), `needs ${programsFor[mode].join(' and ')}: npm test installs them, or says how`);
    test.setTimeout(120_000);

    test('one trace leads from the click over API and queue to the stored file', async ({ page }) => {
      await using collector = await OtlpReceiver.start();
      await using program = await startTraced(mode, collector, { DOWNLOAD_DELAY_MIN_MS: '0', DOWNLOAD_DELAY_MAX_MS: '500' });
      const dashboard = new Dashboard(page);
      await dashboard.open(program.address);
      await dashboard.ask(54_321);
      await expect(dashboard.row(/, ready/)).toBeVisible();

      const jobId = await jobIdIn(page);
      const click = await collector.until((spans) => spans.find(({ name, attributes }) => name === 'download-initiate' && attributes['job.id'] === jobId));
      expect(click.parentSpanId).toBeUndefined();
      const [upload, attempt] = [await spanOf(collector, 'upload', click.traceId), await spanOf(collector, 'attempt', click.traceId)];
      await spanOf(collector, 'POST /v1/download/initiate', click.traceId);
      expect(wayUp(collector, upload)).toEqual(['upload', 'attempt', 'POST /v1/download/initiate', 'download-initiate']);
      expect(attempt.attributes).toMatchObject({ 'job.id': jobId, 'attempt.outcome': 'completed' });
      expect(attempt.resource['download.role']).toBe(mode === 'embedded' ? 'all' : 'worker');
      for (const name of ['enqueue', 'source', 'packing', 'publish']) await spanOf(collector, name, click.traceId);
      if (mode === 'distributed') expect(wayUp(collector, await spanOf(collector, 'S3 CreateMultipartUpload', click.traceId))[1]).toBe('upload');
      expect(collector.complaints).toEqual([]);
    });

    test('what fails in a worker is reported under the id that the click began', async ({ page }) => {
      await using collector = await OtlpReceiver.start();
      await using sentry = await SentryReceiver.start();
      await using program = await startTraced(mode, collector, { SENTRY_DSN: sentry.dsn, DOWNLOAD_MAX_ATTEMPTS: '1' });
      const dashboard = new Dashboard(page);
      await dashboard.open(program.address);
      await dashboard.ask(unreachable);
      await expect(dashboard.row(/, failed/)).toBeVisible();

      const jobId = await jobIdIn(page);
      const click = await collector.until((spans) => spans.find(({ name, attributes }) => name === 'download-initiate' && attributes['job.id'] === jobId));
      const attempt = await spanOf(collector, 'attempt', click.traceId);
      const event = await sentry.until(({ tags }) => tags?.['jobId'] === jobId);
      expect(event.tags).toMatchObject({ trace_id: click.traceId, errorCode: 'source-unavailable', role: mode === 'embedded' ? 'all' : 'worker' });
      expect(event.contexts?.trace).toMatchObject({ trace_id: click.traceId, span_id: attempt.spanId });
      expect([attempt.status.code, attempt.attributes['error.type']]).toEqual([2, 'source-unavailable']);
      expect(sentry.complaints).toEqual([]);
    });
  });
}
