import {
  addBreadcrumb,
  BrowserClient,
  captureFeedback,
  captureReactException,
  dedupeIntegration,
  defaultStackParser,
  eventFiltersIntegration,
  getCurrentScope,
  linkedErrorsIntegration,
  makeFetchTransport,
  withScope,
} from '@sentry/react';
import { allowedEvent } from './allowed-event.ts';
import { describeCall } from './describe-call.ts';
import { failureOf } from './failure-of.ts';
import { release } from './release.ts';
import type { Call, Feedback, Place, Reference, Reporter } from './words.ts';

const feedbackPatienceMs = 10_000;

interface Report {
  error: unknown;
  place: Place;
  jobId: string | null;
  /** The kind of call that failed, or how the page noticed. */
  kind: string;
  components?: string | undefined;
}

export interface ErrorReporter extends Reporter {
  report: (report: Report) => void;
  /** Keeps what was asked, to tell of it with what fails later. */
  remember: (call: Call) => void;
}

/**
 * Reports to Sentry what it is given and nothing of its own accord: none of the usual integrations listens, wraps or
 * collects. What leaves is built anew by an allow-list.
 */
export function createReporter(dsn: string): ErrorReporter {
  const client = new BrowserClient({
    dsn,
    release,
    transport: makeFetchTransport,
    stackParser: defaultStackParser,
    integrations: [
      // Extensions and injected scripts have troubles of their own.
      eventFiltersIntegration({ allowUrls: [window.location.origin], ignoreErrors: [/^ResizeObserver loop/] }),
      linkedErrorsIntegration(),
      dedupeIntegration(),
    ],
    dataCollection: {
      userInfo: false,
      cookies: false,
      httpHeaders: false,
      httpBodies: [],
      urlQueryParams: false,
      stackFrameVariables: false,
      frameContextLines: 0,
    },
    tracePropagationTargets: [],
    sendClientReports: false,
    maxBreadcrumbs: 30,
  });
  getCurrentScope().setClient(client);
  client.init();
  client.addEventProcessor(allowedEvent);
  const references = new WeakMap<object, Reference>();

  function report({ error, place, jobId, kind, components }: Report): void {
    const code = failureOf(error)?.code ?? null;
    withScope((scope) => {
      scope.setPropagationContext({ traceId: place.traceId, propagationSpanId: place.spanId, sampleRand: Math.random() });
      scope.setTags(tagsOf({ traceId: place.traceId, jobId, errorCode: code }));
      scope.setTag('kind', kind);
      // Calls fail at one line of ours, of many reasons.
      if (code !== null) scope.setFingerprint([kind, code]);
      const handled = kind !== 'error' && kind !== 'rejection' && kind !== 'uncaught';
      const eventId = captureReactException(error, { componentStack: components ?? null }, { mechanism: { type: 'page', handled } });
      if (error instanceof Object) references.set(error, { traceId: place.traceId, jobId, errorCode: code, eventId });
    });
  }

  function remember(call: Call): void {
    const { name } = describeCall(call);
    const failed = call.error !== undefined && failureOf(call.error) !== null;
    addBreadcrumb({
      category: 'api',
      message: name,
      level: failed ? 'warning' : 'info',
      timestamp: call.endedAt / 1000,
      data: { status: call.status, ms: call.endedAt - call.startedAt },
    });
  }

  function sendFeedback({ message, email, about }: Feedback): Promise<boolean> {
    return new Promise((resolve) => {
      const associatedEventId = about.eventId ?? undefined;
      const eventId = withScope((scope) => {
        if (about.traceId !== null) scope.setPropagationContext({ traceId: about.traceId, sampleRand: Math.random() });
        return captureFeedback({ message, ...(email === null ? {} : { email }), ...(associatedEventId === undefined ? {} : { associatedEventId }), tags: tagsOf(about) }, {}, scope);
      });
      const timer = setTimeout(() => finish(false), feedbackPatienceMs);
      const stopListening = client.on('afterSendEvent', (event, { statusCode = 0 }) => {
        if (event.event_id === eventId) finish(statusCode >= 200 && statusCode < 300);
      });
      function finish(arrived: boolean): void {
        clearTimeout(timer);
        stopListening();
        resolve(arrived);
      }
    });
  }

  return { report, remember, referenceOf: (error) => (error instanceof Object && references.get(error)) || null, sendFeedback };
}

function tagsOf({ traceId, jobId, errorCode }: Omit<Reference, 'eventId'>): Record<string, string> {
  const tags = { trace_id: traceId, jobId, errorCode };
  return Object.fromEntries(Object.entries(tags).filter((tag): tag is [string, string] => tag[1] !== null));
}
