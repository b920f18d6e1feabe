import { parse } from 'content-disposition';
import { extension } from 'mime-types';

/** The name under which the upstream offers a file, else the last part of its address; null where that is empty too. */
export function httpFileName(disposition: string | null, url: URL, contentType: string | null): string | null {
  return offeredName(disposition) ?? lastSegment(url, contentType);
}

/** By RFC 6266 and 8187, of a path its last part. UTF-8 that was sent as it is, which no standard allows and many do, is read too. */
function offeredName(disposition: string | null): string | null {
  if (disposition === null) return null;
  const { filename, 'filename*': extended } = parse(disposition).parameters;
  const name = filename === undefined || extended !== undefined ? filename : readAsUtf8(filename);
  return name?.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? null;
}

function readAsUtf8(name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(name, 'latin1'));
  } catch {
    return name;
  }
}

/** A number alone does not tell with what to open the file; its type does. */
function lastSegment({ pathname }: URL, contentType: string | null): string | null {
  const segment = pathname.split('/').findLast((part) => part !== '');
  if (segment === undefined) return null;
  const name = decoded(segment);
  const known = contentType === null || contentType === 'application/octet-stream' ? false : extension(contentType);
  return known !== false && !name.includes('.') ? `${name}.${known}` : name;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
