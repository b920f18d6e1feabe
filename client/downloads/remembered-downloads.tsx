import { useEffect } from 'react';
import { useHistory } from './use-history.ts';

/** Brings what the server remembers into the list of a browser that keeps nothing any more: it is on no first run. */
export default function RememberedDownloads() {
  const { missing, state, showOlder } = useHistory();
  const wanted = missing > 0 && state === 'idle';
  useEffect(() => {
    if (wanted) showOlder();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- asked once for what is missing; `showOlder` is another with each drawing
  }, [wanted]);
  return null;
}
