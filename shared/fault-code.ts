/** Why an attempt ended badly. The passing ones are tried again, the others end the job at once. */
export const passingFaultCodes = ['source-unavailable', 'storage-unavailable', 'checksum-mismatch'] as const;
export const lastingFaultCodes = [
  'file-not-found',
  'source-forbidden',
  'artifact-too-large',
  'worker-lost',
  'deadline-exceeded',
  'internal',
] as const;
export const faultCodes = [...passingFaultCodes, ...lastingFaultCodes] as const;

export type PassingFaultCode = (typeof passingFaultCodes)[number];
export type FaultCode = (typeof faultCodes)[number];

export function isPassing(code: FaultCode): code is PassingFaultCode {
  return (passingFaultCodes as readonly FaultCode[]).includes(code);
}
