import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { buildClient } from './build-client.ts';

let root: string;
const build = vi.fn(async () => {
  await mkdir(join(root, 'dist/client'), { recursive: true });
  await writeFile(join(root, 'dist/client/index.html'), '<!doctype html>');
});

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'build-client-'));
  await mkdir(join(root, 'client/ui'), { recursive: true });
  await mkdir(join(root, 'shared'));
  await Promise.all(
    ['client/main.tsx', 'client/ui/button.tsx', 'shared/job.ts', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'].map((name) =>
      writeFile(join(root, name), name),
    ),
  );
  build.mockClear();
});

afterEach(() => rm(root, { recursive: true, force: true }));

it('builds what was never built, and then leaves it alone', async () => {
  expect(await buildClient(root, build)).toBe('built');
  expect(await buildClient(root, build)).toBe('up to date');
  expect(build).toHaveBeenCalledTimes(1);
});

it.each(['client/ui/button.tsx', 'shared/job.ts', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'])('builds anew when %s has changed', async (name) => {
  await buildClient(root, build);
  await writeFile(join(root, name), 'changed');
  expect(await buildClient(root, build)).toBe('built');
});

it('builds anew when a file was renamed', async () => {
  await buildClient(root, build);
  await rename(join(root, 'client/ui/button.tsx'), join(root, 'client/ui/knob.tsx'));
  expect(await buildClient(root, build)).toBe('built');
});

it('leaves alone what only the server is made of', async () => {
  await buildClient(root, build);
  await mkdir(join(root, 'server'));
  await writeFile(join(root, 'server/main.ts'), 'new');
  expect(await buildClient(root, build)).toBe('up to date');
});

it('builds anew when the built page is gone', async () => {
  await buildClient(root, build);
  await rm(join(root, 'dist/client'), { recursive: true });
  expect(await buildClient(root, build)).toBe('built');
});

it('builds again after a build that failed', async () => {
  await buildClient(root, build);
  await writeFile(join(root, 'client/main.tsx'), 'broken');
  const failing = () => Promise.reject(new Error('syntax error'));
  await expect(buildClient(root, failing)).rejects.toThrow('syntax error');
  await writeFile(join(root, 'client/main.tsx'), 'client/main.tsx');
  expect(await buildClient(root, build)).toBe('built');
});

it('builds what is up to date when told to', async () => {
  await buildClient(root, build);
  expect(await buildClient(root, build, { always: true })).toBe('built');
});
