import { expect, type Dashboard } from '../support/story.ts';
import { health } from '../staged/everyday-service.ts';
import { everydayJobs, staged } from '../staged/staged-list.ts';
import { aProblem, type StagedAnswer } from '../staged/staged-service.ts';
import { unconfirmed } from './list-scenes.ts';
import { closeLayer, reads, says, type Scene } from './scene.ts';

/** Every look at jobs and health ends like this, and every request for a job. */
const all = (answer: StagedAnswer) => ({
  'GET /v1/download/status': answer,
  'GET /health': answer,
  'POST /v1/download/initiate': answer,
});

const unread = Object.fromEntries(everydayJobs.map(({ jobId }) => [jobId, { job: null }]));
const notYet = { 'GET /v1/download/status': 'never' as const };
const checks = (change: Partial<typeof health.checks>) => ({ health: { ...health, checks: { ...health.checks, ...change } } });

const openStatus = (state: string) => async ({ page }: Dashboard) => {
  await closeLayer(page);
  await page.getByRole('button', { name: state }).click();
  await expect(page.getByRole('heading', { level: 2, name: state })).toBeVisible();
};

/** A message stays under the pointer for as long as it is looked at. */
const stay = ({ message }: Dashboard) => message.hover();

/** What lies at the end of the list. */
const lookAtEnd = ({ page }: Dashboard) => page.evaluate(() => scrollTo(0, document.body.scrollHeight));

/** What comes late comes by an animation: stands at so many seconds after the page was drawn. */
function stopAtSecond(second: number): void {
  for (const animation of document.getAnimations()) {
    animation.pause();
    animation.currentTime = second * 1000;
  }
}

/** Focuses a row, presses a key, and waits for what the message says. */
const pressing = (row: RegExp, key: string, text: string) => async (dashboard: Dashboard) => {
  await dashboard.row(row).focus();
  await dashboard.page.keyboard.press(key);
  await expect(dashboard.message).toContainText(text);
};

/** Pictures of what is missing: the first visit, loading, no connection, a service in trouble, and messages. */
export const troubleScenes: readonly Scene[] = [
  { shows: 'first run', jobs: [], play: ({ heading }) => expect(heading).toContainText('Ask for a file.') },
  {
    shows: 'loading what this browser knows',
    service: { answers: notYet },
    play: ({ page }) => expect(page.locator('[data-stale]').first()).toBeVisible(),
  },
  {
    shows: 'loading what another version knew',
    memory: { besides: unread },
    service: { answers: notYet },
    play: async ({ page }) => {
      await expect(page.locator('.skeleton').first()).toBeVisible();
      await page.evaluate(stopAtSecond, 5);
    },
    early: true,
  },
  {
    shows: 'still loading after ten seconds',
    memory: { besides: unread },
    service: { answers: notYet },
    play: ({ page }) => expect(page.locator('.skeleton').first()).toBeVisible(),
  },
  {
    shows: 'no connection',
    memory: { intents: [unconfirmed] },
    service: { answers: { 'POST /v1/download/initiate': 'lost' } },
    play: async (dashboard) => {
      await expect(dashboard.row(/harbour/)).toBeVisible();
      await dashboard.page.context().setOffline(true);
      await says('No connection')(dashboard);
      await expect(dashboard.row(/not sent yet/)).toBeVisible();
    },
  },
  {
    shows: 'a service that does not answer',
    memory: { intents: [unconfirmed] },
    service: { answers: all(aProblem(503, 'temporarily-unavailable', { 'retry-after': '1' })) },
    play: ({ heading }) => expect(heading).toHaveText('The service does not answer', { timeout: 30_000 }),
  },
  { shows: 'signed out', service: { answers: all({ status: 401 }) }, play: says('Please sign in again') },
  {
    shows: 'slowing down',
    service: { answers: { 'GET /v1/download/status': aProblem(429, 'too-many-requests', { 'retry-after': '20' }) } },
    play: ({ message }) => expect(message).toContainText(/^Slowing down for \d+ s\./),
    pose: stay,
  },
  { shows: 'all systems normal', pose: openStatus('All systems normal') },
  { shows: 'slower than usual', service: checks({ worker: 'degraded' }), pose: openStatus('Slower than usual') },
  { shows: 'part of the service down', service: checks({ storage: 'error' }), pose: openStatus('Part of the service is down') },
  {
    shows: 'message with a way back',
    jobs: [staged.ready, staged.failed],
    play: pressing(/satellite/, 'Delete', 'Removed satellite-tiles-north.tar'),
    pose: stay,
  },
  {
    shows: 'message after a cancel that did not go through',
    service: { answers: { [`POST /v1/download/cancel/${staged.running.jobId}`]: aProblem(503, 'temporarily-unavailable') } },
    play: pressing(/harbour/, 'c', 'Could not cancel harbour-survey-pointcloud.laz.'),
    pose: stay,
  },
  {
    shows: 'older downloads that could not be loaded',
    service: { remembered: 143 },
    play: async (dashboard) => {
      await dashboard.page.route('**/v1/download/history?*limit=50*', (route) => route.abort());
      await dashboard.page.getByRole('button', { name: 'Show older' }).click();
      await reads('Could not load older downloads.')(dashboard);
    },
    pose: lookAtEnd,
  },
  {
    shows: 'older downloads while they load',
    service: { remembered: 143 },
    play: async ({ page }) => {
      await page.route('**/v1/download/history?*limit=50*', () => {});
      await page.getByRole('button', { name: 'Show older' }).click();
      await expect(page.locator('.skeleton').first()).toBeVisible();
    },
    pose: lookAtEnd,
  },
];
