import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How much of what a program said is told when it ends by mistake. */
const lastWordsLength = 4000;

/** Programs that a test runs beside itself. None outlives the test's own process. */
export class ChildProcesses {
  readonly #running = new Set<ChildProcess>();
  readonly #killAll = () => {
    for (const child of this.#running) child.kill('SIGKILL');
  };

  constructor() {
    process.once('exit', this.#killAll);
  }

  /** Starts a program that runs on. */
  start(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore'] });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    child.once('error', () => this.#running.delete(child));
    return child;
  }

  /** Runs a program to its end and answers what it said. Rejects when it fails, with its last words. */
  async run(program: string, args: readonly string[]): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const child = execFile(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 }, (error, said, complained) => {
      this.#running.delete(child);
      if (error) reject(new Error(`${program} failed: ${complained.slice(-lastWordsLength)}`, { cause: error }));
      else resolve(said);
    });
    this.#running.add(child);
    return promise;
  }

  /** Ends one as a crash would, and waits until it is gone. */
  async kill(child: ChildProcess): Promise<void> {
    if (!this.#running.has(child)) return;
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
  }

  /** Ends all of them. */
  async stop(): Promise<void> {
    process.off('exit', this.#killAll);
    await Promise.all([...this.#running].map((child) => this.kill(child)));
  }
}
