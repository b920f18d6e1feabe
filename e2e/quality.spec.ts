import { AxeBuilder } from '@axe-core/playwright';
import { gzipSync } from 'node:zlib';
import { Dashboard, test, expect } from './support/story.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing, from the first run to a list of many states', async ({ dashboard }) => {
      const { page } = dashboard;
      const findings = async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      expect(await findings()).toEqual([]);
      await dashboard.ask(54_321, 99_999_902, 99_999_903, 99_999_904);
      await expect(dashboard.row(/, failed/)).toBeVisible();
      await expect(dashboard.row(/, ready/).first()).toBeVisible();
      expect(await findings()).toEqual([]);
      await page.keyboard.press('n');
      await expect(page.getByRole('option').first()).toBeVisible();
      expect(await findings()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Details/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings()).toEqual([]);
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

/** As fetched by Chromium until the list is drawn and New download answers. */
const budget = 100_000;

test('the JavaScript of the first load stays within its budget', async ({ page, program }) => {
  const dashboard = new Dashboard(page, program);
  const scripts = new Map<string, number>();
  const measuring: Promise<void>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    const measure = async () => void scripts.set(new URL(response.url()).pathname, gzipSync(await response.body(), { level: 9 }).length);
    measuring.push(measure());
  });
  await dashboard.open();
  await expect(dashboard.heading).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('option').first()).toBeVisible();
  await Promise.all(measuring);
  const total = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'first load', description: `${(total / 1000).toFixed(1)} kB gzip in ${scripts.size} scripts` });
  expect(program.output).not.toContain('"level":"error"');
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThan(budget);
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
