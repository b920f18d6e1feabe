/** The states a job can be in, in the order in which a job meets them. */
export const jobStatuses = ['queued', 'running', 'processing_artifacts', 'completed', 'failed', 'cancelled', 'expired'] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const settledStatuses = ['completed', 'failed', 'cancelled', 'expired'] as const satisfies readonly JobStatus[];
export type SettledStatus = (typeof settledStatuses)[number];

/** Whether nothing more will happen to the job by itself, save that a completed one expires. */
export function isSettled(status: JobStatus): status is SettledStatus {
  return (settledStatuses as readonly JobStatus[]).includes(status);
}

export const priorities = ['high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** Percent at which fetching ends and packing begins; the track in the dashboard has its gap there. */
export const packingStartsAtPercent = 92;
