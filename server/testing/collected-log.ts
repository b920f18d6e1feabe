import type { Log } from '../downloads/ports.ts';

type Level = 'debug' | 'info' | 'warn' | 'error' | 'fatal';

export interface CollectedLog extends Log {
  readonly lines: { readonly level: Level; readonly fields: object; readonly message: string }[];
}

/** A log that a test can read. */
export function collectedLog(): CollectedLog {
  const lines: CollectedLog['lines'] = [];
  const at = (level: Level) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { lines, isLevelEnabled: () => true, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), fatal: at('fatal') };
}
