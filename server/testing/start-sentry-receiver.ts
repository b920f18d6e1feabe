import { onTestFinished } from 'vitest';
import { SentryReceiver } from './sentry-receiver.ts';

/** A stand-in for Sentry that ends with the test. */
export async function startSentryReceiver(): Promise<SentryReceiver> {
  const receiver = await SentryReceiver.start();
  onTestFinished(() => receiver[Symbol.asyncDispose]());
  return receiver;
}
