import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onFreePort } from './on-free-port.ts';

const shipped = join(import.meta.dirname, '../../deploy/nginx.conf');
const patienceMs = 10_000;

/** A real nginx on a loopback port with the shipped `deploy/nginx.conf`, in a temporary folder. It goes with this process. */
export class NginxProcess {
  /** The ports of the API processes on this machine. */
  readonly #apis: readonly number[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  readonly #endWithUs = () => void this.#child?.kill('SIGKILL');
  #port: number | null = null;
  #child: ChildProcess | null = null;
  /** What it wrote to its error log. */
  errors = '';

  constructor(apis: readonly number[]) {
    this.#apis = apis;
    process.once('exit', this.#endWithUs);
  }

  get address(): string {
    if (this.#port === null) throw new Error('This nginx was not started yet.');
    return `http://localhost:${this.#port}`;
  }

  /** What stands in its access log so far. */
  get log(): string {
    return readFileSync(join(this.#folder, 'access.log'), 'utf8');
  }

  /** Starts it and waits until it takes connections. */
  async start(): Promise<void> {
    this.#port = await onFreePort((port) => {
      this.#writeConfiguration(port);
      return this.#run(port);
    });
  }

  /** What `nginx -t` says of the configuration. */
  check(): { readonly ok: boolean; readonly words: string } {
    this.#writeConfiguration(this.#port ?? 8080);
    const { status, stderr } = spawnSync('nginx', ['-t', ...this.#arguments], { encoding: 'utf8' });
    return { ok: status === 0, words: stderr };
  }

  async stop(): Promise<void> {
    process.off('exit', this.#endWithUs);
    const child = this.#child;
    this.#child = null;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #arguments(): string[] {
    return ['-e', 'stderr', '-p', this.#folder, '-c', join(this.#folder, 'nginx.conf')];
  }

  /** The http context around the shipped file, all within the folder. */
  #writeConfiguration(port: number): void {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${this.#folder}/${name};`);
    mkdirSync(this.#folder, { recursive: true });
    writeFileSync(join(this.#folder, 'delineate.conf'), placed(readFileSync(shipped, 'utf8'), port, this.#apis, this.#folder));
    writeFileSync(
      join(this.#folder, 'nginx.conf'),
      `daemon off; master_process off; pid ${this.#folder}/pid; events { worker_connections 1024; }
      http { ${temporary.join(' ')} include delineate.conf; }`,
    );
  }

  async #run(port: number): Promise<void> {
    const child = spawn('nginx', this.#arguments, { stdio: ['ignore', 'inherit', 'pipe'] });
    this.#child = child;
    this.errors = '';
    child.stderr.on('data', (text: Buffer) => (this.errors += String(text)));
    const ended = once(child, 'close').then(() => {
      throw new Error(`nginx ended:\n${this.errors}`);
    });
    await Promise.race([ended, untilOpen(port)]);
    ended.catch(() => {});
  }
}

/** The lines that are marked as everybody's own, with this machine's values. */
function placed(conf: string, port: number, apis: readonly number[], folder: string): string {
  const servers = apis.map((api) => `server 127.0.0.1:${api} max_fails=0;`).join(' ');
  const lines: readonly [string, number, string][] = [
    ['server api:3000 resolve max_fails=0;', 2, servers],
    ['listen 8080;', 1, `listen 127.0.0.1:${port};`],
    ['/var/log/nginx/access.log', 1, join(folder, 'access.log')],
  ];
  return lines.reduce((text, [line, times, own]) => {
    if (text.split(line).length !== times + 1) throw new Error(`deploy/nginx.conf does not say "${line}" ${times} times.`);
    return text.replaceAll(line, own);
  }, conf);
}

async function untilOpen(port: number): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; ) {
    if (await isOpen(port)) return;
    await new Promise((wake) => setTimeout(wake, 20));
  }
  throw new Error(`nginx took no connection within ${patienceMs} ms.`);
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
