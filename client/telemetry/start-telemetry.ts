import type { Capabilities } from '#shared/service-api.ts';
import { jobIdIn } from '../downloads/job-address.tsx';
import { createTracer } from './create-tracer.ts';
import { describeCall } from './describe-call.ts';
import { failureOf } from './failure-of.ts';
import { failuresInARow } from './failures-in-a-row.ts';
import type { Call, Telemetry, Trouble } from './words.ts';

/**
 * Makes traces of what the page asks, and reports what fails, to whom the server names; where it names nobody, ids are
 * made and passed on and that is all. Parts that nobody wants are not loaded.
 */
export async function startTelemetry({ sampleRatio, sentryDsn }: Capabilities['page']): Promise<Telemetry> {
  const [processors, reporter] = await Promise.all([loadProcessors(sampleRatio), loadReporter(sentryDsn)]);
  const tracer = createTracer({ ratio: sampleRatio ?? 0, processors });
  const countsAsFailed = failuresInARow();

  function hearCall(call: Call): void {
    const trace = call.trace ?? tracer.begin(call);
    trace.end(call);
    reporter?.remember(call);
    const { name, jobId } = describeCall(call);
    if (countsAsFailed(call)) reporter?.report({ error: call.error, place: call.place, jobId, kind: name });
  }

  function hearTrouble(trouble: Trouble): void {
    const place = tracer.note(trouble);
    if (failureOf(trouble.error) === null) return;
    reporter?.report({ error: trouble.error, place, jobId: jobIdIn(window.location), kind: trouble.how, components: trouble.components });
  }

  return {
    begin: (call) => unharmed(() => tracer.begin(call)),
    hear: (word) => unharmed(() => ('how' in word ? hearTrouble(word) : hearCall(word))),
    reporter,
  };
}

/** What watches the page must not break it. */
function unharmed<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

async function loadProcessors(ratio: number | null) {
  if (ratio === null || ratio <= 0) return [];
  const { exportSpans } = await import('./export-spans.ts');
  return [exportSpans()];
}

async function loadReporter(dsn: string | null) {
  if (dsn === null) return null;
  const { createReporter } = await import('./create-reporter.ts');
  return createReporter(dsn);
}
