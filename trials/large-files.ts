import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { jobSchema, type Job } from '#shared/job.ts';
import { chromiumLaunch } from '../e2e/support/chromium-launch.ts';
import { ProgramProcess } from '../e2e/support/program-process.ts';
import { say } from './say.ts';

const megabytes = Number(process.argv[2] ?? 3000);
const smallFiles = Number(process.argv[3] ?? 10_000);
const memoryLimit = 250_000_000;

/** A very large file and a folder of very many, from a real folder through the program to the disk of a browser. */
const work = await mkdtemp(join(tmpdir(), 'large-files-'));
try {
  const folder = join(work, 'files');
  const original = await writeLargeFile(join(folder, '70412-large.bin'));
  await writeSmallFiles(join(folder, '70413-many'));
  await using program = await ProgramProcess.start({ FILES_DIR: folder, LOG_LEVEL: 'warn' });
  const browser = await chromium.launch(chromiumLaunch);
  const page = await browser.newPage();

  const large = await prepared(program, 70_412);
  const largeCopy = await fetchByLink(page, large, join(work, 'large.bin'));
  const copied = await digestOf(largeCopy);
  say(`${megabytes} MB file: SHA-256 ${copied === original && copied === large.result.sha256 ? 'right' : 'WRONG'}, prepared in ${seconds(large)} s`);

  const many = await prepared(program, 70_413);
  const zip = await fetchByLink(page, many, join(work, 'many.zip'));
  const sameZip = (await digestOf(zip)) === many.result.sha256;
  const report = execFileSync('unzip', ['-tq', zip], { encoding: 'utf8' }).trim();
  const entries = Number(/(\d+) files/.exec(execFileSync('unzip', ['-l', zip], { encoding: 'utf8', maxBuffer: 2 ** 28 }).trim().split('\n').at(-1)!)![1]);
  say(`folder of ${smallFiles} files: SHA-256 ${sameZip ? 'right' : 'WRONG'}, ${entries} entries, prepared in ${seconds(many)} s; ${report.replace(zip, 'the ZIP')}`);

  const peak = await program.peakMemory();
  say(`peak memory of the server process (VmHWM): ${Math.round(peak / 1e6)} MB`);
  await browser.close();
  const kept = copied === original && copied === large.result.sha256 && sameZip && entries === smallFiles && peak < memoryLimit;
  say(kept ? 'Every promise was kept.' : 'A PROMISE WAS BROKEN.');
  process.exitCode = kept ? 0 : 1;
} finally {
  await rm(work, { recursive: true, force: true });
}

/** Bytes that no compression and no repetition makes small; answers their SHA-256. */
async function writeLargeFile(path: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  const block = Buffer.alloc(1_000_000);
  for (let index = 0; index < megabytes; index++) {
    createHash('shake256', { outputLength: 4096 }).update(String(index)).digest().copy(block);
    hash.update(block);
    await file.write(block);
  }
  await file.close();
  return hash.digest('hex');
}

async function writeSmallFiles(folder: string): Promise<void> {
  for (let index = 0; index < smallFiles; index++) {
    const inside = join(folder, `part-${index % 100}`);
    if (index < 100) await mkdir(inside, { recursive: true });
    await writeFile(join(inside, `note ${index}.txt`), `This is note ${index}.\n`.repeat(20 + (index % 50)));
  }
}

async function prepared(program: ProgramProcess, fileId: number): Promise<Job> {
  const asked = await fetch(program.address + downloadPaths.initiate(), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ file_id: fileId }),
  });
  const { jobId } = (await asked.json()) as InitiateResponse;
  for (;;) {
    const job = jobSchema.parse(await (await fetch(program.address + downloadPaths.status(jobId))).json());
    if (job.status === 'completed') return job;
    if (job.settled) throw new Error(`the job is ${job.status}: ${job.errorMessage}`);
    await new Promise((wake) => setTimeout(wake, 250));
  }
}

/** What a click on the link in the dashboard does: the browser follows the redirect and saves the file. */
async function fetchByLink(page: Page, { result }: Job, path: string): Promise<string> {
  await page.setContent(`<a href="${result.url}">Download</a>`);
  const started = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  await (await started).saveAs(path);
  return path;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function seconds({ timestamps }: Job): string {
  return ((Date.parse(timestamps.settledAt!) - Date.parse(timestamps.startedAt!)) / 1000).toFixed(1);
}
