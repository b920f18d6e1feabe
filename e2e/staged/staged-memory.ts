import type { Job } from '#shared/job.ts';
import type { Page } from '@playwright/test';
import { stagedTime } from './staged-jobs.ts';

/** What a browser remembers when its page is opened, as far as a picture needs it. */
export interface StagedMemory {
  jobs: readonly Job[];
  /** What else it knows of a job, by id: that its file was taken, how long it was expected to take. */
  besides: Record<string, object>;
  /** Requests that the service has not confirmed yet, by key. */
  intents: readonly StagedIntent[];
  /** Other things it keeps, as text. */
  others: Record<string, string>;
}

interface StagedIntent {
  clientRequestId: string;
  fileId: number;
  fileName: string;
  size: number;
  askedAt: string;
}

/** Puts it into the storage before the page's own scripts run, once. */
export async function stageMemory(page: Page, { jobs, besides, intents, others }: StagedMemory): Promise<void> {
  const entries = [
    ['userId', 'gallery'],
    ...jobs.map((job) => [`job_${job.jobId}`, JSON.stringify({ ...rememberedJob(job), ...besides[job.jobId] })]),
    ...intents.map((intent) => [`intent_${intent.clientRequestId}`, JSON.stringify(rememberedIntent(intent))]),
    ...Object.entries(others),
  ];
  await page.addInitScript((kept) => {
    if (localStorage.length === 0) for (const [key, value] of kept) localStorage.setItem(key!, value!);
  }, entries);
}

/** Tells the page of a job as another tab of its browser would that has just asked for it. */
export async function tellOfJob(page: Page, job: Job): Promise<void> {
  const kept = [`job_${job.jobId}`, JSON.stringify(rememberedJob(job))] as const;
  await page.evaluate(([key, newValue]) => {
    localStorage.setItem(key, newValue);
    dispatchEvent(new StorageEvent('storage', { key, newValue }));
  }, kept);
}

function rememberedJob(job: Job) {
  return {
    place: { rowId: job.jobId, askedAt: job.timestamps.queuedAt },
    asked: { fileIds: job.fileIds, fileName: job.fileName, size: job.progress.bytesTotal, clientRequestId: null },
    job,
    lastPolled: new Date(stagedTime).toISOString(),
  };
}

function rememberedIntent({ clientRequestId, fileId, fileName, size, askedAt }: StagedIntent) {
  return {
    clientRequestId,
    place: { rowId: clientRequestId, askedAt },
    asked: { fileIds: [fileId], fileName, size, clientRequestId },
    archiveName: null,
    retryOf: null,
  };
}
