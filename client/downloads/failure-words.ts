import type { FaultCode } from '#shared/fault-code.ts';
import { formatSize } from '../ui/sizes.ts';
import { formatSpan } from '../ui/spans.ts';

export interface Limits {
  artifactBytes: number | null;
  deadlineMs: number | null;
}

export interface FailureWords {
  sentence: string;
  /** Whether the same request can end well another time. */
  worthRetrying: boolean;
}

const sentences: Record<FaultCode, (limits: Limits) => string> = {
  'source-unavailable': () => 'The storage behind this file did not answer.',
  'file-not-found': () => 'This file no longer exists at its source.',
  'source-forbidden': () => 'You are not allowed to read this file.',
  'storage-unavailable': () => 'The finished file could not be saved.',
  'worker-lost': () => 'The machine preparing it stopped.',
  'deadline-exceeded': ({ deadlineMs }) => `It took longer than the ${deadlineMs === null ? 'time' : formatSpan(deadlineMs)} allowed.`,
  'artifact-too-large': ({ artifactBytes }) => `It is larger than ${artifactBytes === null ? 'is' : `the ${formatSize(artifactBytes)}`} allowed.`,
  'checksum-mismatch': () => 'The copy was damaged and was thrown away.',
  internal: () => 'Something went wrong on our side.',
};

const hopeless: ReadonlySet<FaultCode | null> = new Set(['file-not-found', 'source-forbidden', 'artifact-too-large']);

/** What a failed job says; what it advises comes with its details. */
export function failureWords(code: FaultCode | null, limits: Limits): FailureWords {
  return { sentence: sentences[code ?? 'internal'](limits), worthRetrying: !hopeless.has(code) };
}

/** Why the attempt before ended, for a row that waits for the next one. */
export const passingReasons: Partial<Record<FaultCode, string>> = {
  'source-unavailable': 'the source did not answer',
  'storage-unavailable': 'it could not be saved',
  'checksum-mismatch': 'the copy was damaged',
};
