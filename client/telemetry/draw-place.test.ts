import { expect, test } from 'vitest';
import { drawPlace } from './draw-place.ts';
import type { Click } from './words.ts';

test('a place is its own, under names as W3C writes them', () => {
  const places = Array.from({ length: 200 }, () => drawPlace());
  for (const { traceId, spanId } of places) {
    expect(traceId).toMatch(/^[\da-f]{32}$/);
    expect(spanId).toMatch(/^[\da-f]{16}$/);
  }
  expect(new Set(places.flatMap(({ traceId, spanId }) => [traceId, spanId])).size).toBe(400);
});

test('what is said again for one click stands in the trace of what was said first', () => {
  const click: Click = {};
  const [first, second, third] = [drawPlace(click), drawPlace(click), drawPlace(click)];
  expect(click.first).toBe(first);
  expect([second.traceId, third.traceId]).toEqual([first.traceId, first.traceId]);
  expect(new Set([first.spanId, second.spanId, third.spanId]).size).toBe(3);
});
