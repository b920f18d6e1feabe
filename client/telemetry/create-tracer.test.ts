import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-web';
import { describe, expect, test } from 'vitest';
import { ApiError, NetworkError } from '../api/api-error.ts';
import { aCall } from '../testing/a-call.ts';
import { aJob } from '../testing/a-job.ts';
import { createTracer } from './create-tracer.ts';
import type { Call } from './words.ts';

function aTracer(ratio = 1) {
  const exporter = new InMemorySpanExporter();
  const tracer = createTracer({ ratio, processors: [new SimpleSpanProcessor(exporter)] });
  const spanOf = (call: Call) => {
    tracer.begin(call).end(call);
    return exporter.getFinishedSpans().at(-1)!;
  };
  return { ...tracer, spanOf, recorded: () => exporter.getFinishedSpans() };
}

describe('what the page asks', () => {
  test('carries a trace parent that says truly whether it is recorded', () => {
    for (const [ratio, least, most] of [[0, 0, 0], [0.5, 10, 90], [1, 100, 100]] as const) {
      const { begin, recorded } = aTracer(ratio);
      const traces = Array.from({ length: 100 }, () => {
        const call = aCall();
        const { headers, end } = begin(call);
        end(call);
        return { headers, ...call.place };
      });
      const flags = new Map(traces.map(({ headers, traceId, spanId }) => {
        const [, flag] = new RegExp(`^00-${traceId}-${spanId}-(0[01])$`).exec(headers['traceparent'] ?? '') ?? [];
        return [traceId, flag];
      }));
      expect(flags.size).toBe(100);
      const sampled = [...flags].filter(([, flag]) => flag === '01').map(([traceId]) => traceId);
      expect(recorded().map((span) => span.spanContext().traceId)).toEqual(sampled);
      expect([...flags.values()]).not.toContain(undefined);
      expect(sampled.length).toBeGreaterThanOrEqual(least);
      expect(sampled.length).toBeLessThanOrEqual(most);
    }
  });

  test('hands nothing on but the trace parent', () => {
    expect(Object.keys(aTracer().begin(aCall()).headers)).toEqual(['traceparent']);
  });

  test.each([
    ['download-initiate', { method: 'POST', path: '/v1/download/initiate', answer: { jobId: 'dl_new', job: aJob() } }, 'dl_new', '/v1/download/initiate'],
    ['retry', { method: 'POST', path: '/v1/download/retry/dl_old', answer: { jobId: 'dl_new' } }, 'dl_new', '/v1/download/retry/:jobId'],
    ['cancel', { method: 'POST', path: '/v1/download/cancel/dl_1' }, 'dl_1', '/v1/download/cancel/:jobId'],
    ['download', { method: 'HEAD', path: '/v1/download/dl_1', status: 0 }, 'dl_1', '/v1/download/:jobId'],
    ['delete', { method: 'DELETE', path: '/v1/download/dl_1' }, 'dl_1', '/v1/download/:jobId'],
    ['details', { path: '/v1/download/status/dl_1?include=timeline' }, 'dl_1', '/v1/download/status/:jobId'],
    ['poll', { path: '/v1/download/status?ids=dl_1,dl_2' }, undefined, '/v1/download/status'],
    ['history', { path: '/v1/download/history?userId=somebody' }, undefined, '/v1/download/history'],
    ['files', { path: '/v1/files?query=secret-plan' }, undefined, '/v1/files'],
  ])('is a span: %s', (name, change, jobId, route) => {
    const span = aTracer().spanOf(aCall(change));
    expect(span.name).toBe(name);
    expect(span.attributes['job.id']).toBe(jobId);
    expect(span.attributes['url.template']).toBe(route);
    const allowed = new Set(['http.request.method', 'url.template', 'http.response.status_code', 'job.id', 'error.type']);
    expect(Object.keys(span.attributes).filter((key) => !allowed.has(key))).toEqual([]);
    expect(JSON.stringify(span.attributes)).not.toMatch(/ids=|userId|somebody|secret-plan|timeline/);
  });

  test('stands in one trace, however often it has to be said', () => {
    for (const ratio of [0, 1]) {
      const { begin, recorded } = aTracer(ratio);
      const click = {};
      const said = [1, 2, 3].map(() => aCall({ method: 'POST', path: '/v1/download/initiate', click }));
      const traces = said.map(begin);
      traces.forEach((trace) => trace.end(aCall()));
      const [first] = said.map(({ place }) => place);
      expect(recorded().map((span) => span.spanContext())).toMatchObject(ratio === 0 ? [] : said.map(({ place }) => place));
      expect(recorded().map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(ratio === 0 ? [] : [undefined, first?.spanId, first?.spanId]);
      const flag = ratio === 0 ? '00' : '01';
      expect(traces.map(({ headers }) => headers['traceparent'])).toEqual(said.map(({ place }) => `00-${first?.traceId}-${place.spanId}-${flag}`));
    }
  });

  test('is recorded where it was said to stand, in whichever order that is heard of', () => {
    const { spanOf } = aTracer();
    const [first, second] = [aCall(), aCall()];
    for (const call of [second, first]) expect(spanOf(call).spanContext()).toMatchObject(call.place);
  });

  test('lasts as long as it took, also where it was over before anybody could record it', () => {
    const span = aTracer().spanOf(aCall());
    const [seconds, nanoseconds] = span.duration;
    expect(seconds * 1000 + nanoseconds / 1e6).toBeCloseTo(20);
  });

  test('records what fails, without the words of the answer', () => {
    const problem = { type: '', title: '', status: 503, detail: 'bucket of-somebody', code: 'temporarily-unavailable', requestId: '', traceId: '' } as const;
    const span = aTracer().spanOf(aCall({ status: 503, error: new ApiError(503, problem, null) }));
    expect(span.events).toMatchObject([{ name: 'exception', attributes: { 'exception.type': 'ApiError' } }]);
    expect(span.attributes['error.type']).toBe('temporarily-unavailable');
    expect(span.status.code).toBe(2);
    expect(JSON.stringify([span.events, span.status])).not.toContain('of-somebody');
  });

  test('tells of what never came back, and not of what was given up', () => {
    const { spanOf } = aTracer();
    expect(spanOf(aCall({ status: null, error: new NetworkError('The server could not be reached.') })).events).toHaveLength(1);
    expect(spanOf(aCall({ status: null, error: new DOMException('given up', 'AbortError') })).events).toHaveLength(0);
  });
});

test('a trouble of the page has a trace of its own, with its kind and not its words', () => {
  const { note, recorded } = aTracer();
  const place = note({ error: new TypeError('annual-accounts.pdf is not a function'), at: Date.now(), how: 'caught' });
  const [span] = recorded();
  expect(span?.spanContext()).toMatchObject(place);
  expect(span?.name).toBe('page-error');
  expect(span?.events[0]?.attributes).toMatchObject({ 'exception.type': 'TypeError' });
  expect(JSON.stringify(span?.events)).not.toContain('annual-accounts');
});
