import { test, expect } from './support/story.ts';

const silent = 99_999_904;
const forbidden = 99_999_902;
const twiceFaulty = 99_999_901;

test.describe('while it is prepared', () => {
  test.use({ environment: { DOWNLOAD_DELAY_MIN_MS: '8000', DOWNLOAD_DELAY_MAX_MS: '8000' } });

  test('a reload in the middle loses nothing', async ({ dashboard }) => {
    await dashboard.ask(54_321);
    await expect(dashboard.row(/preparing, \d+ percent/)).toBeVisible();
    await dashboard.page.reload();
    await expect(dashboard.row(/preparing, \d+ percent/)).toBeVisible();
    await expect(dashboard.row(/, ready/)).toBeVisible();
  });

  test('a closed page comes back to its downloads', async ({ dashboard, context, program }) => {
    await dashboard.ask(54_321);
    await expect(dashboard.row(/preparing/)).toBeVisible();
    await dashboard.page.close();
    const page = await context.newPage();
    await page.goto(program.address);
    await expect(page.getByRole('listitem', { name: /, ready/ })).toBeVisible();
  });

  test('several go on at once, and the headline counts them', async ({ dashboard }) => {
    await dashboard.ask(54_321, 54_322, 54_323);
    await expect(dashboard.heading).toHaveText('3 on the way');
    await expect(dashboard.heading).toHaveText('3 ready');
  });

  test('a killed server takes it up again by itself after its start', async ({ dashboard, program }) => {
    await dashboard.ask(54_321);
    await expect(dashboard.row(/preparing/)).toBeVisible();
    await program.kill();
    await expect(dashboard.heading).toHaveText('No connection');
    await expect(dashboard.page.getByText('Jobs run on the server and need no page open.')).toBeVisible();
    await program.start();
    await dashboard.page.getByRole('button', { name: 'Try now' }).click();
    await expect(dashboard.row(/, ready/)).toBeVisible();
    await expect(dashboard.heading).toHaveText('1 ready');
  });
});

test('cancel acts at once, and the same can be asked for again', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(silent);
  await expect(dashboard.row(/preparing/)).toBeVisible();
  await page.getByRole('button', { name: /^Cancel / }).click();
  await expect(dashboard.row(/cancelled/)).toBeVisible();
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(dashboard.row(/preparing/)).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveCount(1);
});

test('a passing fault is tried again without a person', async ({ dashboard }) => {
  await dashboard.ask(twiceFaulty);
  await expect(dashboard.row(/, ready/)).toBeVisible();
});

test.describe('with one attempt', () => {
  test.use({ environment: { DOWNLOAD_MAX_ATTEMPTS: '1' } });

  test('a failed job says why in words, and can be tried again until it works', async ({ dashboard }) => {
    const { page } = dashboard;
    await dashboard.ask(twiceFaulty);
    for (const _fault of [1, 2]) {
      const failed = dashboard.row(/, failed/);
      await expect(failed).toContainText('The storage behind this file did not answer.');
      await failed.getByRole('button', { name: /^Try again/ }).click();
      await expect(failed).toBeHidden();
    }
    await expect(dashboard.row(/, ready/)).toBeVisible();
    await expect(page.getByRole('listitem')).toHaveCount(1);
  });
});

test('a fault that will not pass offers its details instead of another try', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(forbidden);
  const failed = dashboard.row(/, failed/);
  await expect(failed).toContainText('You are not allowed to read this file.');
  await failed.getByRole('button', { name: /^Details/ }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('source-forbidden');
  await expect(drawer).toContainText('Ask its owner for access, then try again.');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
});

test('the menu of a row opens, closes by the same button or Esc, and opens again', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  const more = page.getByRole('button', { name: /^More actions/ });
  const menu = page.getByRole('menu');
  for (const _round of [1, 2, 3]) {
    await more.click();
    await expect(menu).toBeVisible();
    await more.click();
    await expect(menu).toBeHidden();
  }
  for (const _round of [1, 2]) {
    await more.press('Enter');
    await expect(menu).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(menu).toBeHidden();
  }
});

test('a removed download is gone, unless it is taken back', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  const remove = async () => {
    await page.getByRole('button', { name: /^More actions/ }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect(dashboard.row(/, ready/)).toBeHidden();
  };
  await remove();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await remove();
  await page.reload();
  await expect(dashboard.heading).toContainText('Ask for a file.');
});

test.describe('with a short life', () => {
  test.use({ environment: { DOWNLOAD_JOB_TTL_MS: '8000' } });

  test('a file that was kept for its time expires before the eyes of its owner', async ({ dashboard }) => {
    await dashboard.ask(54_321);
    await expect(dashboard.row(/, ready/)).toBeVisible();
    await expect(dashboard.row(/, expired/)).toBeVisible({ timeout: 30_000 });
    await expect(dashboard.page.getByRole('button', { name: /^Prepare again/ })).toBeVisible();
  });
});

test('what is asked while the server is away goes out once it is back, once', async ({ dashboard, program }) => {
  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await program.kill();
  await dashboard.page.keyboard.press('n');
  const dialog = dashboard.page.getByRole('dialog', { name: 'New download' });
  await dialog.getByRole('combobox').fill('54322');
  await dialog.getByRole('option', { name: /No\. 54322/ }).click();
  await dialog.getByRole('button', { name: 'Prepare file' }).click();
  await expect(dashboard.row(/not sent yet|sending/)).toBeVisible();
  await dashboard.page.reload().catch(() => {});
  await program.start();
  await dashboard.open();
  await expect(dashboard.heading).toHaveText('2 ready');
  await expect(dashboard.page.getByRole('listitem')).toHaveCount(2);
});
