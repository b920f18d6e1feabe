import { expect, type Dashboard } from '../support/story.ts';
import { capabilities, catalogue } from '../staged/everyday-service.ts';
import { aProblem } from '../staged/staged-service.ts';
import { reads, type Scene } from './scene.ts';

/** Opens the dialog and types. */
const typing = (text: string, shown: string | RegExp) => async ({ page }: Dashboard) => {
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New download' });
  await dialog.getByRole('combobox').fill(text);
  await expect(dialog.getByText(shown).first()).toBeVisible();
};

/** The same, and chooses these files. */
const choosing = (text: string, ...files: RegExp[]) => async (dashboard: Dashboard) => {
  await typing(text, /No\. \d+/)(dashboard);
  const { page } = dashboard;
  for (const file of files) await page.getByRole('option').filter({ hasText: file }).click();
  const head = files.length === 1 ? '1 file' : `${files.length} files`;
  await expect(page.getByRole('heading', { name: head, exact: true })).toBeVisible();
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Take out/ })).toHaveCount(files.length);
};

const three = [/orthophoto/, /report/, /2025\.gpkg/];
const readyFile = { fileId: 70_390, fileName: 'annual-accounts-2025.pdf', size: 48e6, contentType: 'application/pdf', entries: 1 };

/** Pictures of the dialog in which files are found, chosen and asked for. */
export const dialogScenes: readonly Scene[] = [
  { shows: 'dialog with nothing chosen', play: typing('', /No\. 70412/) },
  { shows: 'dialog with three files as one ZIP', play: choosing('survey', ...three) },
  { shows: 'dialog with one file', play: choosing('survey', /report/) },
  {
    shows: 'dialog with three separate files',
    play: async (dashboard) => {
      await choosing('survey', ...three)(dashboard);
      await dashboard.page.getByRole('button', { name: '3 separate files' }).click();
    },
  },
  { shows: 'dialog with files under way and ready', service: { files: [readyFile, ...catalogue] }, play: typing('', /No\. 70390/) },
  { shows: 'dialog with no match', play: typing('surwey', 'No file matches “surwey”. Check the spelling, or type its number.') },
  { shows: 'dialog with an unknown number', play: typing('70499', 'There is no file 70499, or it is not shared with you.') },
  { shows: 'dialog with too much for one ZIP', play: choosing('', /whole-coast/, /orthophoto/) },
  {
    shows: 'dialog while the catalogue is down',
    service: { answers: { 'GET /v1/files': aProblem(503, 'temporarily-unavailable', { 'retry-after': '1' }) } },
    play: typing('', 'The catalogue does not answer. You can still type a file number.'),
  },
  {
    shows: 'dialog with the limit reached',
    service: { capabilities: { ...capabilities, limits: { ...capabilities.limits, activeJobs: 5 } } },
    play: async (dashboard) => {
      await choosing('survey', /report/)(dashboard);
      await reads('You have 5 downloads on the way, the most allowed. This one waits until one ends.')(dashboard);
    },
  },
  {
    shows: 'dialog without a catalogue',
    service: { answers: { 'GET /v1/files': aProblem(404, 'no-catalogue') } },
    play: typing('', 'Files are asked for by their number here.'),
  },
];
