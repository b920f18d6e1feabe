import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { aCall } from '../testing/a-call.ts';
import { createReporter, type ErrorReporter } from './create-reporter.ts';

const place = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };
const secret = 'annual-accounts';

interface Item {
  type: string;
  event_id: string;
  tags: Record<string, string>;
  contexts: { trace: object; feedback?: object };
  breadcrumbs?: object[];
  exception?: { values: { type: string; value: string }[] };
  request: object;
}

let reporter: ErrorReporter;
let sent: { url: string; text: string }[];
let status: number;

beforeEach(() => {
  sent = [];
  status = 200;
  vi.stubGlobal('fetch', (url: string, { body }: { body: string | Uint8Array }) => {
    sent.push({ url, text: typeof body === 'string' ? body : new TextDecoder().decode(body) });
    return Promise.resolve(new Response('{}', { status }));
  });
  reporter = createReporter('https://key@errors.example.org/7');
});

/** As if it was thrown by the page's own code: what others throw is none of ours. */
const ofThePage = <E extends Error>(error: E): E =>
  Object.assign(error, { stack: `${error.name}: ${error.message}\n    at draw (${window.location.origin}/assets/index.js?v=1:2:3)` });

/** An envelope is lines of JSON: its own head, and a head and a body for each thing in it. */
async function received(): Promise<Item[]> {
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(0));
  return sent.map(({ text }) => JSON.parse(text.split('\n')[2] ?? '') as Item);
}

describe('what is reported', () => {
  test('carries the trace as context and as tag, the job and the code', async () => {
    const problem = { type: '', title: '', status: 500, detail: `No room for ${secret}.pdf`, code: 'internal', requestId: '', traceId: '' } as const;
    reporter.report({ error: ofThePage(new ApiError(500, problem, null)), place, jobId: 'dl_1', kind: 'cancel' });
    const [event] = await received();
    expect(sent[0]?.url).toMatch(/^https:\/\/errors\.example\.org\/api\/7\/envelope\//);
    expect(event?.tags).toEqual({ trace_id: place.traceId, jobId: 'dl_1', errorCode: 'internal', kind: 'cancel' });
    expect(event?.contexts.trace).toMatchObject({ trace_id: place.traceId, span_id: place.spanId });
    expect(event?.exception?.values.at(-1)).toMatchObject({ type: 'ApiError', value: 'The server answered 500 (internal).' });
  });

  test('holds no query, no name, no address, nothing that was not allowed', async () => {
    window.history.replaceState(null, '', `/jobs/dl_1?q=${secret}`);
    reporter.remember(aCall({ path: `/v1/files?query=${secret}` }));
    const error = Object.assign(ofThePage(new Error(`Lost https://s3.example.org/b/${secret}?X-Amz-Signature=1`)), { extra: secret });
    error.cause = new Error(`"${secret}" is not valid JSON`);
    reporter.report({ error, place, jobId: null, kind: 'error' });
    const [event] = await received();
    expect(sent[0]?.text).not.toContain(secret);
    expect(sent[0]?.text).not.toContain('X-Amz');
    expect(event?.request).toEqual({ url: `${window.location.origin}/jobs/:jobId` });
    expect(event?.breadcrumbs).toMatchObject([{ category: 'api', message: 'files', data: { status: 200, ms: 20 } }]);
    expect(Object.keys(event ?? {})).not.toContain('user');
    window.history.replaceState(null, '', '/');
  });

  test('tells in which components the page failed', async () => {
    reporter.report({ error: ofThePage(new Error('cannot draw')), place, jobId: null, kind: 'caught', components: '\n    at Row (http://localhost/assets/index.js:1:2)' });
    const [event] = await received();
    expect(event?.exception?.values).toContainEqual(expect.objectContaining({ type: 'React ErrorBoundary Error' }));
  });

  test('can be referred to', async () => {
    const error = ofThePage(new Error('cannot draw'));
    reporter.report({ error, place, jobId: 'dl_1', kind: 'caught' });
    const [event] = await received();
    expect(reporter.referenceOf(error)).toEqual({ traceId: place.traceId, jobId: 'dl_1', errorCode: null, eventId: event?.event_id });
    expect(reporter.referenceOf(new Error('another'))).toBeNull();
  });
});

test('what an extension of the browser throws is not reported', async () => {
  const foreign = Object.assign(new Error('not ours'), { stack: 'Error: not ours\n    at x (chrome-extension://abc/content.js:1:2)' });
  reporter.report({ error: foreign, place, jobId: null, kind: 'error' });
  reporter.report({ error: ofThePage(new Error('ours')), place, jobId: null, kind: 'error' });
  const events = await received();
  expect(events.flatMap(({ exception }) => exception?.values.map(({ value }) => value))).toEqual(['ours']);
});

describe('what somebody says of it', () => {
  const about = { traceId: place.traceId, jobId: 'dl_1', errorCode: 'internal', eventId: 'e'.repeat(32) };

  test('arrives with what it is about', async () => {
    expect(await reporter.sendFeedback({ message: 'It stopped.', email: 'ada@example.org', about })).toBe(true);
    const [event] = await received();
    expect(event?.contexts).toMatchObject({
      trace: { trace_id: place.traceId },
      feedback: { message: 'It stopped.', contact_email: 'ada@example.org', associated_event_id: about.eventId },
    });
    expect(event?.tags).toEqual({ trace_id: place.traceId, jobId: 'dl_1', errorCode: 'internal' });
  });

  test('is said not to have arrived when it was refused', async () => {
    status = 413;
    expect(await reporter.sendFeedback({ message: 'It stopped.', email: null, about })).toBe(false);
  });
});
