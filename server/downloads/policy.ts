/** The numbers a deployment may choose, all in milliseconds or bytes. `config.ts` fills them in. */
export interface Policy {
  readonly maxAttempts: number;
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
  /** Claims that may be lost with their worker before the job is given up. */
  readonly maxWorkerLosses: number;
  /** From the first start over all attempts; time in line does not count. */
  readonly jobTimeoutMs: number;
  readonly jobTtlMs: number;
  readonly historyTtlMs: number;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
  readonly sweepMs: number;
  /** How long the source is asked about a file before the job is accepted unseen. */
  readonly describeMs: number;
  /** How long a source may pause in the middle of a file before the attempt is given up. */
  readonly sourceIdleMs: number;
  readonly maxArtifactBytes: number;
  /** Least life of a download link; a large file gets more. */
  readonly linkTtlMs: number;
  /** Attempts at a time in one worker; the estimate of the line divides by it. */
  readonly concurrency: number;
}
