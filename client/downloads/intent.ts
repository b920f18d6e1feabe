import * as z from 'zod/mini';
import { askedSchema, placeSchema, type TrackedJob } from './tracked-job.ts';

/** Something asked for that the server has not confirmed yet, kept under `intent_<clientRequestId>` before it is sent. */
export const intentSchema = z.object({
  clientRequestId: z.string(),
  place: placeSchema,
  asked: askedSchema,
  /** Sent as one ZIP under this name; null for a single file. */
  archiveName: z.nullable(z.string()),
  /** The settled job to prepare once more. */
  retryOf: z.nullable(z.string()),
  /** Whether somebody wants to be told when it is ready. */
  tellMe: z.catch(z.boolean(), false),
});
export type Intent = z.infer<typeof intentSchema>;

export interface WantedFile {
  fileId: number;
  fileName: string | null;
  size: number | null;
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
