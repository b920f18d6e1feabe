import type { Intent, WantedFile, Wish } from './intent.ts';
import { suggestArchiveName } from './new-download/archive-name.ts';
import type { TrackedJob } from './tracked-job.ts';

/** What to send for a wish. Separate files are asked for a moment apart, so that the list keeps the order in which they were chosen. */
export function wantAll({ files, bundling, ownStem, tellMe }: Wish, now: number): Intent[] {
  const stem = (ownStem?.trim() || suggestArchiveName(files)).replace(/\.zip$/i, '');
  const intents =
    files.length > 1 && bundling === 'one-zip'
      ? [wantArchive(files, `${stem}.zip`, now)]
      : files.map((file, index) => wantFile(file, now + files.length - index));
  for (const intent of intents) intent.tellMe = tellMe;
  return intents;
}

export function wantFile({ fileId, fileName, size }: WantedFile, now: number): Intent {
  const clientRequestId = crypto.randomUUID();
  return {
    clientRequestId,
    place: { rowId: clientRequestId, askedAt: new Date(now).toISOString() },
    asked: { fileIds: [fileId], fileName, size, clientRequestId },
    archiveName: null,
    retryOf: null,
    tellMe: false,
  };
}

export function wantArchive(files: readonly WantedFile[], archiveName: string, now: number): Intent {
  const clientRequestId = crypto.randomUUID();
  const sizes = files.map((file) => file.size);
  return {
    clientRequestId,
    place: { rowId: clientRequestId, askedAt: new Date(now).toISOString() },
    asked: {
      fileIds: files.map((file) => file.fileId),
      fileName: archiveName,
      size: sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0),
      clientRequestId,
    },
    archiveName,
    retryOf: null,
    tellMe: false,
  };
}

/** Asks for the same once more, in the same place of the list. */
export function wantAgain(jobId: string, tracked: Pick<TrackedJob, 'place' | 'asked' | 'tellMe'>): Intent {
  const clientRequestId = crypto.randomUUID();
  const { place, asked, tellMe } = tracked;
  return { clientRequestId, place, asked, archiveName: null, retryOf: jobId, tellMe };
}
