import { downloadPaths } from '#shared/download-api.ts';
import { servicePaths } from '#shared/service-api.ts';
import type { Page } from '@playwright/test';
import { watchTraffic } from './support/tabs.ts';
import { test, expect, type Dashboard } from './support/story.ts';

const silent = 99_999_904;

/** A dashboard with one job that goes on until it is cancelled. */
async function withJob(dashboard: Dashboard): Promise<Dashboard> {
  await dashboard.ask(silent);
  await expect(dashboard.row(/, preparing/)).toBeVisible();
  return dashboard;
}

/** Answers every poll and every look at the health like this, as a gateway in front of the service would. */
async function answerAll(page: Page, status: number, headers: Record<string, string> = {}): Promise<void> {
  const answer = { status, headers, body: '' };
  await page.route((url) => url.pathname === downloadPaths.statuses(), (route) => route.fulfill(answer));
  await page.route((url) => url.pathname === servicePaths.health, (route) => route.fulfill(answer));
}

test('offline in the middle: it says so at once, asks nothing, takes a request, and sends it once when it is back', async ({ dashboard }) => {
  const { page } = await withJob(dashboard);
  const traffic = watchTraffic(page.context());
  await page.context().setOffline(true);
  await expect(dashboard.heading).toHaveText('No connection');
  await expect(page.getByRole('status')).toHaveText('No connection. Trying again.');
  await expect(page.getByRole('button', { name: /^Cancel / })).toBeDisabled();
  traffic.reset();
  await dashboard.ask(54_321);
  await expect(dashboard.row(/not sent yet/)).toContainText('goes out when the connection is back');
  expect(traffic.pollers()).toEqual([]);

  await page.context().setOffline(false);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  expect(traffic.asked()).toBe(1);
  await expect(page.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByText('Connected again', { exact: true })).toBeHidden();
});

test('a long time without connection ends with a word, once', async ({ dashboard }) => {
  const { page } = await withJob(dashboard);
  await page.clock.install();
  await page.context().setOffline(true);
  await expect(dashboard.heading).toHaveText('No connection');
  await page.clock.runFor(11_000);
  await page.context().setOffline(false);
  await expect(page.getByRole('group', { name: 'Message' })).toContainText('Connected again');
  await expect(dashboard.heading).toHaveText('1 on the way');
});

test('asked to slow down, it waits as long as it was told, and says that the downloads are not affected', async ({ dashboard }) => {
  const { page } = await withJob(dashboard);
  await answerAll(page, 429, { 'retry-after': '20' });
  await expect(page.getByText(/^Slowing down for \d\d s\. Your downloads are not affected\.$/).first()).toBeVisible();
  await expect(dashboard.heading).toHaveText('1 on the way');
  const traffic = watchTraffic(page.context());
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await page.context().setOffline(true);
  await page.context().setOffline(false);
  await expect(dashboard.heading).toHaveText('1 on the way');
  expect(traffic.pollers()).toEqual([]);
});

test('a person who is no longer signed in is asked to do so', async ({ dashboard }) => {
  const { page } = await withJob(dashboard);
  await answerAll(page, 401);
  await expect(dashboard.heading).toHaveText('Please sign in again');
  await expect(page.getByText('Your downloads go on.')).toBeVisible();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(dashboard.heading).toHaveText('1 on the way');
});
