import { useEffect } from 'react';
import { useDownloads } from '../downloads/downloads-context.tsx';
import { bringTelemetry } from '../telemetry/telemetry.ts';
import { fetchLateParts } from '../ui/late-part.ts';
import { useRested } from '../ui/use-rested.ts';

const restMs = 5000;

/** Once the page has come to rest, fetches the parts that are not needed yet: without a connection they could not come. */
export function useWarmUp(): void {
  const { act } = useDownloads();
  const rested = useRested(restMs);
  useEffect(() => {
    if (!rested) return;
    fetchLateParts();
    act(() => {});
    void bringTelemetry();
  }, [rested, act]);
}
