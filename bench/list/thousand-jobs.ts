import type { Job } from '#shared/job.ts';
import { isSettled, type JobStatus } from '#shared/job-status.ts';

const count = 1000;
const endings: readonly JobStatus[] = ['completed', 'failed', 'cancelled', 'expired', 'completed'];
const changingAtOnce = 10;

/** A thousand jobs, asked for `everyMs`, of which the first `active` are under way; ten of those move on with every step. */
export class ThousandJobs {
  readonly jobs: Job[];
  readonly #active: number;
  readonly #everyMs: number;
  readonly #startedAt = Date.now();
  #step = 0;

  constructor(active: number, everyMs: number) {
    this.#active = active;
    this.#everyMs = everyMs;
    this.jobs = Array.from({ length: count }, (_, index) => this.#job(index));
  }

  step(): void {
    const first = (this.#step++ * changingAtOnce) % this.#active;
    for (let index = first; index < first + changingAtOnce; index++) {
      const job = this.jobs[index % this.#active]!;
      const percent = (job.progress.percent + 3) % 91;
      const attempts = percent < job.progress.percent ? job.attempts + 1 : job.attempts;
      const progress = { ...job.progress, percent, bytesDone: percent * 1e7, etaSeconds: 100 - percent };
      this.jobs[index % this.#active] = { ...job, version: job.version + 1, attempts, progress };
    }
  }

  /** What a browser that asked for them keeps in its storage. */
  kept(): Record<string, string> {
    const lastPolled = new Date().toISOString();
    const entries = this.jobs.map((job) => {
      const { jobId, fileIds, fileName, clientRequestId, timestamps } = job;
      const place = { rowId: jobId, askedAt: timestamps.queuedAt };
      return [`job_${jobId}`, JSON.stringify({ place, asked: { fileIds, fileName, size: null, clientRequestId }, job, lastPolled })];
    });
    return Object.fromEntries(entries) as Record<string, string>;
  }

  #job(index: number): Job {
    const status = index < this.#active ? 'running' : endings[index % endings.length]!;
    const at = (ms: number) => new Date(this.#startedAt - ms).toISOString();
    const settled = isSettled(status);
    const hasFile = status === 'completed' || status === 'expired';
    return {
      jobId: `dl_${index.toString().padStart(22, '0')}`,
      fileId: 70_000 + index,
      fileIds: [70_000 + index],
      fileName: `survey-of-the-northern-harbour-${index}.laz`,
      fileCount: 1,
      files: null,
      status,
      settled,
      version: 3,
      progress: { percent: status === 'completed' ? 100 : 20, indeterminate: false, bytesDone: 2e8, bytesTotal: 1e9, etaSeconds: 80, etaHighSeconds: 100 },
      attempts: 1,
      maxAttempts: 5,
      nextAttemptAt: null,
      queue: null,
      worker: null,
      timestamps: { queuedAt: at(index * this.#everyMs), startedAt: at(index * this.#everyMs), updatedAt: at(0), settledAt: settled ? at(60_000) : null },
      result: {
        url: status === 'completed' ? 'http://localhost/v1/download/x' : null,
        expiresAt: null,
        size: hasFile ? 1e9 : null,
        contentType: 'application/octet-stream',
        sha256: hasFile ? 'ab'.repeat(32) : null,
      },
      errorCode: status === 'failed' ? 'source-unavailable' : null,
      errorMessage: null,
      lastAttemptAt: null,
      clientRequestId: `request-${index}`,
      userId: 'bench',
      priority: 'normal',
      expiresAt: new Date(this.#startedAt + 86_400_000).toISOString(),
      nextPollInMs: settled ? null : 1000,
      traceId: '0'.repeat(32),
      retryOf: null,
    };
  }
}
