import type { Call, Telemetry, Word } from './words.ts';

const mostKept = 100;
const patienceMs = 1000;

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

/** Gives a call its place in a trace. What changes something waits a moment for the part that can; a question goes without. */
export async function traceCall(call: Call): Promise<Record<string, string> | undefined> {
  if (!telemetry && call.method !== 'GET') await Promise.race([bringTelemetry(), new Promise((wake) => setTimeout(wake, patienceMs))]);
  call.trace = telemetry?.begin(call);
  return call.trace?.headers;
}

/** Passes on what was done or went wrong, as soon as somebody is there for it. */
export function tell(word: Word): void {
  if (telemetry) telemetry.hear(word);
  else if (kept.length < mostKept) kept.push(word);
}
