import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { contentHash } from './content-hash.ts';

/** All that decides how the built dashboard comes out. */
export const pageInputs = ['client', 'shared', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'];

/** The name under which errors, traces and source maps of this very page are filed: the same sources have the same. */
export async function pageRelease(root: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { name: string; version: string };
  return `${name}@${version}+${(await contentHash(root, pageInputs)).slice(0, 12)}`;
}

if (import.meta.main) process.stdout.write(`${await pageRelease(resolve(import.meta.dirname, '..'))}\n`);
