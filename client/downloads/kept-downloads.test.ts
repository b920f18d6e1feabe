import { describe, expect, test, vi } from 'vitest';
import { aJob, aTracked } from '../testing/a-job.ts';
import { KeptDownloads } from './kept-downloads.ts';

describe('KeptDownloads', () => {
  test('keeps a followed job under job_<id> with its last poll', () => {
    const kept = new KeptDownloads(localStorage);
    kept.follow(aJob(), aTracked());
    const stored: unknown = JSON.parse(localStorage.getItem('job_job-1') ?? '');
    expect(stored).toMatchObject({ asked: { fileIds: [70412] }, job: { version: 3 }, lastPolled: expect.any(String) });
  });

  test('never goes back to an older version, and takes an equal one', () => {
    const kept = new KeptDownloads(localStorage);
    kept.follow(aJob({ version: 5 }), aTracked());
    kept.hear(aJob({ version: 4, status: 'queued' }));
    expect(kept.snapshot().jobs.get('job-1')?.job?.status).toBe('running');
    kept.hear(aJob({ version: 5, queue: { position: 2, etaSeconds: 1 } }));
    expect(kept.snapshot().jobs.get('job-1')?.job?.queue?.position).toBe(2);
  });

  test('never lets percent run back within an attempt', () => {
    const kept = new KeptDownloads(localStorage);
    const at = (percent: number, attempts: number, version: number) =>
      aJob({ attempts, version, progress: { ...aJob().progress, percent } });
    const percent = () => kept.snapshot().jobs.get('job-1')?.job?.progress.percent;
    kept.follow(at(62, 1, 3), aTracked());
    kept.hear(at(60, 1, 4));
    expect(percent()).toBe(62);
    kept.hear(at(5, 2, 5));
    expect(percent()).toBe(5);
  });

  test('leaves jobs alone that nobody asked for here', () => {
    const kept = new KeptDownloads(localStorage);
    kept.hear(aJob());
    expect(kept.snapshot().jobs.size).toBe(0);
  });

  test('counts a kept job as unconfirmed until the server has told of it', () => {
    new KeptDownloads(localStorage).follow(aJob(), aTracked());
    const reloaded = new KeptDownloads(localStorage);
    expect(reloaded.snapshot().confirmed.has('job-1')).toBe(false);
    reloaded.hear(aJob());
    expect(reloaded.snapshot().confirmed.has('job-1')).toBe(true);
  });

  test('keeps following a job whose state another version of the page wrote', () => {
    localStorage.setItem('job_job-1', JSON.stringify({ ...aTracked(), job: { status: 'from the future' } }));
    const kept = new KeptDownloads(localStorage);
    expect(kept.snapshot().jobs.get('job-1')).toMatchObject({ job: null, asked: { fileIds: [70412] } });
  });

  test('tells of news once, and not of old versions', () => {
    const kept = new KeptDownloads(localStorage);
    const onNews = vi.fn();
    kept.follow(aJob({ version: 5 }), aTracked());
    kept.onNews(onNews);
    kept.hear(aJob({ version: 4 }));
    kept.hear(aJob({ version: 6, status: 'completed' }));
    expect(onNews).toHaveBeenCalledTimes(1);
  });

  test('forgets that a job is hidden once its record has ended', () => {
    const kept = new KeptDownloads(localStorage);
    kept.hide('old', Date.now() - 1000);
    kept.hide('new', Date.now() + 60_000);
    expect([...new KeptDownloads(localStorage).snapshot().hidden]).toEqual(['new']);
  });

  test('hears of another tab', () => {
    const kept = new KeptDownloads(localStorage);
    const end = kept.listenTo(window);
    const newValue = JSON.stringify(aTracked());
    window.dispatchEvent(new StorageEvent('storage', { key: 'job_job-1', newValue }));
    expect(kept.snapshot().jobs.has('job-1')).toBe(true);
    end();
  });

  test('tells of what another tab heard as of its own news, and counts it as confirmed', () => {
    new KeptDownloads(localStorage).follow(aJob({ version: 5 }), aTracked());
    const kept = new KeptDownloads(localStorage);
    const onNews = vi.fn();
    kept.onNews(onNews);
    const end = kept.listenTo(window);
    const newValue = JSON.stringify(aTracked(aJob({ version: 6, status: 'completed' })));
    window.dispatchEvent(new StorageEvent('storage', { key: 'job_job-1', newValue }));
    expect(onNews.mock.calls[0]?.[0]).toMatchObject({ before: { status: 'running' }, after: { status: 'completed' } });
    expect(kept.snapshot().confirmed.has('job-1')).toBe(true);
    end();
  });

  test('tells its listeners once of many jobs', () => {
    const kept = new KeptDownloads(localStorage);
    const jobs = ['a', 'b', 'c'].map((jobId) => aJob({ jobId }));
    for (const job of jobs) kept.follow(job, aTracked(job));
    const onChange = vi.fn();
    kept.subscribe(onChange);
    kept.hearAll(jobs);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  test('says when it could not store something', () => {
    const onFull = vi.fn();
    new KeptDownloads(null, onFull).follow(aJob(), aTracked());
    expect(onFull).toHaveBeenCalled();
  });
});
