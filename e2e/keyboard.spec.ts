import { test, expect } from './support/story.ts';

const [forbidden, silent] = [99_999_902, 99_999_904];

test('the whole way from asking to undoing goes by keys alone', async ({ dashboard, context }) => {
  const { page } = dashboard;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const key = (name: string) => page.keyboard.press(name);
  await dashboard.open();
  await key('n');
  await page.keyboard.type('54321');
  await expect(page.getByRole('option', { name: /No\. 54321/ })).toBeVisible();
  await key('ArrowDown');
  await key('Space');
  await key('Control+Enter');
  const first = page.getByRole('listitem').first();
  await expect(first).toBeFocused();
  await expect(dashboard.row(/, ready/)).toBeVisible();
  const saving = page.waitForEvent('download');
  await key('d');
  await saving;
  await expect(dashboard.row(/, downloaded/)).toBeVisible();

  await dashboard.ask(silent);
  await expect(page.getByRole('listitem').first()).toBeFocused();
  await key('c');
  await expect(dashboard.row(/, cancelled/)).toBeVisible();
  await key('r');
  await expect(dashboard.row(/, preparing/)).toBeVisible();

  await key('j');
  await expect(page.getByRole('listitem').last()).toBeFocused();
  await key('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await key('Escape');
  await expect(page.getByRole('listitem').last()).toBeFocused();
  await key('l');
  await expect(dashboard.message).toContainText('Link copied');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/v1\/download\/dl_/);

  await key('Delete');
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByRole('listitem')).toBeFocused();
  await key('z');
  await expect(page.getByRole('listitem')).toHaveCount(2);

  await key('x');
  await key('ArrowDown');
  await key('Shift+X');
  await expect(page.getByRole('toolbar')).toContainText('2 selected');
  await key('Escape');
  await expect(page.getByRole('toolbar')).toBeHidden();

  await key('2');
  expect(new URL(page.url()).search).toBe('?show=active');
  await key('1');
  await key('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('n1');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the list is one tab stop, and Tab then walks through its row', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(forbidden, 54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  await expect(dashboard.row(/, failed/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear finished' }).focus();
  const stops: string[] = [];
  for (let count = 0; count < 7; count++) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate(() => document.activeElement?.closest('[data-row-id]')?.getAttribute('aria-label') ?? 'outside'));
  }
  expect(new Set(stops.filter((stop) => stop !== 'outside')).size).toBe(1);
  expect(stops.at(-1)).toBe('outside');
});

test('single letters can be switched off, and the rest goes on', async ({ dashboard }) => {
  const { page } = dashboard;
  await dashboard.ask(silent);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByRole('switch').uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('listitem')).toBeVisible();
  await page.keyboard.press('n');
  await page.keyboard.press('?');
  await page.getByRole('listitem').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(page.getByRole('dialog')).toHaveAccessibleName(/./);
  await expect(page).toHaveURL(/\/jobs\//);
});
