import type { FileNumbers } from '../downloads/ports.ts';

/** Numbers as the real keeper gives them, kept in memory. */
export function inMemoryNumbers(): FileNumbers {
  const kept = new Map<string, number>();
  const free = (wished: number) => ([...kept.values()].includes(wished) ? 1_000_000 + kept.size : wished);
  return {
    assign(wishes) {
      for (const { name, wished } of wishes) if (!kept.has(name)) kept.set(name, free(wished ?? 1_000_000 + kept.size));
      return Promise.resolve(new Map(wishes.map(({ name }) => [name, kept.get(name)!])));
    },
  };
}
