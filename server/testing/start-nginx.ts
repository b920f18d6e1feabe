import { onTestFinished } from 'vitest';
import { NginxProcess } from './nginx-process.ts';

/** An nginx in front of API processes on these ports, which ends with the test. */
export async function startNginx(...apis: number[]): Promise<NginxProcess> {
  const nginx = new NginxProcess(apis);
  onTestFinished(() => nginx.stop());
  await nginx.start();
  return nginx;
}
