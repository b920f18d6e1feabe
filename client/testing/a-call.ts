import { drawPlace } from '../telemetry/draw-place.ts';
import type { Call } from '../telemetry/words.ts';
import { testTime } from './a-job.ts';

/** A poll that was answered; give only what matters. */
export function aCall(change: Partial<Call> = {}): Call {
  return { method: 'GET', path: '/v1/download/status?ids=job-1,job-2', startedAt: testTime, endedAt: testTime + 20, place: drawPlace(change.click), status: 200, ...change };
}
