import express, { type RequestHandler } from 'express';
import { unsupportedMediaType } from './error-handler.ts';

/** Reads a JSON body of at most `limit` bytes, not compressed; anything else is refused before it is read. */
export function jsonBody(limit: number): RequestHandler[] {
  return [
    (req, _res, next) => next(req.is('application/json') ? undefined : unsupportedMediaType()),
    express.json({ limit, inflate: false, strict: false, type: () => true }),
  ];
}
