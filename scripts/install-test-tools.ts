import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './find-chromium.ts';

/** A program the tests need, and the Debian package it comes in. */
export interface Tool {
  readonly package: string;
  readonly purpose: string;
  readonly isThere: () => boolean;
}

const tools: readonly Tool[] = [
  { package: 'chromium', purpose: 'the browser of the end-to-end tests', isThere: () => findChromium() !== null },
  { package: 'unzip', purpose: 'to test archives with a program that is not ours', isThere: () => runs('unzip', '-v') },
  { package: 'redis-server', purpose: 'the records and the queue of the distributed mode', isThere: () => runs('redis-server', '--version') },
  ...objectGateway(),
  { package: 'nginx', purpose: 'the proxy in front of the API processes', isThere: () => runs('nginx', '-v') },
  { package: 'prometheus', purpose: 'to ask the program for its metrics and to check the alert rules', isThere: () => runs('prometheus', '--version') && runs('promtool', '--version') },
  { package: 'docker-compose', purpose: 'to read docker-compose.yml as Docker does', isThere: () => runs('docker-compose', 'version') },
];

/** Ceph's object gateway, an S3 server that Debian has: four packages, of which each is of no use without the others. */
function objectGateway(): Tool[] {
  const programs = { radosgw: 'radosgw', 'ceph-mon': 'ceph-mon', 'ceph-osd': 'ceph-osd', 'ceph-common': 'radosgw-admin' };
  const purpose = 'the S3 server of the tests';
  return Object.entries(programs).map(([name, program]) => ({ package: name, purpose, isThere: () => runs(program, '--version') }));
}

export interface Machine {
  /** Debian, or a system made from it, with the right to install. */
  readonly canInstall: boolean;
  /** Runs apt-get; false when it failed. */
  readonly aptGet: (...args: string[]) => boolean;
  readonly say: (line: string) => void;
}

/** Makes sure that all tools are there, installing what is missing where that is possible. False when some still are not. */
export function installTestTools(wanted: readonly Tool[], { canInstall, aptGet, say }: Machine): boolean {
  const missing = wanted.filter((tool) => !tool.isThere());
  if (missing.length === 0) return true;
  if (canInstall) {
    const packages = missing.map((tool) => tool.package);
    say(`Installing for the tests: ${packages.join(', ')}`);
    const install = () => aptGet('update') && aptGet('install', '-y', '--no-install-recommends', ...packages);
    // A mirror that hiccups is common; a second failure is not.
    if (!install()) install();
  }
  const stillMissing = missing.filter((tool) => !tool.isThere());
  if (stillMissing.length > 0) say(advice(stillMissing));
  return stillMissing.length === 0;
}

function advice(missing: readonly Tool[]): string {
  const packages = missing.map((tool) => tool.package);
  return [
    'The tests need what this machine does not have:',
    ...missing.map((tool) => `  ${tool.package}: ${tool.purpose}`),
    'Install it:',
    `  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    ...(packages.includes('chromium') ? ['  anywhere, the browser:  npx playwright install --with-deps chromium'] : []),
    ...(packages.includes('unzip') ? ['  anywhere, unzip:  from the package manager of the system'] : []),
  ].join('\n');
}

function runs(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function runAptGet(...args: string[]): boolean {
  try {
    execFileSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    return true;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  const ready = installTestTools(tools, {
    canInstall: process.getuid?.() === 0 && existsSync('/etc/debian_version') && runs('apt-get', '--version'),
    aptGet: runAptGet,
    say: (line) => void process.stdout.write(`${line}\n`),
  });
  if (!ready) process.exitCode = 1;
}
