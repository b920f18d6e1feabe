import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { servicePaths } from '#shared/service-api.ts';
import { aProgram, type TestProgram } from '../testing/a-program.ts';
import type { OtlpReceiver } from '../testing/otlp-receiver.ts';
import { spanTree } from '../testing/span-tree.ts';
import { startOtlpReceiver } from '../testing/start-otlp-receiver.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const caller = '00f067aa0ba902b7';
const files = { whole: 10_000, forbidden: 99_999_902 };
/** In `SpanKind` of OTLP. */
const [server, consumer] = [2, 5];

/** A program whose traces are received. */
async function aTracedProgram(environment: NodeJS.ProcessEnv = {}) {
  const { receiver, environment: sending } = await startOtlpReceiver();
  return { receiver, program: await aProgram({ ...sending, ...environment }) };
}

async function ask(program: TestProgram, fileId: number, headers: Record<string, string> = {}) {
  const answer = await program.post(downloadPaths.initiate(), { file_id: fileId }, headers);
  const { jobId } = (await answer.json()) as { jobId: string };
  return program.until(jobId);
}

const named = (receiver: OtlpReceiver, name: string) => receiver.until((spans) => spans.find((span) => span.name === name));

describe('the traces of a program that was told where to send them', () => {
  it('tell of a download as one tree, from the request to the published file', async () => {
    const { receiver, program } = await aTracedProgram();
    const { traceId, jobId, result } = await ask(program, files.whole);
    const attempt = await named(receiver, 'attempt');
    await named(receiver, 'POST /v1/download/initiate');
    expect(spanTree(receiver.ofTrace(traceId))).toEqual({
      'POST /v1/download/initiate': { enqueue: {}, attempt: { source: {}, packing: {}, upload: {}, check: {}, publish: {} } },
    });
    expect(attempt.attributes).toEqual({ 'job.id': jobId, 'job.attempt': 1, 'attempt.outcome': 'completed', 'job.bytes': result.size, 'job.served': 1 });
    expect(receiver.complaints).toEqual([]);
  });

  it('continue the trace of the caller', async () => {
    const { receiver, program } = await aTracedProgram();
    await program.fetch(downloadPaths.status('dl_none'), { headers: { traceparent: `00-${trace}-${caller}-00` } });
    const span = await named(receiver, 'GET /v1/download/status/:jobId');
    expect(span).toMatchObject({ traceId: trace, parentSpanId: caller, kind: server });
    expect(span.attributes).toEqual({ 'http.request.method': 'GET', 'http.route': '/v1/download/status/:jobId', 'http.response.status_code': 404 });
  });

  it.each(['00-zz', `00-${'0'.repeat(32)}-${caller}-01`, `ff-${trace}-${caller}-01`, `00-${trace}-${caller}-01-more`])('begin anew where the caller says %s', async (traceparent) => {
    const { receiver, program } = await aTracedProgram();
    await program.fetch(servicePaths.capabilities, { headers: { traceparent } });
    const span = await named(receiver, `GET ${servicePaths.capabilities}`);
    expect([span.traceId === trace, span.parentSpanId]).toEqual([false, undefined]);
  });

  it('keep no more of a trace state than W3C allows, and nothing of a baggage', async () => {
    const { receiver, program } = await aTracedProgram();
    const members = Array.from({ length: 40 }, (_, nth) => `vendor${nth}=${'v'.repeat(20)}`);
    const headers = { traceparent: `00-${trace}-${caller}-01`, tracestate: members.join(','), baggage: 'user=somebody' };
    await ask(program, files.whole, headers);
    await named(receiver, 'attempt');
    const { traceState } = await named(receiver, 'POST /v1/download/initiate');
    expect([traceState!.startsWith(members[0]!), traceState!.split(',').length <= 32, traceState!.length <= 512]).toEqual([true, true, true]);
    expect(receiver.requests.map(({ body }) => body).join()).not.toContain('somebody');
  });

  it('say of an attempt that failed what kind of fault it was, and not in which words', async () => {
    const { receiver, program } = await aTracedProgram();
    const { errorCode, errorMessage } = await ask(program, files.forbidden);
    const attempt = await named(receiver, 'attempt');
    expect([attempt.status.code, attempt.attributes['error.type'], attempt.attributes['attempt.outcome']]).toEqual([2, errorCode, 'failed']);
    expect(receiver.requests.map(({ body }) => body).join()).not.toContain(errorMessage);
  });

  it('tell of each job in its own trace where several share an attempt, each with a link to the other', async () => {
    const { receiver, program } = await aTracedProgram({ DOWNLOAD_WORKER_CONCURRENCY: '1', DOWNLOAD_DELAY_MIN_MS: '300', DOWNLOAD_DELAY_MAX_MS: '300' });
    const [one, other] = await Promise.all([ask(program, files.whole), ask(program, files.whole)]);
    const attempt = await named(receiver, 'attempt');
    const shared = await named(receiver, 'shared attempt');
    expect([attempt.traceId, shared.traceId].toSorted()).toEqual([one.traceId, other.traceId].toSorted());
    expect([attempt.kind, shared.kind, attempt.attributes['job.served']]).toEqual([consumer, consumer, 2]);
    expect([attempt.links[0]!.traceId, shared.links[0]]).toEqual([shared.traceId, expect.objectContaining({ traceId: attempt.traceId, spanId: attempt.spanId })]);
  });

  it('begin with requests alone: sweeps and heartbeats, probes and files of the page have none', async () => {
    const { receiver, program } = await aTracedProgram();
    await program.fetch(servicePaths.health);
    await program.fetch(servicePaths.docs);
    await ask(program, files.whole);
    await named(receiver, 'attempt');
    await program.stop(1000);
    const tops = receiver.spans.filter(({ parentSpanId }) => parentSpanId === undefined);
    expect(tops.length).toBeGreaterThan(0);
    expect(tops.filter(({ kind, name }) => kind !== server || !name.includes('/v1/'))).toEqual([]);
  });

  it('say who sends them in the words of the operator', async () => {
    const { receiver, program } = await aTracedProgram({
      OTEL_SERVICE_NAME: 'downloads of ours',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=trial, team=a%20b',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20token',
    });
    await program.fetch(servicePaths.capabilities);
    const { resource } = await named(receiver, `GET ${servicePaths.capabilities}`);
    expect(resource).toMatchObject({ 'service.name': 'downloads of ours', 'deployment.environment.name': 'trial', team: 'a b', 'download.role': 'all' });
    expect(receiver.requests[0]!.headers.authorization).toBe('Bearer token');
  });
});

