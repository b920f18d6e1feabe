/** 32 bits that follow from a seed and a counter alone, and look like chance (the finish of MurmurHash3). Not for secrets. */
export function noise(seed: number, counter: number): number {
  let bits = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(counter + 0x7f4a7c15, 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** The same from 0 to just below 1. */
export function noiseShare(seed: number, counter: number): number {
  return noise(seed, counter) / 2 ** 32;
}
