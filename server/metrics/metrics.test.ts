import { spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { servicePaths } from '#shared/service-api.ts';
import { aCluster } from '../testing/a-cluster.ts';
import { aProgram } from '../testing/a-program.ts';
import { describeWith } from '../testing/describe-with.ts';

const listening = { METRICS_PORT: '0' };
/** Is refused by its source; cannot be reached twice; never gives a byte. */
const [refused, late, silent] = [99_999_902, 99_999_901, 99_999_904];
const requests = 'http_server_request_duration_seconds_count';

describe('the metrics', () => {
  it('count answers by the pattern of their address, and tell the polls that nothing had moved for', async () => {
    const program = await aProgram(listening);
    const { jobId } = await program.ask({ file_id: silent });
    await program.until(jobId, ({ status }) => status === 'running');
    const path = downloadPaths.status(jobId);
    const first = await program.fetch(path);
    await program.fetch(path, { headers: { 'If-None-Match': first.headers.get('etag')! } });
    await program.fetch(downloadPaths.status('dl_nobody'));
    await program.fetch('/wp-login.php');
    const metrics = await program.metrics();
    const polls = (http_response_status_code: string) => metrics.value(requests, { http_route: downloadPaths.status(), http_response_status_code });
    expect(metrics.value(requests, { http_route: downloadPaths.initiate(), http_request_method: 'POST', http_response_status_code: '202' })).toBe(1);
    expect(polls('200')).toBeGreaterThan(0);
    expect([polls('304'), polls('404')]).toEqual([1, 1]);
    expect(metrics.value(requests, { http_route: 'unmatched', http_response_status_code: '404' })).toBe(1);
    expect(metrics.value('http_server_request_duration_seconds_sum')).toBeGreaterThan(0);
  });

  it('count what becomes of jobs and attempts, how long and how large', async () => {
    const program = await aProgram(listening);
    const asked = { file_id: 10_000, priority: 'high', clientRequestId: 'once' };
    const done = await program.until((await program.ask(asked)).jobId);
    expect((await program.ask(asked)).deduplicated).toBe(true);
    await program.until((await program.ask({ file_id: refused })).jobId);
    await program.until((await program.ask({ file_id: late })).jobId);
    const { jobId } = await program.ask({ file_id: silent });
    await program.until(jobId, ({ status }) => status === 'running');
    await program.post(downloadPaths.cancel(jobId));
    const link = (await program.fetch(downloadPaths.download(done.jobId))).headers.get('location')!;
    await (await fetch(link)).arrayBuffer();

    const metrics = await program.metrics();
    const settled = (outcome: string) => metrics.value('delineate_jobs_settled_total', { outcome });
    const attempts = (outcome: string, error_code = '') => metrics.value('delineate_attempts_ended_total', { outcome, error_code });
    expect([settled('completed'), settled('failed'), settled('cancelled'), settled('expired')]).toEqual([2, 1, 1, 0]);
    expect([attempts('completed'), attempts('cancelled'), attempts('failed', 'source-forbidden'), attempts('failed', 'source-unavailable')]).toEqual([2, 1, 1, 2]);
    expect([metrics.value('delineate_jobs_accepted_total', { priority: 'high' }), metrics.value('delineate_jobs_accepted_total')]).toEqual([1, 4]);
    expect(metrics.value('delineate_preparation_duration_seconds_count')).toBe(2);
    expect(metrics.value('delineate_stored_bytes_total')).toBeGreaterThanOrEqual(done.result.size!);
    expect(metrics.value('delineate_http_sent_bytes_total', { http_route: '/objects' })).toBeGreaterThanOrEqual(done.result.size!);
  });

  it('tell how many wait, by priority, since when, and who works', async () => {
    const program = await aProgram({ ...listening, DOWNLOAD_WORKER_CONCURRENCY: '1' });
    const { jobId } = await program.ask({ file_id: silent });
    await program.until(jobId, ({ status }) => status === 'running');
    for (const priority of ['high', 'low', 'low']) await program.ask({ file_id: silent, priority });
    const metrics = await program.metrics();
    const waiting = (priority: string) => metrics.value('delineate_queue_waiting_jobs', { priority });
    expect([waiting('high'), waiting('normal'), waiting('low')]).toEqual([1, 0, 2]);
    expect(metrics.value('delineate_queue_oldest_waiting_age_seconds', { priority: 'low' })).toBeGreaterThan(0);
    expect(metrics.value('delineate_queue_oldest_waiting_age_seconds', { priority: 'normal' })).toBe(0);
    expect([metrics.value('delineate_worker_busy_slots'), metrics.value('delineate_worker_slots')]).toEqual([1, 1]);
    expect([metrics.value('delineate_workers_heard'), metrics.value('delineate_workers_heard_slots')]).toEqual([1, 1]);
    expect(metrics.value('delineate_part_state', { state: 'ok' })).toBe(5);
  });

  it('name no job, no person, no file and no secret in any label', async () => {
    const program = await aProgram(listening);
    const { jobId } = await program.ask({ file_id: 70_412, userId: 'ada-lovelace', clientRequestId: 'the-key' });
    const { fileName } = await program.until(jobId);
    const link = (await program.fetch(downloadPaths.download(jobId))).headers.get('location')!;
    await (await fetch(link)).arrayBuffer();
    await program.fetch(downloadPaths.history() + '?userId=ada-lovelace');
    const { text } = await program.metrics();
    const { searchParams, pathname } = new URL(link);
    for (const secret of [jobId, 'ada-lovelace', 'the-key', '70412', fileName!, searchParams.get('signature')!, pathname.split('/')[2]!]) expect(text).not.toContain(secret);
  });

  it('are answered on a listener of their own, at one address', async () => {
    const program = await aProgram(listening);
    expect((await program.fetch('/metrics')).status).toBe(404);
    const status = async (path: string, init?: RequestInit) => (await fetch(program.metricsAddress! + path, init)).status;
    expect([await status('/metrics'), await status('/'), await status(servicePaths.health), await status('/metrics', { method: 'POST' })]).toEqual([200, 404, 404, 405]);
    expect((await fetch(`${program.metricsAddress}/metrics`)).headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  });
});

describeWith('promtool', 'promtool', () => {
  it('finds nothing wrong with the metrics', async () => {
    const program = await aProgram(listening);
    await program.until((await program.ask({ file_id: 10_000 })).jobId);
    const { text } = await program.metrics();
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});

describeWith('redis-server', 'the metrics of several processes', () => {
  it('count each job once over all of them, and say the same of what they share', async () => {
    const cluster = await aCluster({ environment: listening });
    const [api, worker] = [await cluster.api(), await cluster.worker({ DOWNLOAD_WORKER_CONCURRENCY: '1' })];
    await api.until((await api.ask({ file_id: 10_000 })).jobId);
    const { jobId } = await api.ask({ file_id: silent });
    await api.until(jobId, ({ status }) => status === 'running');
    await api.ask({ file_id: silent });
    const both = [await api.metrics(), await worker.metrics()];
    const [fromApi, fromWorker] = both;
    const sum = (name: string, labels = {}) => both.reduce((total, metrics) => total + metrics.value(name, labels), 0);
    expect(sum('delineate_jobs_settled_total', { outcome: 'completed' })).toBe(1);
    expect(sum('delineate_jobs_accepted_total')).toBe(2 + 1);
    for (const metrics of both) {
      expect(metrics.value('delineate_queue_waiting_jobs')).toBe(1);
      expect(metrics.value('delineate_workers_heard')).toBe(1);
    }
    expect(fromApi!.value('delineate_worker_slots')).toBe(0);
    expect(fromWorker!.value('delineate_worker_busy_slots')).toBe(1);
  });

  it('have no value rather than an old one for what cannot be seen, and are answered all the same', async () => {
    const cluster = await aCluster({ environment: listening });
    const api = await cluster.api();
    expect((await api.metrics()).labels('delineate_queue_waiting_jobs', 'priority')).toHaveLength(3);
    await cluster.redis.kill();
    await vi.waitFor(async () => {
      const metrics = await api.metrics();
      expect(metrics.labels('delineate_queue_waiting_jobs', 'priority')).toEqual([]);
      expect(metrics.value('delineate_part_state', { part: 'store', state: 'error' })).toBe(1);
    }, { timeout: 20_000 });
  });
});
