import type { DestinationStream } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { writeOut } from './control-characters.ts';

/** Lines for a person at a terminal, which no text from elsewhere can take over. */
export function readableLines(to: DestinationStream): DestinationStream {
  const print = prettyFactory({ ignore: 'name,pid', translateTime: 'SYS:HH:MM:ss.l' });
  return { write: (line) => to.write(print(JSON.parse(line, writtenOut) as object)) };
}

/** The lines of a stack stay lines: they stand indented, below what they belong to. */
function writtenOut(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return key === 'stack' ? value.split('\n').map(writeOut).join('\n') : writeOut(value);
}
