import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../server/config.ts';
import { describeWith } from '../server/testing/describe-with.ts';

interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly command?: string | readonly string[];
  readonly scale?: number;
  readonly environment?: Record<string, string | number>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Record<string, { condition: string }>;
  readonly healthcheck?: { test: readonly string[] };
  readonly [setting: string]: unknown;
}
interface Compose {
  readonly services: Record<string, Service>;
  readonly volumes: Record<string, unknown>;
}

const root = join(import.meta.dirname, '..');
const read = async (file: string) => parse(await readFile(join(root, file), 'utf8'), { merge: true }) as Compose;
const many = await read('docker-compose.yml');
const one = await read('compose.embedded.yml');
const all = [many, one].flatMap(({ services }) => Object.entries(services));
const secrets = { REDIS_PASSWORD: 'r3dis', STORAGE_ACCESS_KEY: 'k3y', STORAGE_SECRET_KEY: 's3cret' };

describe('the compose files', () => {
  it('run two APIs, two workers, and all that they stand on', () => {
    const { api, worker } = many.services;
    expect(Object.keys(many.services).toSorted((a, b) => a.localeCompare(b))).toEqual(['api', 'grafana', 'jaeger', 'nginx', 'prometheus', 'redis', 'storage', 'worker']);
    expect([api!.scale, api!.environment!['ROLE'], worker!.scale, worker!.environment!['ROLE']]).toEqual([2, 'api', 2, 'worker']);
    expect(many.services['nginx']!.volumes).toEqual(['./deploy/nginx.conf:/etc/nginx/conf.d/default.conf:ro']);
  });

  it('start in order, each part when what it stands on is well', () => {
    for (const [name, needs] of Object.entries({ nginx: ['api'], grafana: ['prometheus'], api: ['redis', 'storage'], worker: ['redis', 'storage'] })) {
      expect(Object.entries(many.services[name]!.depends_on!)).toEqual(needs.map((need) => [need, { condition: 'service_healthy' }]));
    }
    for (const [name, { healthcheck }] of all.filter(([service]) => service !== 'jaeger')) expect(healthcheck?.test, name).toBeDefined();
  });

  it('keep what Redis and the S3 server are given', () => {
    const { redis, storage } = many.services;
    expect(redis!.command).toEqual(expect.arrayContaining(['--appendonly', 'yes', '--appendfsync', 'everysec', '--maxmemory-policy', 'noeviction']));
    expect([redis!.volumes, storage!.volumes, Object.keys(many.volumes)]).toEqual([['redis:/data'], ['storage:/data'], ['redis', 'storage', 'prometheus']]);
  });

  it('show the metrics of every process on a board to whoever asks for it, and to nobody outside', async () => {
    const { api, worker, prometheus, grafana } = many.services;
    const text = (file: string) => readFile(join(root, 'deploy', file), 'utf8');
    for (const service of [api, worker]) expect([service!.environment!['METRICS_PORT'], service!.environment!['METRICS_HOST'], service!.ports]).toEqual([9464, '0.0.0.0', undefined]);
    expect([prometheus!['profiles'], grafana!['profiles']]).toEqual([['metrics'], ['metrics']]);
    const { scrape_configs: [asked] } = parse(await text('prometheus/prometheus.yml')) as { scrape_configs: { dns_sd_configs: object[] }[] };
    expect(asked!.dns_sd_configs).toMatchObject([{ names: ['api', 'worker'], port: 9464 }]);
    const { datasources: [source] } = parse(await text('grafana/provisioning/datasources/prometheus.yml')) as { datasources: { uid: string; url: string }[] };
    expect(source!.url).toBe('http://prometheus:9090');
    const { providers: [provider] } = parse(await text('grafana/provisioning/dashboards/downloads.yml')) as { providers: { options: { path: string } }[] };
    expect(grafana!.volumes).toContain(`./deploy/grafana/boards:${provider!.options.path}:ro`);
    expect(new Set((await text('grafana/boards/downloads.json')).match(/"uid": "(?!delineate)[^"]*"/g))).toEqual(new Set([`"uid": "${source!.uid}"`]));
  });

  it('limit every part, and let nobody in from outside of the machine', () => {
    for (const [name, service] of all) {
      expect(service, name).toMatchObject({ mem_limit: expect.anything() as string, pids_limit: expect.anything() as number, cpus: expect.anything() as number, restart: 'unless-stopped', cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });

  it('hold no secret, and nothing that would do for a missing one', async () => {
    const text = await readFile(join(root, 'docker-compose.yml'), 'utf8');
    for (const secret of Object.keys(secrets)) {
      const uses = text.match(new RegExp(`\\$\\{${secret}[^}]*\\}`, 'g'))!;
      expect(new Set(uses)).toEqual(new Set([`\${${secret}:?${secret} is missing in .env, see .env.example}`]));
    }
  });

  it('name the version of every image', () => {
    const images = all.flatMap(([, { image, build }]) => (build === undefined ? [image] : []));
    expect(images).toHaveLength(6);
    for (const image of images) expect(image).toMatch(/:v?\d+\.\d+/);
  });
});

/** It takes a moment to start. */
const timeout = 60_000;

describeWith('docker-compose', 'docker-compose on the compose files', () => {
  const config = (file: string, environment: Record<string, string> = {}, ...args: string[]) =>
    spawnSync('docker-compose', ['--env-file', '.env.example', '-f', file, 'config', ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'], HOME: '/', ...environment },
      encoding: 'utf8',
    });

  it('finds nothing wrong with them', { timeout }, () => {
    expect(config('docker-compose.yml', secrets, '-q')).toMatchObject({ status: 0, stderr: '' });
    expect(config('compose.embedded.yml', {}, '-q')).toMatchObject({ status: 0, stderr: '' });
  });

  it('starts nothing without a secret, and says which one', { timeout }, () => {
    const { status, stderr } = config('docker-compose.yml', { ...secrets, REDIS_PASSWORD: '' }, '-q');
    expect(status).not.toBe(0);
    expect(stderr).toContain('REDIS_PASSWORD is missing in .env, see .env.example');
  });

  it('gives the program settings that it starts with', { timeout }, () => {
    const resolved = (file: string, environment = {}) => parse(config(file, environment).stdout) as Compose;
    const settings = ({ services }: Compose, name: string) =>
      readConfig(Object.fromEntries(Object.entries(services[name]!.environment!).map(([key, value]) => [key, String(value)])));
    const distributed = resolved('docker-compose.yml', secrets);
    for (const role of ['api', 'worker']) {
      expect(settings(distributed, role)).toMatchObject({
        role,
        publicUrl: 'http://localhost:8080',
        records: { name: 'redis', url: 'redis://:r3dis@redis:6379' },
        objects: { name: 's3', publicEndpoint: 'http://localhost:9000', access: { credentials: { accessKeyId: 'k3y', secretAccessKey: 's3cret' } } },
        source: { name: 'simulated' },
      });
    }
    expect(settings(resolved('docker-compose.yml', { ...secrets, SOURCE_URL_TEMPLATE: 'https://files.example.org/{file_id}' }), 'worker').source.name).toBe('http');
    expect(settings(resolved('compose.embedded.yml'), 'downloads')).toMatchObject({ role: 'all', records: { name: 'sqlite' }, objects: { name: 'embedded' } });
  });
});
