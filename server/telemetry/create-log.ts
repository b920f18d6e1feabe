import pino, { type Logger } from 'pino';

/**
 * One JSON line an event, to standard output, with names instead of numbers for levels; readable lines where a person
 * looks at a terminal. Written at once: a line said before a crash is there after it.
 */
export function createLog(level: string): Logger {
  const base = { name: 'delineate-downloads', pid: process.pid };
  const options = { level, base, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label: string) => ({ level: label }) } };
  if (!process.stdout.isTTY) return pino(options, pino.destination({ sync: true }));
  const { formatters: _, ...forPretty } = options;
  return pino({ ...forPretty, transport: { target: 'pino-pretty', options: { ignore: 'pid,name', translateTime: 'SYS:HH:MM:ss.l' } } });
}
