import type { HistoryResponse } from '#shared/download-api.ts';
import type { HistoryQuery } from '#shared/download-requests.ts';
import { BadCursor } from './errors.ts';
import type { HistoryCursor } from './ports.ts';
import { showJob, type ViewPorts, type ViewWish } from './view-jobs.ts';
import type { Ports } from './ports.ts';

/** One page of a user's jobs, newest first. Rejects with `BadCursor`. */
export async function listHistory(
  ports: ViewPorts & Pick<Ports, 'jobs'>,
  { userId, status, limit, cursor }: HistoryQuery,
  wish: ViewWish,
): Promise<HistoryResponse> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const page = await ports.jobs.history({ userId, statuses: status ?? null, limit, after });
  return {
    jobs: await Promise.all(page.jobs.map((job) => showJob(ports, job, wish))),
    total: page.total,
    nextCursor: page.next && encodeCursor(page.next),
  };
}

function encodeCursor({ queuedAt, jobId }: HistoryCursor): string {
  return Buffer.from(`${queuedAt}.${jobId}`).toString('base64url');
}

function decodeCursor(cursor: string): HistoryCursor {
  const match = /^(\d{1,15})\.(dl_[\w-]{22})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw new BadCursor();
  return { queuedAt: Number(match[1]), jobId: match[2]! };
}
