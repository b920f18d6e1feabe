import { defaultStackParser, linkedErrorsIntegration, makeNodeTransport, NodeClient, Scope } from '@sentry/node';
import { activeTrace } from './active-span.ts';
import { allowedEvent } from './allowed-event.ts';
import { atMost } from './at-most.ts';
import { Rate } from './rate.ts';

/** A Sentry that is away costs the stop no more. */
const longestFarewellMs = 2000;
/** One outage of what stands behind can end a thousand jobs; thirty tell as much, and then one every two seconds. */
const [reportsPerSecond, reportsAtOnce] = [0.5, 30];

export interface ErrorReportsWish {
  readonly dsn: string;
  readonly release: string;
  readonly environment: string;
  /** What the process does: `api`, `worker` or `all`. */
  readonly role: string;
}

/** What a log line says of the job and the request beside its error. */
interface Facts {
  readonly trace_id?: unknown;
  readonly requestId?: unknown;
  readonly jobId?: unknown;
  readonly attempt?: unknown;
  readonly errorCode?: unknown;
}

export interface ErrorReports {
  report(error: unknown, facts: object, level: 'error' | 'fatal'): void;
  /** Sends what is left, as far as that is possible in a moment. */
  close(): Promise<void>;
}

/**
 * Reports to Sentry what it is given and nothing of its own accord: none of the usual integrations listens, wraps or
 * collects, and there are no breadcrumbs. What leaves is built anew by an allow-list.
 */
export function openErrorReports({ dsn, release, environment, role }: ErrorReportsWish): ErrorReports {
  const client = new NodeClient({
    dsn,
    release,
    environment,
    transport: makeNodeTransport,
    stackParser: defaultStackParser,
    // Not the one that drops an error like the one before: it may be another job's, whose trace is looked for.
    integrations: [linkedErrorsIntegration()],
    beforeSend: allowedEvent,
    beforeBreadcrumb: () => null,
    dataCollection: { userInfo: false, cookies: false, httpHeaders: false, httpBodies: [], urlQueryParams: false, stackFrameVariables: false, frameContextLines: 0 },
    includeServerName: false,
    // It would hook the loading of modules; spans are made elsewhere.
    enableRuntimeChannelInjection: false,
    sendClientReports: false,
    tracePropagationTargets: [],
  });
  client.init();
  const rate = new Rate(reportsPerSecond, reportsAtOnce);
  return {
    report(error, facts, level) {
      if (rate.take(performance.now())) client.captureException(error, { originalException: error, mechanism: { type: 'log', handled: level === 'error' } }, scopeOf({ errorCode: codeOf(error), ...facts }, level, role));
    },
    close: () => atMost(longestFarewellMs, Promise.resolve(client.close(longestFarewellMs))),
  };
}

/** The code of an error that is one of ours; those of Node and others are written otherwise. */
function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[a-z]+(?:-[a-z]+)*$/.test(code) ? code : undefined;
}

function scopeOf({ trace_id, requestId, jobId, attempt, errorCode }: Facts, level: 'error' | 'fatal', role: string): Scope {
  const scope = new Scope().setLevel(level);
  const active = activeTrace();
  const traceId = typeof trace_id === 'string' ? trace_id : active?.traceId;
  if (traceId !== undefined) {
    const propagationSpanId = active?.traceId === traceId ? active.spanId : undefined;
    scope.setPropagationContext({ traceId, sampleRand: Math.random(), ...(propagationSpanId === undefined ? {} : { propagationSpanId }) });
  }
  for (const [name, fact] of Object.entries({ trace_id: traceId, requestId, jobId, attempt, errorCode, role })) {
    if (typeof fact === 'string' || typeof fact === 'number') scope.setTag(name, fact);
  }
  return scope;
}
