import * as z from 'zod/mini';
import { jobSchema } from '#shared/job.ts';
import { toldFailureSchema } from '../api/told-failure.ts';

/** What one tab tells the others. All of it may be left out. */
export const tabWordSchema = z.object({
  /** Jobs as the server has just told of them. */
  jobs: z.optional(z.array(jobSchema)),
  /** Jobs that a poll asked about in vain although the service answered. */
  failed: z.optional(z.array(z.string())),
  /** How the last poll ended. */
  poll: z.optional(z.object({ nextPollInMs: z.nullable(z.number()), heardAt: z.nullable(z.number()) })),
  failure: z.optional(toldFailureSchema),
  /** A newly asked job is to be polled in this many milliseconds. */
  soonInMs: z.optional(z.number()),
  /** From a new tab: it wants to know what is known. */
  hello: z.optional(z.boolean()),
  /** Jobs that the server has told of since the telling tab was opened. */
  confirmed: z.optional(z.array(z.string())),
});
export type TabWord = z.infer<typeof tabWordSchema>;
