import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { telling } from '../calls.ts';
import { readConfig } from '../config.ts';
import { during } from '../downloads/tracing.ts';
import { collectedLog } from '../testing/collected-log.ts';
import { startOtlpReceiver } from '../testing/start-otlp-receiver.ts';
import { openTracing } from './open-tracing.ts';

const asked = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const call = (operation: string) => telling({ system: 's3', operation }, async () => 'answer');

async function aTracing(more: NodeJS.ProcessEnv = {}) {
  const { receiver, environment } = await startOtlpReceiver();
  const opened = openTracing(readConfig({ ...environment, ...more }).tracing!, { role: 'worker', version: '1' }, collectedLog());
  onTestFinished(() => opened.close());
  return { receiver, tracing: opened.tracing, close: () => opened.close() };
}

it('tells of five hundred calls of an attempt, and of how many more there were', async () => {
  const { receiver, tracing, close } = await aTracing();
  const attempt = tracing.resume('attempt', asked, {});
  await during(attempt, async () => {
    await during(tracing.begin('upload'), async () => {
      for (let nth = 0; nth < 600; nth++) expect(await call('UploadPart')).toBe('answer');
    });
    await during(tracing.begin('publish'), async () => {});
  });
  await close();
  expect(receiver.spans.filter(({ name }) => name === 'S3 UploadPart')).toHaveLength(500);
  expect(receiver.spans.find(({ name }) => name === 'attempt')!.attributes).toEqual({ 'calls.omitted': 100 });
  expect(receiver.spans.some(({ name }) => name === 'publish')).toBe(true);
});

it('tells of a call that failed by the code of its error alone, and hands the error on', async () => {
  const { receiver, tracing, close } = await aTracing();
  const error = Object.assign(new Error('https://key@host/?X-Amz-Signature=1'), { code: 'ECONNRESET' });
  const failing = () => telling({ system: 'http', operation: 'GET', host: 'files.example.org' }, () => Promise.reject(error));
  await during(tracing.resume('attempt', asked, {}), () => expect(failing()).rejects.toBe(error));
  await close();
  expect(receiver.spans.find(({ name }) => name === 'HTTP GET')).toMatchObject({
    status: { code: 2 },
    attributes: { 'http.request.method': 'GET', 'server.address': 'files.example.org', 'error.type': 'ECONNRESET' },
  });
  expect(receiver.requests.map(({ body }) => body).join()).not.toContain('Signature');
});

it('knows of no call and no step outside of a request or an attempt', async () => {
  const { receiver, tracing, close } = await aTracing();
  await call('ListObjects');
  await during(tracing.begin('enqueue'), () => call('ListObjects'));
  await close();
  expect(receiver.requests).toEqual([]);
});

it('keeps what several programs in one process do apart', async () => {
  const [one, other] = [await aTracing(), await aTracing()];
  await during(one.tracing.resume('attempt', asked, {}), () => call('GetObject'));
  await Promise.all([one.close(), other.close()]);
  expect([one.receiver.spans.length, other.receiver.spans.length]).toEqual([2, 0]);
});

it('goes on in the trace of a job as far as its record says that it is recorded', async () => {
  const { receiver, tracing, close } = await aTracing();
  const left = tracing.resume('attempt', asked.replace(/01$/, '00'), {});
  expect(left.traceparent).toMatch(/^00-a{32}-[\da-f]{16}-00$/);
  await during(left, () => during(tracing.begin('upload'), () => call('UploadPart')));
  await close();
  expect(receiver.requests).toEqual([]);
});

it('records no flood of attempts whose ids were ground, where attempts are decided by the id as well', async () => {
  const { tracing } = await aTracing({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' });
  const resumed = (flag: string) => Array.from({ length: 2000 }, () => tracing.resume('attempt', `00-${randomBytes(16).toString('hex')}-${'b'.repeat(16)}-${flag}`, {}));
  const recorded = (flag: string) => resumed(flag).filter(({ traceparent }) => traceparent.endsWith('-01')).length;
  expect(recorded('00')).toBeLessThan(200);
  expect(recorded('01')).toBeGreaterThan(800);
});

it('passes on the trace of a read that is one too many to be recorded, and says so by its flag', async () => {
  const { tracing } = await aTracing();
  const read = () => tracing.receive({ method: 'GET', traceparent: asked, tracestate: undefined, isAside: false }).traceparent;
  const told = Array.from({ length: 5000 }, read);
  expect(told[0]).toMatch(/^00-a{32}-[\da-f]{16}-01$/);
  expect(told.find((each) => each.endsWith('-00'))).toMatch(/^00-a{32}-[\da-f]{16}-00$/);
});
