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

const hiddenEveryMs = 30_000;

/** When to ask again. Pure: the jitter was drawn by the server, or with the failure. Out of sight it is seldom. */
export function nextPoll({ data, error, status }: PollState, hidden = false): number | false {
  const wait = status === 'error' && error instanceof PollFailure ? error.retryInMs : data?.nextPollInMs;
  if (wait == null) return false;
  return hidden ? Math.max(hiddenEveryMs, wait) : wait;
}

/** How old the last answer is when a tab that starts to lead asks again without waiting. One that is seen always does. */
export const catchUpAfterMs = (hidden: boolean) => (hidden ? hiddenEveryMs : 0);
