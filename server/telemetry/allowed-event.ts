import type { ErrorEvent, Exception, StackFrame } from '@sentry/node';
import { safeText } from './safe-text.ts';

/** What leaves of an event, built anew: whatever else it has, or a later version of the library adds, stays here. */
export function allowedEvent(event: ErrorEvent): ErrorEvent {
  const { exception, contexts } = event;
  return {
    // `sdkProcessingMetadata` is the library's own notebook, which it takes off before sending.
    ...pick(event, ['type', 'event_id', 'timestamp', 'level', 'platform', 'release', 'environment', 'tags', 'fingerprint', 'sdkProcessingMetadata']),
    // Where nobody knows the trace, the library makes one up that is found nowhere.
    contexts: { ...(contexts && event.tags?.['trace_id'] !== undefined && pick(contexts, ['trace'])) },
    ...(exception && { exception: { values: (exception.values ?? []).map(allowedException) } }),
  };
}

function allowedException(exception: Exception): Exception {
  const frames = exception.stacktrace?.frames?.map(allowedFrame);
  return { ...pick(exception, ['type', 'mechanism']), value: safeText(exception.value ?? ''), ...(frames && { stacktrace: { frames } }) };
}

/** Where it was, and not what was there. */
function allowedFrame(frame: StackFrame): StackFrame {
  return pick(frame, ['filename', 'module', 'function', 'lineno', 'colno', 'in_app']);
}

function pick<T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Pick<T, Key>;
}
