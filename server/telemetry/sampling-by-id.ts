import { SpanKind, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { SamplingDecision, TraceIdRatioBasedSampler, type Sampler, type SamplingResult } from '@opentelemetry/sdk-trace';
import type { Sampling } from './tracing-config.ts';

const yes: SamplingResult = { decision: SamplingDecision.RECORD_AND_SAMPLED };
const no: SamplingResult = { decision: SamplingDecision.NOT_RECORD };

/** Which traces are recorded: their ids decide, so that page, API and worker agree. */
export class SamplingById implements Sampler {
  readonly #byId: TraceIdRatioBasedSampler;
  readonly #sampling: Sampling;

  constructor(sampling: Sampling) {
    this.#sampling = sampling;
    this.#byId = new TraceIdRatioBasedSampler(sampling.ratio);
  }

  /** A request is here only once it was let in. A part does as what it is a part of, and an attempt as the request did, where the sampler goes by the parent. */
  shouldSample(context: Context, traceId: string, _name: string, kind: SpanKind): SamplingResult {
    if (kind === SpanKind.SERVER) return yes;
    const parent = trace.getSpanContext(context);
    if (parent && (!parent.isRemote || this.#sampling.followsParent)) return parent.traceFlags & TraceFlags.SAMPLED ? yes : no;
    return this.isChosen(traceId) ? yes : no;
  }

  isChosen(traceId: string): boolean {
    return this.#byId.shouldSample(undefined, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
  }

  toString(): string {
    return `SamplingById{${this.#sampling.ratio}}`;
  }
}
