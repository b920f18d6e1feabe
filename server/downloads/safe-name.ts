import { splitName } from './split-name.ts';

/** Control characters, line ends, and marks that turn the reading direction and so make a name look like another. */
const invisible = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;
/** Separators here or on other systems, and what Windows cannot write. */
const forbidden = /[/\\:*?"<>|]/g;
/** File systems take 255 bytes; a ` (2)` or `.zip` may still be added. */
const maxBytes = 240;

/** A name that can be written anywhere and leads nowhere; empty when nothing of it is left. */
export function safeName(name: string): string {
  const safe = name.toWellFormed().replace(invisible, '').replace(forbidden, '_').replace(/[ .]+$/, '').trimStart();
  return shortened(safe);
}

/** The same for a path with `/` that stays below where it is unpacked. */
export function safePath(path: string): string {
  return path.split('/').map(safeName).filter(Boolean).join('/') || 'file';
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const { stem, extension } = splitName(name);
  const room = maxBytes - Buffer.byteLength(extension);
  // A cut in the middle of a character leaves a replacement mark at the end.
  return Buffer.from(stem).subarray(0, room).toString().replace(/\uFFFD+$/, '') + extension;
}
