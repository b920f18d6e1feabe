import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, expect } from './support/story.ts';

/** A person's own folder, with a file and a folder in it. */
const bytes = randomBytes(300_000);
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-files-'));
  await writeFile(join(folder, '70412 harbour survey.laz'), bytes);
  await mkdir(join(folder, 'quarterly reports'));
  await writeFile(join(folder, 'quarterly reports', 'q1 “final”.txt'), 'first quarter');
});
test.afterAll(() => rm(folder, { recursive: true }));
test.use({
  environment: async ({ page: _page }, use) => {
    await use({ FILES_DIR: folder });
  },
});

test('a person asks for a file of their own and has it on disk, byte for byte', async ({ dashboard }) => {
  const { page } = dashboard;
  await expect(dashboard.heading).toHaveText('Ask for a file. It is prepared in the background and waits here for you.');
  await dashboard.ask(70_412);

  await expect(dashboard.row(/^70412 harbour survey\.laz, ready/)).toBeVisible();
  await expect(dashboard.heading).toHaveText('1 ready');
  await expect(page).toHaveTitle('(1) Downloads');

  const link = page.getByRole('link', { name: 'Download 70412 harbour survey.laz' });
  const saving = page.waitForEvent('download');
  await link.click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('70412 harbour survey.laz');
  expect((await readFile(await saved.path())).equals(bytes)).toBe(true);

  await expect(dashboard.row(/downloaded/)).toBeVisible();
  await expect(dashboard.heading).toHaveText('All done');
});

test('a folder is found by its name and comes as a ZIP', async ({ dashboard }) => {
  const { page } = dashboard;
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New download' });
  await dialog.getByRole('combobox').fill('quarterly');
  await dialog.getByRole('option', { name: /quarterly reports/ }).click();
  await dialog.getByRole('button', { name: 'Prepare file' }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download quarterly reports.zip' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('quarterly reports.zip');
  expect((await readFile(await saved.path())).subarray(0, 4)).toEqual(Buffer.from('PK\x03\x04'));
});

test('the link of a download that is not ready leads to a page that says so, and on to the job', async ({ dashboard, program }) => {
  const { page } = dashboard;
  await page.goto(`${program.address}/v1/download/dl_nobody`);
  await expect(dashboard.heading).toHaveText('Job not found');
  await page.getByRole('link', { name: 'See this download' }).click();
  await expect(page.getByRole('dialog')).toContainText(/no longer knows|does not know|no download/i);
});
