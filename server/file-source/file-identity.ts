import type { BigIntStats } from 'node:fs';
import { lstat } from 'node:fs/promises';

/** What makes a file the one that was listed, unchanged. Large numbers: inodes of some file systems need all 64 bits. */
export interface FileIdentity {
  readonly dev: bigint;
  readonly ino: bigint;
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

export type Found = { readonly folder: false; readonly identity: FileIdentity } | { readonly folder: true };

/** What lies at a path; null for anything but a regular file or a folder. A symlink is not followed. */
export async function lookAt(path: string): Promise<Found | null> {
  const stats = await lstat(path, { bigint: true });
  if (stats.isDirectory()) return { folder: true };
  const identity = identityOf(stats);
  return identity && { folder: false, identity };
}

/** The same for what can only be a file. */
export async function identify(path: string): Promise<FileIdentity | null> {
  return identityOf(await lstat(path, { bigint: true }));
}

/** Null for anything but a regular file. */
export function identityOf(stats: BigIntStats): FileIdentity | null {
  const { dev, ino, size, mtimeNs } = stats;
  return stats.isFile() ? { dev, ino, size, mtimeNs } : null;
}

export function isSame(a: FileIdentity, b: FileIdentity | null): boolean {
  return b !== null && a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs;
}

/** Another one whenever the file is written or replaced. */
export function versionOf({ dev, ino, size, mtimeNs }: FileIdentity): string {
  return [dev, ino, size, mtimeNs].join('-');
}

export function modifiedAt({ mtimeNs }: FileIdentity): Date {
  return new Date(Number(mtimeNs / 1_000_000n));
}
