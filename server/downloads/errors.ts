import type { Job } from '#shared/job.ts';
import type { ProblemCode } from '#shared/problem.ts';
import { StorageFault } from './faults.ts';

export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, or `/name` of a query parameter. */
  readonly pointer: string;
  readonly detail: string;
}

/** A refusal: an answer the caller can act on, told by its stable `code`. */
export class DownloadError extends Error {
  readonly code: ProblemCode;
  readonly job: Job | undefined;
  readonly fields: readonly FieldError[] | undefined;

  constructor(code: ProblemCode, message: string, more: { job?: Job; fields?: readonly FieldError[]; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.name = new.target.name;
    this.code = code;
    this.job = more.job;
    this.fields = more.fields;
  }
}

export class JobNotFound extends DownloadError {
  constructor() {
    super('job-not-found', 'There is no job with this id. It may have ended some time ago.');
  }
}

export class FileNotFound extends DownloadError {
  constructor(fileIds: readonly number[]) {
    super('file-not-found', `There is no file ${fileIds.join(', ')}, or it is not shared with you.`);
  }
}

export class InvalidRequest extends DownloadError {
  constructor(fields: readonly FieldError[]) {
    super('validation-failed', fields.map((field) => `${field.pointer}: ${field.detail}`).join('; '), { fields });
  }
}

/** A page cursor that this service never gave out. */
export class BadCursor extends InvalidRequest {
  constructor() {
    super([{ pointer: '/cursor', detail: 'is not a cursor of this list' }]);
  }
}

/** How loud an error is told of: a part that is away was foreseen, and is told of where it went away. */
export function levelOf(error: unknown): 'warn' | 'error' {
  const isAway = error instanceof StoreUnavailable || (error instanceof StorageFault && error.code === 'storage-unavailable');
  return isAway ? 'warn' : 'error';
}

/** Records or queue cannot be reached just now; nothing was accepted. */
export class StoreUnavailable extends DownloadError {
  constructor(cause: unknown) {
    super('temporarily-unavailable', 'The service cannot reach its records just now. Nothing was changed.', { cause });
  }
}

/** Deliveries do not come although jobs wait and there is room for them, however well the queue answers what it is asked. */
export class LineStandsStill extends StoreUnavailable {
  constructor() {
    super(new Error('Jobs are waiting, there is room for them, and none is delivered.'));
  }
}
