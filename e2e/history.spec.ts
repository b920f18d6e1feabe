import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { test, expect } from './support/story.ts';

const silent = 99_999_904;
const older = 59;

async function askAndCancel(address: string, userId: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ file_id: silent, userId });
  const answer = await fetch(address + downloadPaths.initiate(), { method: 'POST', headers, body });
  const { jobId } = (await answer.json()) as InitiateResponse;
  await fetch(address + downloadPaths.cancel(jobId), { method: 'POST' });
}

test('what the server remembers beyond the browser comes in pages, and what was removed stays away', async ({ dashboard, program }) => {
  const { page } = dashboard;
  const userId = await page.evaluate(() => localStorage.getItem('userId')!);
  for (let index = 0; index < older; index++) await askAndCancel(program.address, userId);

  await dashboard.ask(54_321);
  await expect(dashboard.row(/, ready/)).toBeVisible();
  const showOlder = page.getByRole('button', { name: 'Show older' });
  await expect(page.getByText(`1 of ${older + 1}`)).toBeVisible();
  await showOlder.click();
  await expect(page.getByText(`50 of ${older + 1}`)).toBeVisible();
  await showOlder.click();
  await expect(showOlder).toBeHidden();
  await expect(page.getByRole('button', { name: `All ${older + 1}`, exact: true })).toBeVisible();

  const oldest = page.getByRole('listitem').last();
  await oldest.getByRole('button', { name: /^More actions/ }).click();
  await page.getByRole('menuitem', { name: /^Remove/ }).click();
  await page.getByRole('button', { name: 'Close message' }).click();
  await page.reload();
  await expect(page.getByText(`1 of ${older}`)).toBeVisible();
  await expect(page.getByRole('listitem')).toHaveCount(1);
});

test('a browser that has lost its list is on no first run: what the server remembers of it is listed', async ({ dashboard, program }) => {
  const { page } = dashboard;
  await expect(dashboard.heading).toContainText('Ask for a file.');
  await askAndCancel(program.address, await page.evaluate(() => localStorage.getItem('userId')!));
  await page.reload();
  await expect(dashboard.row(/, cancelled/)).toBeVisible();
  await expect(dashboard.heading).toHaveText('All done');
});
