import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onFreePort } from './on-free-port.ts';

const shipped = join(import.meta.dirname, '../../deploy/prometheus');
const patienceMs = 30_000;

export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  /** Moment and value. */
  readonly value: readonly [number, string];
}

/** A real Prometheus on a loopback port with the shipped configuration and rules, asking every second. It goes with this process. */
export class PrometheusProcess {
  readonly #folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
  readonly #endWithUs = () => void this.#child?.kill('SIGKILL');
  #address = '';
  #child: ChildProcess | null = null;
  #said = '';

  /** Starts it and waits until it answers. The targets are `host:port`. */
  async start(targets: readonly string[]): Promise<void> {
    process.once('exit', this.#endWithUs);
    cpSync(shipped, this.#folder, { recursive: true });
    const file = join(this.#folder, 'prometheus.yml');
    writeFileSync(file, placed(readFileSync(file, 'utf8'), targets));
    const port = await onFreePort((free) => this.#run(file, free));
    this.#address = `http://127.0.0.1:${port}`;
  }

  /** What it answers to a query just now. */
  async query(query: string): Promise<Sample[]> {
    const answer = await fetch(`${this.#address}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
    const { status, data, error } = (await answer.json()) as { status: string; data: { result: Sample[] }; error?: string };
    if (status !== 'success') throw new Error(`${query}: ${error}`);
    return data.result;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#endWithUs);
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(file: string, port: number): Promise<void> {
    this.#said = '';
    const places = [`--config.file=${file}`, `--storage.tsdb.path=${this.#folder}/data`, `--web.listen-address=127.0.0.1:${port}`];
    const child = spawn('prometheus', [...places, '--log.level=warn'], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child = child;
    child.stderr.on('data', (text: Buffer) => (this.#said += String(text)));
    for (const until = Date.now() + patienceMs; ; ) {
      if (child.exitCode !== null) throw new Error(`prometheus ended with ${child.exitCode}:\n${this.#said}`);
      if (await fetch(`http://127.0.0.1:${port}/-/ready`).then(({ ok }) => ok, () => false)) return;
      if (Date.now() > until) throw new Error(`prometheus was not ready within ${patienceMs} ms:\n${this.#said}`);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }
}

/** The lines that are everybody's own, for this machine, and with less patience than in production. */
function placed(configuration: string, targets: readonly string[]): string {
  const lines: readonly [RegExp, string][] = [
    [/dns_sd_configs:\n.*\n/, `static_configs: [{ targets: ${JSON.stringify(targets)} }]\n`],
    [/scrape_interval: 15s/, 'scrape_interval: 1s'],
    [/evaluation_interval: 15s/, 'evaluation_interval: 1s'],
  ];
  return lines.reduce((text, [line, own]) => {
    if (!line.test(text)) throw new Error(`deploy/prometheus/prometheus.yml says nothing like ${String(line)}.`);
    return text.replace(line, own);
  }, configuration);
}
