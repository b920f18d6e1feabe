import { createHash } from 'node:crypto';
import type { Job } from '#shared/job.ts';

/** Weak: made of what a client would act on, so jittered numbers in the body do not spoil it. */
export function entityTagOf(jobs: readonly Job[]): string {
  const moved = jobs.map(({ jobId, version, queue, worker }) => `${jobId}.${version}.${queue?.position ?? ''}.${worker?.lastHeardAt ?? ''}`);
  if (moved.length === 1) return `W/"${moved[0]}"`;
  return `W/"${createHash('sha256').update(moved.join()).digest('base64url')}"`;
}

/**
 * Weak comparison after RFC 9110, 13.1.2. Express's own check gives up when the request says
 * `Cache-Control: no-cache`, which every `fetch` that sets `If-None-Match` does.
 */
export function matchesEntityTag(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((candidate) => opaque(candidate) === opaque(tag));
}
