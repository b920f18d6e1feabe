import { ROOT_CONTEXT, SpanKind, trace, TraceFlags } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { SamplingById } from './sampling-by-id.ts';

/** One that is recorded at any ratio above nothing, one that is recorded at no ratio below all. */
const [chosen, left] = ['00000001000000000000000000000000', 'ffffffff000000000000000000000000'];
const spanId = '00f067aa0ba902b7';
const [yes, no] = [TraceFlags.SAMPLED, TraceFlags.NONE];

function isRecorded(sampler: SamplingById, kind: SpanKind, traceId: string, traceFlags: TraceFlags, isRemote: boolean): boolean {
  const context = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote });
  return sampler.shouldSample(context, traceId, 'name', kind).decision === SamplingDecision.RECORD_AND_SAMPLED;
}

describe('SamplingById', () => {
  it('has the parts of a request do as the request', () => {
    const sampler = new SamplingById({ ratio: 0.1, followsParent: false });
    expect([isRecorded(sampler, SpanKind.CLIENT, left, yes, false), isRecorded(sampler, SpanKind.CLIENT, chosen, no, false)]).toEqual([true, false]);
  });

  it('has an attempt do as the request that asked, where the sampler goes by the parent, and judges it anew where not', () => {
    const answers = (followsParent: boolean) => {
      const sampler = new SamplingById({ ratio: 0.1, followsParent });
      return [isRecorded(sampler, SpanKind.CONSUMER, left, yes, true), isRecorded(sampler, SpanKind.CONSUMER, chosen, no, true)];
    };
    expect([answers(true), answers(false)]).toEqual([[true, false], [false, true]]);
  });
});
