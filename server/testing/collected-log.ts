import type { Log } from '../downloads/ports.ts';

export interface CollectedLog extends Log {
  readonly lines: { readonly level: keyof Log; readonly fields: object; readonly message: string }[];
}

/** A log that a test can read. */
export function collectedLog(): CollectedLog {
  const lines: CollectedLog['lines'] = [];
  const at = (level: keyof Log) => (fields: object, message: string) => void lines.push({ level, fields, message });
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
