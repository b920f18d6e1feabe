import { downloadPaths, historyResponseSchema } from '#shared/download-api.ts';
import type { Page } from '@playwright/test';
import { answered } from './support/answered.ts';
import type { ProgramProcess } from './support/program-process.ts';
import { stageMemory } from './staged/staged-memory.ts';
import { Dashboard, test, expect } from './support/story.ts';

const silent = 99_999_904;
const polls = (program: ProgramProcess) => answered(program, 'GET', downloadPaths.statuses());

test.use({ environment: { LOG_LEVEL: 'debug' } });

/** What this browser has asked for, as the server remembers it. */
async function jobsAtServer(page: Page, { address }: ProgramProcess): Promise<number> {
  const userId = await page.evaluate(() => localStorage.getItem('userId'));
  const answer = await fetch(`${address}${downloadPaths.history()}?userId=${userId}`);
  return historyResponseSchema.parse(await answer.json()).total;
}

test('eight tabs cost the server no more than one: it answers each poll once, and none when all is settled', async ({ dashboard, program }) => {
  const { page } = dashboard;
  await dashboard.ask(silent);
  await expect(dashboard.row(/, preparing/)).toBeVisible();
  const others = await Promise.all(Array.from({ length: 7 }, () => page.context().newPage()));
  await Promise.all(others.map((tab) => tab.goto(program.address)));
  for (const tab of others) await expect(tab.getByRole('listitem', { name: /, preparing/ })).toBeVisible();

  const heard: number[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname === downloadPaths.statuses()) heard.push(response.status());
  });
  const before = polls(program);
  await expect.poll(() => heard.length).toBeGreaterThanOrEqual(3);
  await expect.poll(() => polls(program) - before).toBe(heard.length);

  await page.getByRole('button', { name: /^Cancel / }).click();
  for (const tab of others) await expect(tab.getByRole('listitem', { name: /, cancelled/ })).toBeVisible();
  const atTheEnd = polls(program);
  await page.clock.install();
  await page.clock.runFor(120_000);
  await page.reload();
  await expect(dashboard.row(/, cancelled/)).toBeVisible();
  await expect(page.locator('[data-stale]')).toHaveCount(0);
  await page.clock.runFor(120_000);
  // The reloaded page asks once whether what it remembers is still so.
  await expect.poll(() => polls(program) - atTheEnd).toBeLessThanOrEqual(1);
});

test('a request whose answer was lost is sent again after a reload, under its key, and makes no second job', async ({ dashboard, program }) => {
  const { page } = dashboard;
  const sent: string[] = [];
  let reloaded = false;
  await page.route(`**${downloadPaths.initiate()}`, async (route) => {
    sent.push((route.request().postDataJSON() as { clientRequestId: string }).clientRequestId);
    // What is tried again before the reload stays on its way.
    if (sent.length > 1) return reloaded ? route.continue() : undefined;
    await route.fetch();
    await route.abort('connectionreset');
  });
  const lost = page.waitForEvent('requestfailed', (request) => request.url().endsWith(downloadPaths.initiate()));
  await dashboard.ask(silent);
  await lost;
  await expect(dashboard.row(/not sent yet|sending/)).toBeVisible();
  reloaded = true;
  await page.reload();
  await expect(dashboard.row(/, preparing/)).toBeVisible();
  expect(sent.length).toBeGreaterThan(1);
  expect(new Set(sent).size).toBe(1);
  await expect(page.getByRole('listitem')).toHaveCount(1);
  expect(await jobsAtServer(page, program)).toBe(1);
});

test.describe('with quick files', () => {
  test.use({ environment: { LOG_LEVEL: 'debug', DOWNLOAD_DELAY_MIN_MS: '2000', DOWNLOAD_DELAY_MAX_MS: '4000', DOWNLOAD_WORKER_CONCURRENCY: '100' } });

  test('two hundred jobs are asked about in two requests at a time, and all become ready', async ({ page, program }) => {
    const intents = Array.from({ length: 200 }, (_, index) => ({
      clientRequestId: `two-hundred-${index}`,
      fileId: 20_000 + index,
      fileName: `measurement-${index}.csv`,
      size: 12e6,
      askedAt: new Date(Date.now() - index * 1000).toISOString(),
    }));
    await stageMemory(page, { jobs: [], besides: {}, intents, others: {} });
    const asked: number[] = [];
    page.on('request', (request) => {
      const ids = new URL(request.url()).searchParams.get('ids');
      if (ids !== null) asked.push(ids.split(',').length);
    });
    const dashboard = new Dashboard(page, program);
    await dashboard.open();
    await expect(dashboard.heading).toHaveText('200 ready', { timeout: 45_000 });
    expect(Math.max(...asked)).toBe(100);
    expect(answered(program, 'POST', downloadPaths.initiate())).toBe(200);
    await expect(page.getByRole('button', { name: /^Ready 200/ })).toBeVisible();
  });
});
