import { expect, type Dashboard } from '../support/story.ts';
import { everydayJobs, staged } from '../staged/staged-list.ts';
import { ago, day, minute, second, stagedJob, stagedTime } from '../staged/staged-jobs.ts';
import { tellOfJob, type StagedMemory } from '../staged/staged-memory.ts';
import { closeLayer, reads, says, type Scene, type Screen } from './scene.ts';

const taken = { [staged.taken.jobId]: { downloadedAt: ago(26 * minute) } };

/** An estimate from some time ago, long past its high bound. */
const slowPace = {
  attempt: 1,
  inLine: false,
  before: null,
  madeAt: stagedTime - 5 * minute,
  usualUntil: stagedTime - 2.5 * minute,
  finishAt: stagedTime + 3 * minute,
  highAt: stagedTime + 3 * minute,
  beatAt: stagedTime - 3 * second,
};
const slow = { [staged.late.jobId]: { pace: slowPace } };

/** A request on its way to a service that does not answer it. */
export const unconfirmed: StagedMemory['intents'][number] = {
  clientRequestId: 'churn',
  fileId: 70_421,
  fileName: 'churn-model-training-set.csv',
  size: 74e6,
  askedAt: ago(10 * second),
};

const fresh = stagedJob('tide-gauges-2026.csv', 70_426, 18e6, 4 * second, { status: 'queued', queue: { position: 4, etaSeconds: 60 } });

/** Names that people have really given to files, and some that they gave on purpose. */
const hardNames = [
  '"><img src=x onerror=alert(1)>.csv',
  'invoice\u202Efdp.exe',
  `${'a-name-that-says-everything-about-what-is-in-it-'.repeat(4)}2026.parquet`,
  'תוצאות הסקר 2026 – סופי.xlsx',
  '測量データ（最終版）２０２６年度.csv',
  'no-extension-at-all',
  '  spaces   in   odd   places  .txt',
  'WHOLE_ARCHIVE_OF_THE_COASTAL_SURVEY_FROM_2019_TO_2026_IN_FULL_RESOLUTION.ORTHOPHOTO.TIF',
];
const hardlyNamed = hardNames.map((name, index) =>
  stagedJob(name, 71_000 + index, 12e6, index * minute, { status: (['completed', 'running', 'failed', 'queued'] as const)[index % 4]! }),
);

/** Pictures of the list: each state of a row, each headline, filters, menus and selection. */
export const listScenes: readonly Scene[] = [
  { shows: 'everyday', service: { remembered: 143 }, play: reads('Show older') },
  {
    shows: 'every state of a row',
    jobs: Object.values(staged),
    memory: { intents: [unconfirmed], besides: { ...taken, ...slow } },
    service: { answers: { 'POST /v1/download/initiate': 'never' } },
    height: 1750,
    play: (dashboard) => expect(dashboard.row(/sending/)).toBeVisible(),
  },
  { shows: 'headline with only ready', jobs: [staged.soon, staged.ready, staged.cancelled], play: says('2 ready') },
  { shows: 'headline with only active', jobs: [staged.running, staged.queued], play: says('2 on the way') },
  { shows: 'headline with failures not seen', jobs: [staged.failed, staged.forbidden], play: says('2 could not be prepared') },
  { shows: 'headline with nothing open', jobs: [staged.cancelled, staged.expired, staged.taken], memory: { besides: taken }, play: says('All done') },
  { shows: 'hard names', jobs: hardlyNamed },
  { shows: 'nothing active', jobs: [staged.ready], path: '/?show=active', play: reads('Nothing is on the way.') },
  { shows: 'nothing ready', jobs: [staged.running], path: '/?show=ready', play: reads('Nothing is waiting to be downloaded.') },
  { shows: 'nothing failed', jobs: [staged.running], path: '/?show=failed', play: reads('Nothing has failed.') },
  { shows: 'search that nothing fits', path: '/?q=tide', play: reads('No download matches “tide”.') },
  { shows: 'search that some fit', path: '/?q=survey' },
  { shows: 'order by name', path: '/?sort=name' },
  { shows: 'menu of orders', pose: openOrders },
  { shows: 'menu of a finished row', pose: openMenuOf(/customer-survey/) },
  { shows: 'menu of a row on its way', pose: openMenuOf(/harbour/) },
  { shows: 'pointer on a row', pose: (dashboard) => dashboard.row(/harbour/).hover() },
  {
    shows: 'one new from another tab',
    jobs: [fresh, ...everydayJobs],
    memory: { jobs: everydayJobs },
    play: async (dashboard) => {
      await dashboard.row(/harbour/).hover();
      await tellOfJob(dashboard.page, fresh);
      await expect(dashboard.page.getByRole('button', { name: '1 new' })).toBeVisible();
    },
    pose: (dashboard) => dashboard.row(/harbour/).hover(),
  },
  { shows: 'focus on a row', play: (dashboard) => dashboard.row(/harbour/).focus() },
  { shows: 'three selected', play: selecting('3 selected', /harbour/, /annual/, /satellite/) },
  {
    shows: 'asked before many are cancelled',
    play: async (dashboard) => {
      await selecting('5 selected', /sensor/, /harbour/, /quarterly/, /orders/, /raw-footage/)(dashboard);
      await dashboard.page.keyboard.press('c');
      await reads('Cancel 5 downloads?')(dashboard);
    },
  },
  { shows: 'keyboard shortcuts', play: pressing('?', 'Keyboard shortcuts') },
  { shows: 'several days', jobs: [staged.running, staged.expired, stagedJob('last-week.csv', 70_300, 3e6, 4 * day, { status: 'cancelled' })] },
];

async function openOrders({ page }: Dashboard): Promise<void> {
  await closeLayer(page);
  await page.getByRole('button', { name: /^Sort/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
}

/** Opens what is behind the three dots; on a phone a finished row has none. */
function openMenuOf(name: RegExp) {
  return async (dashboard: Dashboard, { isPhone }: Screen) => {
    await closeLayer(dashboard.page);
    const dots = dashboard.row(name).getByRole('button', { name: /^More actions/ });
    if (isPhone && !(await dots.isVisible())) return;
    await dots.click();
    await expect(dashboard.page.getByRole('menu')).toBeVisible();
  };
}

function pressing(key: string, text: string) {
  return async (dashboard: Dashboard) => {
    await dashboard.page.keyboard.press(key);
    await expect(dashboard.page.getByRole('heading', { name: text })).toBeVisible();
  };
}

/** Selects these by key, as a phone has no pointer to hover with. */
function selecting(counted: string, ...names: RegExp[]) {
  return async (dashboard: Dashboard) => {
    for (const name of names) {
      await dashboard.row(name).focus();
      await dashboard.page.keyboard.press('x');
      await expect(dashboard.row(name).getByRole('checkbox')).toBeChecked();
    }
    await expect(dashboard.page.getByRole('toolbar')).toContainText(counted);
  };
}
