import { ApiError } from './api-error.ts';

const baseMs = 1000;
const capMs = 30_000;

/** Full jitter under a growing cap; the server's Retry-After is the least. Drawn once per failure and kept. */
export function drawBackoff(failures: number, error: unknown, random = Math.random): number {
  const cap = Math.min(capMs, baseMs * 2 ** failures);
  const wanted = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
  return Math.max(wanted, Math.round(random() * cap));
}
