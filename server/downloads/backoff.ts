import type { Policy } from './policy.ts';

/**
 * How long to wait before the next attempt, in ms: exponential with full jitter. The cap is applied before the jitter, so
 * that late attempts still spread over the whole span.
 */
export function backoffMs(failures: number, random: number, policy: Pick<Policy, 'retryBaseMs' | 'retryCapMs'>): number {
  const ceiling = Math.min(policy.retryCapMs, policy.retryBaseMs * 2 ** (failures - 1));
  return Math.round(ceiling * random);
}
