import { createHash } from 'node:crypto';

/** Given-out numbers stay clear of the small ones that names tend to wish for, and short enough to be read aloud. */
export const lowest = 100_000;
export const highest = 99_999_999;

/** A number made from the name alone, so that an empty database gives the same files the same numbers again. */
export function numberForName(name: string): number {
  return lowest + (createHash('sha256').update(name).digest().readUInt32BE() % (highest - lowest + 1));
}

/** The number to try when this one is another file's. */
export function nextNumber(number: number): number {
  return number < highest ? number + 1 : lowest;
}
