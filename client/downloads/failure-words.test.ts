import { expect, test } from 'vitest';
import { failureWords } from './failure-words.ts';

const limits = { artifactBytes: 10e9, deadlineMs: 1_800_000 };

test.each([
  ['source-unavailable', 'The storage behind this file did not answer.', true],
  ['file-not-found', 'This file no longer exists at its source.', false],
  ['source-forbidden', 'You are not allowed to read this file.', false],
  ['storage-unavailable', 'The finished file could not be saved.', true],
  ['worker-lost', 'The machine preparing it stopped.', true],
  ['deadline-exceeded', 'It took longer than the 30 min allowed.', true],
  ['artifact-too-large', 'It is larger than the 10 GB allowed.', false],
  ['checksum-mismatch', 'The copy was damaged and was thrown away.', true],
  ['internal', 'Something went wrong on our side.', true],
] as const)('%s is said as "%s"', (code, sentence, worthRetrying) => {
  expect(failureWords(code, limits)).toMatchObject({ sentence, worthRetrying });
});

test('names no number where the server has told no limit', () => {
  const none = { artifactBytes: null, deadlineMs: null };
  expect(failureWords('deadline-exceeded', none).sentence).toBe('It took longer than the time allowed.');
  expect(failureWords('artifact-too-large', none).sentence).toBe('It is larger than is allowed.');
});

test('a failure without a code is one on our side', () => {
  expect(failureWords(null, limits)).toEqual(failureWords('internal', limits));
});
