import { readFile } from 'node:fs/promises';

/** Linux counts in hundredths of a second. */
const msPerTick = 10;

/** How long the processors have worked for a process by now, in ms (Linux). */
export async function cpuTimeMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // The name before it may have blanks in it.
  const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number) as [number, number];
  return (user + system) * msPerTick;
}
