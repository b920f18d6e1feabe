import { contentTypeOf } from './content-type-of.ts';
import type { HttpAnswer } from './http-client.ts';
import { httpFileName } from './http-file-name.ts';
import { headerOf, lengthOf } from './http-headers.ts';
import { validatorOf } from './http-validator.ts';

/** What the head of an answer tells of a file. */
export interface HttpFileFacts {
  readonly fileName: string;
  /** Null when unknown. */
  readonly size: number | null;
  readonly contentType: string;
  readonly version: string | null;
  readonly modifiedAt: Date | null;
}

export function httpFileFacts(fileId: number, { headers, url }: Pick<HttpAnswer, 'headers' | 'url'>): HttpFileFacts {
  const told = essenceOf(headerOf(headers, 'content-type'));
  const fileName = httpFileName(headerOf(headers, 'content-disposition'), url, told) ?? `file-${fileId}`;
  const changed = Date.parse(headerOf(headers, 'last-modified') ?? '');
  const size = lengthOf(headers);
  return {
    fileName,
    size,
    contentType: told ?? contentTypeOf(fileName),
    version: versionOf(validatorOf(headers), size),
    modifiedAt: Number.isNaN(changed) ? null : new Date(changed),
  };
}

/** A moment alone is a weak witness, even of an hour ago: copying tools set it. Together with the size it will do. */
function versionOf(validator: string | null, size: number | null): string | null {
  if (validator === null || validator.startsWith('"')) return validator;
  return size === null ? null : `${validator} ${size}`;
}

function essenceOf(contentType: string | null): string | null {
  const essence = contentType?.split(';')[0]!.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(essence) ? essence : null;
}
