import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onFreePort } from './on-free-port.ts';

/** Settings as `redis-server` takes them, such as `{ maxmemory: '10mb' }`. */
export type RedisSettings = Readonly<Record<string, string>>;

/** As the program wants its Redis: every second on the disk, and full rather than forgetful. */
const usual: RedisSettings = { appendonly: 'yes', appendfsync: 'everysec', 'maxmemory-policy': 'noeviction', save: '' };

/** A real `redis-server` on a loopback port, with a temporary folder that outlives its kills. It goes with this process. */
export class RedisProcess {
  readonly #settings: RedisSettings;
  readonly #folder = mkdtempSync(join(tmpdir(), 'redis-'));
  readonly #endWithUs = () => void this.#child?.kill('SIGKILL');
  #port: number | null = null;
  #child: ChildProcess | null = null;

  constructor(settings: RedisSettings = {}) {
    this.#settings = { ...usual, ...settings };
    process.once('exit', this.#endWithUs);
  }

  get port(): number {
    if (this.#port === null) throw new Error('This Redis was not started yet.');
    return this.#port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Every command that changed anything, as it stands on the disk. */
  get written(): string {
    const log = join(this.#folder, 'appendonlydir');
    return readdirSync(log).map((file) => readFileSync(join(log, file), 'latin1')).join('');
  }

  /** Starts it and waits until it takes commands; after a kill on the same data and port. */
  async start(): Promise<void> {
    if (this.#port !== null) return this.#run(this.#port);
    this.#port = await onFreePort((port) => this.#run(port));
  }

  /** Ends it as a crash would, and waits until it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** It keeps its connections and answers nothing, until it is thawed. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends it and deletes its data. */
  async stop(): Promise<void> {
    await this.kill();
    process.off('exit', this.#endWithUs);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(port: number): Promise<void> {
    const settings = { ...this.#settings, bind: '127.0.0.1', port: String(port), dir: this.#folder };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    await untilReady(child);
  }
}

async function untilReady(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  child.stdout!.on('data', (text: Buffer) => {
    said += String(text);
    if (said.includes('Ready to accept connections')) resolve();
  });
  child.once('error', reject);
  child.once('close', () => reject(new Error(`redis-server ended before it was ready:\n${said}`)));
  await promise;
  said = '';
  child.stdout!.removeAllListeners('data').resume();
}
