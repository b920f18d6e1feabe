import type { ProgramProcess } from './program-process.ts';

/** What the server itself says that it has answered since its latest start; it must log at `debug`. */
export function answered({ output }: ProgramProcess, method: string, path: string): number {
  const lines = output.split('\n').filter((line) => line.includes('"msg":"request"'));
  return lines.map((line) => JSON.parse(line) as { method: string; path: string }).filter((line) => line.method === method && line.path === path).length;
}
