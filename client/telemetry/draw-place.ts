import type { Click, Place } from './words.ts';

/**
 * Draws where something stands: in a trace of its own, or in that of the click it is said for. Before anybody listens, so that
 * the server is told the very ids that are recorded later.
 */
export function drawPlace(click?: Click): Place {
  const place = { traceId: click?.first?.traceId ?? drawId(16), spanId: drawId(8) };
  if (click) click.first ??= place;
  return place;
}

function drawId(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
