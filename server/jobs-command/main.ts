import { existsSync } from 'node:fs';
import { compose } from '../compose.ts';
import { ConfigurationError, readConfig, type Config } from '../config.ts';
import { DownloadError, StoreUnavailable } from '../downloads/errors.ts';
import { parseCommand, UsageError, type Command } from './parse-command.ts';
import { plainLog } from './plain-log.ts';
import { runCommand } from './run-command.ts';
import { usage } from './usage.ts';

/** What the process ends with; the usage tells. */
const exitCodes = { done: 0, refused: 1, misunderstood: 2, away: 3 } as const;

/** Nothing may keep the command from ending when all is said. */
const longestGoodbyeMs = 2000;

const sayBeside = (line: string) => void process.stderr.write(line);
// Whoever reads only the first lines hangs up.
process.stdout.on('error', () => process.exit(exitCodes.done));
if (existsSync('.env')) process.loadEnvFile('.env');
process.exitCode = await main(process.argv.slice(2));
setTimeout(() => process.exit(), longestGoodbyeMs).unref();

async function main(args: readonly string[]): Promise<number> {
  try {
    const command = parseCommand(args);
    if (command) return await carryOut(command, readConfig(process.env));
    process.stdout.write(usage);
    return exitCodes.done;
  } catch (error) {
    sayBeside(`${complaintOf(error)}\n`);
    return exitCodeOf(error);
  }
}

async function carryOut(command: Command, config: Config): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const { ports } = opened.adopt(await compose(besideProgram(config), plainLog(sayBeside)), (composition) => composition.close());
  const origin = config.publicUrl ?? `http://localhost:${config.port ?? 3000}`;
  const { text, ok } = await runCommand(ports, command, origin);
  process.stdout.write(text);
  return ok ? exitCodes.done : exitCodes.refused;
}

/** The program's own settings, save that it may be running. */
function besideProgram(config: Config): Config {
  const { records } = config;
  return { ...config, admin: null, tracing: null, records: records.name === 'sqlite' ? { ...records, name: 'sqlite-beside' } : records };
}

function complaintOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\nnpm run jobs -- help tells what there is.`;
  if (error instanceof StoreUnavailable) return `Records or queue cannot be reached: ${error.cause instanceof Error ? error.cause.message : error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof StoreUnavailable) return exitCodes.away;
  if (error instanceof UsageError || error instanceof ConfigurationError) return exitCodes.misunderstood;
  return error instanceof DownloadError ? exitCodes.refused : exitCodes.misunderstood;
}
