import type { Capabilities } from '#shared/service-api.ts';
import type { Limits } from './failure-words.ts';

/** The limits that sentences name; null while they are not known. */
export function limitsOf(capabilities: Capabilities | undefined): Limits {
  return {
    artifactBytes: capabilities?.limits.artifactBytes ?? null,
    deadlineMs: capabilities?.lifetimes.deadlineMs ?? null,
  };
}
