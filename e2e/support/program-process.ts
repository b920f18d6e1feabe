import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { servicePaths } from '#shared/service-api.ts';
import { onFreePort } from '../../server/testing/on-free-port.ts';

const root = resolve(import.meta.dirname, '../..');
const patienceMs = 60_000;
const betweenSignalsMs = 500;

/**
 * The real program as a process of its own, with a data folder that outlives it: it can be killed in the middle and
 * started again at the same address.
 */
export class ProgramProcess implements AsyncDisposable {
  readonly dataDir: string;
  readonly #environment: NodeJS.ProcessEnv;
  #port: number | null = null;
  #process: ChildProcess | null = null;
  /** What it wrote to standard output and standard error since its latest start. */
  output = '';

  private constructor(dataDir: string, environment: NodeJS.ProcessEnv) {
    this.dataDir = dataDir;
    this.#environment = environment;
  }

  /** Makes an empty data folder, finds a free port, starts the program and waits until it is ready. */
  static async start(environment: NodeJS.ProcessEnv = {}): Promise<ProgramProcess> {
    const program = new ProgramProcess(await mkdtemp(join(tmpdir(), 'downloads-')), environment);
    await program.start();
    return program;
  }

  get port(): number {
    if (this.#port === null) throw new Error('This program was not started yet.');
    return this.#port;
  }

  get address(): string {
    return `http://localhost:${this.port}`;
  }

  get pid(): number {
    return this.#process!.pid!;
  }

  /** Starts it and waits until it is ready; after its end with the same data at the same address. */
  async start(): Promise<void> {
    if (this.#port !== null) return this.#run(this.#port);
    this.#port = await onFreePort((port) => this.#run(port));
  }

  /** Ends it as a crash would, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Sends signals one after the other; resolves with the exit code once it is gone, null where a signal ended it. */
  async end(...signals: NodeJS.Signals[]): Promise<number | null> {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const gone = once(child, 'exit');
    for (const signal of signals) {
      child.kill(signal);
      await Promise.race([gone, new Promise((wake) => setTimeout(wake, betweenSignalsMs))]);
    }
    await gone;
    return child.exitCode;
  }

  /** It keeps its connections and does nothing, as on a machine that stands still, until it is thawed. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** The most memory it has had at once, in bytes (Linux). */
  async peakMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #run(port: number): Promise<void> {
    this.output = '';
    const child = spawn(process.execPath, ['server/main.ts'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', DATA_DIR: this.dataDir, ...this.#environment, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (text) => (this.output += text));
    child.stderr.on('data', (text) => (this.output += text));
    this.#process = child;
    await this.#untilReady(child, port);
  }

  async #untilReady(child: ChildProcess, port: number): Promise<void> {
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      if (child.exitCode !== null) throw new Error(`The program ended with ${child.exitCode}:\n${this.output}`);
      const answer = await fetch(`http://localhost:${port}${servicePaths.ready}`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((wake) => setTimeout(wake, 25));
    }
    throw new Error(`The program was not ready within ${patienceMs} ms:\n${this.output}`);
  }
}
