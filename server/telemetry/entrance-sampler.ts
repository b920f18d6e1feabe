import { SpanKind, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { SamplingDecision, TraceIdRatioBasedSampler, type Sampler, type SamplingResult } from '@opentelemetry/sdk-trace';
import { Rate } from './rate.ts';
import type { Sampling } from './tracing-config.ts';

/** Ids are easily made that would all be recorded; so many a second are believed to be drawn by chance. */
const strangersPerSecond = 50;

const yes: SamplingResult = { decision: SamplingDecision.RECORD_AND_SAMPLED };
const no: SamplingResult = { decision: SamplingDecision.NOT_RECORD };

/**
 * Which traces are recorded. At the entrance the id decides and never the flag that a stranger sends; inside, a span does as
 * the one that it is a part of; and an attempt as the request did, where the sampler goes by the parent.
 */
export class EntranceSampler implements Sampler {
  readonly #byId: TraceIdRatioBasedSampler;
  readonly #sampling: Sampling;
  readonly #strangers = new Rate(strangersPerSecond);

  constructor(sampling: Sampling) {
    this.#sampling = sampling;
    this.#byId = new TraceIdRatioBasedSampler(sampling.ratio);
  }

  shouldSample(context: Context, traceId: string, _name: string, kind: SpanKind): SamplingResult {
    const parent = trace.getSpanContext(context);
    const isEntrance = kind === SpanKind.SERVER;
    if (parent && !isEntrance && (!parent.isRemote || this.#sampling.followsParent)) return parent.traceFlags & TraceFlags.SAMPLED ? yes : no;
    if (!this.isChosen(traceId)) return no;
    const isForeign = isEntrance && parent !== undefined && this.#sampling.ratio < 1;
    return isForeign && !this.#strangers.take(performance.now()) ? no : yes;
  }

  /** Whether traces with this id are recorded. */
  isChosen(traceId: string): boolean {
    return this.#byId.shouldSample(undefined, traceId).decision === SamplingDecision.RECORD_AND_SAMPLED;
  }

  toString(): string {
    return `EntranceSampler{${this.#sampling.ratio}}`;
  }
}
