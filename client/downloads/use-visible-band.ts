import { useLayoutEffect, useState, type RefObject } from 'react';

const around = 800;
const step = 400;

/** The part of a list that is in sight or near it, and the heights of what it is made of, in pixels. */
export interface Band {
  from: number;
  to: number;
  rowHeight: number;
  headingHeight: number;
}

/** Where in a list the window is. It moves in steps, so that not every pixel draws anew. */
export function useVisibleBand(list: RefObject<HTMLElement | null>): Band {
  const [band, setBand] = useState<Band>({ from: 0, to: 1600, rowHeight: 64, headingHeight: 32 });
  useLayoutEffect(() => {
    const look = () => setBand((last) => nextBand(list.current, last));
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  });
  return band;
}

function nextBand(list: HTMLElement | null, last: Band): Band {
  if (!list) return last;
  const { top } = list.getBoundingClientRect();
  const from = Math.floor((-top - around) / step) * step;
  const to = Math.ceil((window.innerHeight - top + around) / step) * step;
  const rowHeight = list.querySelector<HTMLElement>('[data-row-id]')?.offsetHeight || last.rowHeight;
  const headingHeight = list.querySelector('h2')?.offsetHeight || last.headingHeight;
  const same = from === last.from && to === last.to && rowHeight === last.rowHeight && headingHeight === last.headingHeight;
  return same ? last : { from, to, rowHeight, headingHeight };
}
