import pino, { type DestinationStream, type Logger } from 'pino';
import { escapeInJson } from './control-characters.ts';
import { readableLines } from './readable-lines.ts';
import { toldError } from './told-error.ts';

/**
 * One JSON line an event, to standard output, with names instead of numbers for levels; readable lines where a person
 * looks at a terminal. Written at once: a line said before a crash is there after it.
 */
export function createLog(level: string, lines: DestinationStream = process.stdout.isTTY ? readableLines(standardOutput()) : jsonLines(standardOutput())): Logger {
  return pino(
    {
      level,
      base: { name: 'delineate-downloads', pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: toldError },
    },
    lines,
  );
}

export function jsonLines(to: DestinationStream): DestinationStream {
  return { write: (line) => to.write(escapeInJson(line)) };
}

/** A full disk under the log costs lines, and not the program. */
function standardOutput(): DestinationStream {
  return pino.destination({ sync: true }).on('error', () => {});
}
