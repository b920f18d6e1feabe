import { downloadPaths, statusesResponseSchema } from '#shared/download-api.ts';
import type { Job } from '#shared/job.ts';
import type { Page } from '@playwright/test';
import { test, expect, type Dashboard } from './support/story.ts';

const [sizeUnknown, silent] = [99_999_903, 99_999_904];

/** The server's own answers to polls, with its jobs changed on their way: states that one process of it never comes to. */
async function changeAnswers(page: Page, change: (job: Job) => Partial<Job>): Promise<void> {
  await page.route(
    ({ pathname }) => pathname === downloadPaths.statuses(),
    async (route) => {
      const response = await route.fetch();
      const answer = statusesResponseSchema.parse(await response.json());
      const jobs = answer.jobs.map((job) => (job.settled ? job : Object.assign(job, change(job), { version: job.version + 1 })));
      await route.fulfill({ response, json: { ...answer, jobs, nextPollInMs: 1000 } });
    },
  );
}

const ago = (spanMs: number) => new Date(Date.now() - spanMs).toISOString();
const heard = (heardMsAgo: number) => ({ worker: { name: 'prep-2', lastHeardAt: ago(heardMsAgo), leaseExpiresAt: ago(heardMsAgo - 30_000) } });

async function withJob(dashboard: Dashboard): Promise<Dashboard> {
  await dashboard.ask(silent);
  await expect(dashboard.row(/, preparing/)).toBeVisible();
  return dashboard;
}

test('a worker that is silent (as told by a changed answer) is called silent, then stuck, and normal when it is heard again', async ({ dashboard }) => {
  const { page } = await withJob(dashboard);
  await changeAnswers(page, () => heard(22_000));
  const row = page.getByRole('listitem');
  await expect(row).toContainText(/No word for 2\d s/);
  await expect(row).toContainText(/restarts by itself in \d s|is being restarted/);
  await page.unrouteAll({ behavior: 'wait' });
  await changeAnswers(page, () => heard(160_000));
  await expect(row).toContainText('No news for 2 min');
  await expect(row).toContainText('it may be stuck; we keep asking');
  await page.unrouteAll({ behavior: 'wait' });
  await changeAnswers(page, () => heard(0));
  await expect(dashboard.row(/, preparing/)).toBeVisible();
});

test('a percentage that runs back (as told by a changed answer) is not followed within an attempt, and 100 is never said', async ({ dashboard }) => {
  const { page } = await withJob(dashboard);
  const percents = [40, 62, 31, 99];
  await changeAnswers(page, ({ progress }) => ({ progress: { ...progress, indeterminate: false, percent: percents.shift() ?? 99 } }));
  const seen: number[] = [];
  const read = async () => {
    const text = (await page.getByRole('listitem').textContent()) ?? '';
    seen.push(Number(/Preparing(\d+)%/.exec(text)?.[1] ?? 0));
    return seen.at(-1);
  };
  await expect.poll(read, { intervals: [100] }).toBe(99);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});

test('what takes longer than it was said to (as told by a changed answer) is called late', async ({ dashboard }) => {
  const { page } = await withJob(dashboard);
  const soon = { indeterminate: false, percent: 50, bytesDone: 5e6, bytesTotal: 1e7, etaSeconds: 2, etaHighSeconds: 3 };
  await changeAnswers(page, () => ({ progress: soon }));
  await expect(page.getByRole('listitem')).toContainText('a few seconds left');
  await expect(page.getByRole('listitem')).toContainText('longer than usual', { timeout: 30_000 });
});

test('a file of unknown size shows what has come so far, and no percentage', async ({ dashboard }) => {
  await dashboard.ask(sizeUnknown);
  await expect(dashboard.page.getByRole('listitem')).not.toContainText('%');
  await expect(dashboard.row(/, ready/)).toBeVisible();
});

test('while the catalogue is down (as told by a changed answer) a number can still be asked for', async ({ dashboard }) => {
  const { page } = dashboard;
  await page.route('**/v1/files?*', (route) => route.fulfill({ status: 503, headers: { 'retry-after': '1' }, body: '' }));
  await page.reload();
  await page.keyboard.press('n');
  await expect(page.getByText('The catalogue does not answer. You can still type a file number.')).toBeVisible();
  await page.getByRole('combobox').fill('54321');
  await page.getByRole('option', { name: /No\. 54321/ }).click();
  await page.getByRole('button', { name: 'Prepare file' }).click();
  await expect(dashboard.row(/, ready/)).toBeVisible();
});