describe('which traces are recorded', () => {
  /** Of two ids one that is recorded at a tenth, and one that is not. */
  const ids = { chosen: '00000001000000000000000000000000', left: trace };
  const tenth = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' };

  it('is decided by the id, and never by the flag that a stranger sends', async () => {
    const { receiver, program } = await aTracedProgram(tenth);
    const left = await ask(program, files.whole, { traceparent: `00-${ids.left}-${caller}-01` });
    const chosen = await ask(program, files.whole + 1, { traceparent: `00-${ids.chosen}-${caller}-00` });
    await receiver.until((spans) => spans.find(({ name, traceId }) => name === 'attempt' && traceId === ids.chosen));
    await program.stop(1000);
    expect([left.traceId, chosen.traceId]).toEqual([ids.left, ids.chosen]);
    expect(receiver.ofTrace(ids.left)).toEqual([]);
  });

  it('is none when a ratio of nothing is asked for, and ids are passed on all the same', async () => {
    const { receiver, program } = await aTracedProgram({ OTEL_TRACES_SAMPLER: 'always_off' });
    expect((await ask(program, files.whole, { traceparent: `00-${trace}-${caller}-01` })).traceId).toBe(trace);
    await program.stop(1000);
    expect(receiver.requests).toEqual([]);
  });

  it('does not depend on the case of the path', async () => {
    const { receiver, program } = await aTracedProgram();
    await program.fetch(servicePaths.capabilities.toUpperCase(), { headers: { traceparent: `00-${trace}-${caller}-01` } });
    expect((await named(receiver, `GET ${servicePaths.capabilities}`)).traceId).toBe(trace);
  });

  it('is told to the page, so that it decides alike', async () => {
    const ratioOf = async (environment: NodeJS.ProcessEnv) => {
      const { program } = await aTracedProgram(environment);
      return ((await (await program.fetch(servicePaths.capabilities)).json()) as { page: { sampleRatio: number | null } }).page.sampleRatio;
    };
    expect([await ratioOf({}), await ratioOf(tenth), await ratioOf({ OTEL_SDK_DISABLED: 'true' })]).toEqual([1, 0.1, null]);
  });
});

describe('a process that ends with an error that nobody caught', () => {
  it('sends what was over by then', { timeout: 30_000 }, async () => {
    const { receiver, environment } = await startOtlpReceiver();
    const dataDir = await mkdtemp(join(tmpdir(), 'downloads-'));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const crash = 'data:text/javascript,process.on("SIGUSR2", () => { throw new Error("nobody catches it"); })';
    const settings = { PORT: '0', DATA_DIR: dataDir, NODE_ENV: 'development', ...environment, OTEL_BSP_SCHEDULE_DELAY: '60000' };
    const child = spawn(process.execPath, ['--import', crash, join(import.meta.dirname, '../main.ts')], { env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
    const [, address] = await new Promise<RegExpExecArray>((found) => {
      let said = '';
      child.stdout.on('data', (text) => {
        const told = /"address":"([^"]+)"/.exec((said += text));
        if (told) found(told);
      });
    });
    await fetch(address! + servicePaths.capabilities, { headers: { traceparent: `00-${trace}-${caller}-01` } });
    child.kill('SIGUSR2');
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(receiver.ofTrace(trace)).toHaveLength(1);
  });
});

describe('a collector that takes nothing', () => {
  const words = (program: TestProgram) => program.log.lines.map(({ message }) => message).filter((message) => message.includes('collector'));

  it('is told of once, and so is its return', async () => {
    const { receiver, program } = await aTracedProgram();
    const request = () => program.fetch(servicePaths.capabilities);
    receiver.manner = 'refuse';
    await request();
    await expect.poll(() => words(program), { timeout: 20_000 }).toHaveLength(1);
    await request();
    receiver.manner = 'take';
    await expect.poll(async () => (await request(), words(program)), { timeout: 20_000, interval: 200 }).toHaveLength(2);
    expect(words(program)).toEqual(['traces are not taken by the collector: they are lost meanwhile', 'traces are taken by the collector again']);
  });

  it('delays a stop by two seconds at the most', async () => {
    const { receiver, program } = await aTracedProgram();
    receiver.manner = 'stay silent';
    await program.fetch(servicePaths.capabilities);
    const began = performance.now();
    await program.stop(0);
    // The rest is for a machine that is busy.
    expect(performance.now() - began).toBeLessThan(4000);
  });
});
