import { once } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it, vi } from 'vitest';
import { ObjectBytes, type OpenAt } from './object-bytes.ts';

const never = new AbortController().signal;
const whole = '0123456789';
const asFault = (error: unknown) => new Error('fault', { cause: error });

/** A body that gives some and then ends, fails or falls silent. */
function body(some: string, then: 'end' | 'break' | 'silence' = 'end'): Readable {
  async function* pieces() {
    yield Buffer.from(some);
    if (then === 'break') throw new Error('connection reset');
    if (then === 'silence') await new Promise(() => {});
  }
  return Readable.from(pieces(), { objectMode: false });
}

/** Answers of a server, one after the other, and how it was asked. */
function server(...answers: (Readable | Error)[]) {
  const openAt = vi.fn<OpenAt>(async () => {
    const answer = answers.shift() ?? new Error('asked too often');
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { openAt, positions: () => openAt.mock.calls.map(([position]) => position) };
}

const open = (openAt: OpenAt, signal = never, size = whole.length) => ObjectBytes.open(openAt, { size, asFault, idleMs: 50 }, signal);
const refusal = (httpStatusCode: number) => Object.assign(new Error('refused'), { $metadata: { httpStatusCode } });

it('gives all bytes', async () => {
  const { openAt, positions } = server(body(whole));
  expect(await text(await open(openAt))).toBe(whole);
  expect(positions()).toEqual([0]);
  expect(await text(await open(server(Readable.from([])).openAt, never, 0))).toBe('');
});

it('goes on where it was cut off, fell silent, or ended too early, as long as something comes each time', async () => {
  const { openAt, positions } = server(body('01', 'break'), body('23', 'silence'), body('45'), body('67', 'break'), refusal(503), body('89'));
  expect(await text(await open(openAt))).toBe(whole);
  expect(positions()).toEqual([0, 2, 4, 6, 8, 8]);
});

it('gives up where nothing more comes', { timeout: 10_000 }, async () => {
  const { openAt, positions } = server(body('01', 'break'), refusal(503), refusal(500), refusal(503));
  await expect(text(await open(openAt))).rejects.toThrow('fault');
  expect(positions()).toEqual([0, 2, 2, 2]);
});

it.each([404, 412, 403])('gives up at once where the rest is refused for good: %i', async (status) => {
  const { openAt, positions } = server(body('01', 'break'), refusal(status));
  await expect(text(await open(openAt))).rejects.toMatchObject({ message: 'fault', cause: { message: 'refused' } });
  expect(positions()).toEqual([0, 2]);
});

it('does not begin anew where the very first answer is a failure', async () => {
  const { openAt, positions } = server(refusal(503));
  await expect(open(openAt)).rejects.toThrow('fault');
  expect(positions()).toEqual([0]);
});

it('takes no pause of its reader for silence', async () => {
  const slow = body('0'.repeat(200_000), 'end');
  const { openAt, positions } = server(slow);
  const bytes = await open(openAt, never, 200_000);
  await once(bytes, 'readable');
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect((await text(bytes)).length).toBe(200_000);
  expect(positions()).toEqual([0]);
});

it('ends with the reason of an abort, and ends what is asked', async () => {
  const stop = new AbortController();
  const reason = new Error('cancelled');
  const { openAt } = server(body('01', 'silence'));
  const bytes = await ObjectBytes.open(openAt, { size: 10, asFault }, stop.signal);
  await once(bytes, 'readable');
  stop.abort(reason);
  await vi.waitFor(() => expect(bytes.closed).toBe(true));
  expect(bytes.errored).toBe(reason);
  expect(openAt.mock.calls[0]![1].aborted).toBe(true);
});

it('does not wait for an answer that nobody wants any more', async () => {
  const stop = new AbortController();
  const reason = new Error('cancelled');
  const openAt: OpenAt = (_position, signal) => new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
  const opening = open(openAt, stop.signal);
  stop.abort(reason);
  await expect(opening).rejects.toBe(reason);
});
