import { contentTypeOf } from './content-type-of.ts';
import { noiseShare } from './noise.ts';
import { simulatedName } from './simulated-names.ts';
import { specialFileOf, type SpecialFile } from './special-files.ts';

export const lowestFileId = 10_000;
export const highestFileId = 100_000_000;

/** What is true of a simulated file. All of it follows from the id. */
export interface SimulatedFile {
  readonly fileId: number;
  readonly fileName: string;
  readonly contentType: string;
  readonly size: number;
  readonly modifiedAt: Date;
  readonly special: SpecialFile | null;
}

/** Null outside of the ids that exist. */
export function simulatedFile(fileId: number): SimulatedFile | null {
  if (!Number.isInteger(fileId) || fileId < lowestFileId || fileId > highestFileId) return null;
  const special = specialFileOf(fileId);
  const fileName = special?.fileName ?? simulatedName(fileId);
  const size = sizeOf(fileId);
  const modifiedAt = new Date(Date.UTC(2026, 0, 1) - Math.floor(noiseShare(fileId, -8) * 8 * 365) * 86_400_000);
  return { fileId, fileName, contentType: contentTypeOf(fileName), size, modifiedAt, special };
}

/** As with real files, each order of magnitude from 1 kB to 8 MB is as common as the other. */
function sizeOf(fileId: number): number {
  return Math.round(1000 * 8000 ** noiseShare(fileId, -7));
}

export interface DelayRange {
  readonly delayMinMs: number;
  readonly delayMaxMs: number;
}

/** How long a simulated file takes to come; the same each time, so that a preparation's length can be foretold. */
export function simulatedDelayMs(fileId: number, { delayMinMs, delayMaxMs }: DelayRange): number {
  return Math.round(delayMinMs + noiseShare(fileId, -9) * (delayMaxMs - delayMinMs));
}
