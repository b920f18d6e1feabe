import type { Attributes } from '@opentelemetry/api';
import type { Call } from '../calls.ts';

const systemNames = { redis: 'redis', s3: 'S3', http: 'HTTP' } as const satisfies Record<Call['system'], string>;

export function nameOf({ system, operation }: Call): string {
  return `${systemNames[system]} ${operation}`;
}

/** By OpenTelemetry's names for each kind of call. */
export function attributesOf({ system, operation, host }: Call): Attributes {
  switch (system) {
    case 'redis':
      return { 'db.system.name': 'redis', 'db.operation.name': operation };
    case 's3':
      return { 'rpc.system': 'aws-api', 'rpc.service': 'S3', 'rpc.method': operation };
    case 'http':
      return { 'http.request.method': operation, ...(host === undefined ? {} : { 'server.address': host }) };
  }
}
