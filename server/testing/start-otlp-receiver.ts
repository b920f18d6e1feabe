import { onTestFinished } from 'vitest';
import { OtlpReceiver } from './otlp-receiver.ts';

/** A collector that ends with the test, and the settings that send a program's traces there soon. */
export async function startOtlpReceiver() {
  const receiver = await OtlpReceiver.start();
  onTestFinished(() => receiver[Symbol.asyncDispose]());
  return { receiver, environment: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, OTEL_BSP_SCHEDULE_DELAY: '50' } };
}
