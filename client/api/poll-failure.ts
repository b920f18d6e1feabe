import { drawBackoff } from './backoff.ts';

/** A poll that failed, with how often in a row and how long to wait before the next. */
export class PollFailure extends Error {
  override readonly name = 'PollFailure';
  readonly failures: number;
  readonly retryInMs: number;
  readonly at: number;

  constructor(before: unknown, cause: unknown, now = Date.now(), random = Math.random) {
    super('The poll failed.', { cause });
    this.failures = before instanceof PollFailure ? before.failures + 1 : 1;
    this.retryInMs = Math.max(500, drawBackoff(this.failures, cause, random));
    this.at = now;
  }
}
