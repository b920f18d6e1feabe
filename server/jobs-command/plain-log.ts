import type { Log } from '../downloads/ports.ts';
import { printable } from './printable.ts';

/** For a person at a terminal: warnings and errors, a line each. */
export function plainLog(say: (line: string) => void): Log {
  const tell = (fields: object, message: string) => say(`${message}${reasonIn(fields)}\n`);
  return {
    isLevelEnabled: (level) => level === 'warn' || level === 'error',
    debug() {},
    info() {},
    warn: tell,
    error: tell,
    fatal: tell,
  };
}

function reasonIn(fields: object): string {
  return 'err' in fields && fields.err instanceof Error ? `: ${printable(fields.err.message)}` : '';
}
