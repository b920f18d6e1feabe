import { expect, it } from 'vitest';
import { traceIdOf, traceparentFor } from './trace-parent.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

it('goes on in the trace of a caller, with a span of its own, not sampled', () => {
  const continued = traceparentFor(`00-${trace}-00f067aa0ba902b7-01`);
  expect(continued).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
  expect(continued).not.toContain('00f067aa0ba902b7');
});

it('starts a new trace where the header is missing or malformed', () => {
  for (const header of [undefined, '', 'x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `00-${trace}-zz-01`, `00-${trace}`]) {
    const started = traceparentFor(header);
    expect(started).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(traceIdOf(started)).not.toBe(trace);
  }
});
