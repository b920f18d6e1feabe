import { test, expect } from './support/story.ts';

const [forbidden, silent] = [99_999_902, 99_999_904];

test('several rows are selected by Shift, and each action takes those that it fits', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(54_321, 54_322, forbidden, silent);
  await expect(dashboard.row(/, ready/)).toHaveCount(2);
  await expect(dashboard.row(/, failed/)).toBeVisible();
  const boxes = page.getByRole('checkbox');
  await boxes.first().check();
  await boxes.last().click({ modifiers: ['Shift'] });
  const bar = page.getByRole('toolbar', { name: 'Selected downloads' });
  await expect(bar).toContainText('4 selected');
  await expect(bar.getByRole('button', { name: 'Cancel 1' })).toBeVisible();
  await expect(bar.getByRole('button', { name: 'Remove' })).toBeVisible();

  const names: string[] = [];
  page.on('download', (download) => names.push(download.suggestedFilename()));
  await bar.getByRole('button', { name: 'Download 2' }).click();
  await expect.poll(() => names.length).toBe(2);
  await expect(bar).toBeHidden();
  await expect(dashboard.row(/, downloaded/)).toHaveCount(2);

  await dashboard.row(/, preparing/).getByRole('checkbox').check();
  await expect(bar.getByRole('button')).toHaveText(['Cancel 1', '']);
  await bar.getByRole('button', { name: 'Clear selection' }).click();
  await expect(bar).toBeHidden();
});

test('cancelling five or more asks once, and says what came of each', async ({ dashboard }) => {
  const { page } = dashboard;
  await page.route('**/v1/download/cancel/*', async (route) => {
    if (refused.has(route.request().url())) return route.continue();
    refused.add(route.request().url());
    return refused.size === 1 ? route.abort() : route.continue();
  });
  const refused = new Set<string>();
  await dashboard.ask(silent);
  for (let more = 0; more < 4; more++) {
    await page.keyboard.press('n');
    await page.getByRole('combobox').fill(String(silent));
    const option = page.getByRole('option', { name: `No. ${silent}` });
    await option.locator('.checkbox').click();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('listitem')).toHaveCount(more + 2);
  }
  await page.keyboard.press('Control+a');
  await page.keyboard.press('c');
  const question = page.getByRole('dialog', { name: 'Cancel 5 downloads?' });
  await expect(question).toContainText('Their progress is lost.');
  await question.getByRole('button', { name: 'Keep them' }).click();
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: 'Cancel 5' }).click();
  await question.getByRole('button', { name: 'Cancel 5' }).click();
  await expect(dashboard.message).toContainText('4 cancelled, 1 could not be cancelled.');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(dashboard.row(/, cancelled/)).toHaveCount(5);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('selecting begins in the menu of a row', async ({ dashboard }) => {
    const { page } = dashboard;
    await dashboard.ask(silent, forbidden);
    await expect(dashboard.row(/, failed/)).toBeVisible();
    await page.getByRole('button', { name: /^More actions/ }).tap();
    await page.getByRole('menuitem', { name: 'Select' }).tap();
    await expect(page.getByRole('toolbar')).toContainText('1 selected');
    await dashboard.row(/, failed/).getByRole('checkbox').tap();
    await expect(page.getByRole('toolbar')).toContainText('2 selected');
  });
});
