import { extname } from 'node:path';
import { create } from 'content-disposition';

/** Control characters, line ends, and marks that turn the reading direction and so make a name look like another. */
const invisible = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

/** What file systems take. */
const maxBytes = 255;

/**
 * The name a browser is told to save a file under: never empty, never a path, nothing invisible in it. Names arrive
 * here made safe already; this is for the day on which one does not.
 */
export function attachmentName(fileName: string): string {
  const visible = fileName.toWellFormed().replace(invisible, '').replace(/[/\\]/g, '_').trimStart();
  return shortened(visible).replace(/[ .]+$/, '') || 'download';
}

/** `Content-Disposition` with an ASCII name for old clients and the true one (RFC 8187). */
export function attachmentHeader(fileName: string): string {
  const name = attachmentName(fileName);
  return create(name, { fallback: inAscii(name) });
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const extension = extname(name).length <= 16 ? extname(name) : '';
  const stem = Buffer.from(name.slice(0, name.length - extension.length));
  // A cut in the middle of a character leaves a replacement mark at the end.
  return stem.subarray(0, maxBytes - Buffer.byteLength(extension)).toString().replace(/\uFFFD+$/, '') + extension;
}

/** Keeps the letters under accents; the rest becomes `_`, since `?` cannot be written everywhere. */
function inAscii(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\x20-\x7E]/gu, '_');
}
