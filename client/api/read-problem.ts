import { problemSchema, type Problem } from '#shared/problem.ts';

/** The problem that an answer tells of; null when its body is none. */
export function readProblem(body: unknown): Problem | null {
  const problem = problemSchema.safeParse(body);
  return problem.success ? problem.data : null;
}
