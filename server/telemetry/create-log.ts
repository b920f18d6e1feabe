import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

/**
 * One JSON line an event, to standard output, with names instead of numbers for levels; readable lines where a person
 * looks at a terminal. Written at once: a line said before a crash is there after it.
 */
export function createLog(level: string): Logger {
  return pino(
    {
      level,
      base: { name: 'delineate-downloads', pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    process.stdout.isTTY
      ? pretty({ sync: true, ignore: 'name,pid', translateTime: 'SYS:HH:MM:ss.l' })
      : jsonLines(),
  );
}

/** A full disk under the log costs lines, and not the program. */
function jsonLines() {
  return pino.destination({ sync: true }).on('error', () => {});
}
