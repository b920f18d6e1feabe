import { useEffect, useState } from 'react';

/** Whether a part of the page has been shown for this long without a key or a press: then there is time for what nobody waits for. */
export function useRested(ms: number): boolean {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const begin = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setRested(true), ms);
    };
    begin();
    for (const event of inputs) window.addEventListener(event, begin);
    return () => {
      clearTimeout(timer);
      for (const event of inputs) window.removeEventListener(event, begin);
    };
  }, [ms]);
  return rested;
}

const inputs = ['keydown', 'pointerdown'] as const;
