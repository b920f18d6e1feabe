import { filesPerJob, idsPerPoll } from '#shared/download-api.ts';
import type { Capabilities } from '#shared/service-api.ts';
import type { Ports } from './ports.ts';

/** What this server can do and allows, for clients that would rather know before they ask. */
export function describeCapabilities({ source, policy }: Pick<Ports, 'source' | 'policy'>, page: Capabilities['page']): Capabilities {
  return {
    limits: { filesPerJob, artifactBytes: policy.maxArtifactBytes, idsPerPoll, activeJobs: null },
    lifetimes: {
      jobMs: policy.jobTtlMs,
      historyMs: policy.historyTtlMs,
      deadlineMs: policy.jobTimeoutMs,
      linkSeconds: Math.round(policy.linkTtlMs / 1000),
    },
    channels: { longPoll: false, events: false, webhooks: false },
    source: { name: source.name, catalogue: source.list !== undefined },
    page,
  };
}
