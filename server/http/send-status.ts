import type { Request, Response } from 'express';
import type { Job } from '#shared/job.ts';
import { entityTagOf, matchesEntityTag } from './entity-tag.ts';

/** Answers a poll: 304 when nothing moved since the client's entity tag, else the body; `Retry-After` until all is settled. */
export function sendStatus(
  req: Request,
  res: Response,
  { body, jobs, nextPollInMs, more = '' }: { body: object; jobs: readonly Job[]; nextPollInMs: number | null; more?: string },
): void {
  const tag = entityTagOf(jobs).replace(/"$/, `${more}"`);
  res.setHeader('Cache-Control', 'private, no-cache');
  res.setHeader('ETag', tag);
  if (nextPollInMs !== null) res.setHeader('Retry-After', String(Math.ceil(nextPollInMs / 1000)));
  if (matchesEntityTag(req.get('if-none-match'), tag)) return void res.status(304).end();
  // Of all answers the most frequent: as one string it goes out in one write, with half of the work of `res.json`.
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.end(JSON.stringify(body));
}
