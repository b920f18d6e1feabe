import { createHash } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { jobSchema, type Job } from '#shared/job.ts';
import { say } from '../say.ts';
import { sleep } from '../sleep.ts';
import { Cluster } from './cluster.ts';

const memoryLimit = 350_000_000;
const block = 1_000_000;

/** One file of many gigabytes through a worker to S3 and out again, with bounded memory. True when all of it was right. */
export async function largeArtifact(megabytes: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'large-artifact-'));
  try {
    const original = await writeLargeFile(join(folder, '70412-large.bin'), megabytes);
    await using cluster = await Cluster.start({ environment: { FILES_DIR: folder }, keepsIn: 'disk' });
    const job = await prepared(cluster);
    const copied = await digestOf(job.result.url!);
    const peak = Math.max(...(await Promise.all(cluster.workers.map((worker) => worker.peakMemory()))));
    const right = copied === original && copied === job.result.sha256;
    const seconds = (Date.parse(job.timestamps.settledAt!) - Date.parse(job.timestamps.startedAt!)) / 1000;
    say(`${megabytes} MB through S3: SHA-256 ${right ? 'right' : 'WRONG'}, prepared in ${seconds.toFixed(0)} s, worker's peak memory (VmHWM) ${Math.round(peak / 1e6)} MB`);
    return right && peak < memoryLimit;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes that no repetition makes small; answers their SHA-256. */
async function writeLargeFile(path: string, megabytes: number): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  const bytes = Buffer.alloc(block);
  for (let index = 0; index < megabytes; index++) {
    createHash('shake256', { outputLength: 4096 }).update(String(index)).digest().copy(bytes);
    hash.update(bytes);
    await file.write(bytes);
  }
  await file.close();
  return hash.digest('hex');
}

async function prepared({ address }: Cluster): Promise<Job> {
  const asked = await fetch(address + downloadPaths.initiate(), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ file_id: 70_412 }),
  });
  const { jobId } = (await asked.json()) as InitiateResponse;
  for (;;) {
    const job = jobSchema.parse(await (await fetch(address + downloadPaths.status(jobId))).json());
    if (job.status === 'completed') return job;
    if (job.settled) throw new Error(`the job is ${job.status}: ${job.errorMessage}`);
    await sleep(500);
  }
}

async function digestOf(url: string): Promise<string> {
  const hash = createHash('sha256');
  const answer = await fetch(url);
  for await (const chunk of answer.body!) hash.update(chunk);
  return hash.digest('hex');
}
