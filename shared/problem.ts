import * as z from 'zod/mini';
import { jobSchema } from './job.ts';

/** Every way the API refuses or fails, as `code` in a problem+json answer. */
export const problemCodes = [
  'malformed-request',
  'validation-failed',
  'unsupported-media-type',
  'body-too-large',
  'route-not-found',
  'method-not-allowed',
  'job-not-found',
  'job-not-ready',
  'job-failed',
  'job-cancelled',
  'job-expired',
  'job-settled',
  'job-not-settled',
  'file-not-found',
  'idempotency-key-reused',
  'idempotency-key-conflict',
  'callback-refused',
  'no-catalogue',
  'link-refused',
  'too-many-requests',
  'temporarily-unavailable',
  'internal',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

/** RFC 9457 problem details, with what this service adds. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(problemCodes),
  requestId: z.string(),
  traceId: z.string(),
  errors: z.optional(z.array(z.object({ pointer: z.string(), detail: z.string() }))),
  job: z.optional(jobSchema),
});
export type Problem = z.infer<typeof problemSchema>;
