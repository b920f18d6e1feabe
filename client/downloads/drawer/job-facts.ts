import type { Job } from '#shared/job.ts';
import { toLocalTime } from '../../api/server-clock.ts';
import { formatExactly } from '../../ui/moments.ts';
import { formatSize } from '../../ui/sizes.ts';
import type { Fact } from './fact-list.tsx';

/** What is to be known of a finished file. */
export function fileFacts({ result, expiresAt, status, files }: Job): Fact[] {
  if (status !== 'completed') return [];
  return [
    { name: 'SHA-256', value: result.sha256, copy: 'SHA-256', code: true },
    { name: 'Type', value: result.contentType },
    { name: 'Size', value: result.size === null ? null : `${formatSize(result.size)} (${result.size.toLocaleString('en-GB')} bytes)` },
    { name: 'Available', value: `until ${formatExactly(toLocalTime(expiresAt))}` },
    ...(files && files.length > 1 ? [{ name: 'Contains', value: files.map((file) => file.fileName).join(', ') }] : []),
  ];
}

/** What somebody is asked for who wants help. */
export function supportFacts(job: Job, viewer: string | null): Fact[] {
  const href = viewer === null ? null : viewer.replaceAll('{trace_id}', job.traceId);
  return [
    { name: 'Error code', value: job.errorCode, copy: 'Error code', code: true },
    { name: 'Trace', value: job.traceId, copy: 'Trace id', code: true, ...(href === null ? {} : { href }) },
    { name: 'Job', value: job.jobId, copy: 'Job id', code: true },
  ];
}
