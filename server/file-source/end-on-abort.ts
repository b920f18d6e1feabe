import type { Readable } from 'node:stream';

/** Destroys the stream with the signal's reason when it aborts, and forgets the signal when the stream is closed. */
export function endOnAbort<Stream extends Readable>(stream: Stream, signal: AbortSignal): Stream {
  const onAbort = () => void stream.destroy(reasonOf(signal));
  signal.addEventListener('abort', onAbort);
  stream.once('close', () => signal.removeEventListener('abort', onAbort));
  if (signal.aborted) onAbort();
  return stream;
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('It was called off.', { cause: reason });
}
