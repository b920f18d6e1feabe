import { byName } from './by-name.ts';
import { noise } from './noise.ts';
import { highestFileId, lowestFileId, simulatedFile, type SimulatedFile } from './simulated-file.ts';

const samples = 200;
/** Easy to remember, and the ends of what exists. */
const memorable = [lowestFileId, 70_000, highestFileId];

/** Some of the files that exist, in the order of their names; each is what its number stands for. */
export const simulatedCatalogue: readonly SimulatedFile[] = [...new Set([...memorable, ...drawn()])]
  .slice(0, samples)
  .map((fileId) => simulatedFile(fileId)!)
  .filter(({ special }) => special === null)
  .toSorted(byName);

function drawn(): number[] {
  return Array.from({ length: samples }, (_, n) => lowestFileId + (noise(n, samples) % (highestFileId - lowestFileId)));
}
