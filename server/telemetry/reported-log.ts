import type { Log } from '../downloads/ports.ts';
import type { ErrorReportsWish } from './error-reports.ts';

export interface ReportedLog {
  readonly log: Log;
  /** Sends what is left, as far as that is possible in a moment. */
  readonly close: () => Promise<void>;
}

/**
 * A log whose errors are reported to Sentry as well: a line at `error` or `fatal` that has an `err` wants somebody to look,
 * and nothing else does. Without a DSN it is the log as it is, and nothing is loaded.
 */
export async function reportedLog(log: Log, { dsn, ...about }: Omit<ErrorReportsWish, 'dsn'> & { readonly dsn: string | null }): Promise<ReportedLog> {
  if (dsn === null) return { log, close: async () => {} };
  const { openErrorReports } = await import('./error-reports.ts');
  const reports = openErrorReports({ dsn, ...about });
  const telling = (level: 'error' | 'fatal') => (fields: object, message: string) => {
    log[level](fields, message);
    if ('err' in fields) reports.report(fields.err, fields, level);
  };
  return {
    log: {
      isLevelEnabled: (level) => log.isLevelEnabled(level),
      debug: (fields, message) => log.debug(fields, message),
      info: (fields, message) => log.info(fields, message),
      warn: (fields, message) => log.warn(fields, message),
      error: telling('error'),
      fatal: telling('fatal'),
    },
    close: () => reports.close(),
  };
}
