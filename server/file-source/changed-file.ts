import { SourceFault } from '../downloads/faults.ts';

/** What is told of a file that is not, or does not stay, what was listed: the next attempt may find it whole. */
export function changedFile(options?: ErrorOptions): SourceFault {
  return new SourceFault('checksum-mismatch', 'The file changed while it was read.', options);
}
