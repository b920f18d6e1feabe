import * as z from 'zod/mini';
import { ApiError, NetworkError } from './api-error.ts';
import { PollFailure, type ToldFailure } from './poll-failure.ts';

export const toldFailureSchema: z.ZodMiniType<ToldFailure> = z.object({
  failures: z.number(),
  retryInMs: z.number(),
  at: z.number(),
  status: z.nullable(z.number()),
  retryAfterMs: z.nullable(z.number()),
});

/** The failure that another tab told of, as if it had happened here. */
export function failureAsTold({ status, retryAfterMs, ...facts }: ToldFailure): PollFailure {
  const cause = status === null ? new NetworkError('The server could not be reached.') : new ApiError(status, null, retryAfterMs);
  return new PollFailure(facts, cause);
}
