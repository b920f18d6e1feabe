import type { Event, EventHint, Exception, StackFrame } from '@sentry/react';
import { jobIdIn } from '../downloads/job-address.tsx';
import { failureOf } from './failure-of.ts';
import { plainText } from './plain-text.ts';

/** What leaves of an event, built anew: whatever else it has, or a later version of the library adds, stays here. */
export function allowedEvent(event: Event, { originalException }: EventHint): Event {
  const { exception, contexts, breadcrumbs } = event;
  const failure = failureOf(originalException);
  const says = ({ type, value = '' }: Exception) => (type === failure?.type && failure?.message ? failure.message : plainText(value));
  return {
    // `sdkProcessingMetadata` is the library's own notebook, which it takes off before sending.
    ...pick(event, ['event_id', 'type', 'timestamp', 'level', 'platform', 'release', 'environment', 'tags', 'fingerprint', 'sdkProcessingMetadata']),
    request: { url: window.location.origin + pageShown(window.location) },
    contexts: { ...(contexts && pick(contexts, ['trace', 'feedback'])) },
    ...(exception && { exception: { values: (exception.values ?? []).map((one) => allowedException(one, says(one))) } }),
    // What somebody says comes with no list of what they did.
    ...(breadcrumbs && event.type === undefined && { breadcrumbs: breadcrumbs.map((crumb) => pick(crumb, ['timestamp', 'category', 'level', 'message', 'data'])) }),
  };
}

function allowedException(exception: Exception, value: string): Exception {
  const frames = exception.stacktrace?.frames?.map(allowedFrame);
  return { ...pick(exception, ['type', 'mechanism']), value, ...(frames && { stacktrace: { frames } }) };
}

function allowedFrame(frame: StackFrame): StackFrame {
  const { filename } = frame;
  return {
    ...pick(frame, ['function', 'lineno', 'colno', 'in_app']),
    ...(filename !== undefined && { filename: filename.replace(/[?#].*$/, '') }),
  };
}

/** Which page was shown, and of which kind: whose download it was is told by a tag. */
function pageShown(location: Location): string {
  return jobIdIn(location) === null ? '/' : '/jobs/:jobId';
}

function pick<T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as Pick<T, Key>;
}
