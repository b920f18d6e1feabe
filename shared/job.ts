import * as z from 'zod/mini';
import { faultCodes } from './fault-code.ts';
import { jobStatuses, priorities } from './job-status.ts';

const moment = z.iso.datetime({ precision: 3 });
const count = z.int().check(z.nonnegative());

export const jobFileSchema = z.object({
  fileId: z.int(),
  fileName: z.string(),
  size: z.nullable(count),
});

/** One thing that happened to a job, in the order in which it happened. */
export const timelineEntrySchema = z.object({
  at: moment,
  event: z.string(),
  attempt: z.nullable(z.int()),
  detail: z.nullable(z.string()),
});

/** A job as every answer shows it. */
export const jobSchema = z.object({
  jobId: z.string(),
  fileId: z.int(),
  fileIds: z.array(z.int()),
  fileName: z.nullable(z.string()),
  fileCount: z.int(),
  files: z.nullable(z.array(jobFileSchema)),
  status: z.enum(jobStatuses),
  settled: z.boolean(),
  version: z.int(),
  progress: z.object({
    percent: z.int().check(z.minimum(0), z.maximum(100)),
    indeterminate: z.boolean(),
    bytesDone: count,
    bytesTotal: z.nullable(count),
    etaSeconds: z.nullable(count),
    etaHighSeconds: z.nullable(count),
  }),
  attempts: count,
  maxAttempts: count,
  nextAttemptAt: z.nullable(moment),
  queue: z.nullable(z.object({ position: z.nullable(z.int()), etaSeconds: z.nullable(count) })),
  worker: z.nullable(z.object({ name: z.string(), lastHeardAt: moment, leaseExpiresAt: moment })),
  timestamps: z.object({
    queuedAt: moment,
    startedAt: z.nullable(moment),
    updatedAt: moment,
    settledAt: z.nullable(moment),
  }),
  result: z.object({
    url: z.nullable(z.string()),
    expiresAt: z.nullable(moment),
    size: z.nullable(count),
    contentType: z.nullable(z.string()),
    sha256: z.nullable(z.string()),
  }),
  errorCode: z.nullable(z.enum(faultCodes)),
  errorMessage: z.nullable(z.string()),
  lastAttemptAt: z.nullable(moment),
  clientRequestId: z.nullable(z.string()),
  userId: z.nullable(z.string()),
  priority: z.enum(priorities),
  expiresAt: moment,
  nextPollInMs: z.nullable(count),
  traceId: z.string(),
  retryOf: z.nullable(z.string()),
  timeline: z.optional(z.array(timelineEntrySchema)),
});

export type Job = z.infer<typeof jobSchema>;
export type JobFile = z.infer<typeof jobFileSchema>;
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;
