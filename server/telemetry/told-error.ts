import { safeText } from './safe-text.ts';

export interface ToldError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: ToldError;
}

const longestChain = 5;

/**
 * What the log says of an error. Libraries hang commands, headers and whole answers on theirs, and a password with them, so
 * this names what is told and leaves out the rest.
 */
export function toldError(thrown: unknown, depth = 1): ToldError {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: safeText(String(thrown)) };
  const { name, message, stack, cause } = thrown;
  const code = 'code' in thrown && (typeof thrown.code === 'string' || typeof thrown.code === 'number') ? thrown.code : undefined;
  return {
    type: name,
    message: safeText(message),
    ...(code === undefined ? {} : { code }),
    ...(stack === undefined ? {} : { stack: safeText(stack) }),
    ...(cause === undefined || depth === longestChain ? {} : { cause: toldError(cause, depth + 1) }),
  };
}
