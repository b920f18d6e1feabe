import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError, readConfig, type Config } from './config.ts';
import type { Log } from './downloads/ports.ts';
import { builtDashboard, sourceDashboard } from './http/dashboard-routes.ts';
import { programVersion } from './program-version.ts';
import { startProgram, type Program } from './start-program.ts';
import { createLog } from './telemetry/create-log.ts';
import { reportedLog } from './telemetry/reported-log.ts';

/** What is in hand may take so long; all of the stop is over before the 30 s that service managers commonly give. */
const graceMs = 20_000;
const longestStopMs = 28_000;

if (existsSync('.env')) process.loadEnvFile('.env');
await main(readConfigOrExit());

async function main(config: Config): Promise<void> {
  const isProduction = process.env.NODE_ENV === 'production';
  const about = { release: `delineate-downloads@${programVersion()}`, environment: isProduction ? 'production' : 'development', role: config.role };
  const told = await reportedLog(createLog(config.logLevel), { dsn: config.sentryDsn, ...about });
  const { log } = told;
  let program: Program | null = null;
  endWithWords(log, () => Promise.allSettled([told.close(), program?.flushTraces()]));
  const built = resolve(import.meta.dirname, '../dist/client');
  stopOnSignal(async () => {
    log.info({}, 'stopping: no new work, what is in hand may finish');
    await program?.stop(graceMs);
    await told.close();
    log.info({}, 'stopped');
  });
  try {
    program = await startProgram(config, log, async (server) => (isProduction ? builtDashboard(built, config.page) : sourceDashboard(server)));
  } catch (error) {
    log.fatal({ err: error }, error instanceof Error ? error.message : 'could not start');
    await told.close();
    process.exit(1);
  }
}

/** What nobody caught may have left anything half done: the process ends, and its jobs are taken up again. */
function endWithWords(log: Log, sayTheRest: () => Promise<unknown>): void {
  process.on('uncaughtException', (thrown) => {
    log.fatal({ err: thrown }, 'the process ends with an error that nobody caught');
    void sayTheRest().finally(() => process.exit(1));
  });
}

/** The first signal stops in order, the second at once; so does a stop that something dead holds up. */
function stopOnSignal(stop: () => Promise<void>): void {
  let asked = false;
  const onSignal = () => {
    if (asked) process.exit(130);
    asked = true;
    setTimeout(() => process.exit(1), longestStopMs).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

function readConfigOrExit(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
