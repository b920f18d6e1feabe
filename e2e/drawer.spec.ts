import { test, expect } from './support/story.ts';

const [slowToCome, forbidden] = [99_999_901, 99_999_902];

test('the drawer tells a job’s story at its own address, and walks along the list', async ({ dashboard, context }) => {
  const { page } = dashboard;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await dashboard.ask(slowToCome, forbidden);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await expect(dashboard.row(/, failed/)).toBeVisible();

  await dashboard.row(/, ready/).getByRole('link').first().click();
  const drawer = page.getByRole('dialog');
  await expect(page).toHaveURL(/\/jobs\/dl_/);
  await expect(drawer.getByText('3 of 5')).toBeVisible();
  await expect(drawer.getByRole('listitem').first()).toContainText('Asked for');
  await expect(drawer.getByRole('listitem').last()).toContainText('Ready');
  await expect(drawer.getByText(/^[0-9a-f]{64}$/)).toBeVisible();

  await drawer.getByRole('button', { name: 'Copy support note' }).click();
  await expect(dashboard.message).toContainText('Support note copied');
  const note = await page.evaluate(() => navigator.clipboard.readText());
  expect(note).toMatch(/SHA-256: [0-9a-f]{64}/);
  expect(note).toMatch(/What happened:\n {2}\S+ asked/);

  const first = page.url();
  const other = drawer.getByRole('button', { name: 'Next download' });
  await ((await other.isEnabled()) ? other : drawer.getByRole('button', { name: 'Previous download' })).click();
  await expect(drawer.getByRole('heading', { name: 'You are not allowed to read this file.' })).toBeVisible();
  expect(page.url()).not.toBe(first);
  await page.goBack();
  await expect(drawer).toBeHidden();
  expect(new URL(page.url()).pathname).toBe('/');
});

test('a job prepared again keeps the one before it as its history', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(99_999_904);
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await page.getByRole('button', { name: /^Prepare again/ }).click();
  await dashboard.row(/, preparing/).getByRole('link').click();
  await page.getByRole('dialog').getByRole('link', { name: /^Cancelled/ }).click();
  await expect(page.getByRole('dialog').getByText('Nothing was kept.')).toBeVisible();
});
