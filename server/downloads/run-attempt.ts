import { checkArtifact } from './check-artifact.ts';
import { discardObject } from './discard-object.ts';
import { AttemptFault, StorageFault } from './faults.ts';
import type { HeldClaim } from './held-claim.ts';
import type { Artifact } from './job-record.ts';
import { knownFiles } from './known-files.ts';
import { packArtifact } from './pack-artifact.ts';
import type { Ports, SourceFile } from './ports.ts';
import { ProgressMeter } from './progress-meter.ts';
import { within } from './within.ts';

export type AttemptPorts = Pick<Ports, 'jobs' | 'objects' | 'source' | 'policy' | 'now' | 'log'>;

/**
 * One run: from the source through packing into the object store, checked, and published in one fenced write. Rejects
 * with an `AttemptFault`, or with the signal's reason; then nothing of it stays in the store.
 */
export async function runAttempt(ports: AttemptPorts, claim: HeldClaim, signal: AbortSignal): Promise<Artifact> {
  const { request } = claim.job;
  const files = await findAll(ports, request.fileIds, signal);
  const known = knownFiles(files, request);
  await refuseTooMuch(ports, known.bytesTotal);
  await claim.tell({ type: 'described', known });

  const { artifact, bytesDone } = await fetchAndStore(ports, claim, files, signal);
  try {
    await claim.tell({ type: 'fetched', bytesDone });
    await checkArtifact(ports, artifact, (share) => void claim.tell({ type: 'checked', share }).catch(unsaid), signal);
    await claim.tell({ type: 'completed', artifact });
    return artifact;
  } catch (error) {
    await discardUnlessPublished(ports, artifact);
    throw error;
  }
}

/** A report that cannot be written is dropped: a lost claim has aborted the signal by then, and a store may be away for a moment. */
const unsaid = () => {};

async function fetchAndStore(ports: AttemptPorts, claim: HeldClaim, files: readonly SourceFile[], signal: AbortSignal) {
  const { jobId, fence, request } = claim.job;
  const { sourceIdleMs: idleMs, maxArtifactBytes: maxBytes } = ports.policy;
  using meter = new ProgressMeter(ports.now, (bytesDone, bytesPerSecond) => {
    claim.tell({ type: 'progressed', bytesDone, bytesPerSecond }).catch(unsaid);
  });
  const packed = packArtifact(files, request, { onBytes: (count) => meter.add(count), idleMs, maxBytes }, signal);
  const name = { jobId, fence, fileName: packed.fileName };
  const stored = await ports.objects.write(name, packed.contentType, packed.body, signal);
  const artifact: Artifact = { ...name, ...stored, contentType: packed.contentType };
  return { artifact, bytesDone: meter.bytesDone };
}

async function findAll({ source }: AttemptPorts, fileIds: readonly number[], signal: AbortSignal): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  for (const fileId of fileIds) files.push(await within(source.find(fileId, signal), signal));
  return files;
}

async function refuseTooMuch({ objects, policy }: AttemptPorts, bytes: number | null): Promise<void> {
  if (bytes !== null && bytes > policy.maxArtifactBytes) {
    throw new AttemptFault('artifact-too-large', `It is larger than the ${policy.maxArtifactBytes} bytes allowed.`);
  }
  if (objects.hasRoomFor && !(await objects.hasRoomFor(bytes ?? 0))) {
    throw new StorageFault('storage-unavailable', 'There is not enough room for the finished file.');
  }
}

/** A publishing write whose answer was lost may have been made: the record knows. */
async function discardUnlessPublished(ports: AttemptPorts, artifact: Artifact): Promise<void> {
  const job = await ports.jobs.find(artifact.jobId).catch(() => undefined);
  if (job === undefined || job?.artifact?.fence === artifact.fence) return;
  await discardObject(ports, artifact);
}
