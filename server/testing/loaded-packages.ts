import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../main.ts');
const marker = 'packages:';

/** Runs before the program, in its process: notes whose files are loaded, and ends it in order once it works. */
const watcher = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({ load(url, context, next) {
    const [last] = url.split('/node_modules/').slice(1).slice(-1);
    if (last) packages.add(last.split('/').slice(0, last.startsWith('@') ? 2 : 1).join('/'));
    return next(url, context);
  } });
  process.on('exit', () => console.error('${marker}' + JSON.stringify([...packages])));
`;

/** The packages of which the program has loaded anything by the time it works, with these settings. */
export async function loadedPackages(environment: NodeJS.ProcessEnv = {}): Promise<string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'downloads-'));
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(watcher)}`, main], {
    env: { ...process.env, NODE_ENV: 'development', PORT: '0', DATA_DIR: dataDir, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stdout.on('data', (text: Buffer) => {
    if (String(text).includes('Delineate Downloads is at')) child.kill('SIGTERM');
  });
  child.stderr.on('data', (text: Buffer) => (told += String(text)));
  await once(child, 'close');
  await rm(dataDir, { recursive: true, force: true });
  const packages = told.split(marker)[1];
  if (packages === undefined) throw new Error(`The program ended without a word of what it had loaded:\n${told}`);
  return JSON.parse(packages) as string[];
}
