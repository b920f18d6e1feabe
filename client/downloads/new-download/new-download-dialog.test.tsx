import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { CatalogueFile } from '#shared/files-api.ts';
import type { Job } from '#shared/job.ts';
import { aJob, testTime } from '../../testing/a-job.ts';
import { aProblem, renderWithDownloads } from '../../testing/render-with-downloads.tsx';
import { NewDownloadDialog } from './new-download-dialog.tsx';

const file = (fileId: number, fileName: string, size: number | null): CatalogueFile => ({
  fileId,
  fileName,
  size,
  contentType: 'text/csv',
  entries: 1,
});
const catalogue = [file(101, 'survey-2024.csv', 4e9), file(102, 'survey-2025.csv', 8e9), file(103, 'minutes.pdf', 9)];
const around = { now: testTime, stale: false, limits: { artifactBytes: null, deadlineMs: null } };

const answers = {
  'GET /v1/files': (_: string, url: URL) => {
    const files = catalogue.filter(({ fileName }) => fileName.includes(url.searchParams.get('query') ?? ''));
    return Response.json({ files, total: files.length, nextCursor: null });
  },
  'GET /v1/capabilities': () =>
    Response.json({
      limits: { filesPerJob: 1000, artifactBytes: 10e9, idsPerPoll: 100, activeJobs: null },
      lifetimes: { jobMs: 1, historyMs: 1, deadlineMs: 1, linkSeconds: 1 },
      channels: { longPoll: false, events: false, webhooks: false },
      source: { name: 'simulated', catalogue: true },
      page: { sentryDsn: null, traceViewerUrl: null, sampleRatio: null },
    }),
  'POST /v1/download/check': (body: string) => {
    const { file_id: fileId } = JSON.parse(body) as { file_id: number };
    const known = fileId === 70412;
    return Response.json({ file_id: fileId, available: known, fileName: known ? 'found.laz' : null, size: known ? 9 : null });
  },
};

function open({ text = '', jobs = [], others = {} }: { text?: string; jobs?: Job[]; others?: object } = {}) {
  const onClose = vi.fn();
  const view = renderWithDownloads(<NewDownloadDialog text={text} around={around} onClose={onClose} />, {
    jobs,
    answers: { ...answers, ...others },
  });
  return { ...view, onClose };
}

const option = (name: RegExp) => screen.findByRole('option', { name });
const sent = ({ fetched }: ReturnType<typeof open>) =>
  fetched.mock.calls.flatMap(([path, init]) => (path === '/v1/download/initiate' ? [JSON.parse(init?.body as string) as object] : []));

beforeEach(() => window.history.replaceState(null, '', '/'));

describe('the dialog for a new download', () => {
  test('keeps what was typed before it opened', async () => {
    open({ text: 'minutes' });
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('minutes');
    expect(await screen.findAllByRole('option')).toHaveLength(1);
  });

  test('asks for a single file by its number', async () => {
    const view = open();
    fireEvent.click(await option(/minutes/));
    await screen.findByRole('button', { name: 'Take out minutes.pdf' });
    fireEvent.click(screen.getByRole('button', { name: /^Prepare file/ }));
    await waitFor(() => expect(sent(view)).toMatchObject([{ file_id: 103, userId: 'user-1' }]));
    expect(view.onClose).toHaveBeenCalledTimes(1);
  });

  test('asks for several as one ZIP, named after what they share', async () => {
    const view = open();
    fireEvent.click(await option(/survey-2024/));
    fireEvent.click(await option(/minutes/));
    fireEvent.change(screen.getByRole('textbox', { name: /Name of the ZIP/ }), { target: { value: 'mine' } });
    fireEvent.click(screen.getByRole('button', { name: /^Prepare ZIP/ }));
    await waitFor(() => expect(sent(view)).toMatchObject([{ file_ids: [101, 103], archiveName: 'mine.zip' }]));
  });

  test('refuses a ZIP that is too large, and offers separate files', async () => {
    const view = open();
    fireEvent.click(await option(/survey-2024/));
    fireEvent.click(await option(/survey-2025/));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Too large for one ZIP: 12 of 10 GB. Take out a file, or choose separate files.',
    );
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Prepare ZIP/ }).disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: '2 separate files' }));
    fireEvent.click(screen.getByRole('button', { name: /^Prepare 2 files/ }));
    await waitFor(() => expect(sent(view)).toMatchObject([{ file_id: 101 }, { file_id: 102 }]));
  });

  test('is worked with the keys alone', async () => {
    const view = open();
    await option(/minutes/);
    const field = screen.getByRole('combobox');
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    expect(field.getAttribute('aria-activedescendant')).toBe('file-option-1');
    fireEvent.keyDown(field, { key: ' ' });
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true });
    await waitFor(() => expect(sent(view)).toMatchObject([{ file_id: 102 }]));
  });

  test('puts a typed number first once it is known to exist', async () => {
    open({ text: '70412' });
    const found = await option(/found\.laz/);
    expect(within(found).getByText('No. 70412')).toBeTruthy();
  });

  test('says when there is no such number', async () => {
    open({ text: '70499' });
    expect(await screen.findByText('There is no file 70499, or it is not shared with you.')).toBeTruthy();
  });

  test('says when nothing matches', async () => {
    open({ text: 'surwey' });
    expect(await screen.findByText('No file matches “surwey”. Check the spelling, or type its number.')).toBeTruthy();
  });

  test('takes numbers alone where the source has no catalogue', async () => {
    open({ text: '', others: { 'GET /v1/files': () => aProblem(404, 'no-catalogue') } });
    expect(await screen.findByText('Files are asked for by their number here.')).toBeTruthy();
    fireEvent.change(screen.getByRole('combobox'), { target: { value: '70412' } });
    expect(await option(/found\.laz/)).toBeTruthy();
  });

  test('says when the catalogue is down', async () => {
    open({ others: { 'GET /v1/files': () => aProblem(503, 'temporarily-unavailable') } });
    expect(await screen.findByText(/The catalogue does not answer/, {}, { timeout: 3000 })).toBeTruthy();
  });

  test('shows the row of a file that is on the way instead of asking twice', async () => {
    const view = open({ jobs: [aJob({ fileId: 103, fileIds: [103] })] });
    fireEvent.click(await option(/minutes.*On the way/));
    expect(view.onClose).toHaveBeenCalledTimes(1);
    expect(sent(view)).toEqual([]);
  });
});
