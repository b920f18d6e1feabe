import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { contentHash } from './content-hash.ts';
import { pageInputs } from './page-release.ts';

const page = 'dist/client/index.html';
const recordedHash = 'dist/client.sha256';

export type Outcome = 'built' | 'up to date';

/** Builds the dashboard with `build`, unless the built one is of these very sources. A build that fails leaves it stale. */
export async function buildClient(root: string, build: () => Promise<unknown>, { always = false } = {}): Promise<Outcome> {
  const hash = await contentHash(root, pageInputs);
  if (!always && (await isBuiltFrom(root, hash))) return 'up to date';
  const record = join(root, recordedHash);
  await rm(record, { force: true });
  await build();
  await mkdir(dirname(record), { recursive: true });
  await writeFile(record, `${hash}\n`);
  return 'built';
}

async function isBuiltFrom(root: string, hash: string): Promise<boolean> {
  if (!existsSync(join(root, page))) return false;
  const recorded = await readFile(join(root, recordedHash), 'utf8').catch(() => '');
  return recorded.trim() === hash;
}

async function buildWithVite(): Promise<void> {
  const { build } = await import('vite');
  await build({ configLoader: 'native', logLevel: 'warn' });
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  process.chdir(root);
  const startedAt = performance.now();
  const outcome = await buildClient(root, buildWithVite, { always: process.argv.includes('--always') });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(outcome === 'built' ? `Dashboard built in ${seconds} s.\n` : 'Dashboard is up to date.\n');
}
