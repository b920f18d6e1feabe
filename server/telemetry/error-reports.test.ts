import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadPaths } from '#shared/download-api.ts';
import { readConfig } from '../config.ts';
import { levelOf } from '../downloads/errors.ts';
import { StorageFault } from '../downloads/faults.ts';
import { prepareDownload } from '../downloads/prepare-download.ts';
import { programVersion } from '../program-version.ts';
import { startProgram } from '../start-program.ts';
import { aCluster } from '../testing/a-cluster.ts';
import { aProgram } from '../testing/a-program.ts';
import { collectedLog } from '../testing/collected-log.ts';
import { describeWith } from '../testing/describe-with.ts';
import { embeddedPorts } from '../testing/embedded-ports.ts';
import type { SentryReceiver } from '../testing/sentry-receiver.ts';
import { startSentryReceiver } from '../testing/start-sentry-receiver.ts';
import { reportedLog } from './reported-log.ts';

const [unreachable, refused, silent] = [99_999_901, 99_999_902, 99_999_904];
const about = { release: 'delineate-downloads@1', environment: 'test', role: 'all' };
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const never = new AbortController().signal;

async function aReportedLog({ dsn }: Pick<SentryReceiver, 'dsn'>) {
  const reported = await reportedLog(collectedLog(), { dsn, ...about });
  onTestFinished(() => reported.close());
  return reported;
}

