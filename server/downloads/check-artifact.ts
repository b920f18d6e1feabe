import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AttemptFault, StorageFault } from './faults.ts';
import type { Artifact } from './job-record.ts';
import type { Ports } from './ports.ts';

const reportEveryMs = 1000;

/**
 * Reads the stored bytes back and compares them with what was sent, where the store does not vouch for them itself.
 * Rejects with `checksum-mismatch`. `onShare` hears how much is checked, 0 to 1, at most once a second.
 */
export async function checkArtifact(
  { objects, now }: Pick<Ports, 'objects' | 'now'>,
  artifact: Artifact,
  onShare: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!objects.read) return;
  const hash = createHash('sha256');
  let size = 0;
  let reportedAt = now();
  for await (const chunk of readable(await objects.read(artifact, signal), signal)) {
    hash.update(chunk);
    size += chunk.length;
    if (now() - reportedAt < reportEveryMs) continue;
    reportedAt = now();
    onShare(size / artifact.size);
  }
  if (size !== artifact.size || hash.digest('hex') !== artifact.sha256) {
    throw new AttemptFault('checksum-mismatch', 'The copy was damaged and was thrown away.');
  }
}

/** A store that fails in the middle of giving the bytes back may well give them the next time. */
async function* readable(bytes: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes as AsyncIterable<Uint8Array>;
  } catch (error) {
    signal.throwIfAborted();
    throw new StorageFault('storage-unavailable', 'The finished file could not be read back.', { cause: error });
  }
}
