import type { JobRecord } from './job-record.ts';
import { traceIdOf } from './trace-parent.ts';

/** By what every log line about a job is found; the names are the same in all of them, for API and worker. */
export function jobFields({ jobId, traceparent, requestId, attempts }: JobRecord) {
  return { jobId, trace_id: traceIdOf(traceparent), requestId, attempt: attempts };
}
