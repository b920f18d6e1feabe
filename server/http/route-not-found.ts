import type { RequestHandler } from 'express';
import { DownloadError } from '../downloads/errors.ts';

export const routeNotFound: RequestHandler = () => {
  throw new DownloadError('route-not-found', 'Nothing lives at this address. /docs lists what does.');
};
