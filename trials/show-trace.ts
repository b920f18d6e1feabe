import { chromium, type Browser } from 'playwright';
import { chromiumLaunch } from '../e2e/support/chromium-launch.ts';
import { Dashboard } from '../e2e/support/dashboard.ts';
import { startTraced, type Mode } from '../e2e/support/traced-programs.ts';
import { OtlpReceiver } from '../server/testing/otlp-receiver.ts';
import { spanLines } from '../server/testing/span-lines.ts';
import { say } from './say.ts';

const file = 54_321;

/** Asks for a file with a click in a browser, waits until it is ready, and gives its trace as lines. */
async function traceOfClick(browser: Browser, mode: Mode): Promise<string[]> {
  await using collector = await OtlpReceiver.start();
  await using program = await startTraced(mode, collector, { DOWNLOAD_DELAY_MIN_MS: '500', DOWNLOAD_DELAY_MAX_MS: '1500' });
  const page = await browser.newPage();
  const dashboard = new Dashboard(page);
  await dashboard.open(program.address);
  await dashboard.ask(file);
  await dashboard.row(/, ready/).waitFor();
  const { traceId } = await collector.until((spans) => spans.find(({ name }) => name === 'attempt'));
  for (const name of ['download-initiate', 'POST /v1/download/initiate']) await collector.until(() => collector.ofTrace(traceId).find((span) => span.name === name));
  await page.close();
  return [`trace ${traceId}`, ...spanLines(collector.ofTrace(traceId))];
}

const named = process.argv.slice(2) as Mode[];
const browser = await chromium.launch(chromiumLaunch);
try {
  for (const mode of named.length > 0 ? named : (['embedded', 'distributed'] as const)) {
    say(`\nOne download, ${mode}:`);
    for (const line of await traceOfClick(browser, mode)) say(line);
  }
} finally {
  await browser.close();
}
