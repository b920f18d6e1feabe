import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { chromium } from 'playwright';
import { chromiumLaunch } from '../support/chromium-launch.ts';
import { Dashboard } from '../support/dashboard.ts';
import { ProgramProcess } from '../support/program-process.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'test-results/demo');
const patienceMs = 60_000;

/** Files of the simulated source: the first cannot be reached twice, the second is refused. */
const [twiceFaulty, forbidden] = [99_999_901, 99_999_902];

/** The pictures of the README, by what they are called here. */
const readmePictures = { dashboard: 'dashboard', 'dashboard-dark': 'dashboard-dark', phone: 'phone' };

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
const forReadme = process.argv.includes('--readme');

/**
 * The whole story in a browser, before one's eyes where there is a display: ask, watch, reload, cancel, fail and try again,
 * download, the dark, the phone. It leaves a picture of each chapter, the file that was downloaded, and a trace.
 */
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await using program = await ProgramProcess.start({
  DOWNLOAD_DELAY_MIN_MS: '7000',
  DOWNLOAD_DELAY_MAX_MS: '12000',
  DOWNLOAD_MAX_ATTEMPTS: '2',
  DOWNLOAD_RETRY_BASE_MS: '1000',
  DOWNLOAD_WORKER_CONCURRENCY: '3',
  LOG_LEVEL: 'warn',
});
const browser = await chromium.launch({ ...chromiumLaunch, headless: !hasDisplay, slowMo: hasDisplay ? 400 : 0 });
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, deviceScaleFactor: 2, locale: 'en-GB', colorScheme: 'light' });
context.setDefaultTimeout(patienceMs);
await context.tracing.start({ screenshots: true, snapshots: true });
const page = await context.newPage();
const dashboard = new Dashboard(page, program);
try {
  await tellStory();
  if (forReadme) for (const [name, target] of Object.entries(readmePictures)) await copyFile(pathOf(name), join(root, 'docs', `${target}.png`));
} finally {
  await context.tracing.stop({ path: join(folder, 'trace.zip') });
  await browser.close();
}
say(`\nPictures, the downloaded file and trace.zip are in ${relative(process.cwd(), folder)}/.`);
say(`See every step again: npx playwright show-trace ${relative(process.cwd(), join(folder, 'trace.zip'))}`);

async function tellStory(): Promise<void> {
  await dashboard.open();
  await seen(dashboard.heading, /^Ask for a file/);
  await picture('first-visit', 'Nobody has asked for anything yet.');

  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New download' });
  await dialog.getByRole('combobox').fill('annual');
  const options = dialog.getByRole('option');
  await options.nth(2).waitFor();
  for (const index of [0, 1, 2]) await options.nth(index).click();
  await dialog.getByRole('textbox', { name: 'Name of the ZIP' }).fill('annual-accounts');
  await picture('new-download', 'Files are found by name or number; several come as one ZIP.');
  await dialog.getByRole('button', { name: 'Prepare ZIP' }).click();
  await dashboard.ask(31_300_698, 2_011_854);
  await seen(dashboard.heading, /3 on the way/);
  await dashboard.row(/preparing, [1-9]\d? percent/).first().waitFor();
  await picture('on-the-way', 'The answer came at once, and the work goes on in the background.');

  await page.reload();
  await dashboard.row(/preparing, [1-9]\d? percent/).first().waitFor();
  await picture('after-a-reload', 'A reload in the middle loses nothing.');

  await dashboard.row(/annual-accounts\.zip/).getByRole('button', { name: /^Cancel/ }).click();
  await dashboard.row(/annual-accounts\.zip, cancelled/).waitFor();
  await picture('cancelled', 'Cancelling acts at once, and can be taken back.');

  await dashboard.ask(twiceFaulty, forbidden);
  await dashboard.row(/fails-twice.*, failed/).waitFor();
  await picture('failed', 'What failed says why, in words.');
  await dashboard.row(/fails-twice/).getByRole('link').first().click();
  await page.getByRole('dialog').getByText('What happened').waitFor();
  await picture('why-it-failed', 'The drawer tells each attempt, and what support needs to know.');
  await page.keyboard.press('Escape');
  await dashboard.row(/fails-twice/).getByRole('button', { name: /^Try again/ }).click();
  await dashboard.row(/fails-twice.*, ready/).waitFor();
  await picture('tried-again', 'The third time its source answered.');

  const saving = page.waitForEvent('download');
  await dashboard.row(/fails-twice.*, ready/).getByRole('link', { name: /^Download/ }).click();
  const saved = await saving;
  await saved.saveAs(join(folder, saved.suggestedFilename()));
  await dashboard.row(/downloaded/).waitFor();
  await picture('downloaded', `${saved.suggestedFilename()} is on disk.`);

  await page.getByRole('button', { name: 'Close message' }).click().catch(() => {});
  await dashboard.ask(60_336_374, 47_633_259, 91_696_739, 44_708_199);
  await dashboard.row(/in line/).first().waitFor();
  await dashboard.row(/preparing, [2-9]\d percent/).first().waitFor();
  await page.mouse.move(640, 20);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await picture('dashboard', 'Everything at one glance.');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('dashboard-dark', 'The same in the dark.');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await picture('phone', 'The same on a phone.');
  await dashboard.row(/access-always-refused/).getByRole('link').first().click();
  await page.getByRole('dialog').getByText('What happened').waitFor();
  await picture('phone-drawer', 'The drawer fills the screen there.');
}

async function seen(what: Dashboard['heading'], text: RegExp): Promise<void> {
  await expect(what).toHaveText(text, { timeout: patienceMs });
}

async function picture(name: string, words: string): Promise<void> {
  await page.screenshot({ path: pathOf(name), animations: 'disabled' });
  say(`${name.padEnd(16)} ${words}`);
}

function pathOf(name: string): string {
  return join(folder, `${name}.png`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
