import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const main = join(import.meta.dirname, '../main.ts');

/** The program as a process of its own, for tests that end one as a crash would. It ends with the test at the latest. */
export function startProgramChild(environment: NodeJS.ProcessEnv): { kill(): Promise<void> } {
  const child = spawn(process.execPath, [main], { env: { ...process.env, LOG_LEVEL: 'error', ...environment }, stdio: ['ignore', 'inherit', 'inherit'] });
  const gone = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  return { kill };
}
