import type { Page } from '@playwright/test';
import { setHidden } from './support/tabs.ts';
import { test, expect } from './support/story.ts';

/** Lets the page send notifications, and writes down what it sends: a browser without a screen shows none. */
async function writeDownNotifications(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sent: string[] = [];
    class Written extends EventTarget {
      // What a person answers once holds for all tabs.
      static get permission() {
        return localStorage.getItem('permission') ?? 'default';
      }
      static requestPermission = () => {
        localStorage.setItem('permission', 'granted');
        return Promise.resolve('granted');
      };
      constructor(text: string) {
        super();
        sent.push(text);
      }
      close(): void {}
    }
    Object.assign(window, { Notification: Written, sent });
  });
}

const sent = (page: Page) => page.evaluate(() => (window as unknown as { sent: string[] }).sent);

test.describe('while it takes long', () => {
  test.use({ environment: { DOWNLOAD_DELAY_MIN_MS: '15000', DOWNLOAD_DELAY_MAX_MS: '15000' } });

  test('somebody who asked to be told and turned away is told once, by one tab', async ({ dashboard }) => {
    test.slow();
    const { page } = dashboard;
    await writeDownNotifications(page);
    await page.clock.install();
    await page.reload();
    await dashboard.ask(54_321);
    await expect(dashboard.row(/, preparing/)).toBeVisible();
    await page.clock.runFor(21_000);
    await page.getByRole('button', { name: 'Tell me when it is ready' }).first().click();
    const other = await page.context().newPage();
    await writeDownNotifications(other);
    await other.goto(page.url());
    await expect(other.getByRole('listitem')).toHaveCount(1);
    await setHidden(other, true);
    await setHidden(page, true);
    await expect
      .poll(
        async () => {
          await page.clock.runFor(10_000);
          return [...(await sent(page)), ...(await sent(other))].length;
        },
        { timeout: 90_000 },
      )
      .toBe(1);
    const [text] = [...(await sent(page)), ...(await sent(other))];
    expect(text).toMatch(/ is ready$/);
    await expect(page).toHaveTitle('(1) Downloads');
  });
});
