import { capabilities } from '../staged/everyday-service.ts';
import { staged } from '../staged/staged-list.ts';
import { breakDrawing } from '../support/break-drawing.ts';
import { expect, type Dashboard } from '../support/story.ts';
import type { Scene } from './scene.ts';

const reported = { capabilities: { ...capabilities, page: { ...capabilities.page, sentryDsn: 'https://key@errors.example.org/1' } } };

const failing = async ({ page }: Dashboard) => {
  await breakDrawing(page);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Copy details' })).toBeVisible();
};

/** Pictures of a page that fails, and of telling what one saw. */
export const failureScenes: readonly Scene[] = [
  { shows: 'a page that has failed', play: failing },
  {
    shows: 'a page that has failed and was reported',
    service: reported,
    play: async (dashboard) => {
      await failing(dashboard);
      await expect(dashboard.page.getByText('It was reported.')).toBeVisible();
    },
  },
  {
    shows: 'telling what happened',
    service: reported,
    path: `/jobs/${staged.failed.jobId}`,
    play: async ({ page }) => {
      await page.getByRole('button', { name: 'Tell us what happened' }).click();
      await page.getByRole('textbox', { name: /What did you do/ }).fill('It failed again, as yesterday.');
    },
  },
  {
    shows: 'telling what happened in vain',
    service: reported,
    path: `/jobs/${staged.failed.jobId}`,
    play: async ({ page }) => {
      await page.getByRole('button', { name: 'Tell us what happened' }).click();
      await page.getByRole('textbox', { name: /What did you do/ }).fill('It failed again, as yesterday.');
      await page.getByRole('button', { name: 'Send' }).click();
      await expect(page.getByText(/could not be sent/)).toBeVisible();
    },
  },
];
