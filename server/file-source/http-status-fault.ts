import { SourceFault } from '../downloads/faults.ts';

const gone = new Set([404, 410]);
const forbidden = new Set([401, 403]);
/** They say "not now": time-out, locked, too early, too many. */
const passingRefusals = new Set([408, 423, 425, 429]);

/**
 * What a status without the file means for the job. What the upstream refuses for another reason it will refuse again; an
 * answer that makes no sense may come from something in between, and may be another one the next time.
 */
export function httpStatusFault(fileId: number, status: number): SourceFault {
  if (gone.has(status)) return httpNotFound(fileId);
  if (forbidden.has(status)) return new SourceFault('source-forbidden', `The source does not give this file to us (${status}).`);
  if (status < 400) return new SourceFault('source-unavailable', `The source gave an answer without the file (${status}).`);
  if (status < 500 && !passingRefusals.has(status)) return new SourceFault('source-forbidden', `The source refuses the request (${status}).`);
  return new SourceFault('source-unavailable', `The source cannot give the file just now (${status}).`);
}

export function httpNotFound(fileId: number): SourceFault {
  return new SourceFault('file-not-found', `There is no file ${fileId} at the source.`);
}
