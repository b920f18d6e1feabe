import { SourceFault } from '../downloads/faults.ts';

const missing = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ESTALE']);
const refused = new Set(['EACCES', 'EPERM']);

/** Says in the contract's words what the file system said of a path (told relative to its root); other errors stay as they are. */
export function errnoFault(error: unknown, path: string): unknown {
  const code = errnoOf(error);
  if (code === null) return error;
  if (missing.has(code)) return new SourceFault('file-not-found', `It is not there any more: ${path}`, { cause: error });
  if (refused.has(code)) return new SourceFault('source-forbidden', `It may not be read: ${path}`, { cause: error });
  return unavailable(error);
}

/** For a place without which there are no files at all: that it is missing says nothing about a file. */
export function unavailable(cause: unknown): SourceFault {
  return new SourceFault('source-unavailable', `The folder with the files cannot be read (${errnoOf(cause) ?? 'unknown'}).`, { cause });
}

/** Whether a path, or a part of it, does not exist (now). */
export function isMissing(error: unknown): boolean {
  return missing.has(errnoOf(error) ?? '');
}

function errnoOf(error: unknown): string | null {
  const { code, errno } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  return typeof errno === 'number' && code !== undefined ? code : null;
}