describe('an error that wants somebody to look', () => {
  it('is an event with trace, job, request, attempt and code, where a job failed for good', async () => {
    const sentry = await startSentryReceiver();
    const program = await aProgram({ SENTRY_DSN: sentry.dsn, DOWNLOAD_MAX_ATTEMPTS: '1' });
    const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
    const answer = await program.post(downloadPaths.initiate(), { file_id: unreachable }, { traceparent, 'X-Request-Id': 'asked' });
    const { jobId } = (await answer.json()) as { jobId: string };
    const event = await sentry.until(() => true);
    expect(event).toMatchObject({
      level: 'error',
      release: 'test',
      tags: { trace_id: trace, jobId, requestId: 'asked', attempt: 1, errorCode: 'source-unavailable', role: 'all' },
      contexts: { trace: { trace_id: trace } },
      exception: { values: [{ type: 'SourceFault', mechanism: { handled: true } }] },
    });
    expect((await program.job(jobId)).traceId).toBe(trace);
    expect(sentry.complaints).toEqual([]);
  });

  it('is an event where nobody foresaw it, in an attempt', async () => {
    const sentry = await startSentryReceiver();
    const { log } = await aReportedLog(sentry);
    const files = { 1: () => Promise.reject(new TypeError('Cannot read it.', { cause: new Error('the reason') })) };
    const ports = { ...(await embeddedPorts({ files })), log };
    const { jobId } = await ports.accept();
    await prepareDownload(ports, 'w', { jobId, signal: never, cancelled: never });
    const event = await sentry.until(() => true);
    expect(event.exception?.values?.map(({ type, value }) => [type, value])).toEqual([['Error', 'the reason'], ['TypeError', 'Cannot read it.']]);
    expect(event.tags).toMatchObject({ jobId, trace_id: 'a'.repeat(32), errorCode: 'internal' });
    expect(event.exception?.values?.at(-1)?.stacktrace?.frames?.at(-1)).toMatchObject({ filename: expect.stringContaining('error-reports.test.ts') as string });
  });

  it('is an event where nobody foresaw it, in a request', async () => {
    const sentry = await startSentryReceiver();
    const { log } = await aReportedLog(sentry);
    const dataDir = await mkdtemp(join(tmpdir(), 'downloads-'));
    const routes = () => {
      throw new RangeError('nobody foresaw this');
    };
    const program = await startProgram(readConfig({ PORT: '0', DATA_DIR: dataDir }), log, async () => ({ routes, close: async () => {} }));
    onTestFinished(async () => {
      await program.stop(0);
      await rm(dataDir, { recursive: true });
    });
    const answer = await fetch(`${program.address}/`, { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-00` } });
    expect([answer.status, ((await answer.json()) as { traceId: string }).traceId]).toEqual([500, trace]);
    const { exception, tags, contexts } = await sentry.until(() => true);
    expect([exception?.values?.[0]?.type, tags?.['trace_id'], tags?.['errorCode'], contexts?.trace?.trace_id]).toEqual(['RangeError', trace, 'internal', trace]);
    expect(contexts?.trace?.span_id).not.toBe('00f067aa0ba902b7');
  });

  it('ends the process where nobody caught it, after it was told', { timeout: 60_000 }, async () => {
    const sentry = await startSentryReceiver();
    const dataDir = await mkdtemp(join(tmpdir(), 'downloads-'));
    onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
    const late = 'data:text/javascript,setTimeout(() => Promise.reject(new Error("nobody waits for it")), 2000)';
    const environment = { ...process.env, PORT: '0', DATA_DIR: dataDir, SENTRY_DSN: sentry.dsn, NODE_ENV: 'development' };
    const child = spawn(process.execPath, ['--import', late, join(import.meta.dirname, '../main.ts')], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(said.trim().split('\n').map((line) => (JSON.parse(line) as { level: string }).level)).toContain('fatal');
    expect(await sentry.until(() => true)).toMatchObject({
      level: 'fatal',
      release: `delineate-downloads@${programVersion()}`,
      exception: { values: [{ value: 'nobody waits for it', mechanism: { handled: false } }] },
    });
  });

  it('is told with its code, and without a trace where nobody knows one', async () => {
    const sentry = await startSentryReceiver();
    const { log, close } = await aReportedLog(sentry);
    log.error({ sweep: 'objects', err: new StorageFault('checksum-mismatch', 'It is not what was written.') }, 'sweep failed');
    await close();
    const [{ tags, contexts }] = sentry.events as [(typeof sentry.events)[number]];
    expect([tags?.['errorCode'], tags?.['trace_id'], contexts?.trace]).toEqual(['checksum-mismatch', undefined, undefined]);
  });
});

describe('errors that are alike', () => {
  it('are an event each, so that the trace of every job is found', async () => {
    const sentry = await startSentryReceiver();
    const { log, close } = await aReportedLog(sentry);
    for (const jobId of ['dl_1', 'dl_2', 'dl_3']) log.error({ err: new Error('it did not answer'), jobId }, 'job failed for good');
    await close();
    expect(sentry.events.map(({ tags }) => tags?.['jobId'])).toEqual(['dl_1', 'dl_2', 'dl_3']);
  });
});

describe('what is no event', () => {
  it('is a storage that is away, and a damaged copy is one', () => {
    expect([levelOf(new StorageFault('storage-unavailable', 'away')), levelOf(new StorageFault('checksum-mismatch', 'damaged'))]).toEqual(['warn', 'error']);
  });

  it('is a refusal, a cancel, somebody who went away, and a job whose request was at fault', { timeout: 60_000 }, async () => {
    const sentry = await startSentryReceiver();
    const program = await aProgram({ SENTRY_DSN: sentry.dsn, DOWNLOAD_MAX_ATTEMPTS: '1' });
    const { jobId } = await program.ask({ file_id: silent });
    await program.until(jobId, ({ status }) => status === 'running');
    const statuses = [
      await program.fetch('/nowhere'),
      await program.post(downloadPaths.initiate(), { file_id: 'x' }),
      await program.post(downloadPaths.initiate(), { file_id: 5 }),
      await program.fetch(downloadPaths.download(jobId)),
      await program.fetch(downloadPaths.status('dl_unknown')),
      await program.fetch(downloadPaths.initiate(), { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([404, 400, 404, 409, 404, 400]);
    const { hostname, port } = new URL(program.address);
    const leaving = connect(Number(port), hostname);
    leaving.write('POST /v1/download/initiate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"file');
    await once(leaving, 'connect');
    leaving.destroy();
    await program.post(downloadPaths.cancel(jobId));
    await program.until((await program.ask({ file_id: refused })).jobId);

    const last = await program.ask({ file_id: unreachable });
    await sentry.until(({ tags }) => tags?.['jobId'] === last.jobId);
    expect(sentry.events).toHaveLength(1);
  });
});

describe('a report', () => {
  it('holds no address with what it may hide, no variable, no request, no host and no list of what was done', async () => {
    const sentry = await startSentryReceiver();
    const { log } = await aReportedLog(sentry);
    const secret = 's3cret';
    const err = Object.assign(new Error(`GET https://ada:${secret}@s3/b/k?X-Amz-Signature=${secret} failed`), { command: { args: [secret] }, headers: { cookie: secret } });
    log.error({ err, trace_id: trace, requestId: 'r', body: secret, cookie: secret, userId: secret }, `it failed with ${secret}`);
    const event = await sentry.until(() => true);
    expect(sentry.bodies.join('')).not.toContain(secret);
    expect(Object.keys(event).toSorted()).toEqual(['contexts', 'environment', 'event_id', 'exception', 'level', 'platform', 'release', 'sdk', 'tags', 'timestamp']);
    expect(Object.keys(event.contexts!)).toEqual(['trace']);
    expect(event.exception?.values?.[0]?.value).toBe('GET https://s3/b/k?… failed');
  });

  it('is not made of a thousand lines for one outage', async () => {
    const sentry = await startSentryReceiver();
    const { log, close } = await aReportedLog(sentry);
    for (let n = 0; n < 1000; n++) log.error({ err: new Error(`number ${n}`) }, 'it failed');
    await close();
    expect(sentry.events.length).toBeGreaterThan(5);
    expect(sentry.events.length).toBeLessThan(50);
  });

  it('holds up no stop where Sentry is silent', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { log, close } = await reportedLog(collectedLog(), { dsn: `http://key@127.0.0.1:${(server.address() as AddressInfo).port}/1`, ...about });
    log.error({ err: new Error('lost') }, 'it failed');
    const beganAt = performance.now();
    await close();
    expect(performance.now() - beganAt).toBeLessThan(10_000);
  });
});

describeWith('redis-server', 'an error in a worker of many processes', () => {
  it('is an event with the trace of the request that asked elsewhere', async () => {
    const sentry = await startSentryReceiver();
    const cluster = await aCluster({ environment: { SENTRY_DSN: sentry.dsn, DOWNLOAD_MAX_ATTEMPTS: '1' } });
    const [api] = [await cluster.api(), await cluster.worker()];
    const { jobId } = await api.ask({ file_id: unreachable });
    const { traceId } = await api.until(jobId);
    const event = await sentry.until(() => true);
    expect(event.tags).toMatchObject({ trace_id: traceId, jobId, role: 'worker' });
    expect(event.contexts?.trace?.trace_id).toBe(traceId);
  });
});
