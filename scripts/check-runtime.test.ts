import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const script = resolve(import.meta.dirname, 'check-runtime.js');

function runAs(version: string) {
  const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } })`;
  return spawnSync(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, script], { encoding: 'utf8' });
}

it.each(['24.0.0', '26.10.0'])('says nothing on Node %s', (version) => {
  expect(runAs(version)).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

it.each(['20.20.2', '23.11.1'])('ends on Node %s, and says which is needed and how to get it', (version) => {
  const { status, stderr } = runAs(version);
  expect(status).toBe(1);
  expect(stderr).toContain(`This is Node ${version}, and the program needs Node 24 or later.`);
  expect(stderr).toContain('npm scripts');
});
