import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { createBullBoard } from '@bull-board/api';
import { ExpressAdapter } from '@bull-board/express';
import type { Queue } from 'bullmq';
import { Router, type RequestHandler } from 'express';
import { openLine, usualPrefix } from '../job-queue/open-line.ts';
import { connectAsking } from '../redis/connect-redis.ts';
import { reachRedis } from '../redis/reach-redis.ts';
import { knownHosts } from './known-hosts.ts';

export interface QueueBoard {
  readonly routes: RequestHandler;
  close(): Promise<void>;
}

export interface BoardOptions {
  readonly redisUrl: string;
  /** What the operators' port is bound to; besides localhost and addresses the only name it answers to. */
  readonly host: string;
  /** Where the dashboard is, for links from an entry to its job; null when that is known by request alone. */
  readonly publicUrl: string | null;
  readonly prefix?: string;
}

/** All that the board loads is its own: the fonts it would like from elsewhere tell that elsewhere who operates here. */
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'self'; frame-ancestors 'none'; form-action 'none'";

/**
 * bull-board for operators: what waits, what is delayed, who works. It only shows. An entry follows from its record, so a
 * button here that retries, promotes or drops one would be undone by the sweep, or contradict what the record decides;
 * `npm run jobs` changes the records.
 */
export function createQueueBoard({ redisUrl, host, publicUrl, prefix = usualPrefix }: BoardOptions): QueueBoard {
  const redis = connectAsking(redisUrl);
  const line = openLine(redis, prefix);
  const board = new ExpressAdapter().setBasePath('/');
  createBullBoard({
    queues: [adapterOf(line, publicUrl)],
    serverAdapter: board,
    options: { uiConfig: { boardTitle: 'Downloads' } },
  });
  const routes = Router();
  routes.use(knownHosts(host), readOnly, withPolicy, onlyWithRedis(line), board.getRouter() as RequestHandler);
  return {
    routes,
    async close() {
      await line.close();
      redis.disconnect();
    },
  };
}

function adapterOf(line: Queue, publicUrl: string | null): BullMQAdapter {
  return new BullMQAdapter(line, {
    readOnlyMode: true,
    displayName: 'Waiting line',
    description: 'Entries follow from their records: change those, with npm run jobs.',
    ...(publicUrl === null ? {} : { externalJobUrl: ({ id }) => ({ displayText: 'Open in the dashboard', href: `${publicUrl}/jobs/${id}` }) }),
  });
}

/** bull-board refuses changes too; here nothing depends on its telling them apart. */
const readOnly: RequestHandler = ({ method }, res, next) => {
  if (method === 'GET' || method === 'HEAD') next();
  else res.status(405).set('Allow', 'GET, HEAD').type('text').send('This board only shows. Use npm run jobs for changes.\n');
};

const withPolicy: RequestHandler = (_req, res, next) => {
  res.set({ 'Content-Security-Policy': policy, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' });
  next();
};

/** Whatever bull-board asks of a Redis that was never there would wait without end. */
function onlyWithRedis(line: Queue): RequestHandler {
  return async ({ path }, res, next) => {
    try {
      if (path.startsWith('/api/')) await reachRedis(() => line.waitUntilReady());
      next();
    } catch {
      res.status(503).json({ error: 'Redis cannot be reached.' });
    }
  };
}
