import type { FaultCode } from '#shared/fault-code.ts';

const advice: Record<FaultCode, string> = {
  'source-unavailable': 'Try again in a few minutes.',
  'file-not-found': 'Choose another version in the catalogue.',
  'source-forbidden': 'Ask its owner for access, then try again.',
  'storage-unavailable': 'Try again in a few minutes.',
  'worker-lost': 'Try again; it starts on another machine.',
  'deadline-exceeded': 'Ask for fewer files at a time.',
  'artifact-too-large': 'Ask for parts, or separate files.',
  'checksum-mismatch': 'Try again.',
  internal: 'Try again. If it fails again, send the support note.',
};

/** What somebody can do about a failure. */
export const failureAdvice = (code: FaultCode | null) => advice[code ?? 'internal'];
