import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { HttpAnswer } from './http-client.ts';
import { HttpHeldAnswers } from './http-held-answers.ts';

const anAnswer = (): HttpAnswer => ({ status: 200, headers: {}, body: new Readable({ read() {} }), url: new URL('http://files.example.org/') });
let held: HttpHeldAnswers;

beforeEach(() => {
  vi.useFakeTimers();
  held = new HttpHeldAnswers();
});
afterEach(() => void vi.useRealTimers());

it('gives an answer once', () => {
  const answer = anAnswer();
  const take = held.hold(answer);
  expect([take(), take()]).toEqual([answer, null]);
  vi.runAllTimers();
  held.close();
  expect(answer.body.destroyed).toBe(false);
});

it('lets go of an answer that nobody comes for', () => {
  const answer = anAnswer();
  const take = held.hold(answer);
  vi.runAllTimers();
  expect(answer.body.destroyed).toBe(true);
  expect(take()).toBeNull();
});

it('holds a few at a time, the latest', () => {
  const answers = Array.from({ length: 40 }, anAnswer);
  for (const answer of answers) held.hold(answer);
  expect(answers.map(({ body }) => body.destroyed)).toEqual(answers.map((_, index) => index < 8));
});

it('lets go of all of them when it is closed, and leaves no timer', () => {
  const answers = [anAnswer(), anAnswer()];
  for (const answer of answers) held.hold(answer);
  held.close();
  expect(answers.every(({ body }) => body.destroyed)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
