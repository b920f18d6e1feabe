import { PollFailure } from '../api/poll-failure.ts';

export interface PollAnswer {
  /** How long the server asks to wait; null when nothing is left to ask. */
  nextPollInMs: number | null;
  /** When this computer's clock read when the answer was taken over; null before the first. */
  heardAt: number | null;
}

interface PollState {
  data: PollAnswer | undefined;
  error: unknown;
  status: 'pending' | 'error' | 'success';
}

/** When to ask again. Pure: the jitter was drawn by the server, or with the failure. */
export function nextPoll({ data, error, status }: PollState): number | false {
  if (status === 'error' && error instanceof PollFailure) return error.retryInMs;
  return data?.nextPollInMs ?? false;
}
