import type { RequestHandler } from 'express';
import type { Config, SourceConfig } from './config.ts';
import type { FileNumbers, FileSource, Log, Ports } from './downloads/ports.ts';

/** The ports of a running program, the route that its links lead to, and the way to let all of it go. */
export interface Composition {
  readonly ports: Ports;
  /** Null where the object store has an address of its own. */
  readonly objectRoutes: RequestHandler | null;
  /** What an operator is told at the start. */
  readonly description: { readonly mode: string; readonly source: string; readonly data: string };
  /** Lets go of source, queue, objects and records, in this order. */
  close(): Promise<void>;
}

type Choice<Chosen extends { name: string }, Port> = {
  [Name in Chosen['name']]: (chosen: Extract<Chosen, { name: Name }>, numbers: FileNumbers) => Promise<Port>;
};

const fileSources: Choice<SourceConfig, FileSource> = {
  async simulated(options) {
    const { SimulatedFileSource } = await import('./file-source/simulated-file-source.ts');
    return new SimulatedFileSource(options);
  },
  async directory({ root }, numbers) {
    const { DirectoryFileSource } = await import('./file-source/directory-file-source.ts');
    return DirectoryFileSource.open(root, numbers);
  },
};

/** The only place that chooses implementations. Rejects when another process holds the data folder. */
export async function compose(config: Config, log: Log): Promise<Composition> {
  const { acquireProcessLock } = await import('./job-store/process-lock.ts');
  const { SqliteJobStore } = await import('./job-store/sqlite-job-store.ts');
  const { SqliteFileNumbers } = await import('./job-store/sqlite-file-numbers.ts');
  const { InProcessJobQueue } = await import('./job-queue/in-process-job-queue.ts');
  const { EmbeddedObjectStore } = await import('./object-store/embedded-object-store.ts');
  const { objectRoutes } = await import('./object-store/object-routes.ts');
  const { explainToNavigation } = await import('./http/navigation-page.ts');
  const { InProcessPulse } = await import('./worker/in-process-pulse.ts');

  await using opened = new AsyncDisposableStack();
  opened.adopt(await acquireProcessLock(config.dataDir), (lock) => lock.release());
  const jobs = opened.adopt(new SqliteJobStore(config.dataDir, { soleProcess: true }), (store) => store.close());
  const numbers = opened.adopt(new SqliteFileNumbers(config.dataDir), (kept) => kept.close());
  const objects = opened.adopt(await EmbeddedObjectStore.open(config.dataDir), (store) => store.close());
  const queue = opened.adopt(new InProcessJobQueue(log), (line) => line.close());
  const source = opened.adopt(await openSource(config.source, numbers), (files) => files.close());
  const standsOn = opened.move();
  return {
    ports: { jobs, queue, objects, source, pulse: new InProcessPulse(), policy: config.policy, log, now: Date.now, random: Math.random },
    objectRoutes: objectRoutes(objects, explainToNavigation),
    description: { mode: 'embedded', source: describeSource(config.source), data: config.dataDir },
    close: () => standsOn.disposeAsync(),
  };
}

function openSource<Name extends SourceConfig['name']>(chosen: Extract<SourceConfig, { name: Name }>, numbers: FileNumbers): Promise<FileSource> {
  return fileSources[chosen.name](chosen, numbers);
}

function describeSource(source: SourceConfig): string {
  return source.name === 'directory' ? `directory ${source.root}` : source.name;
}
