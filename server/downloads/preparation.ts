import { createHash } from 'node:crypto';
import type { Packing } from './artifact-name.ts';
import type { SourceFile } from './ports.ts';

/**
 * One name for all requests that the same artifact answers: the same versions of the same files, packed alike. Null
 * when a source cannot tell a version: then nobody knows whether the bytes would be the same.
 */
export function preparationOf(found: readonly SourceFile[], { archive, archiveName }: Packing): string | null {
  if (found.some(({ version }) => version === null)) return null;
  const files = found.map(({ fileId, fileName, version }) => [fileId, fileName, version]);
  return createHash('sha256').update(JSON.stringify([files, archive, archiveName])).digest('base64url');
}
