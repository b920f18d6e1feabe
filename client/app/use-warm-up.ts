import { useEffect } from 'react';
import { useDownloads } from '../downloads/downloads-context.tsx';
import { fetchLateParts } from '../ui/late-part.ts';

const restMs = 5000;

/** Once the page has come to rest, fetches the parts that are not needed yet: without a connection they could not come. */
export function useWarmUp(): void {
  const { act } = useDownloads();
  useEffect(() => {
    const timer = setTimeout(() => {
      fetchLateParts();
      act(() => {});
    }, restMs);
    return () => clearTimeout(timer);
  }, [act]);
}
