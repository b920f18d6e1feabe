import * as z from 'zod/mini';
import { jobSchema } from './job.ts';
import { jobStatuses, priorities } from './job-status.ts';

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

const fileId = z.int().check(z.positive('must be a positive whole number'));
const label = z.string().check(z.minLength(1), z.maxLength(255));

const distinct = (ids: number[]) => new Set(ids).size === ids.length;

export const initiateRequestSchema = z
  .object({
    file_id: z.optional(fileId),
    file_ids: z.optional(
      z.array(fileId).check(z.minLength(1), z.maxLength(filesPerJob), z.refine(distinct, 'must be distinct')),
    ),
    archiveName: z.optional(label),
    clientRequestId: z.optional(label),
    userId: z.optional(label),
    priority: z._default(z.enum(priorities), 'normal'),
    callbackUrl: z.optional(z.string().check(z.minLength(1), z.maxLength(2048))),
  })
  .check(
    z.refine((body) => (body.file_id === undefined) !== (body.file_ids === undefined), {
      error: 'give either file_id or file_ids',
      path: ['file_id'],
    }),
  );
export type InitiateRequest = z.infer<typeof initiateRequestSchema>;
/** What a client may send: everything with a default may be left out. */
export type InitiateRequestInput = z.input<typeof initiateRequestSchema>;

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

const commaList = (text: string) => text.split(',').filter((part) => part !== '');

export const statusesQuerySchema = z.object({
  ids: z.pipe(
    z.pipe(z.string(), z.transform(commaList)),
    z.array(z.string()).check(z.minLength(1, 'name at least one job'), z.maxLength(idsPerPoll)),
  ),
});

export const statusQuerySchema = z.object({ include: z.optional(z.enum(['timeline'])) });

const wholeNumber = z.pipe(
  z.string().check(z.regex(/^\d{1,9}$/, 'must be a whole number')),
  z.transform((text: string) => Number(text)),
);
const limit = z._default(z.pipe(wholeNumber, z.int().check(z.minimum(1), z.maximum(rowsPerPage))), 50);
const cursor = z.optional(z.string().check(z.minLength(1), z.maxLength(512)));

export const historyQuerySchema = z.object({
  userId: label,
  status: z.optional(z.pipe(z.pipe(z.string(), z.transform(commaList)), z.array(z.enum(jobStatuses)).check(z.minLength(1)))),
  limit,
  cursor,
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

export const historyResponseSchema = z.object({
  jobs: z.array(jobSchema),
  total: z.int(),
  nextCursor: z.nullable(z.string()),
});
export type HistoryResponse = z.infer<typeof historyResponseSchema>;

export const checkRequestSchema = z.object({ file_id: fileId });

export const checkResponseSchema = z.object({
  file_id: z.int(),
  available: z.boolean(),
  fileName: z.nullable(z.string()),
  size: z.nullable(z.int()),
});
export type CheckResponse = z.infer<typeof checkResponseSchema>;

export const filesQuerySchema = z.object({
  query: z._default(z.string().check(z.maxLength(255)), ''),
  limit,
  cursor,
});
export type FilesQuery = z.infer<typeof filesQuerySchema>;
