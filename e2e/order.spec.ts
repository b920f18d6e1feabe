import { Dashboard, test, expect } from './support/story.ts';

const silent = 99_999_904;

test('a row from another tab waits while a pointer is in the list, and comes by itself when it has left', async ({ dashboard, program, context }) => {
  const { page } = dashboard;
  await dashboard.ask(silent, 54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  const other = new Dashboard(await context.newPage(), program);
  await other.open();
  await expect(other.page.getByRole('listitem')).toHaveCount(2);

  await page.getByRole('listitem').first().hover();
  await other.ask(54_322);
  await page.getByRole('button', { name: '1 new' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(3);

  await page.getByRole('listitem').last().hover();
  await other.ask(54_323);
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  await page.mouse.move(5, 5);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await expect(page.getByRole('listitem')).toHaveCount(4);
  await expect(page.getByRole('button', { name: '1 new' })).toBeHidden();
});

test('a row that is removed gives its place and the focus to the next', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(99_999_902, 54_321, silent);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await expect(dashboard.row(/, failed/)).toBeVisible();
  await dashboard.row(/, failed/).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('listitem')).toHaveCount(2);
  await expect(dashboard.row(/, ready/)).toBeFocused();
});
