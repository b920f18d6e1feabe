import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, expect } from './support/story.ts';

const markup = '"><img src=x onerror=document.title=`taken`>.csv';
const turned = 'invoice-\u202Efdp.exe';
const long = `${'survey-of-the-whole-coast-'.repeat(8).slice(0, 192)}.parquet`;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hard-names-'));
  await Promise.all([markup, turned, long].map((name) => writeFile(join(folder, name), name)));
});
test.afterAll(() => rm(folder, { recursive: true }));
test.use({
  environment: async ({ page: _page }, use) => {
    await use({ FILES_DIR: folder });
  },
});

test('names with markup, turned writing and 200 characters are only names, from the catalogue to the saved file', async ({ dashboard }) => {
  const { page } = dashboard;
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New download' });
  for (const stem of ['onerror', 'invoice', 'whole-coast']) {
    await dialog.getByRole('combobox').fill(stem);
    await dialog.getByRole('option').filter({ hasText: stem }).click();
  }
  await expect(page.locator('img')).toHaveCount(0);
  await dialog.getByRole('button', { name: '3 separate files' }).click();
  await dialog.getByRole('button', { name: 'Prepare 3 files' }).click();
  await expect(dashboard.heading).toHaveText('3 ready');

  await expect(page.locator('img')).toHaveCount(0);
  await expect(page).toHaveTitle('(3) Downloads');
  const names = await page.getByRole('listitem').evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));
  // What no file system of a reader would take, or what would turn the ending around, is not in the name that is saved.
  expect(names.join()).not.toMatch(/["<>\u202E]/);
  const row = dashboard.row(/whole-coast/);
  await expect(row.getByText('.parquet', { exact: true })).toBeInViewport();

  const saving = page.waitForEvent('download');
  await dashboard.row(/invoice/).getByRole('link', { name: /^Download/ }).click();
  expect((await saving).suggestedFilename()).toBe('invoice-fdp.exe');

  await row.getByRole('link').first().click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('heading', { level: 2 })).toHaveText(long);
  for (const width of [390, 834]) {
    await page.setViewportSize({ width, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const box = await drawer.getByRole('heading', { level: 2 }).boundingBox();
    expect(box!.x + box!.width).toBeLessThanOrEqual(width);
  }
});
