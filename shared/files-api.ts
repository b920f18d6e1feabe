import * as z from 'zod/mini';

export const filesPath = '/v1/files';

/** One file or folder that can be asked for; `entries` counts the files in its ZIP, and is 1 for a plain file. */
export const catalogueFileSchema = z.object({
  fileId: z.int(),
  fileName: z.string(),
  size: z.nullable(z.int()),
  contentType: z.string(),
  entries: z.int(),
});
export type CatalogueFile = z.infer<typeof catalogueFileSchema>;

export const filesResponseSchema = z.object({
  files: z.array(catalogueFileSchema),
  total: z.int(),
  nextCursor: z.nullable(z.string()),
});
export type FilesResponse = z.infer<typeof filesResponseSchema>;
