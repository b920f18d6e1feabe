import { ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { EntranceSampler } from './entrance-sampler.ts';

/** One that is recorded at any ratio above nothing, one that is recorded at no ratio below all. */
const [chosen, left] = ['00000001000000000000000000000000', 'ffffffff000000000000000000000000'];
const spanId = '00f067aa0ba902b7';

function isRecorded(sampler: EntranceSampler, kind: SpanKind, traceId: string, parent: { flags: TraceFlags; isRemote: boolean } | null): boolean {
  const context = parent ? trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: parent.flags, isRemote: parent.isRemote }) : ROOT_CONTEXT;
  return sampler.shouldSample(context, traceId, 'name', kind).decision === SamplingDecision.RECORD_AND_SAMPLED;
}

const [yes, no] = [TraceFlags.SAMPLED, TraceFlags.NONE];
const remote = (flags: TraceFlags) => ({ flags, isRemote: true });
const local = (flags: TraceFlags) => ({ flags, isRemote: false });

describe('EntranceSampler', () => {
  it.each([
    ['an own request by its id', SpanKind.SERVER, null],
    ["a stranger's request by its id, against a flag", SpanKind.SERVER, remote(no)],
    ["a stranger's request by its id, with a flag", SpanKind.SERVER, remote(yes)],
  ] as const)('judges %s', (_whose, kind, parent) => {
    const sampler = new EntranceSampler({ ratio: 0.1, followsParent: true });
    expect([isRecorded(sampler, kind, chosen, parent), isRecorded(sampler, kind, left, parent)]).toEqual([true, false]);
  });

  it('has the parts of a request do as the request', () => {
    const sampler = new EntranceSampler({ ratio: 0.1, followsParent: false });
    expect([isRecorded(sampler, SpanKind.CLIENT, left, local(yes)), isRecorded(sampler, SpanKind.CLIENT, chosen, local(no))]).toEqual([true, false]);
  });

  it('has an attempt do as the request that asked, where the sampler goes by the parent, and judges it anew where not', () => {
    const answers = (followsParent: boolean) => {
      const sampler = new EntranceSampler({ ratio: 0.1, followsParent });
      return [isRecorded(sampler, SpanKind.CONSUMER, left, remote(yes)), isRecorded(sampler, SpanKind.CONSUMER, chosen, remote(no))];
    };
    expect([answers(true), answers(false)]).toEqual([[true, false], [false, true]]);
  });

  it('is not to be flooded with ids that were ground to be recorded, and leaves our own alone', () => {
    const sampler = new EntranceSampler({ ratio: 0.1, followsParent: true });
    const ground = Array.from({ length: 10_000 }, () => isRecorded(sampler, SpanKind.SERVER, chosen, remote(yes)));
    expect(ground.filter(Boolean).length).toBeLessThan(1000);
    expect(isRecorded(sampler, SpanKind.SERVER, chosen, null)).toBe(true);
  });
});
