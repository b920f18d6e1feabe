import { noise } from './noise.ts';

const wordBytes = 4;

/** A part of a simulated file's bytes. They follow from the id and the offset alone: no part needs the one before. */
export function simulatedBytes(fileId: number, offset: number, length: number): Buffer {
  const firstWord = Math.floor(offset / wordBytes);
  const words = Math.ceil((offset + length) / wordBytes) - firstWord;
  const bytes = Buffer.allocUnsafe(words * wordBytes);
  for (let n = 0; n < words; n += 1) bytes.writeUInt32LE(noise(fileId, firstWord + n), n * wordBytes);
  const start = offset - firstWord * wordBytes;
  return bytes.subarray(start, start + length);
}
