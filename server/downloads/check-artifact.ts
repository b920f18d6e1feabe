import { createHash } from 'node:crypto';
import { AttemptFault } from './faults.ts';
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
  for await (const chunk of await objects.read(artifact, signal)) {
    hash.update(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    if (now() - reportedAt < reportEveryMs) continue;
    reportedAt = now();
    onShare(size / artifact.size);
  }
  if (size !== artifact.size || hash.digest('hex') !== artifact.sha256) {
    throw new AttemptFault('checksum-mismatch', 'The copy was damaged and was thrown away.');
  }
}
