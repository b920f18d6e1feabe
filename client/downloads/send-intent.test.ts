import { beforeEach, describe, expect, test, vi } from 'vitest';
import { aJob } from '../testing/a-job.ts';
import { KeptDownloads } from './kept-downloads.ts';
import { requestOf, sendIntent, type SenderPorts } from './send-intent.ts';
import { wantArchive, wantFile } from './want.ts';

const intent = () => wantFile({ fileId: 70412, fileName: 'a.laz', size: 9 }, Date.now());
const accepted = () => {
  const job = aJob({ status: 'queued' });
  return Response.json({ jobId: job.jobId, nextPollInMs: 1000, expiresAt: job.expiresAt, job, deduplicated: false }, { status: 202 });
};
const problem = (status: number, code: string) =>
  Response.json({ type: `/docs#${code}`, title: code, status, detail: code, code, requestId: 'r', traceId: 't' }, { status });

let fetched: ReturnType<typeof vi.fn<typeof fetch>>;
let ports: SenderPorts;

beforeEach(() => {
  fetched = vi.fn<typeof fetch>();
  vi.stubGlobal('fetch', fetched);
  ports = {
    kept: new KeptDownloads(localStorage),
    userId: 'user-1',
    isOnline: () => true,
    wait: vi.fn(() => Promise.resolve()),
    pause: vi.fn(() => Promise.resolve()),
    onSent: vi.fn(),
    onRefused: vi.fn(),
  };
});

const keysSent = () =>
  fetched.mock.calls.map(([, init]) => {
    const body = typeof init?.body === 'string' ? init.body : '';
    return (JSON.parse(body) as { clientRequestId: string }).clientRequestId;
  });

describe('sending what was asked for', () => {
  test('goes on with the same key until the server answers, so that there is one job', async () => {
    const wanted = intent();
    ports.kept.addIntent(wanted);
    fetched.mockRejectedValueOnce(new TypeError('gone')).mockResolvedValueOnce(problem(503, 'temporarily-unavailable'));
    fetched.mockResolvedValueOnce(accepted());
    await sendIntent(ports, wanted);
    expect(keysSent()).toEqual([wanted.clientRequestId, wanted.clientRequestId, wanted.clientRequestId]);
    expect(ports.onSent).toHaveBeenCalledTimes(1);
  });

  test('waits for the connection without trying', async () => {
    const wanted = intent();
    ports.kept.addIntent(wanted);
    let online = false;
    const wait = vi.fn(() => {
      online = true;
      return Promise.resolve();
    });
    fetched.mockResolvedValueOnce(accepted());
    await sendIntent({ ...ports, isOnline: () => online, wait }, wanted);
    expect(wait).toHaveBeenCalledWith(null);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  test('ends with a refusal that another try cannot change', async () => {
    const wanted = intent();
    ports.kept.addIntent(wanted);
    fetched.mockResolvedValueOnce(problem(404, 'file-not-found'));
    await sendIntent(ports, wanted);
    expect(ports.onRefused).toHaveBeenCalledWith(expect.objectContaining({ code: 'file-not-found' }), wanted);
  });

  test('stops when it was discarded meanwhile', async () => {
    const wanted = intent();
    ports.kept.addIntent(wanted);
    fetched.mockImplementationOnce(() => {
      ports.kept.dropIntent(wanted.clientRequestId);
      return Promise.reject(new TypeError('gone'));
    });
    await sendIntent(ports, wanted);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(ports.onSent).not.toHaveBeenCalled();
  });

  test('survives a reload: what was stored before it was sent is still there', () => {
    const wanted = intent();
    ports.kept.addIntent(wanted);
    expect(new KeptDownloads(localStorage).snapshot().intents).toEqual([wanted]);
  });

  test('asks for one file by its number and for several as an archive', () => {
    expect(requestOf(intent(), 'user-1')).toMatchObject({ file_id: 70412, userId: 'user-1' });
    const files = [1, 2].map((fileId) => ({ fileId, fileName: null, size: null }));
    const archive = requestOf(wantArchive(files, 'both.zip', 0), 'user-1');
    expect(archive).toMatchObject({ file_ids: [1, 2], archiveName: 'both.zip' });
    expect(archive).not.toHaveProperty('file_id');
  });
});
