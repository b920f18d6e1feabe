import type { Page } from '@playwright/test';
import { downloadPaths } from '#shared/download-api.ts';
import { jobSchema, type Job } from '#shared/job.ts';
import { axeFindings } from './support/axe-findings.ts';
import { test, expect, type Dashboard } from './support/story.ts';

const count = 300;

test.slow();

/** A dashboard with many downloads, of three days. What the server says of them is made of one real job of it. */
async function withManyRows(dashboard: Dashboard): Promise<Page> {
  const { page } = dashboard;
  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  const realId = await page.evaluate(() => Object.keys(localStorage).find((key) => key.startsWith('job_'))!.slice(4));
  const real = jobSchema.parse(await page.evaluate(async (path) => (await fetch(path)).json() as Promise<unknown>, downloadPaths.status(realId)));
  const jobs = Array.from({ length: count }, (_, index) => copyOf(real, index));
  await page.route(
    (url) => url.pathname === downloadPaths.statuses(),
    (route) => {
      const ids = new Set(new URL(route.request().url()).searchParams.get('ids')?.split(','));
      return route.fulfill({ json: { jobs: [real, ...jobs].filter((one) => ids.has(one.jobId)), missing: [], nextPollInMs: null } });
    },
  );
  await page.evaluate((copies) => {
    for (const job of copies) {
      const { jobId, fileIds, fileName, timestamps } = job;
      const place = { rowId: jobId, askedAt: timestamps.queuedAt };
      const asked = { fileIds, fileName, size: null, clientRequestId: null };
      localStorage.setItem(`job_${jobId}`, JSON.stringify({ place, asked, job, lastPolled: timestamps.updatedAt }));
    }
  }, jobs);
  await page.reload();
  await expect(page.getByRole('button', { name: `All ${count + 1}`, exact: true })).toBeVisible();
  return page;
}

function copyOf(job: Job, index: number): Job {
  const queuedAt = new Date(Date.parse(job.timestamps.queuedAt) - (index + 1) * 600_000).toISOString();
  return { ...job, jobId: `dl_copy${index}`, fileName: `copy-${index}.bin`, timestamps: { ...job.timestamps, queuedAt } };
}

const focusedRow = (page: Page) => page.locator('[data-row-id]:focus');

test('of a long list only what is in sight is drawn, and every row can be reached and is counted', async ({ dashboard }) => {
  const page = await withManyRows(dashboard);
  const rows = page.getByRole('listitem');
  await expect.poll(() => rows.count()).toBeLessThan(60);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  expect(height).toBeGreaterThan(count * 64);

  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, height);
  await expect(page.getByRole('listitem', { name: `copy-${count - 1}.bin`, exact: false })).toBeInViewport();
  const last = rows.last();
  expect(await last.getAttribute('aria-posinset')).toBe(await last.getAttribute('aria-setsize'));
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
  expect(await axeFindings(page)).toEqual([]);
});

test('the focus walks along a long list by keys, and stays with its row when the list is scrolled away', async ({ dashboard }) => {
  const page = await withManyRows(dashboard);
  await page.keyboard.press('j');
  for (let step = 0; step < 30; step++) await page.keyboard.press('j');
  await expect(focusedRow(page)).toHaveAttribute('data-row-id', 'dl_copy29');
  await expect(focusedRow(page)).toBeInViewport();
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, 12_000);
  await expect(focusedRow(page)).not.toBeInViewport();
  await page.keyboard.press('k');
  await expect(focusedRow(page)).toHaveAttribute('data-row-id', 'dl_copy28');
  await expect(focusedRow(page)).toBeInViewport();
});
