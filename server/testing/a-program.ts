import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { jobSchema, type Job } from '#shared/job.ts';
import { isSettled } from '#shared/job-status.ts';
import { readConfig } from '../config.ts';
import { startProgram, type Program } from '../start-program.ts';
import { reportedLog } from '../telemetry/reported-log.ts';
import { collectedLog, type CollectedLog } from './collected-log.ts';
import { readMetrics, type ReadMetrics } from './read-metrics.ts';

export interface TestProgram extends Program {
  readonly address: string;
  readonly dataDir: string;
  readonly log: CollectedLog;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Asks for a file and gives the accepted job. */
  ask(body: object): Promise<InitiateResponse>;
  job(jobId: string): Promise<Job>;
  /** What Prometheus would be told; with `METRICS_PORT` only. */
  metrics(): Promise<ReadMetrics>;
  /** Polls until the job is settled, or until what is waited for holds. */
  until(jobId: string, holds?: (job: Job) => boolean): Promise<Job>;
}

/** The real embedded program on a free port with an empty data folder, with quick preparations; it ends with the test. */
export async function aProgram(environment: NodeJS.ProcessEnv = {}): Promise<TestProgram> {
  const dataDir = environment.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'downloads-')));
  const quick = { PORT: '0', DATA_DIR: dataDir, DOWNLOAD_DELAY_MIN_MS: '0', DOWNLOAD_DELAY_MAX_MS: '50', DOWNLOAD_RETRY_BASE_MS: '20' };
  const log = collectedLog();
  const config = readConfig({ ...quick, ...environment });
  const reported = await reportedLog(log, { dsn: config.sentryDsn, release: 'test', environment: 'test', role: config.role });
  const program = await startProgram(config, reported.log, async () => null);
  let stopped: Promise<void> | undefined;
  const stop = (graceMs: number) => (stopped ??= program.stop(graceMs).then(() => reported.close()));
  onTestFinished(async () => {
    await stop(0);
    if (environment.DATA_DIR === undefined) await rm(dataDir, { recursive: true, force: true });
  });

  const address = program.address!;
  const call = (path: string, init?: RequestInit) => fetch(address + path, { redirect: 'manual', ...init });
  const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    call(path, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    });
  const job = async (jobId: string) => jobSchema.parse(await (await call(downloadPaths.status(jobId))).json());
  return {
    address,
    metricsAddress: program.metricsAddress,
    flushTraces: () => program.flushTraces(),
    metrics: async () => readMetrics(await (await fetch(`${program.metricsAddress}/metrics`)).text()),
    dataDir,
    log,
    stop,
    fetch: call,
    post,
    job,
    async ask(body) {
      const answer = await post(downloadPaths.initiate(), body);
      if (answer.status !== 202) throw new Error(`initiate answered ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as InitiateResponse;
    },
    async until(jobId, holds = ({ status }) => isSettled(status)) {
      for (;;) {
        const current = await job(jobId);
        if (holds(current)) return current;
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },
  };
}
