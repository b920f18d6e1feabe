import { test, expect } from './support/story.ts';

const [forbidden, silent] = [99_999_902, 99_999_904];

test('filters, search and order are steps that can be taken back', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(54_321, 54_322, forbidden);
  await expect(dashboard.row(/, ready/)).toHaveCount(2);
  await expect(dashboard.row(/, failed/)).toBeVisible();

  await page.getByRole('button', { name: /^Failed.*new/ }).click();
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await page.getByRole('group', { name: 'Filter' }).getByText('All').click();
  await page.getByRole('searchbox', { name: 'Search your files' }).fill('54322');
  await expect(page.getByRole('listitem')).toHaveCount(1);
  expect(new URL(page.url()).search).toBe('?q=54322');
  await page.getByRole('searchbox').fill('tide-nowhere');
  await expect(page.getByText('No download matches “tide-nowhere”.')).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(3);

  await page.getByRole('button', { name: 'Sort: Newest first' }).click();
  await page.getByRole('menuitemradio', { name: 'Size' }).click();
  expect(new URL(page.url()).search).toBe('?sort=size');
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Sort: Newest first' })).toBeVisible();
  await page.goBack();
  await expect(page.getByText('No download matches “tide-nowhere”.')).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole('button', { name: /^Failed.*new/ })).toHaveAttribute('aria-pressed', 'true');
});

test('clearing takes what has ended, never a file that was not taken, and can be undone', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(54_321, forbidden, silent);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await expect(dashboard.row(/, failed/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear finished' }).click();
  await expect(dashboard.message).toContainText('1 finished download cleared');
  await expect(page.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(3);

  await page.getByRole('button', { name: 'Clear finished' }).click();
  const deleted = page.waitForRequest((request) => request.method() === 'DELETE');
  await page.getByRole('button', { name: 'Close message' }).click();
  await deleted;
  await page.reload();
  await expect(page.getByRole('listitem')).toHaveCount(2);
});

test('a tenth download moves no filter', async ({ dashboard }) => {
  const { page } = dashboard;
  const places = () => page.getByRole('group', { name: 'Filter' }).getByRole('button').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
  await dashboard.ask(...Array.from({ length: 9 }, (_, index) => 54_321 + index));
  await expect(page.getByRole('button', { name: /^All ?9/ })).toBeVisible();
  const before = await places();
  await dashboard.ask(54_330);
  await expect(page.getByRole('button', { name: /^All ?10/ })).toBeVisible();
  expect(await places()).toEqual(before);
});

test.describe('on a tablet', () => {
  test.use({ viewport: { width: 834, height: 1000 } });

  test('the menu of orders takes in "Clear finished"', async ({ dashboard }) => {
    const { page } = dashboard;
    await dashboard.ask(forbidden, silent);
    await expect(dashboard.row(/, failed/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Clear finished' })).toBeHidden();
    await page.getByRole('button', { name: /^Sort/ }).click();
    await page.getByRole('menuitem', { name: 'Clear finished' }).click();
    await expect(page.getByRole('listitem')).toHaveCount(1);
  });
});
