import { downloadPaths } from '#shared/download-api.ts';
import { watchLayoutShifts } from './support/layout-shifts.ts';
import { test, expect } from './support/story.ts';

const [twiceFaulty, forbidden, sizeUnknown, silent] = [99_999_901, 99_999_902, 99_999_903, 99_999_904];

test.use({
  environment: { DOWNLOAD_DELAY_MIN_MS: '2500', DOWNLOAD_DELAY_MAX_MS: '4000', DOWNLOAD_WORKER_CONCURRENCY: '3', DOWNLOAD_RETRY_BASE_MS: '1000' },
});

for (const [screen, viewport] of Object.entries({ desk: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } })) {
  test.describe(`on a ${screen}`, () => {
    test.use({ viewport });

    test('nothing moves while jobs wait, run, fail, are tried again, become ready and are cancelled, nor with the network', async ({ dashboard, program }) => {
      const { page } = dashboard;
      const started = page.waitForResponse((response) => response.url().endsWith(downloadPaths.initiate()));
      await dashboard.ask(silent);
      const { jobId } = (await (await started).json()) as { jobId: string };
      await dashboard.ask(54_321, twiceFaulty, forbidden, sizeUnknown, 54_322);
      await expect(page.getByRole('listitem')).toHaveCount(6);
      const shifts = await watchLayoutShifts(page);

      await expect(dashboard.row(/, failed/)).toBeVisible({ timeout: 30_000 });
      await page.context().setOffline(true);
      await expect(dashboard.heading).toHaveText('No connection');
      await page.context().setOffline(false);
      await expect(dashboard.row(/, ready/)).toHaveCount(4, { timeout: 45_000 });
      await fetch(program.address + downloadPaths.cancel(jobId), { method: 'POST' });
      await expect(dashboard.row(/, cancelled/)).toBeVisible();
      await expect(dashboard.heading).toHaveText('4 ready');
      expect(await shifts()).toEqual([]);
    });
  });
}
