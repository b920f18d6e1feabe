import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { downloadPaths, type InitiateResponse } from '#shared/download-api.ts';
import { ProgramProcess } from '../../e2e/support/program-process.ts';
import type { LoadReport } from '../load.ts';
import { measureLoad } from '../measure-load.ts';
import { middle } from '../middle.ts';
import { cpuTimeMs } from './cpu-time.ts';
import { firstLoad } from './first-load.ts';

const connections = 32;
const warmUpMs = 2500;
/** Before each slice: after a rest more is recorded than in the long run. */
const runInMs = 300;
/** Long enough to count, and too short for the machine to change much between two of them. */
const sliceMs = 500;
const slices = 8;
const rounds = Number(process.argv[2] ?? 9);
/** In the simulated source: one that is ready soon, and one that never comes. */
const [soon, never] = [54_321, 99_999_904];
const quick = { LOG_LEVEL: 'warn', DOWNLOAD_DELAY_MIN_MS: '0', DOWNLOAD_DELAY_MAX_MS: '0', DOWNLOAD_WORKER_CONCURRENCY: '1' };

interface Case {
  readonly name: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly seen: Measured[];
}

/** Of one case in one round. */
interface Measured {
  readonly perSecond: number;
  /** Of a processor, for each poll. */
  readonly microseconds: number;
  /** The most that the program has had. */
  readonly memory: number;
}

interface Running {
  readonly program: ProgramProcess;
  readonly paths: string[];
  /** In all of its slices: the answers, the time from first to last, and what of a processor they took. */
  readonly total: { answers: number; seconds: number; cpuMs: number };
}

/**
 * What telemetry costs: status polls a second of the program as it is started, with tracing disabled, with nothing said of it,
 * with every trace recorded, with metrics and error reports besides, and with a tenth of the traces. In each round all are
 * started anew and asked in turn, each alone beside a collector and the load, half a second at a time: what else the
 * machine does meets them alike. Each round has its own ratios, and the middle one is told. How much of a processor a poll
 * takes is told as well, for a machine that is busy otherwise changes that less; and what a browser loads of the page with each.
 */
const collector = fork(resolve(import.meta.dirname, 'collector.ts'));
const [port] = (await once(collector, 'message')) as [number];
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
const loader = fork(resolve(import.meta.dirname, '../load.ts'));
const cases: readonly Case[] = [
  { name: 'disabled', environment: { ...endpoint, OTEL_SDK_DISABLED: 'true' }, seen: [] },
  { name: 'not configured', environment: {}, seen: [] },
  { name: 'on', environment: endpoint, seen: [] },
  { name: 'and all else', environment: { ...endpoint, METRICS_PORT: '0', SENTRY_DSN: 'http://key@127.0.0.1:9/1' }, seen: [] },
  { name: 'sampled at 10 %', environment: { ...endpoint, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' }, seen: [] },
];
try {
  for (let round = 0; round < rounds; round++) await measureAll(round);
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

async function measureAll(round: number): Promise<void> {
  await using programs = new AsyncDisposableStack();
  const running: Running[] = [];
  for (const { environment } of cases) {
    const program = programs.use(await ProgramProcess.start({ ...quick, ...environment }));
    running.push({ program, paths: await jobsToPoll(program), total: { answers: 0, seconds: 0, cpuMs: 0 } });
  }
  for (const one of running) await poll(one, warmUpMs);
  // In each round another one follows another one; their number is prime, so that all have their turn.
  const stride = 1 + (round % (cases.length - 1));
  for (let turn = 0; turn < slices * cases.length; turn++) await addSlice(running[(turn * stride) % cases.length]!);
  for (const [at, { program, total }] of running.entries()) {
    const { answers, seconds, cpuMs } = total;
    cases[at]!.seen.push({ perSecond: answers / seconds, microseconds: (cpuMs * 1000) / answers, memory: await program.peakMemory() });
  }
}

async function addSlice(one: Running): Promise<void> {
  await poll(one, runInMs);
  const before = await cpuTimeMs(one.program.pid);
  const { answers, perSecond } = await poll(one, sliceMs);
  one.total.answers += answers;
  one.total.seconds += answers / perSecond;
  one.total.cpuMs += (await cpuTimeMs(one.program.pid)) - before;
}

function poll({ program, paths }: Running, forMs: number): Promise<LoadReport> {
  return measureLoad(loader, { port: program.port, paths, connections, forMs });
}

function reportPolls(): void {
  say(`Status polls, ${connections} connections kept alive, ${rounds} rounds of ${slices} × ${sliceMs / 1000} s each in turn, the middle of the rounds`);
  say(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  const disabled = cases[0]!.seen;
  for (const { name, seen } of cases) {
    const polls = seen.map(({ perSecond }, round) => perSecond / disabled[round]!.perSecond);
    const costs = seen.map(({ microseconds }, round) => disabled[round]!.microseconds / microseconds);
    const perSecond = Math.round(middle(seen.map((one) => one.perSecond)));
    const microseconds = middle(seen.map((one) => one.microseconds)).toFixed(0);
    const memory = Math.round(Math.max(...seen.map((one) => one.memory)) / 1e6);
    say(`  ${name.padEnd(16)} ${perSecond}/s, ratio ${inRange(polls)}   ${microseconds} µs of a processor a poll, ratio ${inRange(costs)}   peak memory ${memory} MB`);
  }
}

/** The middle one, and between which all lie. */
function inRange(ratios: readonly number[]): string {
  return `${middle(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
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
