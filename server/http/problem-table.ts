import type { ProblemCode } from '#shared/problem.ts';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** For people who read `/docs`. */
  readonly meaning: string;
}

/** Every refusal's HTTP status and words; the only place that turns codes into statuses. */
export const problemTable: Record<ProblemCode, ProblemKind> = {
  'malformed-request': { status: 400, title: 'Malformed request', meaning: 'The request could not be read: broken JSON, a broken address, or a body that ended early.' },
  'validation-failed': { status: 400, title: 'Invalid request', meaning: 'A field or parameter breaks its rule; `errors` names each one.' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type', meaning: 'Bodies are `application/json` in UTF-8, not compressed.' },
  'body-too-large': { status: 413, title: 'Body too large', meaning: 'Initiate takes 64 kB, and so do the spans of the page; everything else 16 kB.' },
  'route-not-found': { status: 404, title: 'No such address', meaning: 'Nothing lives at this path.' },
  'method-not-allowed': { status: 405, title: 'Method not allowed', meaning: 'The path exists; `Allow` lists what it takes.' },
  'job-not-found': { status: 404, title: 'Job not found', meaning: 'The id is unknown, or its record has ended.' },
  'job-not-ready': { status: 409, title: 'Not ready', meaning: 'The file is still on its way; `job` says how far.' },
  'job-failed': { status: 409, title: 'Failed', meaning: 'The file could not be prepared; `job.errorCode` says why.' },
  'job-cancelled': { status: 409, title: 'Cancelled', meaning: 'The job was cancelled and nothing was kept.' },
  'job-expired': { status: 409, title: 'Expired', meaning: 'The file was kept for its time and has been deleted.' },
  'job-settled': { status: 409, title: 'Already settled', meaning: 'Too late to cancel: the job has ended.' },
  'job-not-settled': { status: 409, title: 'Not settled', meaning: 'Retry and delete want a job that has ended.' },
  'file-not-found': { status: 404, title: 'File not found', meaning: 'The source knows no such file.' },
  'idempotency-key-reused': { status: 422, title: 'Key used for another request', meaning: 'The idempotency key belongs to a different request.' },
  'idempotency-key-conflict': { status: 400, title: 'Two different keys', meaning: '`clientRequestId` and `Idempotency-Key` are both given and differ.' },
  'callback-refused': { status: 400, title: 'Callback refused', meaning: 'This server does not call that address.' },
  'no-catalogue': { status: 404, title: 'No catalogue', meaning: 'The source cannot list its files; ask by number.' },
  'link-refused': { status: 403, title: 'Link refused', meaning: "A download link that was changed, is not signed, or whose time is over. Follow the job's own link for a new one." },
  'too-many-requests': { status: 429, title: 'Too many requests', meaning: 'Wait for `Retry-After` seconds.' },
  'temporarily-unavailable': { status: 503, title: 'Temporarily unavailable', meaning: 'A part of the service is away; nothing was accepted. Wait for `Retry-After` seconds.' },
  internal: { status: 500, title: 'Internal error', meaning: 'A fault on our side; `traceId` finds it in the logs.' },
};
