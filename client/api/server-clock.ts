const slowMs = 5000;
let offsetMs = 0;

/** Learns from an answer's Date header how far this computer's clock is off. The header has whole seconds, so small differences say nothing; nor does an answer that was long on its way. */
export function learnServerTime(dateHeader: string | null, sentAt: number, receivedAt: number): void {
  const at = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  if (Number.isNaN(at) || receivedAt - sentAt > slowMs) return;
  const measured = at + 500 - (sentAt + receivedAt) / 2;
  offsetMs = Math.abs(measured) < 2000 ? 0 : measured;
}

/** What the server's clock shows when this computer's shows `localTime`. */
export const toServerTime = (localTime: number) => localTime + offsetMs;

/** The moment on this computer's clock for one that the server named. */
export const toLocalTime = (serverTime: string) => Date.parse(serverTime) - offsetMs;
