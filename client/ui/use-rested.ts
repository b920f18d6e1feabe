import { useEffect, useState } from 'react';

/** Whether a part of the page has been shown for this long: then there is time for what nobody waits for. */
export function useRested(ms: number): boolean {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return rested;
}
