import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, object> };
const removed = /npm uninstall ([^&]+)/.exec(dockerfile)![1]!.split(/\s+/).filter((word) => /^[@a-z]/.test(word));

/** The packages that the server imports in production. */
async function packagesOfServer(): Promise<Set<string>> {
  const packages = new Set<string>();
  const isNotShipped = /[/\\]testing[/\\]|\.(?:test|contract|holder|rival)\.ts$/;
  for await (const file of glob('{server,shared}/**/*.ts', { cwd: root })) {
    if (isNotShipped.test(file)) continue;
    const text = await readFile(join(root, file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import\()\s*'((?:@[\w-]+\/)?[\w-]+)/g)) packages.add(name!);
  }
  return packages;
}

describe('the image', () => {
  it('has every package that the program imports, but the one of the development server', async () => {
    const needed = await packagesOfServer();
    expect(needed).toContain('express');
    expect([...needed].filter((name) => removed.includes(name))).toEqual(['vite']);
  });

  it('leaves out only what package.json names', () => {
    expect(removed.length).toBeGreaterThan(5);
    expect(removed.filter((name) => !(name in dependencies))).toEqual([]);
  });

  it('leaves out of what others bring only what is there', () => {
    const brought = [.../rm -r ([^&\\]+)/.exec(dockerfile)![1]!.matchAll(/node_modules\/(\S+)/g)].map(([, name]) => name!);
    expect(brought).toContain('sentry');
    for (const name of brought) expect(lock.packages[`node_modules/${name}`], name).toBeDefined();
  });

  it('runs as nobody in particular, with its data in a volume, and tells whether it lives', () => {
    const [, final] = dockerfile.split(/^FROM node:\d+-slim$/m);
    expect(final).toMatch(/^USER node$/m);
    expect(final).toMatch(/^VOLUME \/data$/m);
    expect(final).toMatch(/^HEALTHCHECK /m);
    expect(dockerfile).not.toMatch(/^(?:ARG|ENV) .*(?:KEY|SECRET|PASSWORD|TOKEN)/m);
  });
});
