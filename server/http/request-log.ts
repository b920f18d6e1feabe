import type { RequestHandler } from 'express';
import { servicePaths } from '#shared/service-api.ts';
import type { Log } from '../downloads/ports.ts';
import { contextOf } from './request-context.ts';

/**
 * One line for each answered request: path without query, for a query may hold what is nobody's business. What succeeds
 * and changes nothing is told at `debug`: a busy day is all polls.
 */
export function requestLog(log: Log): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    const { method, path } = req;
    res.once('close', () => {
      const quiet = res.statusCode < 400 && (method === 'GET' || method === 'HEAD' || path === servicePaths.traces);
      const level = quiet ? 'debug' : 'info';
      if (!log.isLevelEnabled(level)) return;
      log[level](
        {
          ...contextOf(res).fields,
          method,
          path,
          status: res.statusCode,
          ms: Math.round(performance.now() - startedAt),
          ...(res.writableFinished ? {} : { aborted: true }),
        },
        'request',
      );
    });
    next();
  };
}
