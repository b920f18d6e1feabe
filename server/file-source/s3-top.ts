import type { Top } from './name-index.ts';
import { listTop, type S3Folder, type S3Object } from './s3-listing.ts';
import { isVisibleName } from './visible-name.ts';

/** What can be asked for: an object, or all objects with a common prefix. */
export type S3Item = { readonly fileName: string; readonly object: S3Object } | { readonly fileName: string; readonly prefix: string };

/** By the name under which a number is kept. */
export type S3Items = ReadonlyMap<string, S3Item>;

/** Objects and prefixes directly below a prefix, as files and folders are in a directory. */
export async function readS3Top(folder: S3Folder): Promise<Top<S3Items>> {
  const items = new Map<string, S3Item>();
  const prefixes: string[] = [];
  for await (const page of listTop(folder)) {
    prefixes.push(...page.prefixes);
    for (const object of page.objects) {
      const fileName = object.key.slice(folder.prefix.length);
      if (isVisibleName(fileName)) items.set(fileName, { fileName, object });
    }
  }
  for (const prefix of prefixes) {
    const fileName = prefix.slice(folder.prefix.length, -1);
    // Unlike in a directory, a file and a folder may have the same name.
    if (isVisibleName(fileName)) items.set(items.has(fileName) ? `${fileName}/` : fileName, { fileName, prefix });
  }
  return { names: [...items.keys()], kept: items };
}
