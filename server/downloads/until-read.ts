import type { SourceEntry, SourceFile } from './ports.ts';

/** The same files, which are read in their order; they tell when the last byte of the last one was read. */
export function untilRead(files: readonly SourceFile[], onRead: () => void): SourceFile[] {
  return files.map((file, index) => (index < files.length - 1 ? file : { ...file, entries: (signal) => entriesOf(file, signal, onRead) }));
}

async function* entriesOf(file: SourceFile, signal: AbortSignal, onRead: () => void): AsyncGenerator<SourceEntry, void> {
  yield* file.entries(signal);
  onRead();
}
