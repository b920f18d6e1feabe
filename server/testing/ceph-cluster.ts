import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cephSettings, type CephPlace } from './ceph-settings.ts';
import type { ChildProcesses } from './child-processes.ts';

/** Where its store may be found up; a machine with other work takes its time. */
const patienceMs = 60_000;

/** The store behind the object gateway: one monitor and one storage daemon, in the foreground and on loopback. */
export class CephCluster {
  readonly #settingsFile: string;
  readonly #place: CephPlace;
  readonly #processes: ChildProcesses;

  constructor(place: CephPlace, processes: ChildProcesses) {
    this.#settingsFile = join(place.folder, 'ceph.conf');
    this.#place = place;
    this.#processes = processes;
  }

  /** What every program of Ceph is told first. */
  get args(): readonly string[] {
    return ['-c', this.#settingsFile];
  }

  /** Makes an empty one and waits until it takes data. */
  async start(): Promise<void> {
    const { folder } = this.#place;
    await writeFile(this.#settingsFile, cephSettings(this.#place));
    for (const name of ['mon', 'osd', 'rgw']) await mkdir(join(folder, name));
    await this.#startMonitor();
    await this.#startStore();
  }

  async #startMonitor(): Promise<void> {
    const map = join(this.#place.folder, 'monmap');
    const address = `[v2:127.0.0.1:${this.#place.monitorPort}]`;
    await this.#processes.run('monmaptool', ['--create', '--fsid', randomUUID(), '--addv', 'a', address, map]);
    await this.#processes.run('ceph-mon', [...this.args, '--mkfs', '-i', 'a', '--monmap', map]);
    this.#processes.start('ceph-mon', [...this.args, '-f', '-i', 'a']);
  }

  async #startStore(): Promise<void> {
    const store = randomUUID();
    await this.#ask('osd', 'new', store);
    await this.#processes.run('ceph-osd', [...this.args, '-i', '0', '--mkfs', '--osd-uuid', store]);
    this.#processes.start('ceph-osd', [...this.args, '-f', '-i', '0']);
    const until = performance.now() + patienceMs;
    while (!(await this.#ask('osd', 'stat')).includes('1 up')) {
      if (performance.now() > until) throw new Error('ceph-osd did not come up.');
      await sleep(50);
    }
  }

  #ask(...words: string[]): Promise<string> {
    return this.#processes.run('ceph', [...this.args, '--connect-timeout', '30', ...words]);
  }
}
