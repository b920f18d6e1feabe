import { lazy, type ComponentType } from 'react';

type Load<P> = () => Promise<{ default: ComponentType<P> }>;

const loads: (() => Promise<unknown>)[] = [];
let tellMissing = () => {};

/** A part of the page that comes when it is first drawn. Where it cannot be had the rest goes on without it, and says so. */
export function latePart<P extends object>(load: Load<P>) {
  loads.push(load);
  return lazy(async (): ReturnType<Load<P>> => {
    try {
      return await load();
    } catch {
      tellMissing();
      return { default: () => null };
    }
  });
}

/** Something else that comes when it is first needed. */
export function alsoLate<T>(load: () => Promise<T>): () => Promise<T> {
  loads.push(load);
  return load;
}

export function whenPartMissing(tell: () => void): void {
  tellMissing = tell;
}

/** Fetches what has not been needed yet, so that it is there when the connection is not. */
export function fetchLateParts(): void {
  for (const load of loads) load().catch(() => {});
}
