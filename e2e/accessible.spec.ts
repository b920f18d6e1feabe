import { axeFindings } from './support/axe-findings.ts';
import { test, expect } from './support/story.ts';

const [forbidden, silent] = [99_999_902, 99_999_904];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing in any layer of the page', async ({ dashboard, context }) => {
      test.slow();
      const { page } = dashboard;
      const expectNothing = async (where: string) => expect(await axeFindings(page), where).toEqual([]);
      await dashboard.ask(54_321, 54_322, forbidden, silent);
      await expect(dashboard.row(/, ready/)).toHaveCount(2);
      await expect(dashboard.row(/, failed/)).toBeVisible();

      await page.getByRole('button', { name: /^Sort/ }).click();
      await expect(page.getByRole('menu')).toBeVisible();
      await expectNothing('the menu of orders');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^More actions/ }).first().click();
      await expect(page.getByRole('menu')).toBeVisible();
      await expectNothing('the menu of a row');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'All systems normal' }).click();
      await expect(page.getByRole('heading', { name: 'All systems normal' })).toBeVisible();
      await expectNothing('the status of the service');
      await page.keyboard.press('Escape');

      await page.keyboard.press('Control+a');
      await expect(page.getByRole('toolbar')).toBeVisible();
      await expectNothing('a selection');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNothing('the shortcuts');
      await page.keyboard.press('Escape');

      await dashboard.row(/, ready/).first().getByRole('link').first().click();
      await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
      await expectNothing('the details of a ready file');
      await page.keyboard.press('Escape');

      await page.keyboard.press('n');
      await page.getByRole('option').first().click();
      await page.getByRole('option').nth(1).click();
      await expect(page.getByRole('button', { name: 'Prepare ZIP' })).toBeVisible();
      await expectNothing('a ZIP to be asked for');
      await page.keyboard.press('Escape');

      await page.getByRole('searchbox').fill('nowhere');
      await expect(page.getByText(/^No download matches/)).toBeVisible();
      await expectNothing('an empty search');
      await page.getByRole('button', { name: 'Clear search' }).click();
      await context.setOffline(true);
      await expect(dashboard.heading).toHaveText('No connection');
      await expectNothing('a lost connection');
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('everything to be pressed has room for a finger', async ({ dashboard }) => {
    const { page } = dashboard;
    const small = () =>
      page.evaluate(() =>
        // The name in a row takes a tap anywhere beside the row's buttons.
        [...document.querySelectorAll<HTMLElement>('button, a[href]:not(.row-name), input, [role=option]')]
          .filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !one.closest('[inert]'))
          .map((one) => ({ box: (one.closest('label') ?? one).getBoundingClientRect(), name: one.ariaLabel ?? one.innerText ?? one.tagName }))
          .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
          .map(({ name, box }) => `${name} ${box.width} × ${box.height}`),
      );
    await dashboard.ask(54_321, forbidden, silent);
    await expect(dashboard.row(/, ready/)).toBeVisible();
    await expect(dashboard.row(/, failed/)).toBeVisible();
    expect(await small()).toEqual([]);
    for (const name of [/^Download /, /^Details/, 'New download', /^More actions/, /^Sort/]) {
      const box = await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().boundingBox();
      expect(box!.height, String(name)).toBeGreaterThanOrEqual(44);
    }
    await dashboard.row(/, ready/).getByRole('link').first().tap();
    await expect(page.getByRole('heading', { name: 'What happened' })).toBeVisible();
    expect(await small()).toEqual([]);
  });
});
