import { FileNotFound } from './errors.ts';
import { SourceFault } from './faults.ts';
import type { DownloadRequest } from './job-record.ts';
import { knownFiles, nothingKnown, type KnownFiles } from './known-files.ts';
import type { Ports, SourceFile } from './ports.ts';

/**
 * Asks the source what the numbers stand for, for at most `policy.describeMs`. Rejects with `FileNotFound` when it says
 * that one does not exist; a source that cannot tell in time leaves the rest unknown.
 */
export async function describeFiles(
  ports: Pick<Ports, 'source' | 'policy'>,
  request: DownloadRequest,
): Promise<KnownFiles> {
  const outcomes = await askEach(ports, request.fileIds);
  const missing = request.fileIds.filter((_, index) => isNotFound(outcomes[index]));
  if (missing.length > 0) throw new FileNotFound(missing);
  const found = outcomes.filter((outcome): outcome is SourceFile => !(outcome instanceof Error));
  return found.length === outcomes.length ? knownFiles(found, request) : nothingKnown;
}

async function askEach({ source, policy }: Pick<Ports, 'source' | 'policy'>, fileIds: readonly number[]) {
  const patience = new AbortController();
  const tooLate = new Promise<Error>((resolve) => {
    patience.signal.addEventListener('abort', () => resolve(new Error('the source took too long')));
  });
  const timer = setTimeout(() => patience.abort(), policy.describeMs);
  try {
    return await Promise.all(
      fileIds.map((fileId) => Promise.race([source.find(fileId, patience.signal).catch(asError), tooLate])),
    );
  } finally {
    clearTimeout(timer);
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

export function isNotFound(outcome: unknown): boolean {
  return outcome instanceof SourceFault && outcome.code === 'file-not-found';
}
