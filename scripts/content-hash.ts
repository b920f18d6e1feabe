import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** One hash over names and contents of the files and folders given, relative to `root`. What is missing counts as such. */
export async function contentHash(root: string, inputs: readonly string[]): Promise<string> {
  const listed = await Promise.all(inputs.map((input) => filesIn(root, input)));
  const files = listed.flat().toSorted();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash('sha256');
  for (const [at, file] of files.entries()) {
    const content = contents[at]!;
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

async function filesIn(root: string, input: string): Promise<string[]> {
  const found = await stat(join(root, input)).catch(() => null);
  if (!found) return [];
  if (found.isFile()) return [input];
  const entries = await readdir(join(root, input), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length));
}
