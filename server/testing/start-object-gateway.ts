import { afterAll, beforeAll } from 'vitest';
import { ObjectGateway, type GatewayWish } from './object-gateway.ts';

/** What a suite that needs the gateway needs of the machine (see `describeWith`). Its other programs come along. */
export const gatewayProgram = 'radosgw';

/** An S3 server for all tests of a suite: there before the first, gone after the last. Each test makes buckets of its own. */
export function gatewayOfSuite(wish?: GatewayWish): ObjectGateway {
  const gateway = new ObjectGateway(wish);
  beforeAll(() => gateway.start(), 120_000);
  afterAll(() => gateway.stop());
  return gateway;
}
