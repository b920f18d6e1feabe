import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { telling } from '../calls.ts';
import type { S3Access } from './s3-access.ts';

/** What a connection is for decides how long it may be silent, and whether what failed is said again. */
export type Purpose = 'asking' | 'sending' | 'reading';

interface Patience {
  /** From the first byte of the request to the first of the answer. */
  readonly requestTimeout: number;
  /** In which nothing moves in either direction; 0 for no limit. */
  readonly socketTimeout: number;
  readonly maxAttempts: number;
}

const usualSilenceMs = 15_000;
/** Somebody waits for an answer, and hears that there is none before a proxy loses patience. */
const answerMs = 4000;

const patience: Record<Purpose, (silenceMs: number) => Patience> = {
  asking: (silenceMs) => ({ requestTimeout: answerMs, socketTimeout: Math.min(silenceMs, answerMs), maxAttempts: 1 }),
  // A part is in memory, so saying it again costs seconds. Starting the whole file over is the worker's.
  sending: (silenceMs) => ({ requestTimeout: 300_000, socketTimeout: silenceMs, maxAttempts: 3 }),
  // Between two pieces it may pause as long as nobody asks for more: `ObjectBytes` counts only the time it waits.
  reading: (silenceMs) => ({ requestTimeout: silenceMs, socketTimeout: 0, maxAttempts: 1 }),
};

const connections = {
  keepAlive: true,
  // Who asks decides how many there are: the driver takes a wait for its turn for a server that cannot be reached.
  maxSockets: Infinity,
  // One that was not used for so long is closed by us, before a server does it at the very moment we use it again.
  timeout: 3000,
};

/** How this program speaks S3, for whatever purpose. */
export function connectS3(access: S3Access, purpose: Purpose): S3Client {
  const { maxAttempts, ...timeouts } = patience[purpose](access.silenceMs ?? usualSilenceMs);
  const client = new S3Client({
    ...optionsOf(access),
    maxAttempts,
    retryMode: 'standard',
    requestHandler: {
      ...timeouts,
      // Otherwise the first of them is a warning, and the request goes on.
      throwOnRequestTimeout: true,
      connectionTimeout: 2000,
      httpAgent: connections,
      httpsAgent: connections,
    },
  });
  client.middlewareStack.add((next, { commandName }) => (args) => telling({ system: 's3', operation: operationOf(commandName) }, () => next(args)), {
    step: 'initialize',
    name: 'tellOfCalls',
  });
  return client;
}

/** The driver's name for it without what is common to all. */
function operationOf(commandName: string | undefined): string {
  return commandName?.replace(/Command$/, '') ?? 'unknown';
}

/** A client that is only good for signing links, with nothing in them that a browser would not send. */
export function connectForSigning(access: S3Access): S3Client {
  return new S3Client(optionsOf({ ...access, checksums: 'when_required' }));
}

function optionsOf({ endpoint, region, credentials, forcePathStyle, checksums }: S3Access): S3ClientConfig {
  const mode = checksums === 'when_supported' ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED';
  return {
    region,
    forcePathStyle,
    ...(endpoint !== null && { endpoint }),
    ...(credentials !== null && { credentials }),
    requestChecksumCalculation: mode,
    responseChecksumValidation: mode,
    // With it each part gets a connection of its own, and a server that does not know it costs 6 s a part.
    expectContinueHeader: false,
  };
}
