import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, it } from 'vitest';
import { problemSchema } from '#shared/problem.ts';
import { servicePaths } from '#shared/service-api.ts';
import { spansPerRequest } from '#shared/telemetry-api.ts';
import { aProgram, type TestProgram } from '../testing/a-program.ts';
import { startOtlpReceiver } from '../testing/start-otlp-receiver.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const nanos = (ms: number) => `${ms}000000`;

/** A span as the page's exporter writes it, but for what a test is about. */
function aSpan(different: object = {}) {
  const now = Date.now();
  const times = { startTimeUnixNano: nanos(now - 20), endTimeUnixNano: nanos(now) };
  return { traceId, spanId: '00f067aa0ba902b7', name: 'poll', kind: 3, ...times, attributes: [], events: [], links: [], status: { code: 0 }, ...different };
}

function bodyOf(spans: readonly object[], attributes: readonly object[] = []) {
  return { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: { name: 'page' }, spans }] }] };
}

const tell = (program: TestProgram, ...spans: object[]) => program.post(servicePaths.traces, bodyOf(spans));

async function aTracedProgram(environment: NodeJS.ProcessEnv = {}) {
  const { receiver, environment: sending } = await startOtlpReceiver();
  return { receiver, program: await aProgram({ ...sending, ...environment }) };
}

it('passes on what the standard exporter tells of a page, under our own name for it', async () => {
  const { receiver, program } = await aTracedProgram();
  const exporter = new OTLPTraceExporter({ url: program.address + servicePaths.traces });
  const processor = new BatchSpanProcessor({ exporter });
  const resource = resourceFromAttributes({ 'service.name': 'somebody else', 'service.version': 'delineate-downloads@0.1.0+0a1b2c', 'host.name': 'a-laptop' });
  const span = new TracerProvider({ resource, spanProcessors: [processor] }).getTracer('page').startSpan('download-initiate', { kind: 2 });
  span.setAttribute('job.id', `dl_${'a'.repeat(22)}`).setAttribute('http.response.status_code', 202);
  span.recordException({ name: 'ApiError', message: 'The server answered 503 (temporarily-unavailable).' });
  span.end();
  await processor.forceFlush();
  const got = await receiver.until((spans) => spans.find(({ name }) => name === 'download-initiate'));
  const { traceId: ofSpan, spanId } = span.spanContext();
  expect(got).toMatchObject({ traceId: ofSpan, spanId, kind: 3, attributes: { 'job.id': `dl_${'a'.repeat(22)}`, 'http.response.status_code': 202 } });
  expect(got.events).toMatchObject([{ name: 'exception', attributes: [text('exception.type', 'ApiError'), text('exception.message', 'The server answered 503 (temporarily-unavailable).')] }]);
  expect(got.resource).toEqual({ 'service.name': 'delineate-downloads-page', 'service.version': 'delineate-downloads@0.1.0+0a1b2c' });
  expect(receiver.complaints).toEqual([]);
});

it('lets nothing through that is not known to be harmless', async () => {
  const { receiver, program } = await aTracedProgram();
  const secret = 'X-Amz-Signature=0123';
  const attributes = [text('http.url', secret), text('job.id', secret), text('url.template', `/v1/files?${secret}`), text('error.type', `a ${secret}`)];
  const events = [
    { name: 'exception', timeUnixNano: nanos(Date.now()), attributes: [text('exception.message', `at https://host/?${secret}`), text('exception.stacktrace', secret)] },
    { name: secret, timeUnixNano: nanos(Date.now()), attributes: [] },
  ];
  const status = { code: 2, message: secret };
  await tell(program, aSpan({ name: secret }), aSpan({ name: 'cancel', attributes, events, status, traceState: secret, links: [{ traceId, spanId: '00f067aa0ba902b7', attributes }] }));
  const got = await receiver.until((spans) => spans.find(({ name }) => name === 'cancel'));
  expect(got).toMatchObject({ attributes: {}, events: [{ name: 'exception', attributes: [] }], links: [], status: { code: 2 } });
  expect(receiver.requests.map(({ body }) => body).join()).not.toContain('0123');
});

