import type { AttemptClaims } from './attempt-claims.ts';
import { checkArtifact } from './check-artifact.ts';
import { AttemptFault, StorageFault } from './faults.ts';
import type { ClaimEvent } from './held-claim.ts';
import type { Artifact, JobRecord } from './job-record.ts';
import { knownFiles } from './known-files.ts';
import { packArtifact } from './pack-artifact.ts';
import type { Ports, SourceFile } from './ports.ts';
import { ProgressMeter } from './progress-meter.ts';
import { within } from './within.ts';

export type AttemptPorts = Pick<Ports, 'jobs' | 'objects' | 'source' | 'policy' | 'now' | 'log'>;

/**
 * One run: from the source through packing into the object store, checked, and published by one fenced write for each job
 * that shares it. Answers their records. Rejects with an `AttemptFault`, or with the signal's reason.
 */
export async function runAttempt(
  ports: AttemptPorts,
  claims: AttemptClaims,
  signal: AbortSignal,
): Promise<{ artifact: Artifact; jobs: JobRecord[] }> {
  const { request } = claims.first;
  const files = await findAll(ports, request.fileIds, signal);
  const known = knownFiles(files, request);
  await refuseTooMuch(ports, known.bytesTotal);
  await claims.describe(known);

  const { artifact, bytesDone } = await fetchAndStore(ports, claims, files, signal);
  const ending: ClaimEvent[] = [{ type: 'fetched', bytesDone }];
  if (ports.objects.read) {
    await claims.tell(...ending.splice(0));
    await checkArtifact(ports, artifact, (share) => claims.report({ type: 'checked', share }), signal);
  }
  await claims.gather({ last: true });
  return { artifact, jobs: await claims.tell(...ending, { type: 'completed', artifact }) };
}

async function fetchAndStore(ports: AttemptPorts, claims: AttemptClaims, files: readonly SourceFile[], signal: AbortSignal) {
  const { request } = claims.first;
  const { sourceIdleMs: idleMs, maxArtifactBytes: maxBytes } = ports.policy;
  using meter = new ProgressMeter(ports.now, (bytesDone, bytesPerSecond) => {
    claims.report({ type: 'progressed', bytesDone, bytesPerSecond });
  });
  const packed = packArtifact(files, request, { onBytes: (count) => meter.add(count), idleMs, maxBytes }, signal);
  const name = { ...claims.object, fileName: packed.fileName };
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
