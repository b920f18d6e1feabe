import { readdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page, Request } from '@playwright/test';
import { axeFindings } from './support/axe-findings.ts';
import type { ProgramProcess } from './support/program-process.ts';
import { Dashboard, test, expect } from './support/story.ts';

const [forbidden, sizeUnknown, silent] = [99_999_902, 99_999_903, 99_999_904];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing, from the first run to a list of many states', async ({ dashboard }) => {
      const { page } = dashboard;
      expect(await axeFindings(page)).toEqual([]);
      await dashboard.ask(54_321, forbidden, sizeUnknown, silent);
      await expect(dashboard.row(/, failed/)).toBeVisible();
      await expect(dashboard.row(/, ready/).first()).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('n');
      await expect(page.getByRole('option').first()).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Details/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('nothing is wider than the screen, and the flow works by touch', async ({ dashboard }) => {
    const { page } = dashboard;
    await page.getByRole('button', { name: /New download|Browse files/ }).first().tap();
    await page.getByRole('combobox').fill('54321');
    await page.getByRole('option', { name: /No\. 54321/ }).tap();
    await page.getByRole('button', { name: 'Prepare file' }).tap();
    await expect(dashboard.row(/, ready/)).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: /^Download / }).tap();
    await saving;
  });
});

/** All JavaScript that Chromium has asked for when the list is drawn and New download answers, each file packed by gzip. */
async function firstLoad(page: Page, program: ProgramProcess): Promise<number> {
  const sizes = new Map<string, Promise<number>>();
  const count = (request: Request) => {
    if (request.resourceType() === 'script') sizes.set(new URL(request.url()).pathname, packedSize(request));
  };
  page.on('request', count);
  const dashboard = new Dashboard(page, program);
  await dashboard.open();
  await expect(dashboard.heading).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('option').first()).toBeVisible();
  page.off('request', count);
  const total = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'first load', description: `${(total / 1000).toFixed(1)} kB gzip in ${sizes.size} scripts` });
  return total;
}

/** What is still on its way counts as well. */
async function packedSize(request: Request): Promise<number> {
  const response = await request.response();
  return gzipSync(await response!.body(), { level: 9 }).length;
}

const budget = 100_000;

test('the JavaScript of a first visit stays within its budget', async ({ page, program }) => {
  const total = await firstLoad(page, program);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThanOrEqual(budget);
});

test('so does that of a browser that comes back to its downloads', async ({ dashboard, program, browser }) => {
  await dashboard.ask(54_321, silent);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  const storageState = await dashboard.page.context().storageState();
  const context = await browser.newContext({ storageState });
  const total = await firstLoad(await context.newPage(), program);
  await context.close();
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThanOrEqual(budget);
});

test.describe('where all of it is traced and reported', () => {
  const nobody = 'http://127.0.0.1:9';
  test.use({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: nobody, BROWSER_SENTRY_DSN: 'http://key@127.0.0.1:9/1' } });

  test('a first visit loads no more before the page can be used, and what it needs for that later', async ({ page, program }) => {
    const late = page.waitForRequest('**/assets/create-reporter-*.js');
    expect(await firstLoad(page, program)).toBeLessThanOrEqual(budget);
    await late;
  });
});

test('source maps are made for every script, and no address leads to one', async ({ page, program }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script' && request.url().includes('/assets/')) scripts.push(request.url());
  });
  await new Dashboard(page, program).open();
  await expect.poll(() => scripts.length).toBeGreaterThan(0);
  const maps = new Set(await readdir('dist/maps'));
  for (const script of scripts) {
    expect(maps).toContain(`${basename(script)}.map`);
    expect(await (await fetch(script)).text()).not.toContain('sourceMappingURL');
    for (const end of ['.map', '%2Emap', '.ma%70', '.map/', '.map%2F', '/../../../maps/' + basename(script) + '.map']) {
      expect((await fetch(script + end)).status, end).toBe(404);
    }
  }
});

test('the page asks nothing of anybody else, and its policy forbids it', async ({ dashboard, program }) => {
  const strangers: string[] = [];
  dashboard.page.on('request', (request) => {
    if (!request.url().startsWith(program.address) && !request.url().startsWith('data:')) strangers.push(request.url());
  });
  await dashboard.page.reload();
  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  expect(strangers).toEqual([]);
  const answer = await fetch(program.address, { headers: { Accept: 'text/html' } });
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
});
