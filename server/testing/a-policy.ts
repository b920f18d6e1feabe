import type { Policy } from '../downloads/policy.ts';

/** A policy with round numbers; a test gives only what it is about. */
export function aPolicy(different: Partial<Policy> = {}): Policy {
  return {
    maxAttempts: 3,
    retryBaseMs: 1000,
    retryCapMs: 60_000,
    maxWorkerLosses: 2,
    jobTimeoutMs: 600_000,
    jobTtlMs: 86_400_000,
    historyTtlMs: 604_800_000,
    leaseMs: 30_000,
    heartbeatMs: 5000,
    sweepMs: 10_000,
    describeMs: 1000,
    sourceIdleMs: 60_000,
    maxArtifactBytes: 10_000_000_000,
    linkTtlMs: 900_000,
    concurrency: 4,
    ...different,
  };
}
