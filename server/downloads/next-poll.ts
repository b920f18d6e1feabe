const shortestMs = 1000;
const longestMs = 15_000;
const withoutEstimateMs = 5000;
const jitter = 0.1;

/**
 * When a client should ask again, in ms: three quarters of what is left, from 1 s to 15 s, or 5 s where no estimate
 * exists; ±10 % so that clients that came together part.
 */
export function nextPollMs(remainingMs: number | null, random: number): number {
  const aim = remainingMs === null ? withoutEstimateMs : Math.min(longestMs, Math.max(shortestMs, remainingMs * 0.75));
  return Math.round(aim * (1 - jitter + 2 * jitter * random));
}
