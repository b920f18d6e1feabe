import * as z from 'zod/mini';
import { askedSchema, placeSchema } from './tracked-job.ts';

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

/** What somebody asks for: each file by itself, or several in one ZIP. */
export interface Wish {
  files: readonly WantedFile[];
  bundling: 'one-zip' | 'separate';
  /** A name for the ZIP, without its ending; null for the one that suggests itself. */
  ownStem: string | null;
  tellMe: boolean;
}
