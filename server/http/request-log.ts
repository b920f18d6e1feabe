import { servicePaths } from '#shared/service-api.ts';
import type { Log } from '../downloads/ports.ts';
import { gone, type OnAnswered } from './watch-answer.ts';

/** One line for each answered request. What changes nothing and does not fail is told at `debug`: a busy day is all polls, and tabs that are closed over them. */
export function requestLog(log: Log): OnAnswered {
  return ({ context, method, path, status, isWhole, seconds }) => {
    const quiet = (status < 400 || status === gone) && (method === 'GET' || method === 'HEAD' || path === servicePaths.traces);
    const level = quiet ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    log[level]({ ...context.fields, method, path, status, ms: Math.round(seconds * 1000), ...(isWhole ? {} : { aborted: true }) }, 'request');
  };
}
