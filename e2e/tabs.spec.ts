import type { Page } from '@playwright/test';
import { downloadPaths } from '#shared/download-api.ts';
import { setHidden, watchTraffic } from './support/tabs.ts';
import { Dashboard, test, expect } from './support/story.ts';

const silent = 99_999_904;
const handOverMs = 2000;

/** Opens the dashboard in more tabs of the same browser. */
async function openTabs({ page }: Dashboard, count: number): Promise<Page[]> {
  const address = page.url();
  const tabs = await Promise.all(Array.from({ length: count }, () => page.context().newPage()));
  await Promise.all(tabs.map((tab) => tab.goto(address)));
  for (const tab of tabs) await expect(tab.getByRole('listitem')).not.toHaveCount(0);
  return tabs;
}

test('of eight tabs one polls for all, and when it is closed another goes on within 2 s', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(silent);
  await expect(dashboard.row(/, preparing/)).toBeVisible();
  const traffic = watchTraffic(page.context());
  const tabs = await openTabs(dashboard, 7);
  await expect.poll(() => traffic.polls(page)).toBeGreaterThan(1);
  expect(traffic.pollers()).toEqual([page]);
  for (const tab of tabs) await expect(tab.locator('[data-stale]')).toHaveCount(0);

  traffic.reset();
  const polled = page.context().waitForEvent('request', { predicate: (request) => request.url().includes('?ids='), timeout: handOverMs });
  await page.close();
  await polled;
  const [leader] = traffic.pollers();
  await expect.poll(() => traffic.polls(leader!)).toBeGreaterThan(1);
  expect(traffic.pollers()).toEqual([leader]);
});

test('what one tab does, the others show', async ({ dashboard }) => {
  const { page } = dashboard;
  const [other] = await openTabs(await withJob(dashboard), 1);
  await page.getByRole('button', { name: /^Cancel / }).click();
  await expect(other!.getByRole('listitem', { name: /, cancelled/ })).toBeVisible();
  // A new row waits while pointer or focus is in the list.
  await dashboard.heading.click();
  const traffic = watchTraffic(page.context());
  await new Dashboard(other!).ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await expect(other!.getByRole('listitem', { name: /, ready/ })).toBeVisible();
  expect(traffic.pollers()).toEqual([page]);
});

test('a leader that goes out of sight hands over to a tab that is seen, and takes no part until it is back', async ({ dashboard }) => {
  const { page } = dashboard;
  const [other] = await openTabs(await withJob(dashboard), 1);
  const traffic = watchTraffic(page.context());
  await setHidden(page, true);
  await expect.poll(() => traffic.polls(other!)).toBeGreaterThan(1);
  expect(traffic.pollers()).toEqual([other]);

  await setHidden(other!, true);
  await expect.poll(() => leads(page).then(async (first) => first || (await leads(other!)))).toBe(true);
  traffic.reset();
  const seen = (await leads(page)) ? other! : page;
  await setHidden(seen, false);
  await expect.poll(() => traffic.polls(seen)).toBeGreaterThan(0);
  expect(traffic.pollers()).toEqual([seen]);
});

test('a tab out of sight asks nothing, and catches up once when it is seen again', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(54_321, silent);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await page.clock.install();
  await setHidden(page, true);
  const traffic = watchTraffic(page.context());
  await page.clock.runFor(60_000);
  expect(traffic.pollers()).toEqual([]);
  await setHidden(page, false);
  await expect.poll(() => traffic.polls(page)).toBe(1);
  await page.clock.runFor(900);
  expect(traffic.polls(page)).toBe(1);
});

test('what is asked in one tab is sent by one tab, and by another when that one is closed before', async ({ dashboard, program }) => {
  const { page } = dashboard;
  const [other] = await openTabs(await withJob(dashboard), 1);
  const traffic = watchTraffic(page.context());
  // Long enough for the other tab to think of sending it as well.
  await page.context().route(
    (url) => url.pathname === downloadPaths.initiate(),
    async (route) => {
      await new Promise((wake) => setTimeout(wake, 3000));
      await route.continue();
    },
  );
  await dashboard.ask(54_321);
  await expect(other!.getByRole('listitem', { name: /, ready/ })).toBeVisible();
  expect(traffic.asked()).toBe(1);
  await page.context().unrouteAll({ behavior: 'ignoreErrors' });

  await program.kill();
  await dashboard.ask(54_322);
  await expect(dashboard.row(/not sent yet/)).toBeVisible();
  await expect(other!.getByRole('listitem', { name: /54322/ })).toBeVisible();
  await page.close();
  await program.start();
  const heading = other!.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText('2 ready, 1 on the way', { timeout: 45_000 });
  await expect(other!.getByRole('listitem')).toHaveCount(3);
});

test.describe('in a browser without locks', () => {
  test('each tab asks for itself', async ({ dashboard }) => {
    const { page } = dashboard;
    await page.context().addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined }));
    await page.reload();
    const traffic = watchTraffic(page.context());
    const [other] = await openTabs(await withJob(dashboard), 1);
    await expect.poll(() => traffic.polls(page) > 1 && traffic.polls(other!) > 1).toBe(true);
  });
});

/** A dashboard with one job that goes on until it is cancelled. */
async function withJob(dashboard: Dashboard): Promise<Dashboard> {
  await dashboard.ask(silent);
  await expect(dashboard.row(/, preparing/)).toBeVisible();
  return dashboard;
}

const leads = (tab: Page) =>
  tab.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name }) => name === 'downloads-leader');
  });
