import type * as z from 'zod/mini';
import {
  checkResponseSchema,
  downloadPaths,
  historyResponseSchema,
  initiateResponseSchema,
  statusesResponseSchema,
} from '#shared/download-api.ts';
import {
  checkRequestSchema,
  filesQuerySchema,
  historyQuerySchema,
  initiateRequestSchema,
  statusesQuerySchema,
  statusQuerySchema,
} from '#shared/download-requests.ts';
import { filesPath, filesResponseSchema } from '#shared/files-api.ts';
import { jobSchema } from '#shared/job.ts';
import type { ProblemCode } from '#shared/problem.ts';
import { capabilitiesSchema, healthSchema, servicePaths } from '#shared/service-api.ts';
import { tracesRequestSchema } from '#shared/telemetry-api.ts';

export interface Operation {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query?: z.core.$ZodType;
  readonly body?: z.core.$ZodType;
  readonly takesIdempotencyKey?: boolean;
  readonly success: { readonly status: number; readonly meaning: string; readonly body?: z.core.$ZodType };
  readonly problems: readonly ProblemCode[];
}

/** Every public endpoint, as the OpenAPI document and the page at `/docs` tell it. */
export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: downloadPaths.initiate(),
    id: 'initiateDownload',
    summary: 'Ask for a file, or for several as one ZIP. Answers at once with a job, whatever the file takes.',
    body: initiateRequestSchema,
    takesIdempotencyKey: true,
    success: { status: 202, meaning: 'Accepted, or the job that holds the same idempotency key.', body: initiateResponseSchema },
    problems: ['malformed-request', 'validation-failed', 'callback-refused', 'idempotency-key-conflict', 'file-not-found', 'body-too-large', 'unsupported-media-type', 'idempotency-key-reused', 'temporarily-unavailable'],
  },
  {
    method: 'get',
    path: downloadPaths.status(),
    id: 'getStatus',
    summary: 'How a job is. Ask again after `nextPollInMs`; send the ETag back and nothing is transferred while nothing moves.',
    query: statusQuerySchema,
    success: { status: 200, meaning: 'The job.', body: jobSchema },
    problems: ['validation-failed', 'job-not-found', 'temporarily-unavailable'],
  },
  {
    method: 'get',
    path: downloadPaths.statuses(),
    id: 'getStatuses',
    summary: 'How many jobs are, in one request: `ids=a,b,…`, at most 100.',
    query: statusesQuerySchema,
    success: { status: 200, meaning: 'The jobs found, and the ids that are unknown.', body: statusesResponseSchema },
    problems: ['validation-failed', 'temporarily-unavailable'],
  },
  {
    method: 'get',
    path: downloadPaths.download(),
    id: 'download',
    summary: 'The finished file: a redirect to a link that is signed for this click. HEAD asks whether there is one.',
    success: { status: 302, meaning: 'The address of the file, in `Location`.' },
    problems: ['job-not-found', 'job-not-ready', 'job-failed', 'job-cancelled', 'job-expired', 'temporarily-unavailable'],
  },
  {
    method: 'post',
    path: downloadPaths.cancel(),
    id: 'cancelDownload',
    summary: 'End a job that is under way. Again: the same answer.',
    success: { status: 200, meaning: 'The job, cancelled.', body: jobSchema },
    problems: ['job-not-found', 'job-settled', 'temporarily-unavailable'],
  },
  {
    method: 'post',
    path: downloadPaths.retry(),
    id: 'retryDownload',
    summary: 'A new job for the same request as a settled one. While such a retry is under way, that one.',
    takesIdempotencyKey: true,
    success: { status: 202, meaning: 'The new job, with `retryOf`.', body: initiateResponseSchema },
    problems: ['job-not-found', 'job-not-settled', 'file-not-found', 'idempotency-key-reused', 'temporarily-unavailable'],
  },
  {
    method: 'delete',
    path: downloadPaths.download(),
    id: 'deleteDownload',
    summary: 'Delete a settled job with its file.',
    success: { status: 204, meaning: 'Gone.' },
    problems: ['job-not-found', 'job-not-settled', 'temporarily-unavailable'],
  },
  {
    method: 'get',
    path: downloadPaths.history(),
    id: 'getHistory',
    summary: "A user's jobs, newest first, page by page.",
    query: historyQuerySchema,
    success: { status: 200, meaning: 'One page.', body: historyResponseSchema },
    problems: ['validation-failed', 'temporarily-unavailable'],
  },
  {
    method: 'post',
    path: downloadPaths.check(),
    id: 'checkFile',
    summary: 'Whether a number stands for a file, before asking for it.',
    body: checkRequestSchema,
    success: { status: 200, meaning: 'What the number stands for.', body: checkResponseSchema },
    problems: ['malformed-request', 'validation-failed', 'body-too-large', 'unsupported-media-type', 'temporarily-unavailable'],
  },
  {
    method: 'get',
    path: filesPath,
    id: 'listFiles',
    summary: "The source's catalogue: names, sizes and numbers.",
    query: filesQuerySchema,
    success: { status: 200, meaning: 'One page.', body: filesResponseSchema },
    problems: ['validation-failed', 'no-catalogue', 'temporarily-unavailable'],
  },
  {
    method: 'get',
    path: servicePaths.capabilities,
    id: 'getCapabilities',
    summary: 'What this server can do and allows.',
    success: { status: 200, meaning: 'Limits, lifetimes, channels, source.', body: capabilitiesSchema },
    problems: [],
  },
  {
    method: 'post',
    path: servicePaths.traces,
    id: 'tellOfSpans',
    summary: "The page's own OpenTelemetry spans (OTLP as JSON), to be passed on to a collector where there is one.",
    body: tracesRequestSchema,
    success: { status: 204, meaning: 'Taken, or not wanted.' },
    problems: ['malformed-request', 'validation-failed', 'body-too-large', 'unsupported-media-type', 'too-many-requests'],
  },
  {
    method: 'get',
    path: servicePaths.health,
    id: 'getHealth',
    summary: 'How every part is. 503 when this process cannot do its work; `/health/live` and `/health/ready` are for probes.',
    success: { status: 200, meaning: 'Able to work.', body: healthSchema },
    problems: [],
  },
];
