import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { S3Access } from '../s3/s3-access.ts';
import { CephCluster } from './ceph-cluster.ts';
import type { CephPlace } from './ceph-settings.ts';
import { ChildProcesses } from './child-processes.ts';
import { freePort } from './free-port.ts';

export interface GatewayWish {
  /** A port that was settled before; else a free one. */
  readonly port?: number;
  /** `disk` for files of several GB. */
  readonly keepsIn?: CephPlace['keepsIn'];
}

/** Who may ask the gateway. */
export interface GatewayKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const patienceMs = 60_000;

/**
 * A real S3 server on a loopback port: Debian's Ceph object gateway. It refuses what a real one refuses: unsigned,
 * tampered and expired links, the keys of others, damaged bodies. It goes with this process.
 */
export class ObjectGateway implements AsyncDisposable {
  readonly #wish: GatewayWish;
  readonly #processes = new ChildProcesses();
  #started: { readonly place: CephPlace; readonly cluster: CephCluster; readonly keys: GatewayKeys } | null = null;
  #gateway: ChildProcess | null = null;

  constructor(wish: GatewayWish = {}) {
    this.#wish = wish;
  }

  get port(): number {
    return this.#running.place.gatewayPort;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Of the user to whom everything belongs. */
  get keys(): GatewayKeys {
    return this.#running.keys;
  }

  /** How the program reaches it. */
  access(different: Partial<S3Access> = {}): S3Access {
    return { endpoint: this.endpoint, region: 'us-east-1', credentials: this.keys, forcePathStyle: true, checksums: 'when_supported', ...different };
  }

  /** Starts it, empty, and waits until it answers; after a kill with all that it had, at the same port. */
  async start(): Promise<void> {
    if (this.#started) return this.#startGateway();
    const folder = await mkdtemp(join(tmpdir(), 'object-gateway-'));
    const place = { folder, monitorPort: await freePort(), gatewayPort: this.#wish.port ?? (await freePort()), keepsIn: this.#wish.keepsIn ?? 'memory' };
    const cluster = new CephCluster(place, this.#processes);
    this.#started = { place, cluster, keys: newKeys() };
    await cluster.start();
    await this.#startGateway();
    await this.#enter(this.keys);
  }

  /** Somebody else, to whom nothing belongs and who may see nothing. */
  async addStranger(): Promise<GatewayKeys> {
    const keys = newKeys();
    await this.#enter(keys);
    return keys;
  }

  /** Ends the server as a crash would. What it had stored stays, behind it. */
  async kill(): Promise<void> {
    if (this.#gateway) await this.#processes.kill(this.#gateway);
  }

  /** It keeps its connections and answers nothing, until it is thawed. */
  freeze(): void {
    this.#gateway?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#gateway?.kill('SIGCONT');
  }

  /** Ends it and deletes all that it had. SIGTERM would be an invitation that Ceph does not always follow. */
  async stop(): Promise<void> {
    await this.#processes.stop();
    if (this.#started) await rm(this.#started.place.folder, { recursive: true, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  get #running() {
    if (!this.#started) throw new Error('This gateway was not started yet.');
    return this.#started;
  }

  async #startGateway(): Promise<void> {
    const gateway = this.#processes.start('radosgw', [...this.#running.cluster.args, '-f', '-n', 'client.rgw']);
    this.#gateway = gateway;
    const until = performance.now() + patienceMs;
    while (!(await isListening(this.port))) {
      if (gateway.exitCode !== null) throw new Error(`radosgw ended with ${gateway.exitCode}: is port ${this.port} taken?`);
      if (performance.now() > until) throw new Error('radosgw did not come up.');
      await sleep(20);
    }
  }

  async #enter({ accessKeyId, secretAccessKey }: GatewayKeys): Promise<void> {
    const who = ['--uid', accessKeyId, '--display-name', accessKeyId, '--access-key', accessKeyId, '--secret-key', secretAccessKey];
    await this.#processes.run('radosgw-admin', [...this.#running.cluster.args, '-n', 'client.rgw', 'user', 'create', ...who]);
  }
}

function newKeys(): GatewayKeys {
  return { accessKeyId: `K${randomBytes(9).toString('hex')}`.toUpperCase(), secretAccessKey: randomBytes(20).toString('hex') };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
