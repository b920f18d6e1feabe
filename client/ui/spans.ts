const minute = 60;
const hour = 60 * minute;

/** A span to come, as coarse as it is known: "a few seconds", "about 40 s", "1 to 3 min". */
export function formatEstimate(seconds: number, high: number | null = null): string {
  if (high !== null && high > 1.6 * seconds && high >= 10) return formatRange(seconds, high);
  if (seconds < 5) return 'a few seconds';
  if (seconds < minute) return secondsAbout(seconds);
  if (seconds < 1.5 * hour) return `about ${wholeMinutes(seconds)} min`;
  return `about ${Math.round(seconds / hour)} h`;
}

function formatRange(low: number, high: number): string {
  if (high < minute) {
    const [from, to] = [Math.max(5, toFive(low)), toFive(high)];
    return from === to ? secondsAbout(high) : `${from} to ${to} s`;
  }
  const [from, to] = [wholeMinutes(low), Math.ceil(high / minute)];
  return from === to ? `about ${to} min` : `${from} to ${to} min`;
}

const toFive = (seconds: number) => Math.ceil(seconds / 5) * 5;
const secondsAbout = (seconds: number) => (toFive(seconds) < minute ? `about ${toFive(seconds)} s` : 'about 1 min');
const wholeMinutes = (seconds: number) => (seconds < 90 ? 1 : Math.round(seconds / minute));

/** What is left of a life, rounded down: "2 days", "23 h", "38 min"; null in its last minute. */
export function formatLife(ms: number): string | null {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return null;
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** A span that passed or a fixed limit: "24 h", "30 min", "22 s". */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 2 * minute) return `${seconds} s`;
  if (seconds < 2 * hour) return `${Math.floor(seconds / minute)} min`;
  const hours = Math.floor(seconds / hour);
  return hours <= 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}

/** "1st", "2nd", "3rd", "11th". */
export function formatOrdinal(position: number): string {
  const endings: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
  return `${position}${endings[ordinals.select(position)]}`;
}
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });
