import { InProcessPulse } from './in-process-pulse.ts';
import { pulseContract } from './pulse.contract.ts';

pulseContract('InProcessPulse', async () => {
  const pulse = new InProcessPulse();
  return [pulse, pulse];
});
