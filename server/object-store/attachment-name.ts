import { create } from 'content-disposition';
import { safeName } from '../downloads/safe-name.ts';

/** The name a browser is told to save a file under: never empty, never a path, nothing invisible in it. */
export function attachmentName(fileName: string): string {
  return safeName(fileName) || 'download';
}

/** `Content-Disposition` with an ASCII name for old clients and the true one (RFC 8187). */
export function attachmentHeader(fileName: string): string {
  const name = attachmentName(fileName);
  return create(name, { fallback: inAscii(name) });
}

/** Keeps the letters under accents; the rest becomes `_`, since `?` cannot be written everywhere. */
function inAscii(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[^\x20-\x7E]/gu, '_');
}
