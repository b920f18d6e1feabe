const secondsPerEra = 2 ** 20;
/** What BullMQ can order by: 1 to 2^21 - 1, lower first. With 0, or none, an entry would come before all others. */
const first = 1;
const last = 2 ** 21 - 1;

/**
 * The place in line as a BullMQ priority: whole seconds since half an era (six days) before the present era (of twelve
 * days) began, by the clock alone. Exact to the second for places from the past six days to six days ahead, at least;
 * earlier ones are all first, later ones all last, until adding them again tells them more closely. So it is when an era
 * ends: for as long as an entry has not been added again, it stands behind those of the new era.
 */
export function priorityOf(place: number, now: number): number {
  const era = Math.floor(now / 1000 / secondsPerEra);
  const since = (era - 0.5) * secondsPerEra;
  return Math.min(last, Math.max(first, Math.floor(place / 1000) - since));
}
