import type { RequestHandler } from 'express';
import { DownloadError } from '../downloads/errors.ts';
import { contextOf } from './request-context.ts';

export const routeNotFound: RequestHandler = (_req, res) => {
  contextOf(res).matched(null);
  throw new DownloadError('route-not-found', 'Nothing lives at this address. /docs lists what does.');
};
