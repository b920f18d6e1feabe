import { parseArgs } from 'node:util';
import * as z from 'zod';
import { jobStatuses } from '#shared/job-status.ts';
import type { JobsQuestion } from '../downloads/list-jobs.ts';

export const changes = ['retry', 'cancel', 'expire'] as const;
export type Change = (typeof changes)[number];

interface Wish {
  readonly json: boolean;
}
export interface ListCommand extends Wish {
  readonly name: 'list';
  readonly question: JobsQuestion;
}
export interface ShowCommand extends Wish {
  readonly name: 'show';
  readonly jobId: string;
}
export interface ChangeCommand extends Wish {
  readonly name: Change;
  readonly jobIds: readonly string[];
}
export interface DoctorCommand extends Wish {
  readonly name: 'doctor';
}
export type Command = ListCommand | ShowCommand | ChangeCommand | DoctorCommand;

/** The command line makes no sense; the message says why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const listSchema = z.strictObject({
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(jobStatuses, { error: ({ input }) => `${String(input)} is no status; there are ${jobStatuses.join(', ')}` })))
    .optional(),
  user: z.string().min(1, 'must be a name').optional(),
  limit: z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be at least 1').max(100_000, 'must be at most 100000').default(50),
});

/** Reads what was written after `npm run jobs --`; null when help is wanted. Throws `UsageError`. */
export function parseCommand(args: readonly string[]): Command | null {
  const { values, positionals } = split(args);
  const { json = false, help = false, ...options } = values;
  const [name, ...jobIds] = positionals;
  if (help || name === undefined || name === 'help') return null;
  if (name === 'list') {
    if (jobIds.length > 0) throw new UsageError(`list takes no ${jobIds[0]}; show takes a job.`);
    return { name, json, question: questionOf(options) };
  }
  const [stray] = Object.keys(options);
  if (stray !== undefined) throw new UsageError(`--${stray} belongs to list.`);
  if (name === 'doctor' && jobIds.length === 0) return { name, json };
  if (name === 'show' && jobIds.length === 1) return { name, json, jobId: jobIds[0]! };
  if (isChange(name) && jobIds.length > 0) return { name, json, jobIds: [...new Set(jobIds)] };
  throw new UsageError(complaintOf(name));
}

function split(args: readonly string[]) {
  try {
    const options = {
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      status: { type: 'string' },
      user: { type: 'string' },
      limit: { type: 'string' },
    } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function questionOf(options: object): JobsQuestion {
  const parsed = listSchema.safeParse(options);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}.`).join('\n'));
  const { status = null, user = null, limit } = parsed.data;
  return { statuses: status, userId: user, limit };
}

function isChange(name: string): name is Change {
  return (changes as readonly string[]).includes(name);
}

function complaintOf(name: string): string {
  if (name === 'doctor') return 'doctor looks at everything, and takes no job.';
  if (name === 'show') return 'show takes one job.';
  return isChange(name) ? `${name} which job?` : `There is no command ${name}.`;
}
