import { ApiError } from './api-error.ts';
import { drawBackoff } from './backoff.ts';

interface FailureFacts {
  /** How many polls failed in a row. */
  failures: number;
  retryInMs: number;
  /** When it failed, by this computer's clock. */
  at: number;
}

/** A poll that failed, with how often in a row and how long to wait before the next. */
export class PollFailure extends Error implements FailureFacts {
  override readonly name = 'PollFailure';
  readonly failures: number;
  readonly retryInMs: number;
  readonly at: number;

  constructor({ failures, retryInMs, at }: FailureFacts, cause: unknown) {
    super('The poll failed.', { cause });
    this.failures = failures;
    this.retryInMs = retryInMs;
    this.at = at;
  }
}

/** The failure that comes after another: it counts on, and its wait is drawn here, once. */
export function failAgain(before: unknown, cause: unknown, now = Date.now(), random = Math.random): PollFailure {
  const failures = before instanceof PollFailure ? before.failures + 1 : 1;
  return new PollFailure({ failures, retryInMs: Math.max(500, drawBackoff(failures, cause, random)), at: now }, cause);
}

/** Whether the server itself asked for patience that is not over yet. Nothing but a person's own wish goes against that. */
export function mustWait(error: unknown, now = Date.now()): boolean {
  if (!(error instanceof PollFailure) || !(error.cause instanceof ApiError)) return false;
  return now < error.at + (error.cause.retryAfterMs ?? 0);
}

/** A failure in a form that can be told to another tab. */
export interface ToldFailure extends FailureFacts {
  /** Null when nothing was reached. */
  status: number | null;
  retryAfterMs: number | null;
}

export function toldFailure({ failures, retryInMs, at, cause }: PollFailure): ToldFailure {
  const answer = cause instanceof ApiError ? cause : null;
  return { failures, retryInMs, at, status: answer?.status ?? null, retryAfterMs: answer?.retryAfterMs ?? null };
}
