import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryIdOf, jobIdOf } from './entry-id.ts';

describe('the id of an entry', () => {
  it('is the record id as it is', () => {
    const jobId = 'dl_SCh7icOKVTlEEmQT_bENag';
    expect(entryIdOf(jobId)).toBe(jobId);
    expect(jobIdOf(jobId)).toBe(jobId);
  });

  it('is for any string one that BullMQ takes, its own, and leads back to it', () => {
    const awkward = fc.constantFrom('', '0', '42', 'a:b', ':', 'id=7', 'id=%3A', '%', 'dl_', 'dl_a:b', 'job 1');
    fc.assert(
      fc.property(fc.oneof(awkward, fc.string({ unit: 'grapheme' })), (jobId) => {
        const entryId = entryIdOf(jobId);
        expect(entryId).toMatch(/^[^:]*[^:\d][^:]*$/);
        expect(jobIdOf(entryId)).toBe(jobId);
      }),
    );
  });
});
