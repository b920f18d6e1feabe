import type { FaultCode } from '#shared/fault-code.ts';
import { formatSize } from '../ui/sizes.ts';
import { formatSpan } from '../ui/spans.ts';

export interface Limits {
  artifactBytes: number | null;
  deadlineMs: number | null;
}

export interface FailureWords {
  sentence: string;
  advice: string;
  /** Whether the same request can end well another time. */
  worthRetrying: boolean;
}

const words: Record<FaultCode, (limits: Limits) => FailureWords> = {
  'source-unavailable': () => ({
    sentence: 'The storage behind this file did not answer.',
    advice: 'Try again in a few minutes.',
    worthRetrying: true,
  }),
  'file-not-found': () => ({
    sentence: 'This file no longer exists at its source.',
    advice: 'Choose another version in the catalogue.',
    worthRetrying: false,
  }),
  'source-forbidden': () => ({
    sentence: 'You are not allowed to read this file.',
    advice: 'Ask its owner for access, then try again.',
    worthRetrying: false,
  }),
  'storage-unavailable': () => ({
    sentence: 'The finished file could not be saved.',
    advice: 'Try again in a few minutes.',
    worthRetrying: true,
  }),
  'worker-lost': () => ({
    sentence: 'The machine preparing it stopped.',
    advice: 'Try again; it starts on another machine.',
    worthRetrying: true,
  }),
  'deadline-exceeded': ({ deadlineMs }) => ({
    sentence: `It took longer than the ${deadlineMs === null ? 'time' : formatSpan(deadlineMs)} allowed.`,
    advice: 'Ask for fewer files at a time.',
    worthRetrying: true,
  }),
  'artifact-too-large': ({ artifactBytes }) => ({
    sentence: `It is larger than ${artifactBytes === null ? 'is' : `the ${formatSize(artifactBytes)}`} allowed.`,
    advice: 'Ask for parts, or separate files.',
    worthRetrying: false,
  }),
  'checksum-mismatch': () => ({
    sentence: 'The copy was damaged and was thrown away.',
    advice: 'Try again.',
    worthRetrying: true,
  }),
  internal: () => ({
    sentence: 'Something went wrong on our side.',
    advice: 'Try again. If it fails again, send the support note.',
    worthRetrying: true,
  }),
};

/** What a failed job says and advises. */
export const failureWords = (code: FaultCode | null, limits: Limits) => words[code ?? 'internal'](limits);

/** Why the attempt before ended, for a row that waits for the next one. */
export const passingReasons: Partial<Record<FaultCode, string>> = {
  'source-unavailable': 'the source did not answer',
  'storage-unavailable': 'it could not be saved',
  'checksum-mismatch': 'the copy was damaged',
};
