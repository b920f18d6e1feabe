import type { AttemptClaims } from './attempt-claims.ts';
import { checkArtifact } from './check-artifact.ts';
import { AttemptFault, SourceFault, StorageFault } from './faults.ts';
import type { ClaimEvent } from './held-claim.ts';
import type { Artifact, JobRecord } from './job-record.ts';
import { knownFiles } from './known-files.ts';
import { packArtifact } from './pack-artifact.ts';
import type { Ports, SourceFile } from './ports.ts';
import { ProgressMeter } from './progress-meter.ts';
import { during, type Span } from './tracing.ts';
import { untilRead } from './until-read.ts';
import { within } from './within.ts';

export type AttemptPorts = Pick<Ports, 'jobs' | 'objects' | 'source' | 'policy' | 'now' | 'log' | 'tracing'>;

/**
 * One run: from the source through packing into the object store, checked, and published by one fenced write for each job
 * that shares it. Answers their records. Rejects with an `AttemptFault`, or with the signal's reason.
 */
export async function runAttempt(
  ports: AttemptPorts,
  claims: AttemptClaims,
  signal: AbortSignal,
): Promise<{ artifact: Artifact; jobs: JobRecord[] }> {
  const { artifact, bytesDone } = await fetchAndStore(ports, claims, signal);
  const ending: ClaimEvent[] = [{ type: 'fetched', bytesDone }];
  if (ports.objects.read) {
    await claims.tell(...ending.splice(0));
    const onShare = (share: number) => claims.report({ type: 'checked', share });
    await during(ports.tracing.begin('check'), () => checkArtifact(ports, artifact, onShare, signal));
  }
  return during(ports.tracing.begin('publish'), async () => {
    await claims.gather({ last: true });
    return { artifact, jobs: await claims.tell(...ending, { type: 'completed', artifact }) };
  });
}

/** From the first question to the source until its last byte is stored. */
async function fetchAndStore(ports: AttemptPorts, claims: AttemptClaims, signal: AbortSignal) {
  const { request } = claims.first;
  const reading = ports.tracing.begin('source', { 'job.files': request.fileIds.length });
  try {
    const files = await reading.run(() => findAll(ports, request.fileIds, signal));
    const known = knownFiles(files, request);
    await refuseTooMuch(ports, known.bytesTotal);
    await claims.describe(known);
    return await store(ports, claims, files, reading, signal);
  } catch (error) {
    if (error instanceof SourceFault) reading.end(error);
    throw error;
  } finally {
    reading.end();
  }
}

/** Reading, packing and storing go on at the same time. */
async function store(ports: AttemptPorts, claims: AttemptClaims, files: readonly SourceFile[], reading: Span, signal: AbortSignal) {
  const { request } = claims.first;
  const { sourceIdleMs: idleMs, maxArtifactBytes: maxBytes } = ports.policy;
  using meter = new ProgressMeter(ports.now, (bytesDone, bytesPerSecond) => {
    claims.report({ type: 'progressed', bytesDone, bytesPerSecond });
  });
  const rules = { onBytes: (count: number) => meter.add(count), idleMs, maxBytes };
  const packing = ports.tracing.begin('packing');
  const told = untilRead(files, () => reading.end());
  const packed = reading.run(() => packArtifact(told, request, rules, signal));
  packed.body.once('close', () => packing.end());
  const name = { ...claims.object, fileName: packed.fileName };
  const stored = await during(ports.tracing.begin('upload'), () => ports.objects.write(name, packed.contentType, packed.body, signal));
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
