import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { ProgramProcess } from '../../e2e/support/program-process.ts';
import type { LoadReport } from '../load.ts';
import { inWords, measureLoad, median } from '../measure-load.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { firstLoad } from './first-load.ts';

const connections = 32;
const warmUpMs = 3000;
const measuredMs = 4000;
const rounds = Number(process.argv[2] ?? 4);
/** In the simulated source: one that is ready soon, and one that never comes. */
const [soon, never] = [54_321, 99_999_904];
const quick = { LOG_LEVEL: 'warn', DOWNLOAD_DELAY_MIN_MS: '0', DOWNLOAD_DELAY_MAX_MS: '0', DOWNLOAD_WORKER_CONCURRENCY: '1' };

interface Case {
  readonly name: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly reports: Measured[];
}

interface Measured extends LoadReport {
  /** Of the processor, for each poll. */
  readonly microseconds: number;
  /** The most that the program has had. */
  readonly memory: number;
}

/**
 * What telemetry costs: status polls a second of the program as it is started, with tracing disabled, with nothing said of it,
 * with every trace recorded, with metrics and error reports besides, and with a tenth of the traces. They run in turn, each
 * alone beside a collector and the load, so that only the ratios are to be read; and how much of a processor a poll takes, which a machine that is busy otherwise changes less. And
 * what a browser loads of the page with each.
 */
const collector = fork(resolve(import.meta.dirname, 'collector.ts'));
const [port] = (await once(collector, 'message')) as [number];
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
const loader = fork(resolve(import.meta.dirname, '../load.ts'));
const cases: readonly Case[] = [
  { name: 'disabled', environment: { ...endpoint, OTEL_SDK_DISABLED: 'true' }, reports: [] },
  { name: 'not configured', environment: {}, reports: [] },
  { name: 'on', environment: endpoint, reports: [] },
  { name: 'and all else', environment: { ...endpoint, METRICS_PORT: '0', SENTRY_DSN: 'http://key@127.0.0.1:9/1' }, reports: [] },
  { name: 'sampled at 10 %', environment: { ...endpoint, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' }, reports: [] },
];
try {
  for (let round = 0; round < rounds; round++) {
    // Each comes first as often as last: what else the machine does has a rhythm of its own.
    for (let turn = 0; turn < cases.length; turn++) {
      const one = cases[(round + turn) % cases.length]!;
      one.reports.push(await measure(one));
    }
  }
  reportPolls();
  say('Scripts of a first visit, packed by gzip');
  for (const { name, environment } of cases) {
    await using program = await ProgramProcess.start({ ...quick, ...environment });
    const { first, later } = await firstLoad(program.address);
    say(`  ${name.padEnd(16)} ${kilobytes(first)} kB at first   ${kilobytes(later)} kB once the page has rested`);
  }
} finally {
  for (const child of [collector, loader]) child.disconnect();
}

async function measure({ environment }: Case): Promise<Measured> {
  await using program = await ProgramProcess.start({ ...quick, ...environment });
  const order = { port: program.port, paths: await jobsToPoll(program), connections };
  await measureLoad(loader, { ...order, forMs: warmUpMs });
  const before = await cpuTimeMs(program.pid);
  const report = await measureLoad(loader, { ...order, forMs: measuredMs });
  const microseconds = (((await cpuTimeMs(program.pid)) - before) * 1000) / report.answers;
  return { ...report, microseconds, memory: await program.peakMemory() };
}

function reportPolls(): void {
  say(`Status polls, ${connections} connections kept alive, ${rounds} rounds of ${measuredMs / 1000} s in turn, medians`);
  say(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  const disabled = cases[0]!.reports;
  for (const { name, reports } of cases) {
    const own = median(reports);
    const cost = cheapest(reports);
    const ratio = (own.perSecond / median(disabled).perSecond).toFixed(2);
    const ofProcessor = `${cost.toFixed(0)} µs of a processor a poll, ratio ${(cheapest(disabled) / cost).toFixed(2)}`;
    const memory = Math.round(Math.max(...reports.map((one) => one.memory)) / 1e6);
    say(`  ${name.padEnd(16)} ${inWords(own)}   ratio ${ratio}   ${ofProcessor}   peak memory ${memory} MB`);
  }
}

/** What else goes on can only add to it. */
function cheapest(reports: readonly Measured[]): number {
  return Math.min(...reports.map(({ microseconds }) => microseconds));
}

/** One job that is ready, one that is worked on and one in line behind it. */
async function jobsToPoll(program: ProgramProcess): Promise<string[]> {
  const ready = await ask(program, soon);
  await until(program, ready, 'completed');
  const underWay = await ask(program, never);
  await until(program, underWay, 'running');
  return [ready, underWay, await ask(program, soon + 1)].map((jobId) => downloadPaths.status(jobId));
}

async function ask(program: ProgramProcess, fileId: number): Promise<string> {
  const body = JSON.stringify({ file_id: fileId });
  const answer = await fetch(program.address + downloadPaths.initiate(), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  return ((await answer.json()) as InitiateResponse).jobId;
}

async function until(program: ProgramProcess, jobId: string, status: string): Promise<void> {
  for (let left = 600; left > 0; left--) {
    const answer = await fetch(program.address + downloadPaths.status(jobId));
    if (((await answer.json()) as { status: string }).status === status) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`a job was not ${status} within a minute`);
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1).padStart(6);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
