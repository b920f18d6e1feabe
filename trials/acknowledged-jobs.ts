import { createHash } from 'node:crypto';
import { downloadPaths, idsPerPoll, type InitiateResponse, type StatusesResponse } from '#shared/download-api.ts';
import type { Job } from '#shared/job.ts';
import { simulatedBytes } from '../server/file-source/simulated-bytes.ts';
import { inTurn } from './in-turn.ts';
import { say } from './say.ts';
import { sleep } from './sleep.ts';

const longestWaitMs = 300_000;
const fetchedAtOnce = 8;

/** The jobs that a service acknowledged while it was troubled, to be held against what it promised. */
export class AcknowledgedJobs {
  readonly jobIds = new Set<string>();
  /** Asks that were not acknowledged, by status; 0 where no answer came at all. */
  readonly refusals = new Map<number, number>();
  readonly #address: () => string;

  constructor(address: () => string) {
    this.#address = address;
  }

  /** Asks once for a simulated file, and remembers the job if it was acknowledged. */
  async ask(fileId: number, more: object = {}): Promise<void> {
    const answer = await fetch(this.#address() + downloadPaths.initiate(), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ file_id: fileId, ...more }),
    }).catch(() => null);
    const accepted = answer?.status === 202 ? ((await answer.json().catch(() => null)) as InitiateResponse | null) : null;
    if (accepted) this.jobIds.add(accepted.jobId);
    else this.refusals.set(answer?.status ?? 0, (this.refusals.get(answer?.status ?? 0) ?? 0) + 1);
  }

  /** Asks for one after the other at a steady pace, whatever becomes of the answers. */
  async askSteadily(perSecond: number, fileIds: readonly number[]): Promise<void> {
    const began = performance.now();
    const asking: Promise<void>[] = [];
    for (const [turn, fileId] of fileIds.entries()) {
      await sleep(Math.max(0, began + (turn * 1000) / perSecond - performance.now()));
      asking.push(this.ask(fileId));
    }
    await Promise.all(asking);
  }

  /** Waits until all are settled, for 5 minutes at most, and answers them as they are then. */
  async settled(): Promise<Job[]> {
    for (let waitedMs = 0; waitedMs < longestWaitMs; waitedMs += 500) {
      const jobs = await this.statuses();
      if (jobs.length === this.jobIds.size && jobs.every(({ settled }) => settled)) return jobs;
      await sleep(500);
    }
    return this.statuses();
  }

  async statuses(): Promise<Job[]> {
    const all = [...this.jobIds];
    const jobs: Job[] = [];
    for (let start = 0; start < all.length; start += idsPerPoll) {
      const ids = all.slice(start, start + idsPerPoll).join();
      const answer = await fetch(`${this.#address()}${downloadPaths.statuses()}?ids=${ids}`).catch(() => null);
      if (answer?.ok) jobs.push(...((await answer.json()) as StatusesResponse).jobs);
    }
    return jobs;
  }

  /** Waits for the end, fetches every file, and says what came out. True when all completed with the bytes of the source. */
  async keptItsPromise(): Promise<boolean> {
    const jobs = await this.settled();
    const byStatus = Object.entries(Object.groupBy(jobs, ({ status }) => status)).map(([status, some]) => `${some.length} ${status}`);
    const wrong = (await inTurn(jobs, fetchedAtOnce, (job) => isRight(job).catch(() => false))).filter((right) => !right).length;
    const refused = [...this.refusals].map(([status, count]) => `${count} × ${status === 0 ? 'no answer' : status}`).join(', ') || 'none';
    say(`${this.jobIds.size} jobs acknowledged (refused: ${refused}); settled: ${byStatus.join(', ')}; artifacts whose bytes differ from the source: ${wrong}`);
    return jobs.length === this.jobIds.size && jobs.every(({ status }) => status === 'completed') && wrong === 0;
  }
}

async function isRight({ fileId, result }: Job): Promise<boolean> {
  if (result.url === null || result.size === null) return false;
  const bytes = await bytesAt(result.url).catch(() => bytesAt(result.url!));
  const digest = createHash('sha256').update(bytes).digest('hex');
  return digest === result.sha256 && bytes.equals(simulatedBytes(fileId, 0, result.size));
}

/** A kept connection may just be closed by the other side; then a GET is sent again, as browsers do. */
async function bytesAt(url: string): Promise<Buffer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the file was answered with ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}
