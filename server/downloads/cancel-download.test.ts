import { expect, it } from 'vitest';
import { embeddedPorts } from '../testing/embedded-ports.ts';
import { cancelDownload } from './cancel-download.ts';
import { enqueue } from './accept-job.ts';
import type { Delivery } from './ports.ts';

const wish = { origin: 'http://localhost' };

it('tells the delivery in hand at once, without waiting for its next heartbeat', async () => {
  const ports = await embeddedPorts();
  const job = await ports.accept();
  const { promise: delivered, resolve: onDelivery } = Promise.withResolvers<Delivery>();
  ports.queue.work(1, async (delivery) => {
    onDelivery(delivery);
    await new Promise((resolve) => delivery.cancelled.addEventListener('abort', resolve));
  });
  await enqueue(ports, job);
  const { cancelled } = await delivered;
  await cancelDownload(ports, job.jobId, wish);
  expect(cancelled.aborted).toBe(true);
});

it('stands although the queue cannot be told', async () => {
  const ports = await embeddedPorts();
  ports.queue.cancel = () => Promise.reject(new Error('away'));
  const job = await ports.accept();
  expect((await cancelDownload(ports, job.jobId, wish)).status).toBe('cancelled');
  expect(await ports.jobs.find(job.jobId)).toMatchObject({ status: 'cancelled' });
});
