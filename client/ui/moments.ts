const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const timeToTheSecond = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const dateWithYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' });

/** A moment as near as it needs to be told: "14:31", "yesterday 17:48", "12 July". */
export function formatMoment(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) return time.format(at);
  return days === 1 ? `yesterday ${time.format(at)}` : formatDate(at, now);
}

/** The same with the day always named: "today 14:02". */
export function formatMomentWithDay(at: number, now: number): string {
  return daysAgo(at, now) === 0 ? `today ${time.format(at)}` : formatMoment(at, now);
}

/** The heading over everything asked for on one day. */
export function formatDay(at: number, now: number): string {
  const days = daysAgo(at, now);
  if (days <= 0) return 'Today';
  return days === 1 ? 'Yesterday' : formatDate(at, now);
}

export const formatSecond = (at: number) => timeToTheSecond.format(at);
export const formatExactly = (at: number) => exact.format(at);

const dates = new Map<number, string>();

/** Remembers what it made: a long list asks for the same days every second. */
function formatDate(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const key = sameYear ? midnight(at) : -midnight(at);
  const known = dates.get(key);
  if (known !== undefined) return known;
  const text = (sameYear ? date : dateWithYear).format(at);
  dates.set(key, text);
  return text;
}

function daysAgo(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
