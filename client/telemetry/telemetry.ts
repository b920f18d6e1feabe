import type { Call, Telemetry, Word } from './words.ts';

const mostKept = 100;

const kept: Word[] = [];
let telemetry: Telemetry | null = null;
let load: (() => Promise<Telemetry>) | null = null;
let coming: Promise<Telemetry> | null = null;

/** Says how the part that passes words on is brought. */
export function telemetryComes(from: () => Promise<Telemetry>): void {
  load = from;
}

/** Brings that part, once, and tells it all that was said before. What fails is tried again with the next that wants it. */
export async function bringTelemetry(): Promise<Telemetry | null> {
  try {
    coming ??= load && load();
    telemetry = await coming;
    if (telemetry) kept.splice(0).forEach(telemetry.hear);
  } catch {
    coming = null;
  }
  return telemetry;
}

/** Gives the headers that tell the server where a call stands. Nothing waits for that part: what changes something calls it. */
export function traceCall(call: Call): Record<string, string> {
  if (call.method !== 'GET') void bringTelemetry();
  call.trace = telemetry?.begin(call);
  // Which traces are recorded that part alone knows: until it has come none is, and the flag says so. The server goes by the id.
  return call.trace?.headers ?? { traceparent: `00-${call.place.traceId}-${call.place.spanId}-00` };
}

/** Passes on what was done or went wrong, as soon as somebody is there for it. */
export function tell(word: Word): void {
  if (telemetry) telemetry.hear(word);
  else if (kept.length < mostKept) kept.push(word);
}
