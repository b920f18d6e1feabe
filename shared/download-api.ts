import * as z from 'zod/mini';
import { jobSchema } from './job.ts';

/** Where each endpoint lives. With a job id the address of that job, without one the pattern for a router. */
export const downloadPaths = {
  initiate: () => '/v1/download/initiate',
  statuses: () => '/v1/download/status',
  status: (jobId = ':jobId') => `/v1/download/status/${jobId}`,
  download: (jobId = ':jobId') => `/v1/download/${jobId}`,
  cancel: (jobId = ':jobId') => `/v1/download/cancel/${jobId}`,
  retry: (jobId = ':jobId') => `/v1/download/retry/${jobId}`,
  history: () => '/v1/download/history',
  events: () => '/v1/download/events',
  check: () => '/v1/download/check',
} as const;

/** Most files in one job, most jobs in one poll, most rows on one page of history or catalogue. */
export const filesPerJob = 1000;
export const idsPerPoll = 100;
export const rowsPerPage = 100;

export const initiateResponseSchema = z.object({
  jobId: z.string(),
  nextPollInMs: z.int(),
  expiresAt: z.iso.datetime({ precision: 3 }),
  job: jobSchema,
  deduplicated: z.boolean(),
});
export type InitiateResponse = z.infer<typeof initiateResponseSchema>;

export const statusesResponseSchema = z.object({
  jobs: z.array(jobSchema),
  missing: z.array(z.string()),
  nextPollInMs: z.nullable(z.int()),
});
export type StatusesResponse = z.infer<typeof statusesResponseSchema>;

export const historyResponseSchema = z.object({
  jobs: z.array(jobSchema),
  total: z.int(),
  nextCursor: z.nullable(z.string()),
});
export type HistoryResponse = z.infer<typeof historyResponseSchema>;

export const checkResponseSchema = z.object({
  file_id: z.int(),
  available: z.boolean(),
  fileName: z.nullable(z.string()),
  size: z.nullable(z.int()),
});
export type CheckResponse = z.infer<typeof checkResponseSchema>;