it.each([
  ['of a trace that is not recorded', { OTEL_TRACES_SAMPLER: 'always_off' }, {}],
  ['of yesterday', {}, { startTimeUnixNano: nanos(Date.now() - 86_400_000) }],
  ['of tomorrow', {}, { endTimeUnixNano: nanos(Date.now() + 86_400_000) }],
  ['that ended before it began', {}, { endTimeUnixNano: nanos(Date.now() - 3000) }],
])('takes a span %s and forgets it', async (_which, environment, different) => {
  const { receiver, program } = await aTracedProgram(environment);
  expect((await tell(program, aSpan(different))).status).toBe(204);
  await program.stop(1000);
  expect(receiver.spans).toEqual([]);
});

it('answers at once, whatever the collector does', async () => {
  const { receiver, program } = await aTracedProgram();
  receiver.manner = 'stay silent';
  for (let nth = 0; nth < 5; nth++) expect((await tell(program, aSpan())).status).toBe(204);
  await receiver.until(() => receiver.requests.length > 0);
  expect((await tell(program, aSpan())).status).toBe(204);
});

it('takes and forgets everything where nothing is recorded', async () => {
  const program = await aProgram();
  expect((await program.post(servicePaths.traces, { anything: true })).status).toBe(204);
});

it.each([
  [400, 'validation-failed', bodyOf([aSpan({ traceId: 'zz' })])],
  [400, 'validation-failed', bodyOf([aSpan({ startTimeUnixNano: 12 })])],
  [400, 'validation-failed', bodyOf([aSpan({ attributes: Array.from({ length: 17 }, (_, nth) => text(`a${nth}`, '')) })])],
  [400, 'validation-failed', bodyOf(Array.from({ length: spansPerRequest + 1 }, () => aSpan({ attributes: undefined })))],
  [400, 'validation-failed', { resourceSpans: {} }],
  [413, 'body-too-large', bodyOf([aSpan({ name: 'x'.repeat(70_000) })])],
])('refuses with %i %s what is not what a page sends', async (status, code, body) => {
  const { program } = await aTracedProgram();
  const answer = await program.post(servicePaths.traces, body);
  expect([answer.status, problemSchema.parse(await answer.json()).code]).toEqual([status, code]);
});

it('refuses JSON that is none, and what is no JSON', async () => {
  const { program } = await aTracedProgram();
  const send = (type: string) => program.fetch(servicePaths.traces, { method: 'POST', headers: { 'content-type': type }, body: '{' });
  expect([(await send('application/json')).status, (await send('application/x-protobuf')).status]).toEqual([400, 415]);
});

it('has enough of an address that tells without end, and says when to come back', async () => {
  const { program } = await aTracedProgram();
  const answers = await Promise.all(Array.from({ length: 200 }, () => tell(program, aSpan())));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(50);
  expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(problemSchema.parse(await refused[0]!.json()).code).toBe('too-many-requests');
});

/** How many of 100 requests at once are refused, where each says that another address sends it. */
async function refusedOfMany(program: TestProgram, forwardedFor: (nth: number) => string) {
  const tells = Array.from({ length: 100 }, (_, nth) => program.post(servicePaths.traces, bodyOf([aSpan()]), { 'X-Forwarded-For': forwardedFor(nth) }));
  return (await Promise.all(tells)).filter(({ status }) => status === 429).length;
}

it('believes a proxy that it was told of where a request comes from', async () => {
  const { program } = await aTracedProgram({ TRUSTED_PROXIES: 'loopback' });
  expect(await refusedOfMany(program, (nth) => `192.0.2.${nth}`)).toBe(0);
});

it.each([
  ['anybody else', {}, (nth: number) => `192.0.2.${nth}`],
  ['what stands before the address that the proxy saw', { TRUSTED_PROXIES: 'loopback' }, (nth: number) => `192.0.2.${nth}, 198.51.100.1`],
])('does not believe %s', async (_who, environment, forwardedFor) => {
  const { program } = await aTracedProgram(environment);
  expect(await refusedOfMany(program, forwardedFor)).toBeGreaterThan(25);
});
