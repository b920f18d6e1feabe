import { lookup } from 'mime-types';

/** The type that a name's extension stands for. */
export function contentTypeOf(fileName: string): string {
  return lookup(fileName) || 'application/octet-stream';
}
